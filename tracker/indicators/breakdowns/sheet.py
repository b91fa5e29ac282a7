"""The parts of a measure as a workbook: a row for each part and period."""

from collections.abc import Iterator, Sequence

from tracker.indicators.breakdowns import queries
from tracker.indicators.breakdowns.queries import PartFigures
from tracker.indicators.models import Measure
from tracker.indicators.reading.counted import Place
from tracker.indicators.reading.scored import HIDDEN
from tracker.indicators.rules import Unit
from tracker.web.spreadsheet import Cell, Column, Percent, workbook

COLUMNS: Sequence[Column] = (
    ("Reference", 12), ("Measure", 50), ("Basis", 40), ("Broken down by", 20), ("Part", 30), ("First day", 18),
    ("Last day", 18), ("Above the line", 12), ("Below the line", 12), ("Figure", 12), ("Unit", 14), ("State", 16),
)  # fmt: skip


def written(measure: Measure, *, hidden: frozenset[Place] | None) -> bytes:
    """What is ``hidden`` is blank and said to be; with None nothing is, and the file is internal."""
    rows = (row for part in queries.all_figures(measure) for row in _rows(measure, part, hidden or frozenset()))
    title = f"{measure.reference} {measure.name}, by its parts"
    return workbook(title, COLUMNS, rows, sheet="Parts", internal=hidden is None)


def _rows(measure: Measure, part: PartFigures, hidden: frozenset[Place]) -> Iterator[Sequence[Cell]]:
    for figure in part.figures:
        then = measure.counted_at(figure.start)
        about = (measure.reference, measure.name, then.basis, part.kind, part.name, figure.start, figure.end)
        if (part.id, figure.end) in hidden:
            yield (*about, None, None, None, then.unit.value, HIDDEN)
            continue
        value = Percent(figure.value / 100) if then.unit is Unit.PER_CENT else float(figure.value)
        state = "Provisional" if figure.provisional else "Final"
        yield (*about, figure.numerator, figure.denominator, value, then.unit.value, state)
