from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.improvements.models import ImprovementItem
from tracker.indicators.difference.rules import FEWEST, FEWEST_BASE, Group, Kind, Least, Shape, Stage
from tracker.people.models import OfAuthority
from tracker.platform.db import Model, Versioned
from tracker.platform.references import Referenced

TOLD_IN_WORDS = {"history": False}
"""What commands tell in sentences instead."""


class Pathway(Versioned, Referenced, OfAuthority, Model):
    """Stages along which an authority counts the groups of one characteristic."""

    __tablename__ = "pathway"
    __table_args__ = (
        UniqueConstraint("authority_id", "number"),
        UniqueConstraint("authority_id", "name", "characteristic"),
        CheckConstraint("fewest >= 0 AND fewest_base >= 1", name="least_counts"),
    )
    prefix = "W"

    name: Mapped[str]
    characteristic: Mapped[str]
    """What people are told apart by: "Ethnicity"."""
    from_pathway: Mapped[str | None]
    from_characteristic: Mapped[str | None]
    """Ids of the seed files that it was copied from; None for one of the authority's own."""
    source: Mapped[str] = mapped_column(default="")
    """Where the groups come from, in words."""
    kind: Mapped[Kind]
    one: Mapped[str]
    many: Mapped[str]
    """Who is counted: "child", "children"."""
    stages: Mapped[list[dict[str, str]]] = mapped_column(JSON, info=TOLD_IN_WORDS)
    """In order, the population first: code, name, of, care, as ``rules.Stage``."""
    groups: Mapped[list[dict[str, str]]] = mapped_column(JSON, info=TOLD_IN_WORDS)
    """code, name, said, as ``rules.Group``."""
    words: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, info=TOLD_IN_WORDS)
    """What words of this authority's spreadsheets mean, as ``columns.folded`` -> code, or empty for nothing here."""
    compared_with: Mapped[str] = mapped_column(default="")
    """Code of a group, ``rules.OTHERS``, or empty for the largest group."""
    fewest: Mapped[int] = mapped_column(default=FEWEST)
    fewest_base: Mapped[int] = mapped_column(default=FEWEST_BASE)
    area_code: Mapped[str] = mapped_column(index=True)
    theme_code: Mapped[str | None]

    countings: Mapped[list[Counting]] = relationship(back_populates="pathway", order_by="Counting.period_end")
    items: Mapped[list[ImprovementItem]] = relationship(secondary="pathway_item")

    @property
    def title(self) -> str:
        return f"{self.name}, by {self.characteristic[:1].lower()}{self.characteristic[1:]}"

    @property
    def last_counted(self) -> date | None:
        """The last day of the newest counts."""
        return self.countings[-1].period_end if self.countings else None

    @property
    def shape(self) -> Shape:
        return Shape(
            stages=[Stage(**stage) for stage in self.stages],
            groups=[Group(**group) for group in self.groups],
            one=self.one,
            many=self.many,
            kind=self.kind,
        )

    @property
    def least(self) -> Least:
        return Least(counted=self.fewest, base=self.fewest_base)


class Counting(Versioned, Model):
    """The counts of one period along a pathway."""

    __tablename__ = "pathway_counting"
    __history__ = False  # told in the history of the pathway
    __table_args__ = (
        UniqueConstraint("pathway_id", "period_end"),
        CheckConstraint("period_start <= period_end", name="period_in_order"),
    )

    pathway_id: Mapped[UUID] = mapped_column(ForeignKey("pathway.id"), index=True)
    period_start: Mapped[date]
    period_end: Mapped[date]
    source: Mapped[str] = mapped_column(default="")
    bases: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Code of a stage -> when it was counted, where that is not in the period: "mid-2025 estimate"."""
    provisional: Mapped[bool] = mapped_column(default=False)

    pathway: Mapped[Pathway] = relationship(back_populates="countings")
    numbers: Mapped[list[GroupCount]] = relationship(cascade="all, delete-orphan")

    @property
    def counts(self) -> dict[tuple[str, str], int]:
        """As ``rules.Counts``."""
        return {(one.stage_code, one.group_code): one.count for one in self.numbers}


class GroupCount(Model):
    """How many of one group are counted at one stage."""

    __tablename__ = "pathway_count"
    __history__ = False  # as Counting
    __table_args__ = (
        UniqueConstraint("counting_id", "stage_code", "group_code"),
        CheckConstraint("count >= 0", name="not_below_nothing"),
    )

    counting_id: Mapped[UUID] = mapped_column(ForeignKey("pathway_counting.id"), index=True)
    stage_code: Mapped[str]
    group_code: Mapped[str]
    """Of a group, or ``rules.NOT_KNOWN``."""
    count: Mapped[int]


class PathwayItem(Model):
    """A pathway that speaks for an improvement item."""

    __tablename__ = "pathway_item"
    __table_args__ = (UniqueConstraint("pathway_id", "item_id"),)

    pathway_id: Mapped[UUID] = mapped_column(ForeignKey("pathway.id"), index=True)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("improvement_item.id"), index=True)
