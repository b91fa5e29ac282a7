"""The measures of an authority with their figures, as a workbook; the whole of it can be brought in again."""

from collections.abc import Iterator, Sequence
from datetime import date

from tracker.indicators.importing.rules import NAMES, Field
from tracker.indicators.models import Measure, MeasureValue
from tracker.indicators.reading.counted import Place
from tracker.indicators.reading.scored import HIDDEN
from tracker.indicators.rules import Unit
from tracker.web.spreadsheet import Cell, Column, Percent, workbook

COLUMNS: Sequence[Column] = (
    (NAMES[Field.REFERENCE], 12),
    (NAMES[Field.MEASURE], 50),
    ("Basis", 40),
    (NAMES[Field.FIRST_DAY], 18),
    (NAMES[Field.LAST_DAY], 18),
    (NAMES[Field.NUMERATOR], 12),
    (NAMES[Field.DENOMINATOR], 12),
    (NAMES[Field.VALUE], 12),
    ("Unit", 14),
    (NAMES[Field.STATE], 16),
    (NAMES[Field.SOURCE], 36),
    (NAMES[Field.SOURCE_DATE], 18),
    ("Version", 10),
    ("Counted so", 44),
)


def figures(measures: Sequence[Measure], today: date, *, hidden: frozenset[Place] | None) -> bytes:
    """A row for each figure, and one for each measure that has none yet.

    What is ``hidden`` is blank and said to be; with None nothing is, and the file is internal.
    """
    rows = (row for measure in measures for row in _rows(measure, hidden or frozenset()))
    title = f"Figures of measures, {today:%-d %B %Y}"
    return workbook(title, COLUMNS, rows, sheet="Figures", internal=hidden is None)


def _rows(measure: Measure, hidden: frozenset[Place]) -> Iterator[Sequence[Cell]]:
    about = (measure.reference, measure.name)
    for value in measure.values:
        then = measure.counted_at(value.period_start)
        counted = (1 + sum(one.from_day <= value.period_start for one in measure.changes), _counted_so(measure, value))
        if (measure.id, value.period_end) in hidden:
            days = (value.period_start, value.period_end)
            source = (value.source or None, value.source_date)
            yield (*about, then.basis, *days, None, None, None, then.unit.value, HIDDEN, *source, *counted)
            continue
        yield (
            *about,
            then.basis,
            value.period_start,
            value.period_end,
            value.numerator,
            value.denominator,
            _figure(value, then.unit),
            then.unit.value,
            "Provisional" if value.provisional else "Final",
            value.source or None,
            value.source_date,
            *counted,
        )
    if not measure.values:
        nothing: list[Cell] = [None] * 5
        yield (*about, measure.basis, *nothing, measure.unit.value, *nothing)


def _counted_so(measure: Measure, value: MeasureValue) -> str | None:
    """Where the meaning of a measure changed: from when a figure's meaning holds, and what that means for comparing."""
    began = [one for one in measure.changes if one.from_day <= value.period_start]
    if not measure.changes:
        return None
    if not began:
        return f"As at first, until {measure.changes[0].from_day:%-d %B %Y}"
    verdict = "comparable with" if began[-1].is_comparable else "not compared with"
    return f"Since {began[-1].from_day:%-d %B %Y}, {verdict} what came before"


def _figure(value: MeasureValue, unit: Unit) -> Cell:
    return Percent(value.value / 100) if unit is Unit.PER_CENT else float(value.value)
