"""The matrix as a spreadsheet: the same rows and the same words, for outside without figures that count few."""

from collections.abc import Iterator, Sequence

from tracker.indicators.models import Measure
from tracker.indicators.reading.counted import Place
from tracker.indicators.reading.scored import HIDDEN
from tracker.overview.readiness import ItemRow, Readiness
from tracker.web import spreadsheet
from tracker.web.spreadsheet import Cell

COLUMNS = (
    ("Judgement area", 22), ("Item", 8), ("What needs to improve", 50), ("Owner", 20), ("Open actions", 10),
    ("Overdue", 10), ("Delivered", 10), ("Difference shown", 12), ("Evidence", 10), ("Newest evidence", 18),
    ("Data, audit, voice", 22), ("Moderated audits good or better", 16), ("Moderated audits", 12),
    ("Open findings", 10), ("Measure", 36), ("Latest", 10), ("Target", 10), ("Statements", 16), ("Gaps", 50),
)  # fmt: skip


def written(page: Readiness, hidden: frozenset[Place] | None) -> bytes:
    """A figure that is ``hidden`` is a word; with None nothing is, and the file is internal."""
    title = f"Readiness as at {page.today:%-d %B %Y}"
    rows = _rows(page, hidden or frozenset())
    return spreadsheet.workbook(title, COLUMNS, rows, sheet="Readiness", internal=hidden is None)


def _rows(page: Readiness, hidden: frozenset[Place]) -> Iterator[Sequence[Cell]]:
    for block in page.blocks:
        for row in block.items:
            yield _row(block.area.short_name, row, hidden)
    for row in page.unplaced:
        yield _row("Not mapped yet", row, hidden)


def _latest(measure: Measure | None, hidden: frozenset[Place]) -> Cell:
    if measure is None or measure.latest is None:
        return None
    last = measure.latest
    return HIDDEN if (measure.id, last.period_end) in hidden else float(last.value)


def _row(area: str, row: ItemRow, hidden: frozenset[Place]) -> Sequence[Cell]:
    item, measure = row.item, row.measure
    return [
        area, item.reference, item.wording, item.owner.name if item.owner else "No owner", row.actions.open,
        row.actions.overdue, row.actions.delivered, row.actions.shown, row.evidence.count, row.evidence.newest,
        row.evidence.by_family, row.audits.now.good, row.audits.now.total, row.audits.open_findings,
        f"{measure.reference} {measure.name}" if measure else "", _latest(measure, hidden),
        float(measure.target) if measure and measure.target is not None else None,
        ", ".join(reading.statement.reference for reading in row.statements),
        "; ".join(gap.words for gap in row.gaps),
    ]  # fmt: skip
