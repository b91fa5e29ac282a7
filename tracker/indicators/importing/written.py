"""The measures of an authority with their figures, as a workbook that can be brought in again."""

from collections.abc import Iterator, Sequence
from datetime import date

from tracker.indicators.importing.rules import NAMES, Field
from tracker.indicators.models import Measure, MeasureValue
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
)


def figures(measures: Sequence[Measure], today: date) -> bytes:
    """A row for each figure, and one for each measure that has none yet."""
    rows = (row for measure in measures for row in _rows(measure))
    return workbook(f"Figures of measures, {today:%-d %B %Y}", COLUMNS, rows, sheet="Figures")


def _rows(measure: Measure) -> Iterator[Sequence[Cell]]:
    about = (measure.reference, measure.name, measure.basis)
    for value in measure.values:
        yield (
            *about,
            value.period_start,
            value.period_end,
            value.numerator,
            value.denominator,
            _figure(value, measure.unit),
            measure.unit.value,
            "Provisional" if value.provisional else "Final",
        )
    if not measure.values:
        yield (*about, None, None, None, None, None, measure.unit.value, None)


def _figure(value: MeasureValue, unit: Unit) -> Cell:
    return Percent(value.value / 100) if unit is Unit.PER_CENT else float(value.value)
