from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actions.models import Action
from tracker.audits.blind.rules import as_told
from tracker.audits.models import Finding
from tracker.evidence.models import Evidence
from tracker.fieldwork.checklist.models import Document
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.plan.rules import MEETING_NAMES, MeetingKind
from tracker.fieldwork.rules import LONDON, Every, RunsFrom
from tracker.fieldwork.timetable.rules import Slot, Timed
from tracker.improvements.models import ImprovementItem
from tracker.packs.models import Pack
from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model, Versioned

DAYS_MOVED = "The dates of the inspection moved, and it has no such day any more."


class Meeting(Versioned, OfAuthority, Model):
    """One meeting of an inspection or of a rehearsal."""

    __tablename__ = "fieldwork_meeting"
    __table_args__ = (CheckConstraint("minutes > 0", name="lasts"),)

    fieldwork_id: Mapped[UUID] = mapped_column(ForeignKey("fieldwork.id"), index=True)
    code: Mapped[str] = mapped_column(default="", info={"history": False})
    """Of the line that it was made from; empty for one that was added."""
    every: Mapped[Every] = mapped_column(info={"history": False})
    place: Mapped[int] = mapped_column(default=0, info={"history": False})
    """Which of the days of ``every``, counted from nought."""
    runs_from: Mapped[RunsFrom | None]
    """None: somebody put it on its day, and it stays there when the dates move."""
    working_days: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    kind: Mapped[MeetingKind]
    day: Mapped[date]
    starts_at: Mapped[time]
    minutes: Mapped[int]
    where_held: Mapped[str] = mapped_column(default="")
    others: Mapped[str] = mapped_column(default="")
    """Who else: inspectors, and people who do not sign in here."""
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who sees to it on our side, and is at it."""
    area_code: Mapped[str | None]
    """What it is about, if it is about one judgement area; one theme of it has ``theme_code`` as well."""
    theme_code: Mapped[str | None]
    called_off_because: Mapped[str] = mapped_column(default="")

    fieldwork: Mapped[Fieldwork] = relationship()
    owner: Mapped[Person | None] = relationship()
    seats: Mapped[list[Seat]] = relationship(back_populates="meeting", cascade="all, delete-orphan")
    briefings: Mapped[list[Briefing]] = relationship(
        back_populates="meeting", cascade="all, delete-orphan", order_by="Briefing.position"
    )

    @property
    def kind_name(self) -> str:
        return MEETING_NAMES[self.kind]

    @property
    def begins(self) -> datetime:
        """In England."""
        return datetime.combine(self.day, self.starts_at, tzinfo=LONDON)

    @property
    def ends(self) -> datetime:
        return self.begins + timedelta(minutes=self.minutes)

    @property
    def times(self) -> str:
        """ "9:30 to 10:30"."""
        return f"{self.begins:%-H:%M} to {self.ends:%-H:%M}"

    @property
    def people(self) -> list[Person]:
        """Colleagues who are at it, the one who sees to it first."""
        at_it = sorted((seat.person for seat in self.seats), key=lambda one: one.name)
        owner = [self.owner] if self.owner else []
        return [*owner, *(one for one in at_it if one not in owner)]

    @property
    def away(self) -> bool:
        """Whether it fell away because the dates moved, and nobody called it off."""
        return self.called_off_because == DAYS_MOVED

    @property
    def slot(self) -> Slot:
        names = frozenset(one.name for one in self.people)
        return Slot(self.id, self.name, self.day, self.starts_at, self.minutes, names)

    @property
    def timed(self) -> Timed:
        return Timed(
            key=str(self.id),
            name=self.name,
            day=self.day,
            code=self.code,
            every=self.every,
            place=self.place,
            runs_from=self.runs_from,
            working_days=self.working_days,
            away=self.away,
            called_off=bool(self.called_off_because) and not self.away,
        )


class Seat(OfAuthority, Model):
    """That a colleague is at a meeting besides the one who sees to it."""

    __tablename__ = "fieldwork_seat"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("fieldwork_meeting.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)

    meeting: Mapped[Meeting] = relationship(back_populates="seats")
    person: Mapped[Person] = relationship()


READ = ("pack", "evidence", "item", "action", "finding", "note", "document", "request")
"""What may be read before a meeting."""


class Briefing(OfAuthority, Model):
    """One thing that is read before a meeting."""

    __tablename__ = "fieldwork_briefing"
    __table_args__ = (
        CheckConstraint(
            " + ".join(f"CASE WHEN {one}_id IS NULL THEN 0 ELSE 1 END" for one in READ) + " = 1", name="one_thing"
        ),
    )

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("fieldwork_meeting.id"), index=True)
    position: Mapped[int]
    pack_id: Mapped[UUID | None] = mapped_column(ForeignKey("pack.id"))
    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("evidence.id"))
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("improvement_item.id"))
    action_id: Mapped[UUID | None] = mapped_column(ForeignKey("action.id"))
    finding_id: Mapped[UUID | None] = mapped_column(ForeignKey("finding.id"))
    note_id: Mapped[UUID | None] = mapped_column(ForeignKey("fieldwork_note.id"))
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("fieldwork_document.id"))
    request_id: Mapped[UUID | None] = mapped_column(ForeignKey("inspector_request.id"))

    meeting: Mapped[Meeting] = relationship(back_populates="briefings")
    pack: Mapped[Pack | None] = relationship()
    evidence: Mapped[Evidence | None] = relationship()
    item: Mapped[ImprovementItem | None] = relationship()
    action: Mapped[Action | None] = relationship()
    finding: Mapped[Finding | None] = relationship()
    document: Mapped[Document | None] = relationship()
    # Rooms that know this one, so that their models are named and not imported.
    note: Mapped[Any] = relationship("Note")
    request: Mapped[Any] = relationship("InspectorRequest")

    @property
    def sort(self) -> str:
        """Which of ``READ`` it is."""
        return next((one for one in READ if getattr(self, one) is not None), "")

    @property
    def thing(self) -> Any:
        return getattr(self, self.sort)

    @property
    def reference(self) -> str:
        """As a page says it: "A-12"; of a note or a document, which have none, what it is."""
        return called(self.sort, self.thing)

    @property
    def title(self) -> str:
        return told(self.sort, self.thing)

    @property
    def key(self) -> str:
        return key_of(self.sort, self.thing)

    @property
    def is_for_who_runs_it(self) -> bool:
        """What was noted of inspectors' words is not told to everybody who reads the week."""
        return self.sort == "note"


def called(sort: str, thing: Any) -> str:
    if sort == "note":
        return str(thing.kind_name)
    return "Document" if sort == "document" else str(thing.reference)


def told(sort: str, thing: Any) -> str:
    """What it says of itself, in its own words, as far as everybody who reads the week may know them."""
    if sort == "finding":
        return as_told(thing.what, to_all=thing.audit.is_shown_to_all)
    return str(getattr(thing, {"note": "text", "document": "name", "request": "words"}.get(sort, "title")))


def key_of(sort: str, thing: Any) -> str:
    """How a form names it: by its reference, or "note 6f0c…"."""
    return f"{sort} {thing.id}" if sort in ("note", "document") else str(thing.reference)
