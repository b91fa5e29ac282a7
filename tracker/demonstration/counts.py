"""Measures, and their figures up to the last whole month or quarter before the day of loading."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import islice

from tracker.demonstration.measure_schema import Changed, MeasuresFile, PublishedTold, Series
from tracker.demonstration.stage import Scene, Stage
from tracker.improvements.models import ImprovementItem
from tracker.indicators import commands as indicators
from tracker.indicators import speaking
from tracker.indicators.breakdowns import commands as parts
from tracker.indicators.breakdowns.commands import OfPart
from tracker.indicators.commands import Figure, Meaning
from tracker.indicators.comparing import commands as comparing
from tracker.indicators.comparing.commands import Publication
from tracker.indicators.comparing.rules import Whose, whose
from tracker.indicators.comparing.tables import Line
from tracker.indicators.importing.periods import Span
from tracker.indicators.library import definitions
from tracker.indicators.meanings import commands as meanings
from tracker.indicators.meanings import rules as meaning
from tracker.indicators.models import Measure
from tracker.indicators.rules import Ambition, Period
from tracker.indicators.targets import commands as targets
from tracker.indicators.targets.commands import Aimed
from tracker.people.models import Authority

RECORDER = "amina"
AFTER = timedelta(days=8)
"""How long after a period its figure is known."""
PUBLISHED = -20
LINKED = -150
"""When measures were tied to items: soon after the last report was recorded."""


def beginnings(stage: Stage, told: MeasuresFile, begins: int) -> Iterator[Scene]:
    """Every measure with its target, in the order of the file, so that M-1 is the first."""
    for series in told.measures:
        yield Scene(begins, RECORDER, partial(_begin, stage, series, stage.day(begins)))


def figures(stage: Stage, told: MeasuresFile) -> Iterator[Scene]:
    for series in told.measures:
        periods = list(islice(periods_before(stage.today, _period(series)), len(series.figures)))[::-1]
        for (start, end), counts in zip(periods, series.figures, strict=True):
            figure = Figure(
                numerator=counts[0],
                denominator=counts[1],
                provisional=series.provisional and counts is series.figures[-1],
                source="Invented for the demonstration",
                source_date=min(end + AFTER, stage.today),
            )
            yield Scene(stage.offset(end + AFTER), RECORDER, partial(_record, stage, series.key, start, end, figure))


def changes(stage: Stage, told: MeasuresFile) -> Iterator[Scene]:
    """The days from which measures are counted otherwise, each before its first figure in the new way."""
    for series in told.measures:
        if series.changed:
            ends = list(islice(periods_before(stage.today, _period(series)), series.changed.figures))
            first = ends[-1][0]
            yield Scene(stage.offset(first), RECORDER, partial(_change, stage, series.key, series.changed, first))


def published(stage: Stage, told: MeasuresFile) -> Iterator[Scene]:
    for series in told.measures:
        if series.published:
            start, end = list(islice(periods_before(stage.today, _period(series)), series.published.ago + 1))[-1]
            span = Span(start, end, _period(series))
            yield Scene(PUBLISHED, RECORDER, partial(_publish, stage, series.key, series.published, span))


def breakdowns(stage: Stage, told: MeasuresFile) -> Iterator[Scene]:
    for series in told.measures:
        if series.broken_down:
            shown = series.broken_down.parts
            periods = list(islice(periods_before(stage.today, _period(series)), len(shown)))[::-1]
            for (start, end), told_of in zip(periods, shown, strict=True):
                lines = [OfPart(name, Figure(numerator=one[0], denominator=one[1])) for name, one in told_of.items()]
                record = partial(_break_down, stage, series.key, series.broken_down.by, start, end, lines)
                yield Scene(stage.offset(end + AFTER), RECORDER, record)


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


def _begin(stage: Stage, series: Series, on: date) -> None:
    measure = stage.keep(series.key, _added(stage.council, series))
    if series.target is not None:
        targets.add(
            measure,
            aimed=Aimed(figure=Decimal(series.target), why=series.why),
            by=stage.person(RECORDER),
            on=on,
        )


def _added(authority: Authority, series: Series) -> Measure:
    if series.own:
        return indicators.add_own(authority, means=Meaning(**series.own.means))
    return indicators.add_from_definition(authority, definition=definitions()[series.definition], basis=series.basis)


def _record(stage: Stage, key: str, start: date, end: date, figure: Figure) -> None:
    on = min(end + AFTER, stage.today)
    indicators.record_value(stage.get(Measure, key), period_start=start, period_end=end, figure=figure, on=on)


def _break_down(stage: Stage, key: str, by: str, start: date, end: date, lines: Sequence[OfPart]) -> None:
    on = min(end + AFTER, stage.today)
    parts.record(stage.get(Measure, key), by, lines, period_start=start, period_end=end, on=on)


def _change(stage: Stage, key: str, told: Changed, on: date) -> None:
    measure, by = stage.get(Measure, key), stage.person(RECORDER)
    counted = replace(meaning.of(measure), basis=told.basis)
    meanings.change(measure, version=measure.version, counted=counted, from_day=on, reason=told.why, by=by, on=on)
    for ambition, figure in ((Ambition.TARGET, told.target), (Ambition.STRETCH, told.stretch)):
        aimed = Aimed(ambition=ambition, figure=Decimal(figure), by=date(stage.today.year + 1, 3, 31), why=told.why)
        targets.add(measure, aimed=aimed, by=by, on=on)


def _publish(stage: Stage, key: str, told: PublishedTold, span: Span) -> None:
    measure = stage.get(Measure, key)
    lines = [
        Line("", name, whose(name), None if value is None else Decimal(str(value)))
        for name, value in told.figures.items()
    ]
    councils = [line.name for line in lines if line.whose is Whose.COUNCIL]
    comparing.add_neighbours(
        stage.council, year=told.year, names=councils, source=told.source, source_date=stage.day(PUBLISHED)
    )
    publication = Publication(period=span, basis=measure.basis, source=told.source, source_date=stage.day(PUBLISHED))
    comparing.record(measure, lines, published=publication, on=stage.day(PUBLISHED))


def _link(stage: Stage, key: str, item: str) -> None:
    speaking.link_to_item(stage.get(Measure, key), item=stage.get(ImprovementItem, item))
