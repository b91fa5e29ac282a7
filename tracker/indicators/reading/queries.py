"""What is read of measures: one, or all of an authority in two statements. Nothing is found across authorities."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select

from tracker.indicators.comparing import queries as comparing
from tracker.indicators.comparing.rules import Compared
from tracker.indicators.models import Measure, MeasureTarget, MeasureValue
from tracker.indicators.queries import means_the_same
from tracker.indicators.reading.counted import Place
from tracker.indicators.reading.rules import Aim, Read, first_things
from tracker.indicators.reading.usual import CHARTED, Figure
from tracker.indicators.rules import Ambition
from tracker.indicators.targets.rules import Aimed, due
from tracker.people.models import Authority
from tracker.platform.db import db


@dataclass(frozen=True, kw_only=True)
class Line:
    """One measure as a scorecard shows it."""

    id: UUID
    number: int
    name: str
    short_name: str
    basis: str
    of_whom: str
    area_code: str
    read: Read
    counted_since: date | None
    """First day from which it counts what it does; None: it always has."""
    hidden: bool = False
    """Whether its latest figure counts so few that it does not leave the authority."""
    compared: Compared | None = None
    """A figure of it beside those that were published for the same period; None: nothing may be compared."""

    @property
    def reference(self) -> str:
        return f"{Measure.prefix}-{self.number}"


def aim_of(measure: Measure, day: date) -> Aim:
    """What a figure of a period that ends on ``day`` is read against."""
    return _aim(measure, measure.targets, day)


def figures_of(values: Iterable[MeasureValue]) -> list[Figure]:
    return [
        Figure(
            start=value.period_start,
            end=value.period_end,
            value=value.value,
            numerator=value.numerator,
            denominator=value.denominator,
            provisional=value.provisional,
        )
        for value in values
    ]


def read(measure: Measure, today: date) -> Read:
    """What all figures of one measure say that mean the same as the latest."""
    return of_values(measure, measure.series, today)


def of_values(measure: Measure, values: Iterable[MeasureValue], today: date) -> Read:
    """What some figures of a measure say that mean the same, given oldest first."""
    figures = figures_of(values)
    return Read(aim_of(measure, _last_day(figures)), figures, today)


def scorecard(authority: Authority, today: date) -> Sequence[Line]:
    """Every measure with its last figures, first things first: five statements.

    Columns and not objects are read: a scorecard of 200 measures has some 7,000 figures.
    """
    last, targets, compared = _last_figures(authority), _targets(authority), comparing.of_scorecard(authority)
    lines = [
        replace(_line(row, last.get(row.id, ()), targets.get(row.id, ()), today), compared=compared.get(row.id))
        for row in db.session.execute(_measures(authority))
    ]
    return sorted(lines, key=lambda line: (*first_things(line.read), line.number))


def for_outside(lines: Sequence[Line], hidden: frozenset[Place]) -> Sequence[Line]:
    """The same without figures that stay inside; see ``leaving.hidden``.

    A measure whose latest figure is hidden comes last: its place would say how it stands.
    """
    told = [_without(line, hidden) for line in lines]
    return [line for line in told if not line.hidden] + [line for line in told if line.hidden]


def _without(line: Line, small: frozenset[Place]) -> Line:
    read = line.read
    shown = [figure for figure in read.figures if (line.id, figure.end) not in small]
    hidden = read.latest is not None and (line.id, read.latest.end) in small
    beside = line.compared
    if beside is not None and (line.id, beside.end) in small:  # what was published stays; ours and our rank go
        beside = replace(beside, ours=None)
    return replace(line, read=Read(read.aim, shown, read.today), hidden=hidden, compared=beside)


def _measures(authority: Authority) -> Any:
    return select(
        Measure.id, Measure.number, Measure.name, Measure.short_name, Measure.basis, Measure.of_whom,
        Measure.area_code, Measure.unit, Measure.direction, Measure.period, Measure.tolerance, Measure.comparable_since,
    ).where(Measure.authority_id == authority.id)  # fmt: skip


def _line(row: Row[Any], figures: Sequence[Figure], targets: Sequence[Aimed], today: date) -> Line:
    aim = _aim(row, targets, _last_day(figures))
    return Line(
        id=row.id,
        number=row.number,
        name=row.name,
        short_name=row.short_name,
        basis=row.basis,
        of_whom=row.of_whom,
        area_code=row.area_code,
        counted_since=row.comparable_since,
        read=Read(aim, figures, today),
    )


def _last_day(figures: Sequence[Figure]) -> date:
    """Before there is a figure, the first target is the one to be reached."""
    return figures[-1].end if figures else date.min


def _aim(measure: Measure | Row[Any], targets: Iterable[Aimed], day: date) -> Aim:
    since = measure.comparable_since
    target = due(targets, Ambition.TARGET, day, since=since)
    stretch = due(targets, Ambition.STRETCH, day, since=since)
    return Aim(
        unit=measure.unit,
        direction=measure.direction,
        period=measure.period,
        target=target.figure if target else None,
        target_by=target.by if target else None,
        stretch=stretch.figure if stretch else None,
        stretch_by=stretch.by if stretch else None,
        tolerance=measure.tolerance,
    )


def _targets(authority: Authority) -> Mapping[UUID, Sequence[Aimed]]:
    rows = db.session.execute(
        select(
            MeasureTarget.measure_id,
            MeasureTarget.ambition,
            MeasureTarget.figure,
            MeasureTarget.by,
            MeasureTarget.since,
        )
        .join(Measure, Measure.id == MeasureTarget.measure_id)
        .where(Measure.authority_id == authority.id)
    )
    found: dict[UUID, list[Aimed]] = defaultdict(list)
    for row in rows:
        found[row.measure_id].append(row)
    return found


def _last_figures(authority: Authority) -> Mapping[UUID, Sequence[Figure]]:
    place = func.row_number().over(partition_by=MeasureValue.measure_id, order_by=MeasureValue.period_end.desc())
    ranked = (
        select(
            MeasureValue.measure_id, MeasureValue.period_start, MeasureValue.period_end, MeasureValue.value,
            MeasureValue.numerator, MeasureValue.denominator, MeasureValue.provisional, place.label("place"),
        )
        .join(Measure, Measure.id == MeasureValue.measure_id)
        .where(Measure.authority_id == authority.id, means_the_same())
        .subquery()
    )  # fmt: skip
    rows = db.session.execute(select(ranked).where(ranked.c.place <= CHARTED).order_by(ranked.c.period_end))
    found: dict[UUID, list[Figure]] = defaultdict(list)
    for measure_id, start, end, value, numerator, denominator, provisional, _ in rows:
        figure = Figure(
            start=start, end=end, value=value, numerator=numerator, denominator=denominator, provisional=provisional
        )
        found[measure_id].append(figure)
    return found
