from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.evidence.models import Evidence
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.plan.rules import MEETING_NAMES, MeetingKind
from tracker.fieldwork.rules import LONDON, Every, RunsFrom
from tracker.fieldwork.timetable.rules import Slot, Timed
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


class Briefing(OfAuthority, Model):
    """What is read before a meeting: a pack that is made, or a piece of evidence."""

    __tablename__ = "fieldwork_briefing"
    __table_args__ = (CheckConstraint("(pack_id IS NULL) <> (evidence_id IS NULL)", name="one_of_two"),)

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("fieldwork_meeting.id"), index=True)
    position: Mapped[int]
    pack_id: Mapped[UUID | None] = mapped_column(ForeignKey("pack.id"))
    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("evidence.id"))

    meeting: Mapped[Meeting] = relationship(back_populates="briefings")
    pack: Mapped[Pack | None] = relationship()
    evidence: Mapped[Evidence | None] = relationship()

    @property
    def reference(self) -> str:
        return self.pack.reference if self.pack else self.evidence.reference if self.evidence else ""

    @property
    def title(self) -> str:
        return self.pack.title if self.pack else self.evidence.title if self.evidence else ""
