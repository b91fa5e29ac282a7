from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.indicators.comparing.rules import Whose
from tracker.indicators.models import FIGURE, Measure
from tracker.people.models import OfAuthority
from tracker.platform.db import Model, Versioned


class PublishedFigure(Model):
    """What somebody published of England, a region, another council or neighbours together, for one period."""

    __tablename__ = "published_figure"
    __history__ = False  # told in the history of the measure, many at once
    __table_args__ = (
        UniqueConstraint(
            "measure_id", "period_end", "period_start", "whose", "name", "basis", name="uq_published_figure_of_one"
        ),
        CheckConstraint("period_start <= period_end", name="period_in_order"),
        CheckConstraint("source <> ''", name="says_its_source"),
    )

    measure_id: Mapped[UUID] = mapped_column(ForeignKey("measure.id"))
    whose: Mapped[Whose]
    name: Mapped[str]
    """Of a region or a council; empty for England and for neighbours together."""
    period_start: Mapped[date]
    period_end: Mapped[date]
    basis: Mapped[str]
    """How it is counted; only the measure's own basis is compared with."""
    value: Mapped[Decimal | None] = mapped_column(FIGURE)
    """None: published as not available or too small to show."""
    source: Mapped[str]
    source_date: Mapped[date | None]
    """The day of publication."""

    measure: Mapped[Measure] = relationship()


class NeighbourSet(Versioned, OfAuthority, Model):
    """The councils that an authority is compared with from one year on, as some model names them."""

    __tablename__ = "neighbour_set"
    __table_args__ = (
        UniqueConstraint("authority_id", "year"),
        CheckConstraint("source <> ''", name="says_its_source"),
    )

    year: Mapped[int]
    """It holds for periods that end from 1 April of this year on, until the next set does."""
    source: Mapped[str]
    """Who says that they are alike: the model and where its list was published."""
    source_date: Mapped[date | None]

    neighbours: Mapped[list[Neighbour]] = relationship(
        back_populates="of", order_by="Neighbour.name", cascade="all, delete-orphan"
    )


class Neighbour(Model):
    """One council of a set."""

    __tablename__ = "neighbour"
    __history__ = False  # told in the history of the set
    __table_args__ = (UniqueConstraint("set_id", "name"),)

    set_id: Mapped[UUID] = mapped_column(ForeignKey("neighbour_set.id"))
    name: Mapped[str]

    of: Mapped[NeighbourSet] = relationship(back_populates="neighbours")
