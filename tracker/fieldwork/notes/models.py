from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.evidence.models import Evidence
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.notes.rules import NOTE_NAMES, NoteKind
from tracker.fieldwork.timetable.models import Meeting
from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model, Versioned


class Note(Versioned, OfAuthority, Model):
    """What inspectors said or asked, as one of us wrote it down."""

    __tablename__ = "fieldwork_note"
    __table_args__ = (CheckConstraint("(settled_on IS NULL) = (outcome = '')", name="settled_says_how"),)

    fieldwork_id: Mapped[UUID] = mapped_column(ForeignKey("fieldwork.id"), index=True)
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("fieldwork_meeting.id"))
    """The meeting in which it was said, if it was in one."""
    kind: Mapped[NoteKind]
    text: Mapped[str]
    area_code: Mapped[str]
    theme_code: Mapped[str | None]
    said_on: Mapped[date]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who finds the answer."""
    settled_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")
    """What became of it."""

    fieldwork: Mapped[Fieldwork] = relationship()
    meeting: Mapped[Meeting | None] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=by_id)
    owner: Mapped[Person | None] = relationship(foreign_keys=owner_id)
    offers: Mapped[list[Offer]] = relationship(
        back_populates="note", cascade="all, delete-orphan", order_by="Offer.position"
    )

    @property
    def kind_name(self) -> str:
        return NOTE_NAMES[self.kind]


class Offer(OfAuthority, Model):
    """A piece of evidence to offer for a note."""

    __tablename__ = "fieldwork_offer"
    __table_args__ = (UniqueConstraint("note_id", "evidence_id"),)

    note_id: Mapped[UUID] = mapped_column(ForeignKey("fieldwork_note.id"), index=True)
    position: Mapped[int]
    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id"))

    note: Mapped[Note] = relationship(back_populates="offers")
    evidence: Mapped[Evidence] = relationship()
