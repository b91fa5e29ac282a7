"""The register as an Excel file."""

from collections.abc import Sequence
from datetime import date

from tracker.evidence.models import Evidence
from tracker.evidence.places import places_of
from tracker.web.spreadsheet import Cell, workbook

COLUMNS = (
    ("Evidence", 9), ("Title", 40), ("Kind", 16), ("What it shows", 60), ("Strength", 12), ("Date", 18),
    ("Fresh or stale", 24), ("Speaks for", 40), ("Where it comes from", 28), ("Owner", 20), ("Marking", 18),
    ("Withdrawn", 18),
)  # fmt: skip


def written(rows: Sequence[Evidence], today: date) -> bytes:
    """The pieces of evidence as one sheet."""
    title = f"Evidence register as at {today:%-d %B %Y}"
    return workbook(title, COLUMNS, [cells(one, today) for one in rows], sheet="Evidence")


def cells(one: Evidence, today: date) -> list[Cell]:
    """One row, in the order of COLUMNS."""
    speaks_for = "\n".join(f"{place.reference} {place.name}".strip() for place in places_of(one))
    return [
        one.reference, one.title, one.kind.value, one.shows, one.strength.value, one.dated,
        one.stale_words(today) or "Fresh", speaks_for, one.origin, one.owner.name if one.owner else "",
        one.marking.value, one.withdrawn_on,
    ]  # fmt: skip
