from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.improvements import rules
from tracker.improvements.rules import Decision, ItemState, MappedTo, Source
from tracker.improvements.sources.rules import Origin
from tracker.inspections.models import Inspection, Paragraph
from tracker.people.models import OfAuthority, Person
from tracker.platform import clock
from tracker.platform.db import Model, Versioned
from tracker.platform.references import Referenced


class ImprovementItem(Versioned, Referenced, OfAuthority, Model):
    """One thing that needs to improve."""

    __tablename__ = "improvement_item"
    __table_args__ = (
        UniqueConstraint("authority_id", "number"),
        CheckConstraint("(state = 'Open') = (closed_on IS NULL)", name="not_open_has_a_day"),
        CheckConstraint("state IN ('Open', 'Closed') OR closed_because <> ''", name="gives_way_with_a_reason"),
        CheckConstraint("state <> 'Merged' OR successor_id IS NOT NULL", name="merged_into_another"),
        CheckConstraint("successor_id IS NULL OR state IN ('Merged', 'Superseded')", name="successor_of_what_gave_way"),
        CheckConstraint("successor_id <> id", name="not_its_own_successor"),
        CheckConstraint("part_of_id <> id", name="not_a_part_of_itself"),
        CheckConstraint("source_url = '' OR source_url LIKE 'https://%'", name="link_is_https"),
        # The plan lists items newest first: read in this order, a page of it sorts only what it shows.
        Index("ix_item_by_day", "authority_id", "raised_on", "position", "number", "id"),
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
    responsible: Mapped[str] = mapped_column(default="")
    """The bodies that the report says must see to it, where it names any: "Integrated care board, local authority"."""
    source_page: Mapped[int | None]
    source_box: Mapped[list[float] | None] = mapped_column(JSON)
    source_document: Mapped[str] = mapped_column(default="")
    """What it was said in, where no imported report lists it; so are the next four."""
    source_dated: Mapped[date | None]
    source_place: Mapped[str] = mapped_column(default="")
    source_said_by: Mapped[str] = mapped_column(default="")
    source_url: Mapped[str] = mapped_column(default="")
    raised_on: Mapped[date]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    accountable_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    state: Mapped[ItemState] = mapped_column(default=ItemState.OPEN)
    closed_on: Mapped[date | None]
    """The day on which it stopped being open: closed, merged, split or superseded."""
    closed_because: Mapped[str] = mapped_column(default="")
    closed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who merged, split or superseded it."""
    successor_id: Mapped[UUID | None] = mapped_column(ForeignKey("improvement_item.id"), index=True)
    """What stands in its place, once it is merged or superseded."""
    part_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("improvement_item.id"), index=True)
    """The item that was split to make it; never altered."""

    inspection: Mapped[Inspection | None] = relationship(back_populates="items")
    owner: Mapped[Person | None] = relationship(foreign_keys=owner_id)
    accountable: Mapped[Person | None] = relationship(foreign_keys=accountable_id)
    closed_by: Mapped[Person | None] = relationship(foreign_keys=closed_by_id)
    successor: Mapped[ImprovementItem | None] = relationship(
        foreign_keys=successor_id, remote_side="ImprovementItem.id"
    )
    part_of: Mapped[ImprovementItem | None] = relationship(
        foreign_keys=part_of_id, remote_side="ImprovementItem.id", back_populates="parts"
    )
    parts: Mapped[list[ImprovementItem]] = relationship(
        foreign_keys=part_of_id, back_populates="part_of", order_by="ImprovementItem.number"
    )
    mappings: Mapped[list[Mapping]] = relationship(back_populates="item", order_by="Mapping.rank", lazy="selectin")
    appraisals: Mapped[list[Appraisal]] = relationship(
        back_populates="item", order_by="(Appraisal.on.desc(), Appraisal.written_at.desc())"
    )

    @property
    def is_open(self) -> bool:
        return self.state is ItemState.OPEN

    @property
    def area_codes(self) -> list[str]:
        """Of the judgement areas that it was confirmed to belong to."""
        ties = [tie for tie in self.mappings if tie.to is MappedTo.AREA and tie.decision is Decision.CONFIRMED]
        return [tie.code for tie in ties if tie.code]

    @property
    def origin(self) -> Origin:
        return Origin(self.source_document, self.source_dated, self.source_place, self.source_said_by, self.source_url)

    @origin.setter
    def origin(self, origin: Origin) -> None:
        self.source_document, self.source_dated = origin.document, origin.dated
        self.source_place, self.source_said_by, self.source_url = origin.place, origin.said_by, origin.url

    @property
    def source_line(self) -> str:
        """For lists: "Inspection of June 2026, page 2", "Peer review, 12 May 2026, page 4"; reads its inspection."""
        if self.inspection is not None:
            page = f", page {self.source_page}" if self.source_page else ""
            return f"{self.source} of {self.inspection.fieldwork_from:%B %Y}{page}"
        dated = self.source_dated or self.raised_on
        return ", ".join(part for part in (str(self.source), f"{dated:%-d %B %Y}", self.source_place) if part)

    @property
    def in_its_place(self) -> list[ImprovementItem]:
        """The items that stand in its place once it gave way, by number."""
        if self.state is ItemState.SPLIT:
            return [part for part in self.parts if part.successor_id != self.id]
        return [self.successor] if self.successor is not None else []

    @property
    def became(self) -> str:
        """ "merged into I-7", or empty while it is open; reads what stands in its place."""
        return "" if self.is_open else rules.became(self.state, [one.reference for one in self.in_its_place])

    @property
    def ended_line(self) -> str:
        """For lists: "Merged into I-7 on 3 March 2026", or empty; reads its successor, and no parts."""
        if self.closed_on is None:
            return ""
        into = [self.successor.reference] if self.successor is not None else []
        return f"{_first_large(rules.became(self.state, into))} on {self.closed_on:%-d %B %Y}"


def _first_large(words: str) -> str:
    return words[:1].upper() + words[1:]


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

    @property
    def asks(self) -> bool:
        """Nobody has decided; and neither was merged into the other, split from it or gave way to it, which says how
        the two belong together."""
        one, other = self.item, self.earlier
        stands_for = {(one.successor_id, other.id), (one.part_of_id, other.id)}
        stands_for |= {(other.successor_id, one.id), (other.part_of_id, one.id)}
        return self.decision is Decision.SUGGESTED and all(of != instead for of, instead in stands_for)

    @property
    def is_told(self) -> bool:
        """Somebody decided, or is to."""
        return self.decision is not Decision.SUGGESTED or self.asks


class Appraisal(Model):
    """Where we think we are with an item: three questions and a scale, as in Signs of Safety. Never altered."""

    __tablename__ = "appraisal"
    __history__ = False  # told in the item's own history
    __table_args__ = (CheckConstraint("scale BETWEEN 0 AND 10 AND aim BETWEEN 0 AND 10", name="scale_is_0_to_10"),)

    item_id: Mapped[UUID] = mapped_column(ForeignKey("improvement_item.id"), index=True)
    on: Mapped[date]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    """Which of two appraisals of one day is the later."""
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
