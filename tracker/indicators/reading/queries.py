"""What is read of measures: one, or all of an authority in two statements. Nothing is found across authorities."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select

from tracker.indicators.models import Measure, MeasureValue
from tracker.indicators.reading import hiding
from tracker.indicators.reading.hiding import Counted, Place
from tracker.indicators.reading.rules import Aim, Read, first_things
from tracker.indicators.reading.usual import CHARTED, Figure
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
    out_of: str
    of_whom: str
    area_code: str
    read: Read
    hidden: bool = False
    """Whether its latest figure counts so few that it does not leave the authority."""

    @property
    def reference(self) -> str:
        return f"{Measure.prefix}-{self.number}"


def aim_of(measure: Measure) -> Aim:
    return Aim(
        unit=measure.unit,
        direction=measure.direction,
        period=measure.period,
        target=measure.target,
        target_by=measure.target_by,
    )


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
    """What all figures of one measure say."""
    return of_values(measure, measure.values, today)


def of_values(measure: Measure, values: Iterable[MeasureValue], today: date) -> Read:
    """What some figures of a measure say, given oldest first."""
    return Read(aim_of(measure), figures_of(values), today)


def scorecard(authority: Authority, today: date) -> Sequence[Line]:
    """Every measure with its last figures, first things first: two statements.

    Columns and not objects are read: a scorecard of 200 measures has some 7,000 figures.
    """
    last = _last_figures(authority)
    lines = [_line(row, last.get(row.id, ()), today) for row in db.session.execute(_measures(authority))]
    return sorted(lines, key=lambda line: (*first_things(line.read), line.number))


def for_outside(lines: Sequence[Line], smallest: int) -> Sequence[Line]:
    """The same without figures that count few, and without what could be worked out from them.

    A measure whose latest figure is hidden comes last: its place would say how it stands.
    """
    small = hiding.hidden(
        (
            Counted(line.id, line.name, line.out_of, line.read.aim.unit, figure)
            for line in lines
            for figure in line.read.figures
        ),
        smallest,
    )
    told = [_without(line, small) for line in lines]
    return [line for line in told if not line.hidden] + [line for line in told if line.hidden]


def _without(line: Line, small: frozenset[Place]) -> Line:
    read = line.read
    shown = [figure for figure in read.figures if (line.id, figure.end) not in small]
    hidden = read.latest is not None and (line.id, read.latest.end) in small
    return replace(line, read=Read(read.aim, shown, read.today), hidden=hidden)


def _measures(authority: Authority) -> Any:
    return select(
        Measure.id, Measure.number, Measure.name, Measure.short_name, Measure.basis, Measure.out_of, Measure.of_whom,
        Measure.area_code, Measure.unit, Measure.direction, Measure.period, Measure.target, Measure.target_by,
    ).where(Measure.authority_id == authority.id)  # fmt: skip


def _line(row: Row[Any], figures: Sequence[Figure], today: date) -> Line:
    aim = Aim(unit=row.unit, direction=row.direction, period=row.period, target=row.target, target_by=row.target_by)
    return Line(
        id=row.id,
        number=row.number,
        name=row.name,
        short_name=row.short_name,
        basis=row.basis,
        out_of=row.out_of,
        of_whom=row.of_whom,
        area_code=row.area_code,
        read=Read(aim, figures, today),
    )


def _last_figures(authority: Authority) -> Mapping[UUID, Sequence[Figure]]:
    place = func.row_number().over(partition_by=MeasureValue.measure_id, order_by=MeasureValue.period_end.desc())
    ranked = (
        select(
            MeasureValue.measure_id, MeasureValue.period_start, MeasureValue.period_end, MeasureValue.value,
            MeasureValue.numerator, MeasureValue.denominator, MeasureValue.provisional, place.label("place"),
        )
        .join(Measure, Measure.id == MeasureValue.measure_id)
        .where(Measure.authority_id == authority.id)
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
