"""The report of warnings as an Excel file. Never the value that was found, nor its beginning."""

from collections.abc import Sequence
from datetime import date, datetime

from tracker.evidence.guard import rules
from tracker.evidence.guard.models import ChildDataWarning
from tracker.platform import clock
from tracker.web.spreadsheet import Cell, workbook

COLUMNS = (
    ("Evidence", 10), ("Title", 40), ("What it looks like", 24), ("Where", 40), ("Added by", 22), ("Warned on", 18),
    ("Decision", 16), ("Why", 50), ("Decided by", 22), ("Decided on", 18),
)  # fmt: skip


def written(rows: Sequence[ChildDataWarning], today: date) -> bytes:
    title = f"Warnings about child data as at {today:%-d %B %Y}"
    return workbook(title, COLUMNS, [_cells(one) for one in rows], sheet="Warnings")


def _cells(one: ChildDataWarning) -> list[Cell]:
    """One row, in the order of COLUMNS."""
    return [
        one.evidence.reference, one.evidence.title, one.sign.value, one.place,
        one.added_by.name if one.added_by else "", _day(one.warned_at), one.decision.value if one.decision else
        rules.OPEN, one.because, one.decided_by.name if one.decided_by else "", _day(one.decided_at),
    ]  # fmt: skip


def _day(moment: datetime | None) -> date | None:
    return moment and moment.astimezone(clock.LONDON).date()
