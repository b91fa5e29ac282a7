"""What was published beside an authority's measures, and whom it is compared with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from tracker.indicators import rules
from tracker.indicators.comparing.models import NeighbourSet, PublishedFigure
from tracker.indicators.comparing.rules import Compared, Published
from tracker.indicators.models import Measure, MeasureValue
from tracker.indicators.queries import means_the_same
from tracker.people.models import Authority
from tracker.platform.db import db


def published(measure: Measure) -> Sequence[PublishedFigure]:
    """All that was published beside one measure, the newest period first."""
    return db.session.scalars(
        select(PublishedFigure)
        .where(PublishedFigure.measure_id == measure.id)
        .order_by(
            PublishedFigure.period_end.desc(),
            PublishedFigure.period_start,
            PublishedFigure.basis,
            PublishedFigure.whose,
            PublishedFigure.name,
        )
    ).all()


@dataclass(frozen=True)
class OfPeriod:
    """What was published for one period on one basis, and whether anything of ours is compared with it."""

    start: date
    end: date
    basis: str
    figures: Sequence[PublishedFigure]
    verdict: str

    @property
    def when(self) -> str:
        return rules.period_name(self.start, self.end)


def by_period(measure: Measure, told: Sequence[PublishedFigure]) -> Sequence[OfPeriod]:
    """The newest period first, as ``published`` has them."""
    groups = groupby(told, lambda one: (one.period_start, one.period_end, one.basis))
    return [
        OfPeriod(start, end, basis, list(those), _verdict(measure, start, end, basis))
        for (start, end, basis), those in groups
    ]


def _verdict(measure: Measure, start: date, end: date, basis: str) -> str:
    if basis != measure.basis:
        return "On another basis, so not compared"
    if any((value.period_start, value.period_end) == (start, end) for value in measure.series):
        return "Compared with our figure of this period"
    before = any((value.period_start, value.period_end) == (start, end) for value in measure.values)
    return "We counted otherwise then, so not compared" if before else "We have no figure of this period"


def neighbour_sets(authority: Authority) -> Sequence[NeighbourSet]:
    """Newest year first, each with its councils."""
    return db.session.scalars(
        select(NeighbourSet)
        .where(NeighbourSet.authority_id == authority.id)
        .options(selectinload(NeighbourSet.neighbours))
        .order_by(NeighbourSet.year.desc())
    ).all()


def neighbour_set(authority: Authority, set_id: UUID) -> NeighbourSet | None:
    return db.session.scalars(
        select(NeighbourSet)
        .where(NeighbourSet.authority_id == authority.id, NeighbourSet.id == set_id)
        .options(selectinload(NeighbourSet.neighbours))
    ).one_or_none()


def compared(measure: Measure, told: Iterable[PublishedFigure], sets: Sequence[NeighbourSet]) -> Compared | None:
    """Our figure of the newest period for which both we and somebody else have one on the same basis."""
    ours = {(value.period_start, value.period_end): value.value for value in measure.series}
    same = [one for one in told if one.basis == measure.basis and (one.period_start, one.period_end) in ours]
    if not same:
        return None
    start, end = max(((one.period_start, one.period_end) for one in same), key=lambda period: period[1])
    of_it = [one for one in same if (one.period_start, one.period_end) == (start, end)]
    neighbours = in_force(sets, end)
    return Compared(
        start=start,
        end=end,
        unit=measure.unit,
        direction=measure.direction,
        ours=ours[start, end],
        published=[Published(one.whose, one.name, one.value, one.source, one.source_date) for one in of_it],
        neighbours=[one.name for one in neighbours.neighbours] if neighbours else (),
        neighbours_year=neighbours.year if neighbours else None,
    )


def in_force(sets: Sequence[NeighbourSet], end: date) -> NeighbourSet | None:
    """The set for periods that end on a day: of the newest year that had begun on 1 April."""
    return max((one for one in sets if date(one.year, 4, 1) <= end), key=lambda one: one.year, default=None)


def of_scorecard(authority: Authority) -> Mapping[UUID, Compared]:
    """As ``compared``, of every measure of an authority: three statements."""
    same = (
        (MeasureValue.measure_id == PublishedFigure.measure_id)
        & (MeasureValue.period_start == PublishedFigure.period_start)
        & (MeasureValue.period_end == PublishedFigure.period_end)
    )
    newest = func.dense_rank().over(
        partition_by=PublishedFigure.measure_id,
        order_by=(PublishedFigure.period_end.desc(), PublishedFigure.period_start),
    )
    ranked = (
        select(
            PublishedFigure.measure_id, PublishedFigure.whose, PublishedFigure.name, PublishedFigure.value,
            PublishedFigure.source, PublishedFigure.source_date, PublishedFigure.period_start,
            PublishedFigure.period_end, MeasureValue.value.label("ours"), Measure.unit, Measure.direction,
            newest.label("place"),
        )
        .join(Measure, Measure.id == PublishedFigure.measure_id)
        .join(MeasureValue, same)
        .where(Measure.authority_id == authority.id, PublishedFigure.basis == Measure.basis, means_the_same())
        .subquery()
    )  # fmt: skip
    by_measure: dict[UUID, list[Published]] = defaultdict(list)
    rows = db.session.execute(select(ranked).where(ranked.c.place == 1)).all()
    sets = neighbour_sets(authority) if rows else []
    found: dict[UUID, Compared] = {}
    for row in rows:
        told = by_measure[row.measure_id]
        told.append(Published(row.whose, row.name, row.value, row.source, row.source_date))
    for row in rows:
        if row.measure_id in found:
            continue
        neighbours = in_force(sets, row.period_end)
        found[row.measure_id] = Compared(
            start=row.period_start,
            end=row.period_end,
            unit=row.unit,
            direction=row.direction,
            ours=row.ours,
            published=by_measure[row.measure_id],
            neighbours=[one.name for one in neighbours.neighbours] if neighbours else (),
            neighbours_year=neighbours.year if neighbours else None,
        )
    return found
