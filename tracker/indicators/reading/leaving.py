"""Which of an authority's figures may leave it: one answer for every page, sheet and pack that is for outside."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from tracker.indicators.models import Measure, MeasureChange, MeasureValue
from tracker.indicators.reading import hiding
from tracker.indicators.reading.counted import Counted, Place
from tracker.indicators.reading.usual import Figure
from tracker.people.models import Authority
from tracker.platform.db import db


def hidden(authority: Authority, smallest: int) -> frozenset[Place]:
    """Figures that stay inside, by their measure's id and the last day of their period. Two statements.

    All figures are looked at, whatever is to be shown: one that is left out elsewhere may give away one that is here,
    and two files of one day that hid different ones would be read together.
    """
    return hiding.hidden(counted(authority), smallest) if smallest > 1 else frozenset()


def changes_of(authority: Authority) -> Mapping[UUID, Sequence[MeasureChange]]:
    """What measures counted before, oldest first: an earlier figure is of what was counted then."""
    found: dict[UUID, list[MeasureChange]] = defaultdict(list)
    for change in db.session.scalars(
        select(MeasureChange)
        .join(Measure, Measure.id == MeasureChange.measure_id)
        .where(Measure.authority_id == authority.id)
        .order_by(MeasureChange.from_day)
    ):
        found[change.measure_id].append(change)
    return found


def then(row: Any, changes: Sequence[MeasureChange]) -> Any:
    """What was counted in the period of a row."""
    return next((change for change in changes if change.from_day > row.period_start), row)


def counted(authority: Authority) -> list[Counted]:
    """All figures of an authority's measures, in one order. Two statements."""
    changes = changes_of(authority)
    rows = db.session.execute(
        select(
            Measure.id, Measure.name, Measure.out_of, Measure.unit, Measure.counts, MeasureValue.period_start,
            MeasureValue.period_end, MeasureValue.value, MeasureValue.numerator, MeasureValue.denominator,
        )
        .join(Measure, Measure.id == MeasureValue.measure_id)
        .where(Measure.authority_id == authority.id)
        .order_by(Measure.number, MeasureValue.period_end)  # of two that are as small, every file hides the same
    )  # fmt: skip
    found = []
    for row in rows:
        means = then(row, changes.get(row.id, ()))
        figure = Figure(
            start=row.period_start,
            end=row.period_end,
            value=row.value,
            numerator=row.numerator,
            denominator=row.denominator,
        )
        found.append(Counted(row.id, row.name, means.out_of, means.unit, figure, means.counts))
    return found
