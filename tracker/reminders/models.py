from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model, Versioned
from tracker.platform.jobs import Job
from tracker.reminders.rules import Choice, Kind, LetterFate, Numbers, Weekday


class ReminderNumbers(Versioned, OfAuthority, Model):
    """When an authority reminds, where it has chosen otherwise than ``rules.Numbers``."""

    __tablename__ = "reminder_numbers"
    __table_args__ = (
        UniqueConstraint("authority_id"),
        CheckConstraint("accountable_after_days <= director_after_days", name="accountable_before_director"),
    )

    due_soon_days: Mapped[int]
    statutory_soon_days: Mapped[int]
    overdue_every_days: Mapped[int]
    accountable_after_days: Mapped[int]
    director_after_days: Mapped[int]
    digest_weekday: Mapped[Weekday]
    hour: Mapped[int]
    quiet_from: Mapped[int]
    quiet_until: Mapped[int]
    closed_days: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """As ISO dates."""

    @property
    def numbers(self) -> Numbers:
        return Numbers(
            due_soon_days=self.due_soon_days,
            statutory_soon_days=self.statutory_soon_days,
            overdue_every_days=self.overdue_every_days,
            accountable_after_days=self.accountable_after_days,
            director_after_days=self.director_after_days,
            digest_weekday=self.digest_weekday,
            hour=self.hour,
            quiet_from=self.quiet_from,
            quiet_until=self.quiet_until,
            closed=frozenset(date.fromisoformat(day) for day in self.closed_days),
        )


class ReminderChoice(Versioned, OfAuthority, Model):
    """Which mails somebody wants, where she has chosen otherwise than ``rules.Choice``."""

    __tablename__ = "reminder_choice"
    __table_args__ = (UniqueConstraint("authority_id", "person_id"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    due_soon: Mapped[bool]
    overdue: Mapped[bool]
    escalated: Mapped[bool]
    waiting: Mapped[bool]
    packs: Mapped[bool] = mapped_column(default=True)
    week: Mapped[bool] = mapped_column(default=True)
    digest: Mapped[bool]
    digest_weekday: Mapped[Weekday | None]
    digest_hour: Mapped[int | None]
    chosen_on: Mapped[date] = mapped_column(info={"history": False})

    person: Mapped[Person] = relationship()

    @property
    def choice(self) -> Choice:
        return Choice(
            due_soon=self.due_soon,
            overdue=self.overdue,
            escalated=self.escalated,
            waiting=self.waiting,
            packs=self.packs,
            week=self.week,
            digest=self.digest,
            digest_weekday=self.digest_weekday,
            digest_hour=self.digest_hour,
            chosen_on=self.chosen_on,
        )


class ReminderLetter(OfAuthority, Model):
    """The one mail that a person gets on a day, as it was written; its row is there before anything is sent.

    Besides it there may be one about each audit that was passed up to her because a child may not be safe, and one
    about each pack that she asked for.
    """

    __tablename__ = "reminder_letter"
    __history__ = False  # a trail of its own
    __table_args__ = (
        Index(
            "uq_reminder_letter_of_a_day",
            "authority_id",
            "person_id",
            "day",
            unique=True,
            sqlite_where=text("about_id IS NULL"),
            postgresql_where=text("about_id IS NULL"),
        ),
        Index(
            "uq_reminder_letter_about",
            "person_id",
            "about_id",
            unique=True,
            sqlite_where=text("about_id IS NOT NULL"),
            postgresql_where=text("about_id IS NOT NULL"),
        ),
        CheckConstraint("sent_at IS NULL OR withdrawn_at IS NULL", name="sent_or_withdrawn"),
        CheckConstraint("sent_at IS NULL OR handed_over_at IS NOT NULL", name="sent_was_handed_over"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    day: Mapped[date]
    about_id: Mapped[UUID | None]
    """The audit that was passed up, or what was made; None in the mail of a day."""
    made: Mapped[bool] = mapped_column(default=False)
    """Whether it says that something its reader asked for is made, or why it is not."""
    digest: Mapped[bool]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    unsubscribe: Mapped[str]
    written_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    handed_over_at: Mapped[datetime | None]
    """Set at the last moment before it leaves: from then on it is not sent again unless it surely did not go."""
    sent_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    """It was not sent on its day, so it is not sent at all: what it said is told in the next one."""
    failed_at: Mapped[datetime | None]
    """It cannot be sent, or nobody knows whether it went: it is not tried again."""
    trouble: Mapped[str] = mapped_column(default="")
    """What went wrong the last time, for the operator."""
    job_id: Mapped[UUID | None] = mapped_column(ForeignKey("job.id"))

    person: Mapped[Person] = relationship()
    job: Mapped[Job | None] = relationship()
    reminders: Mapped[list[Reminder]] = relationship(back_populates="letter")

    @property
    def blocks(self) -> list[list[str]]:
        """Its text, block by block and line by line, for a page that shows it."""
        return [block.strip().splitlines() for block in self.text.split("\n\n") if block.strip()]

    @property
    def fate(self) -> LetterFate:
        """What became of it, as a tag says it."""
        if self.sent_at:
            return LetterFate.SENT
        if self.withdrawn_at:
            return LetterFate.REPLACED
        return LetterFate.FAILED if self.failed_at else LetterFate.ON_ITS_WAY


class Reminder(OfAuthority, Model):
    """That a person is told of one thing on one day: never of the same twice."""

    __tablename__ = "reminder"
    __history__ = False  # a trail of its own
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "thing_id", "day"),
        Index("ix_reminder_told", "authority_id", "day"),
    )

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("reminder_letter.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[Kind]
    thing_id: Mapped[UUID]
    """Of the action, milestone, audit … it is about; of a digest, the authority."""
    about_on: Mapped[date | None]
    """The due date that it is about: when that moves, it is told again."""
    day: Mapped[date]

    letter: Mapped[ReminderLetter] = relationship(back_populates="reminders")


class CalendarAddress(OfAuthority, Model):
    """A secret address at which a person's calendar can be read. Only its hash is kept."""

    __tablename__ = "calendar_address"
    __table_args__ = (
        Index(
            "uq_calendar_address_in_force",
            "authority_id",
            "person_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(unique=True, info={"history": False})
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
