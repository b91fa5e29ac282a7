from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.improvements.rules import Decision, ItemState, MappedTo, Source
from tracker.inspections.models import Inspection, Paragraph
from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model, Versioned
from tracker.platform.references import Referenced


class ImprovementItem(Versioned, Referenced, OfAuthority, Model):
    """One thing that needs to improve."""

    __tablename__ = "improvement_item"
    __table_args__ = (
        UniqueConstraint("authority_id", "number"),
        CheckConstraint("(state = 'Closed') = (closed_on IS NOT NULL)", name="closed_has_a_day"),
    )
    prefix = "I"

    wording: Mapped[str]
    """In the inspectors' own words, with any reference printed at the end."""
    title: Mapped[str]
    """Short, for lists: "Care proceedings and the pre-proceedings stage". Ours, not the inspectors'."""
    source: Mapped[Source]
    inspection_id: Mapped[UUID | None] = mapped_column(ForeignKey("inspection.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    """Place in the report's own list, from 0."""
    finding_type: Mapped[str]
    """Code of the framework's finding type."""
    source_page: Mapped[int | None]
    source_box: Mapped[list[float] | None] = mapped_column(JSON)
    raised_on: Mapped[date]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    accountable_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[ItemState] = mapped_column(default=ItemState.OPEN)
    closed_on: Mapped[date | None]
    closed_because: Mapped[str] = mapped_column(default="")

    inspection: Mapped[Inspection | None] = relationship(back_populates="items")
    owner: Mapped[Person | None] = relationship(foreign_keys=owner_id)
    accountable: Mapped[Person | None] = relationship(foreign_keys=accountable_id)
    mappings: Mapped[list[Mapping]] = relationship(back_populates="item", order_by="Mapping.rank", lazy="selectin")
    appraisals: Mapped[list[Appraisal]] = relationship(back_populates="item", order_by="Appraisal.on.desc()")


class Mapping(Model):
    """An item's tie to an area, a theme, a paragraph or a part of the national framework."""

    __tablename__ = "mapping"
    __history__ = False  # told in the item's own history
    __table_args__ = (
        UniqueConstraint("item_id", "to", "code", "paragraph_id"),
        CheckConstraint("(paragraph_id IS NULL) <> (code IS NULL)", name="code_or_paragraph"),
        CheckConstraint("decision = 'Suggested' OR decided_at IS NOT NULL", name="decided_by_somebody"),
    )

    item_id: Mapped[UUID] = mapped_column(ForeignKey("improvement_item.id"), index=True)
    to: Mapped[MappedTo]
    code: Mapped[str | None]
    """Area code, theme code or key of the national framework."""
    paragraph_id: Mapped[UUID | None] = mapped_column(ForeignKey("paragraph.id"))
    rank: Mapped[int]
    """1 is the likeliest of its kind for this item."""
    score: Mapped[float]
    """0 to 1, comparable only within one item and kind."""
    reason: Mapped[str]
    """Why it was suggested, in words: the terms shared, or the reference printed."""
    decision: Mapped[Decision] = mapped_column(default=Decision.SUGGESTED)
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]

    item: Mapped[ImprovementItem] = relationship(back_populates="mappings")
    paragraph: Mapped[Paragraph | None] = relationship()
    decided_by: Mapped[Person | None] = relationship()


class Echo(Model):
    """Two items that say the same at different inspections: a weakness that came back."""

    __tablename__ = "echo"
    __history__ = False  # told in the item's own history
    __table_args__ = (UniqueConstraint("item_id", "earlier_id"),)

    item_id: Mapped[UUID] = mapped_column(ForeignKey("improvement_item.id"), index=True)
    earlier_id: Mapped[UUID] = mapped_column(ForeignKey("improvement_item.id"), index=True)
    score: Mapped[float]
    reason: Mapped[str]
    decision: Mapped[Decision] = mapped_column(default=Decision.SUGGESTED)
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]

    item: Mapped[ImprovementItem] = relationship(foreign_keys=item_id)
    earlier: Mapped[ImprovementItem] = relationship(foreign_keys=earlier_id)
    decided_by: Mapped[Person | None] = relationship()


class Appraisal(Model):
    """Where we think we are with an item: three questions and a scale, as in Signs of Safety. Never altered."""

    __tablename__ = "appraisal"
    __history__ = False  # told in the item's own history
    __table_args__ = (CheckConstraint("scale BETWEEN 0 AND 10 AND aim BETWEEN 0 AND 10", name="scale_is_0_to_10"),)

    item_id: Mapped[UUID] = mapped_column(ForeignKey("improvement_item.id"), index=True)
    on: Mapped[date]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    together_with: Mapped[str] = mapped_column(default="")
    """Colleagues who took part, as names."""
    worried_about: Mapped[str]
    """One point a line."""
    working_well: Mapped[str]
    needs_to_happen: Mapped[str]
    scale: Mapped[int]
    """0 is the worst it could be, 10 is no concern."""
    aim: Mapped[int]
    next_step: Mapped[str] = mapped_column(default="")
    """What it would take to be one higher."""

    item: Mapped[ImprovementItem] = relationship(back_populates="appraisals")
    by: Mapped[Person | None] = relationship()


class AreaOwner(OfAuthority, Model):
    """Who answers for a judgement area."""

    __tablename__ = "area_owner"
    __table_args__ = (UniqueConstraint("authority_id", "area_code"),)

    area_code: Mapped[str]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))

    person: Mapped[Person] = relationship()
