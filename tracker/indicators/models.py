from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.improvements.models import ImprovementItem
from tracker.indicators.rules import Direction, Period, Unit
from tracker.people.models import OfAuthority
from tracker.platform.db import Model, Versioned
from tracker.platform.references import Referenced

FIGURE = Numeric(14, 4)


class Measure(Versioned, Referenced, OfAuthority, Model):
    """One thing an authority counts, on one basis."""

    __tablename__ = "measure"
    __table_args__ = (
        UniqueConstraint("authority_id", "number"),
        UniqueConstraint("authority_id", "definition_id", "basis"),
    )
    prefix = "M"

    definition_id: Mapped[str | None]
    """The seed definition it follows; None for one of the authority's own."""
    name: Mapped[str]
    short_name: Mapped[str] = mapped_column(default="")
    """For a matrix cell: "letter to decision in time"."""
    definition: Mapped[str] = mapped_column(default="")
    """What it counts, in a sentence."""
    counts: Mapped[str] = mapped_column(default="")
    """What stands above the line."""
    out_of: Mapped[str] = mapped_column(default="")
    """What stands below the line; empty where nothing is divided."""
    unit: Mapped[Unit]
    period: Mapped[Period] = mapped_column(default=Period.MONTH)
    basis: Mapped[str]
    """What is counted from what: "from the date the letter was sent"."""
    of_whom: Mapped[str] = mapped_column(default="")
    """What the denominator counts: "children"."""
    direction: Mapped[Direction]
    origin: Mapped[str] = mapped_column(default="")
    """The return it comes from: "CIN census", "local"."""
    area_code: Mapped[str] = mapped_column(index=True)
    theme_code: Mapped[str | None]
    target: Mapped[Decimal | None] = mapped_column(FIGURE)
    target_by: Mapped[date | None]
    """The day by which the target is to be reached."""

    values: Mapped[list[MeasureValue]] = relationship(back_populates="measure", order_by="MeasureValue.period_end")
    items: Mapped[list[ImprovementItem]] = relationship(secondary="measure_item")


class MeasureValue(Model):
    """A measure's figure for one period."""

    __tablename__ = "measure_value"
    __table_args__ = (
        UniqueConstraint("measure_id", "period_end"),
        CheckConstraint("period_start <= period_end", name="period_in_order"),
        CheckConstraint("(numerator IS NULL) = (denominator IS NULL)", name="both_counts_or_neither"),
        CheckConstraint("denominator IS NULL OR denominator > 0", name="counted_out_of_some"),
    )

    measure_id: Mapped[UUID] = mapped_column(ForeignKey("measure.id"), index=True)
    period_start: Mapped[date]
    period_end: Mapped[date]
    value: Mapped[Decimal] = mapped_column(FIGURE)
    numerator: Mapped[int | None]
    denominator: Mapped[int | None]
    provisional: Mapped[bool] = mapped_column(default=False)

    measure: Mapped[Measure] = relationship(back_populates="values")


class MeasureItem(Model):
    """A measure that speaks for an improvement item."""

    __tablename__ = "measure_item"
    __table_args__ = (UniqueConstraint("measure_id", "item_id"),)

    measure_id: Mapped[UUID] = mapped_column(ForeignKey("measure.id"), index=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("improvement_item.id"), index=True)
