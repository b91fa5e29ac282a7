"""The matrix as a spreadsheet: the same rows and the same words."""

from collections.abc import Iterator, Sequence

from tracker.overview.readiness import ItemRow, Readiness
from tracker.web import spreadsheet
from tracker.web.spreadsheet import Cell

COLUMNS = (
    ("Judgement area", 22), ("Item", 8), ("What needs to improve", 50), ("Owner", 20), ("Open actions", 10),
    ("Overdue", 10), ("Delivered", 10), ("Difference shown", 12), ("Evidence", 10), ("Newest evidence", 18),
    ("Data, audit, voice", 22), ("Moderated audits good or better", 16), ("Moderated audits", 12),
    ("Open findings", 10), ("Measure", 36), ("Latest", 10), ("Target", 10), ("Statements", 16), ("Gaps", 50),
)  # fmt: skip


def written(page: Readiness) -> bytes:
    return spreadsheet.workbook(f"Readiness as at {page.today:%-d %B %Y}", COLUMNS, _rows(page), sheet="Readiness")


def _rows(page: Readiness) -> Iterator[Sequence[Cell]]:
    for block in page.blocks:
        for row in block.items:
            yield _row(block.area.short_name, row)
    for row in page.unplaced:
        yield _row("Not mapped yet", row)


def _row(area: str, row: ItemRow) -> Sequence[Cell]:
    item, measure = row.item, row.measure
    latest = measure.values[-1].value if measure and measure.values else None
    return [
        area, item.reference, item.wording, item.owner.name if item.owner else "No owner", row.actions.open,
        row.actions.overdue, row.actions.delivered, row.actions.shown, row.evidence.count, row.evidence.newest,
        row.evidence.by_family, row.audits.now.good, row.audits.now.total, row.audits.open_findings,
        f"{measure.reference} {measure.name}" if measure else "", None if latest is None else float(latest),
        float(measure.target) if measure and measure.target is not None else None,
        ", ".join(reading.statement.reference for reading in row.statements),
        "; ".join(gap.words for gap in row.gaps),
    ]  # fmt: skip
