from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.improvements.models import ImprovementItem
from tracker.indicators.rules import Ambition, Direction, Period, Unit
from tracker.indicators.targets.rules import due
from tracker.people.models import OfAuthority, Person
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
    tolerance: Mapped[Decimal | None] = mapped_column(FIGURE)
    """How far off its target still counts as near, in the unit of the figure; None: as ``rules.NEAR`` says."""
    comparable_since: Mapped[date | None]
    """First day from which periods mean what they mean now; None: all do. Nothing is compared across it."""
    shipped: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True), info={"history": False})
    """What the shipped definition said when this authority last decided about it, as ``meanings.rules.said_by``."""

    values: Mapped[list[MeasureValue]] = relationship(back_populates="measure", order_by="MeasureValue.period_end")
    changes: Mapped[list[MeasureChange]] = relationship(back_populates="measure", order_by="MeasureChange.from_day")
    """Where what it counts changed, oldest first; none where it never did."""
    targets: Mapped[list[MeasureTarget]] = relationship(
        back_populates="measure", order_by="MeasureTarget.by", lazy="selectin"
    )
    items: Mapped[list[ImprovementItem]] = relationship(secondary="measure_item")

    @property
    def series(self) -> list[MeasureValue]:
        """The figures that mean the same as the latest, oldest first: those that may be compared."""
        since = self.comparable_since
        return [value for value in self.values if since is None or value.period_start >= since]

    def counted_at(self, day: date) -> Measure | MeasureChange:
        """What was counted in a period that begins on ``day``: its unit, basis and the rest."""
        return next((change for change in self.changes if change.from_day > day), self)

    @property
    def latest(self) -> MeasureValue | None:
        """The latest figure that means what the measure counts now."""
        return self.series[-1] if self.series else None

    @property
    def aimed(self) -> MeasureTarget | None:
        """What the latest figure is read against; before there is any, the first to be reached."""
        return self.target_at(self.latest.period_end if self.latest else date.min)

    @property
    def target(self) -> Decimal | None:
        return self.aimed.figure if self.aimed else None

    def target_at(self, day: date) -> MeasureTarget | None:
        """What a figure of a period that ends on ``day`` is read against."""
        return due(self.targets, Ambition.TARGET, day, since=self.comparable_since)


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
    source: Mapped[str] = mapped_column(default="")
    """The report, return or system that it was read from: "Children in need census 2026"."""
    source_date: Mapped[date | None]
    """The day on which the source was made or published."""

    measure: Mapped[Measure] = relationship(back_populates="values")


class MeasureChange(Model):
    """A day from which a measure counts otherwise: what it counted before, why it changed, and whether that matters.

    What it counts now stands on the measure; the next change, if there is one, holds what this one led to.
    """

    __tablename__ = "measure_change"
    __history__ = False  # told in the history of the measure, with what changed
    __table_args__ = (
        UniqueConstraint("measure_id", "from_day"),
        CheckConstraint("is_comparable = (comparable_because <> '')", name="comparable_says_why"),
    )

    measure_id: Mapped[UUID] = mapped_column(ForeignKey("measure.id"))
    from_day: Mapped[date]
    """First day of the first period that is counted in the new way."""
    definition: Mapped[str]
    counts: Mapped[str]
    out_of: Mapped[str]
    of_whom: Mapped[str]
    unit: Mapped[Unit]
    basis: Mapped[str]
    period: Mapped[Period]
    reason: Mapped[str]
    is_comparable: Mapped[bool]
    """Whether somebody said that figures before and after may be compared all the same."""
    comparable_because: Mapped[str]
    made_on: Mapped[date]
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    measure: Mapped[Measure] = relationship(back_populates="changes")
    made_by: Mapped[Person | None] = relationship()


class MeasureTarget(Versioned, Model):
    """What a measure aims at by a day: its target, or what it would reach at its best."""

    __tablename__ = "measure_target"
    __history__ = False  # told in the history of the measure

    measure_id: Mapped[UUID] = mapped_column(ForeignKey("measure.id"), index=True)
    ambition: Mapped[Ambition]
    figure: Mapped[Decimal] = mapped_column(FIGURE)
    by: Mapped[date | None]
    """The day by which it is to be reached; None: at all times."""
    since: Mapped[date | None]
    """``comparable_since`` of the measure when it was set: another meaning has targets of its own."""
    why: Mapped[str]
    set_on: Mapped[date | None]
    """None: before targets were kept one by one; the history knows."""
    set_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    measure: Mapped[Measure] = relationship(back_populates="targets")
    set_by: Mapped[Person | None] = relationship()


class MeasureItem(Model):
    """A measure that speaks for an improvement item."""

    __tablename__ = "measure_item"
    __table_args__ = (UniqueConstraint("measure_id", "item_id"),)

    measure_id: Mapped[UUID] = mapped_column(ForeignKey("measure.id"), index=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("improvement_item.id"), index=True)
