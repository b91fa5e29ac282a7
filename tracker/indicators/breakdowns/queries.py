"""What is asked of the parts of a measure: the last figures that its page shows, and those that a file holds."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Row, and_, func, select

from tracker.indicators.breakdowns.models import MeasurePart, PartValue
from tracker.indicators.models import Measure
from tracker.indicators.queries import SHOWN
from tracker.indicators.reading.usual import Figure
from tracker.platform.db import db


class Counts(Protocol):
    """A figure with its counts."""

    @property
    def value(self) -> Decimal: ...
    @property
    def numerator(self) -> int | None: ...
    @property
    def denominator(self) -> int | None: ...


@dataclass(frozen=True)
class PartFigures:
    """A part with its last figures that mean the same as the measure's latest, oldest first."""

    id: UUID
    kind: str
    name: str
    figures: Sequence[Figure]


def parts(measure: Measure) -> Sequence[MeasurePart]:
    """All parts, each breakdown in the order in which its parts were added."""
    return db.session.scalars(
        select(MeasurePart)
        .where(MeasurePart.measure_id == measure.id)
        .order_by(MeasurePart.kind, MeasurePart.position, MeasurePart.name)
    ).all()


def values_at(measure: Measure, kind: str, end: date) -> Mapping[UUID, PartValue]:
    """Part -> its figure for the period that ends on a day."""
    values = db.session.scalars(
        select(PartValue)
        .join(MeasurePart, MeasurePart.id == PartValue.part_id)
        .where(MeasurePart.measure_id == measure.id, MeasurePart.kind == kind, PartValue.period_end == end)
    )
    return {value.part_id: value for value in values}


def last_figures(measure: Measure) -> Sequence[PartFigures]:
    """Every part with its last figures, at most ``SHOWN`` of each: one statement."""
    place = func.row_number().over(partition_by=PartValue.part_id, order_by=PartValue.period_end.desc())
    ranked = _figures(measure).add_columns(place.label("place"))
    if measure.comparable_since is not None:
        ranked = ranked.where(PartValue.period_start >= measure.comparable_since)
    last = ranked.subquery()
    rows = db.session.execute(
        select(MeasurePart.id, MeasurePart.kind, MeasurePart.name, last)
        .outerjoin(last, and_(last.c.part_id == MeasurePart.id, last.c.place <= SHOWN))
        .where(MeasurePart.measure_id == measure.id)
        .order_by(MeasurePart.kind, MeasurePart.position, MeasurePart.name, last.c.period_end)
    )
    found: dict[tuple[UUID, str, str], list[Figure]] = defaultdict(list)
    for row in rows:
        found[row.id, row.kind, row.name] += [_figure(row)] if row.part_id else []
    return [PartFigures(*part, figures) for part, figures in found.items()]


def all_figures(measure: Measure) -> Sequence[PartFigures]:
    """Every part with every figure, whatever it meant, oldest first: two statements."""
    found: dict[UUID, list[Figure]] = defaultdict(list)
    for row in db.session.execute(_figures(measure).order_by(PartValue.period_end)):
        found[row.part_id].append(_figure(row))
    return [PartFigures(part.id, part.kind, part.name, found.get(part.id, [])) for part in parts(measure)]


def _figures(measure: Measure) -> Any:
    return (
        select(
            PartValue.part_id, PartValue.period_start, PartValue.period_end, PartValue.value, PartValue.numerator,
            PartValue.denominator, PartValue.provisional,
        )
        .join(MeasurePart, MeasurePart.id == PartValue.part_id)
        .where(MeasurePart.measure_id == measure.id)
    )  # fmt: skip


def _figure(row: Row[Any]) -> Figure:
    return Figure(
        start=row.period_start,
        end=row.period_end,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        provisional=row.provisional,
    )
