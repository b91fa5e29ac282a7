"""The disposal log as an Excel file."""

from collections.abc import Iterable

from tracker.evidence.retention.models import Disposal
from tracker.web.spreadsheet import Cell, workbook

COLUMNS = (
    ("Evidence", 10), ("Kind", 18), ("Day it spoke of", 18), ("Last relied on", 18), ("Kept for (years)", 10),
    ("Disposed of on", 18), ("List", 8), ("Looked through by", 24), ("Approved by", 24), ("What rested on it", 50),
    ("Files", 8),
)  # fmt: skip


def written(rows: Iterable[Disposal]) -> bytes:
    return workbook("Disposal log", COLUMNS, [_cells(one) for one in rows], sheet="Disposal log")


def _cells(one: Disposal) -> list[Cell]:
    return [
        one.reference, one.kind.value, one.dated, one.last_relied_on, one.kept_years, one.disposed_on,
        f"D-{one.list_number}", one.looked_through_by, one.approved_by, one.cited_in, one.files,
    ]  # fmt: skip
