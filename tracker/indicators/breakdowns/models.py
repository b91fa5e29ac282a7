from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.indicators.models import FIGURE, Measure
from tracker.platform.db import Model


class MeasurePart(Model):
    """Some of those whom a measure counts: one team, one age, one ethnic group."""

    __tablename__ = "measure_part"
    __history__ = False  # told in the history of the measure
    __table_args__ = (
        UniqueConstraint("measure_id", "kind", "name"),
        CheckConstraint("kind <> '' AND name <> ''", name="named"),
    )

    measure_id: Mapped[UUID] = mapped_column(ForeignKey("measure.id"), index=True)
    kind: Mapped[str]
    """What it is broken down by, in the authority's own words: "Team"."""
    name: Mapped[str]
    """Which of them: "Localities 2"."""
    position: Mapped[int]
    """Its place among the parts of its breakdown, from 1, as they were added."""

    measure: Mapped[Measure] = relationship()


class PartValue(Model):
    """The figure of one part for one period."""

    __tablename__ = "measure_part_value"
    __history__ = False  # told in the history of the measure, a period at a time
    __table_args__ = (
        UniqueConstraint("part_id", "period_end"),
        CheckConstraint("period_start <= period_end", name="period_in_order"),
        CheckConstraint("(numerator IS NULL) = (denominator IS NULL)", name="both_counts_or_neither"),
        CheckConstraint("denominator IS NULL OR denominator > 0", name="counted_out_of_some"),
    )

    part_id: Mapped[UUID] = mapped_column(ForeignKey("measure_part.id"))
    period_start: Mapped[date]
    period_end: Mapped[date]
    value: Mapped[Decimal] = mapped_column(FIGURE)
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]
    provisional: Mapped[bool] = mapped_column(default=False)

    part: Mapped[MeasurePart] = relationship()
