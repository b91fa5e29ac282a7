"""Every question asked about measures. The authority comes first: nothing is found across authorities."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import selectinload

from tracker.improvements.models import ImprovementItem
from tracker.indicators import rules
from tracker.indicators.models import Measure, MeasureChange, MeasureItem, MeasureTarget, MeasureValue
from tracker.indicators.rules import Distance, Standing, Travel
from tracker.people.models import Authority
from tracker.platform.db import db

SHOWN = 13
"""Figures of a measure that lists and pages read: a year of months and the same month before. Our choice."""

WORST_FIRST = {standing: place for place, standing in enumerate(Standing)}


@dataclass(frozen=True)
class Reading:
    """A measure with its last figures, oldest first, and what they say."""

    measure: Measure
    values: Sequence[MeasureValue]
    """Those that mean the same as the latest."""

    @property
    def latest(self) -> MeasureValue | None:
        return self.values[-1] if self.values else None

    @property
    def numbers(self) -> list[float]:
        """For charts, which need no more than floats."""
        return [float(value.value) for value in self.values]

    @property
    def figure(self) -> str:
        """The latest figure with its unit, or empty."""
        return rules.written(self.latest.value, self.measure.unit) if self.latest else ""

    @property
    def aimed(self) -> MeasureTarget | None:
        """What the latest figure is read against; before there is any, the first to be reached."""
        return self.measure.target_at(self.latest.period_end if self.latest else date.min)

    @property
    def target(self) -> str:
        return rules.written(self.aimed.figure, self.measure.unit) if self.aimed else ""

    @property
    def when(self) -> str:
        """The period of the latest figure: "November 2026"."""
        return rules.period_name(self.latest.period_start, self.latest.period_end) if self.latest else ""

    @property
    def out_of(self) -> str:
        """The latest figure's counts: "17 of 24 children", or empty."""
        latest, measure = self.latest, self.measure
        return rules.out_of(latest.numerator, latest.denominator, measure.of_whom, measure.unit) if latest else ""

    @cached_property
    def distance(self) -> Distance | None:
        measure, aimed = self.measure, self.aimed
        if self.latest is None or aimed is None:
            return None
        return rules.distance(self.latest.value, aimed.figure, measure.unit, measure.direction, measure.tolerance)

    @cached_property
    def travel(self) -> Travel:
        return rules.travel([value.value for value in self.values], self.measure.direction)

    @property
    def travel_words(self) -> str:
        """As in "up in four of the last five months", or empty."""
        return rules.travel_words([value.value for value in self.values], self.measure.period)

    @property
    def standing(self) -> Standing:
        has_figure = self.latest is not None
        return rules.standing(self.distance, self.travel, has_figure=has_figure, direction=self.measure.direction)


def measure(authority: Authority, number: int) -> Measure | None:
    """One measure with all its figures, what it counted before, its targets, and the items it speaks for."""
    return db.session.scalars(
        select(Measure)
        .where(Measure.authority_id == authority.id, Measure.number == number)
        .options(
            selectinload(Measure.values),
            selectinload(Measure.changes).joinedload(MeasureChange.made_by),
            selectinload(Measure.targets).joinedload(MeasureTarget.set_by),
            selectinload(Measure.items).joinedload(ImprovementItem.owner),
        )
    ).one_or_none()


def with_latest(authority: Authority) -> Sequence[Reading]:
    """Every measure with its last figures, worst standing first: three statements."""
    return _readings([Measure.authority_id == authority.id])


def measures_of_item(item: ImprovementItem) -> Sequence[Reading]:
    """The measures that speak for an item, worst standing first: three statements."""
    speaks = select(MeasureItem.measure_id).where(MeasureItem.item_id == item.id)
    return _readings([Measure.authority_id == item.authority_id, Measure.id.in_(speaks)])


def reading(measure: Measure) -> Reading:
    """What the figures of one measure say."""
    return Reading(measure, measure.series)


def definitions_in_use(authority: Authority) -> frozenset[str]:
    """Ids of the definitions that this authority counts already."""
    used = db.session.scalars(select(Measure.definition_id).where(Measure.authority_id == authority.id))
    return frozenset(one for one in used if one is not None)


def means_the_same() -> ColumnElement[bool]:
    """Of a figure joined to its measure: whether it means what the measure counts now."""
    since = Measure.comparable_since
    return or_(since.is_(None), MeasureValue.period_start >= since)


def _readings(conditions: Sequence[ColumnElement[bool]]) -> Sequence[Reading]:
    measures = db.session.scalars(select(Measure).where(*conditions)).all()
    last = _last_values(conditions)
    return _worst_first(Reading(measure, last.get(measure.id, [])) for measure in measures)


def _last_values(conditions: Sequence[ColumnElement[bool]]) -> Mapping[UUID, list[MeasureValue]]:
    place = func.row_number().over(partition_by=MeasureValue.measure_id, order_by=MeasureValue.period_end.desc())
    ranked = (
        select(MeasureValue.id, place.label("place"))
        .join(Measure, Measure.id == MeasureValue.measure_id)
        .where(*conditions, means_the_same())
        .subquery()
    )
    values = db.session.scalars(
        select(MeasureValue)
        .join(ranked, ranked.c.id == MeasureValue.id)
        .where(ranked.c.place <= SHOWN)
        .order_by(MeasureValue.period_end)
    )
    by_measure: dict[UUID, list[MeasureValue]] = defaultdict(list)
    for value in values:
        by_measure[value.measure_id].append(value)
    return by_measure


def _worst_first(readings: Iterable[Reading]) -> list[Reading]:
    return sorted(readings, key=lambda reading: (WORST_FIRST[reading.standing], reading.measure.number))
