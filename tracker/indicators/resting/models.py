from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actions.models import Action
from tracker.indicators.models import FIGURE, Measure
from tracker.people.models import OfAuthority
from tracker.platform.db import Model, Versioned


class SuccessMeasure(Versioned, OfAuthority, Model):
    """A measure by which an action wants to be judged: from where, to where and by when."""

    __tablename__ = "success_measure"
    __history__ = False  # told in the history of its action and of its measure
    __table_args__ = (
        UniqueConstraint("action_id", "measure_id"),
        CheckConstraint(
            "(baseline IS NULL) = (baseline_start IS NULL) AND (baseline IS NULL) = (baseline_end IS NULL)",
            name="baseline_is_of_a_period",
        ),
        CheckConstraint("baseline_start IS NULL OR baseline_start <= baseline_end", name="period_in_order"),
        CheckConstraint("target_by IS NULL OR target IS NOT NULL", name="day_is_of_a_target"),
        CheckConstraint(
            "(shown_on IS NULL) = (NOT shows_difference) AND (shown = '') = (NOT shows_difference)",
            name="shown_on_a_day_in_words",
        ),
    )

    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"))
    measure_id: Mapped[UUID] = mapped_column(ForeignKey("measure.id"), index=True)
    baseline: Mapped[Decimal | None] = mapped_column(FIGURE)
    """Kept as it was agreed, whatever becomes of the measure's own figure."""
    baseline_start: Mapped[date | None]
    baseline_end: Mapped[date | None]
    baseline_origin: Mapped[str] = mapped_column(default="")
    """Where one that was typed comes from; empty: it is the measure's own figure."""
    target: Mapped[Decimal | None] = mapped_column(FIGURE)
    target_by: Mapped[date | None]
    shows_difference: Mapped[bool] = mapped_column(default=False)
    """The action was marked embedded because of this measure."""
    shown: Mapped[str] = mapped_column(default="")
    """What it showed on that day, in words."""
    shown_on: Mapped[date | None]

    action: Mapped[Action] = relationship()
    measure: Mapped[Measure] = relationship()


class MeasureTheme(Model):
    """A theme that a measure speaks for besides the one it is counted under."""

    __tablename__ = "measure_theme"
    __history__ = False  # told in the history of its measure
    __table_args__ = (UniqueConstraint("measure_id", "theme_code"),)

    measure_id: Mapped[UUID] = mapped_column(ForeignKey("measure.id"))
    theme_code: Mapped[str]
