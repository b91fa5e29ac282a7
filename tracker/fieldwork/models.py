from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.fieldwork.rules import Dates
from tracker.frameworks import queries as frameworks
from tracker.packs.models import PackSet
from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model, Versioned
from tracker.platform.references import Referenced


class Fieldwork(Versioned, Referenced, OfAuthority, Model):
    """One inspection from its call until it is closed, or one rehearsal. At most one of each is open."""

    __tablename__ = "fieldwork"
    __table_args__ = (
        UniqueConstraint("authority_id", "number"),
        CheckConstraint("remote_from <= first_day AND first_day <= last_day", name="days_in_order"),
        Index(
            "uq_fieldwork_open",
            "authority_id",
            "rehearsal",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    prefix = "N"

    framework_id: Mapped[str]
    activity: Mapped[str]
    """Code of the kind of visit in the framework."""
    rehearsal: Mapped[bool]
    """Practice: never mixed with the real one, and marked on every page and in everything that leaves."""
    called_at: Mapped[datetime]
    lead_inspector: Mapped[str] = mapped_column(default="")
    remote_from: Mapped[date]
    first_day: Mapped[date]
    """Of fieldwork on site."""
    last_day: Mapped[date]
    """Of fieldwork on site."""
    started_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]

    started_by: Mapped[Person] = relationship()

    @property
    def dates(self) -> Dates:
        return Dates(
            called_at=self.called_at, remote_from=self.remote_from, first_day=self.first_day, last_day=self.last_day
        )

    @property
    def activity_name(self) -> str:
        """As the framework has it: "Short inspection"."""
        return frameworks.library().framework(self.framework_id).activity(self.activity).name

    @property
    def name(self) -> str:
        """ "Short inspection of 2 June 2026", and before it that it is a rehearsal."""
        told = f"{self.activity_name} of {self.dates.called_on:%-d %B %Y}"
        return f"Rehearsal: {told[0].lower()}{told[1:]}" if self.rehearsal else told

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Told(OfAuthority, Model):
    """That somebody was to be told what moved for her in an inspection, or came to be hers: once for each change."""

    __tablename__ = "fieldwork_told"

    fieldwork_id: Mapped[UUID] = mapped_column(ForeignKey("fieldwork.id"), index=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str]
    told_at: Mapped[datetime]

    fieldwork: Mapped[Fieldwork] = relationship()
    person: Mapped[Person] = relationship()

    @property
    def reference(self) -> str:
        return f"{self.fieldwork.reference}, told to {self.person.name}"


class PacksOfFieldwork(OfAuthority, Model):
    """A set of packs that was asked for because the telephone rang."""

    __tablename__ = "fieldwork_packs"
    __table_args__ = (UniqueConstraint("fieldwork_id", "pack_set_id"),)

    fieldwork_id: Mapped[UUID] = mapped_column(ForeignKey("fieldwork.id"), index=True)
    pack_set_id: Mapped[UUID] = mapped_column(ForeignKey("pack_set.id"))

    fieldwork: Mapped[Fieldwork] = relationship()
    pack_set: Mapped[PackSet] = relationship()
