"""The cells of one figure, read against what its measure counts; a refusal names the cell to put right."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from tracker.indicators import rules
from tracker.indicators.commands import Figure
from tracker.indicators.importing import figures, periods
from tracker.indicators.importing.figures import is_none
from tracker.indicators.importing.rules import Cell, SaidFigure
from tracker.indicators.models import Measure, MeasureValue
from tracker.indicators.rules import Period, Unit
from tracker.platform.days import read_day
from tracker.platform.errors import Refused

SHOWN = 40
"""Characters of a cell that a sentence quotes."""


class NotThisCell(Refused):
    """A refusal that names the cell to put right."""

    def __init__(self, cell: str, sentence: str) -> None:
        self.cell = cell
        super().__init__(sentence)


class NotCounted(Refused):
    """A figure of a period that its measure is not counted by, such as a year among months."""


@contextmanager
def about_cell(cell: str) -> Iterator[None]:
    """Whatever is refused inside is about this cell."""
    try:
        yield
    except (NotThisCell, NotCounted):
        raise
    except Refused as refusal:
        raise NotThisCell(cell, str(refusal)) from None


def says(one: SaidFigure) -> bool:
    """Whether there is a figure: a count or a value, and not nothing out of nothing."""
    numerator, denominator = one.counts
    if is_none(one.value.value) and numerator.value in {0, "0"} and denominator.value in {0, "0"}:
        return False
    return not all(is_none(cell.value) for cell in (one.value, numerator, denominator))


def read_figure(one: SaidFigure, unit: Unit) -> tuple[Figure, str]:
    """The figure as its cells say it, and the cell that it stands in."""
    numerator, denominator = _count(one.numerator), _count(one.denominator)
    with about_cell(one.value.at):
        value = None if is_none(one.value.value) else figures.read_value(one.value.value, unit)
    if unit is Unit.COUNT and denominator is None and value is None and numerator is not None:
        return Figure(value=Decimal(numerator)), one.numerator.at
    at = one.value.at if value is not None else one.numerator.at or one.denominator.at
    with about_cell(at if numerator is None else one.denominator.at or at):
        if why_not := rules.why_not_a_figure(unit, value, numerator, denominator):
            raise Refused(why_not)
    if numerator is not None and denominator is not None and value is not None:
        _require_agreeing(one, unit, rules.worked_out(unit, numerator, denominator), value)
    return Figure(value=value, numerator=numerator, denominator=denominator), at


def _count(cell: Cell) -> int | None:
    with about_cell(cell.at):
        return figures.read_count(cell.value)


def _require_agreeing(one: SaidFigure, unit: Unit, exact: Decimal, value: Decimal) -> None:
    """Raises NotThisCell where a figure is not that of its own counts."""
    if not figures.agree(exact, value):
        counted = f"{one.numerator.text} of {one.denominator.text} is {rules.written(exact, unit)}"
        raise NotThisCell(one.value.at, f"{counted}, and the file says {rules.written(value, unit)}. Check both.")


def by_days(one: SaidFigure, measure: Measure, there: Mapping[date, MeasureValue]) -> tuple[date, date]:
    """A period by its days: a whole one, unless it is that of a figure that is there."""
    first, last = _day(one.first_day), _day(one.last_day)
    if last is None:
        raise NotThisCell(one.last_day.at, "It says no last day.")
    start = first or rules.period_start(measure.period, last)
    known = there.get(last)
    if known is not None and known.period_start == start:
        return start, last
    if not periods.standard(measure.period, last) or start != rules.period_start(measure.period, last):
        called = "one day" if measure.period is Period.DAY else f"a {measure.period.value}"
        name = rules.period_name(start, last) if start <= last else "This"
        raise NotThisCell(one.last_day.at, f"{name} is not what {measure.reference} is counted by: {called}.")
    return start, last


def read_source_day(cell: Cell, today: date) -> date | None:
    """The day on which the source was made; None where the row says none."""
    day = _day(cell)
    if day is not None and day > today:
        raise NotThisCell(cell.at, f"{day:%-d %B %Y} has not come yet, so no source is of that day.")
    return day


def _day(cell: Cell) -> date | None:
    if not cell.text:
        return None
    if isinstance(cell.value, date):
        return cell.value
    day = read_day(cell.text)
    if day is None:
        raise NotThisCell(cell.at, f"“{cell.text[:SHOWN]}” is not a day. Write it like 31 March 2026.")
    return day
