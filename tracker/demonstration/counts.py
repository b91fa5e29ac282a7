"""Measures, and their figures up to the last whole month or quarter before the day of loading."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import islice

from tracker.demonstration.schema import MeasuresFile, Series
from tracker.demonstration.stage import Scene, Stage
from tracker.improvements.models import ImprovementItem
from tracker.indicators import commands as indicators
from tracker.indicators.commands import Figure, Meaning
from tracker.indicators.library import definitions
from tracker.indicators.models import Measure
from tracker.indicators.rules import Period
from tracker.people.models import Authority

RECORDER = "amina"
AFTER = timedelta(days=8)
"""How long after a period its figure is known."""
LINKED = -150
"""When measures were tied to items: soon after the last report was recorded."""


def beginnings(stage: Stage, told: MeasuresFile, begins: int) -> Iterator[Scene]:
    """Every measure with its target, in the order of the file, so that M-1 is the first."""
    for series in told.measures:
        yield Scene(begins, RECORDER, partial(_begin, stage, series))


def figures(stage: Stage, told: MeasuresFile) -> Iterator[Scene]:
    for series in told.measures:
        periods = list(islice(periods_before(stage.today, _period(series)), len(series.figures)))[::-1]
        for (start, end), counts in zip(periods, series.figures, strict=True):
            figure = Figure(
                numerator=counts[0],
                denominator=counts[1],
                provisional=series.provisional and counts is series.figures[-1],
            )
            yield Scene(stage.offset(end + AFTER), RECORDER, partial(_record, stage, series.key, start, end, figure))


def links(stage: Stage, told: MeasuresFile) -> Iterator[Scene]:
    for series in told.measures:
        for item in series.items:
            yield Scene(LINKED, RECORDER, partial(_link, stage, series.key, item))


def periods_before(today: date, period: Period) -> Iterator[tuple[date, date]]:
    """First and last day of each whole period before ``today``, latest first. A single day is the last of a quarter.

    >>> next(periods_before(date(2026, 11, 22), Period.MONTH))
    (datetime.date(2026, 10, 1), datetime.date(2026, 10, 31))
    >>> next(periods_before(date(2026, 11, 22), Period.DAY))
    (datetime.date(2026, 9, 30), datetime.date(2026, 9, 30))
    """
    months = 1 if period is Period.MONTH else 3
    after = today.replace(day=1, month=today.month - (today.month - 1) % months)
    while True:
        end = after - timedelta(days=1)
        after = _months_earlier(after, months)
        yield (end if period is Period.DAY else after, end)


def _months_earlier(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _period(series: Series) -> Period:
    return Period[series.own.period.upper()] if series.own else definitions()[series.definition].period


def _begin(stage: Stage, series: Series) -> None:
    measure = stage.keep(series.key, _added(stage.council, series))
    if series.target is not None:
        indicators.set_target(
            measure, version=measure.version, target=Decimal(series.target), by=None, reason=series.why
        )


def _added(authority: Authority, series: Series) -> Measure:
    if series.own:
        return indicators.add_own(authority, means=Meaning(**series.own.means))
    return indicators.add_from_definition(authority, definition=definitions()[series.definition], basis=series.basis)


def _record(stage: Stage, key: str, start: date, end: date, figure: Figure) -> None:
    on = min(end + AFTER, stage.today)
    indicators.record_value(stage.get(Measure, key), period_start=start, period_end=end, figure=figure, on=on)


def _link(stage: Stage, key: str, item: str) -> None:
    indicators.link_to_item(stage.get(Measure, key), item=stage.get(ImprovementItem, item))
