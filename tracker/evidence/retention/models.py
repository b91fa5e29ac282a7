from __future__ import annotations

from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.evidence.models import Evidence
from tracker.evidence.retention.rules import ListState
from tracker.evidence.rules import Kind
from tracker.people.models import OfAuthority, Person
from tracker.platform.append_only import only_added_to
from tracker.platform.db import Model, Versioned
from tracker.platform.references import Referenced


class KeptFor(Versioned, OfAuthority, Model):
    """For how many years each kind is kept in one authority. Nothing is due for disposal until somebody said so."""

    __tablename__ = "evidence_kept_for"
    __table_args__ = (UniqueConstraint("authority_id"),)

    years: Mapped[dict[str, int]] = mapped_column(JSON)
    """By the kind's value, every kind."""
    confirmed_on: Mapped[date]
    confirmed_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))

    confirmed_by: Mapped[Person] = relationship()


class LegalHold(OfAuthority, Model):
    """Something that must not be disposed of while it lasts: one piece of evidence, or all that there is."""

    __tablename__ = "legal_hold"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="held_for_a_reason"),
        CheckConstraint(
            "(lifted_on IS NULL) = (lifted_by_id IS NULL) AND (lifted_on IS NULL) = (lifted_because = '')",
            name="lifted_by_somebody_for_a_reason",
        ),
    )

    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("evidence.id"), index=True)
    """None: everything here."""
    reason: Mapped[str]
    held_on: Mapped[date]
    held_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    lifted_on: Mapped[date | None]
    lifted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    lifted_because: Mapped[str] = mapped_column(default="")

    evidence: Mapped[Evidence | None] = relationship()
    held_by: Mapped[Person] = relationship(foreign_keys=held_by_id)
    lifted_by: Mapped[Person | None] = relationship(foreign_keys=lifted_by_id)


class DisposalList(Versioned, Referenced, OfAuthority, Model):
    """What was due on a day, for one person to look through and another to approve."""

    __tablename__ = "disposal_list"
    __table_args__ = (
        UniqueConstraint("authority_id", "number"),
        CheckConstraint("(state = 'Approved') = (approved_by_id IS NOT NULL)", name="approved_by_somebody"),
        CheckConstraint("approved_by_id IS NULL OR approved_by_id <> sent_by_id", name="approved_by_another"),
        Index(
            "uq_disposal_list_one_open",
            "authority_id",
            unique=True,
            sqlite_where=text("state IN ('Being looked through', 'To approve')"),
            postgresql_where=text("state IN ('Being looked through', 'To approve')"),
        ),
    )
    prefix = "D"

    state: Mapped[ListState] = mapped_column(default=ListState.BEING_LOOKED_THROUGH)
    drawn_up_on: Mapped[date]
    drawn_up_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    sent_on: Mapped[date | None]
    sent_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who looked it through and asked for approval."""
    approved_on: Mapped[date | None]
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    drawn_up_by: Mapped[Person] = relationship(foreign_keys=drawn_up_by_id)
    sent_by: Mapped[Person | None] = relationship(foreign_keys=sent_by_id)
    approved_by: Mapped[Person | None] = relationship(foreign_keys=approved_by_id)
    lines: Mapped[list[DisposalLine]] = relationship(back_populates="disposal_list")


class DisposalLine(OfAuthority, Model):
    """One piece of evidence on a list; taken off it, it says why and until when it is kept."""

    __tablename__ = "disposal_line"
    __table_args__ = (
        UniqueConstraint("list_id", "evidence_id"),
        CheckConstraint("(kept_until IS NULL) = (kept_because = '')", name="kept_for_a_reason"),
        Index("ix_disposal_line_kept", "evidence_id", "kept_until"),
    )

    list_id: Mapped[UUID] = mapped_column(ForeignKey("disposal_list.id"))
    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id"))
    kept_until: Mapped[date | None]
    """Not to be listed again before this day; None while it is to be disposed of."""
    kept_because: Mapped[str] = mapped_column(default="")

    disposal_list: Mapped[DisposalList] = relationship(back_populates="lines")
    evidence: Mapped[Evidence] = relationship()


class Disposal(OfAuthority, Model):
    """One line of the disposal log: what was disposed of, under which rule and by whose decision. Never changed."""

    __tablename__ = "disposal"
    __table_args__ = (UniqueConstraint("authority_id", "evidence_number"),)
    __history__ = False  # it is a trail itself, and the evidence's own history says so too

    evidence_number: Mapped[int]
    kind: Mapped[Kind]
    dated: Mapped[date]
    """The day it spoke of."""
    last_relied_on: Mapped[date]
    kept_years: Mapped[int]
    list_number: Mapped[int]
    looked_through_by: Mapped[str]
    approved_by: Mapped[str]
    disposed_on: Mapped[date]
    cited_in: Mapped[str]
    """What rested on it, by reference; empty for nothing."""
    files: Mapped[int]
    """How many files went with it; one that something else refers to stays in the store for that."""

    @property
    def reference(self) -> str:
        return f"{Evidence.prefix}-{self.evidence_number}"


only_added_to(cast("Table", Disposal.__table__))
