from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.fieldwork.plan.rules import Line, LineSort, MeetingKind
from tracker.fieldwork.rules import Every, RunsFrom
from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model, Versioned


class PlanLine(Versioned, OfAuthority, Model):
    """One line as an authority has it. Once there is one for a kind of visit, the file's lines count no more for it."""

    __tablename__ = "fieldwork_plan_line"
    __table_args__ = (UniqueConstraint("authority_id", "framework_id", "activity", "code"),)

    framework_id: Mapped[str]
    activity: Mapped[str]
    position: Mapped[int]
    sort: Mapped[LineSort]
    code: Mapped[str]
    name: Mapped[str]
    runs_from: Mapped[RunsFrom]
    working_days: Mapped[int]
    every: Mapped[Every]
    kind: Mapped[MeetingKind]
    starts_at: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int] = mapped_column(default=0)
    role: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    taken_out: Mapped[bool] = mapped_column(default=False)
    """It stays, so that it can be put back."""

    owner: Mapped[Person | None] = relationship()

    @property
    def line(self) -> Line:
        return Line(
            sort=self.sort,
            code=self.code,
            name=self.name,
            runs_from=self.runs_from,
            working_days=self.working_days,
            every=self.every,
            kind=self.kind,
            starts_at=self.starts_at,
            minutes=self.minutes,
            role=self.role,
            about=self.about,
            owner=self.owner_id,
        )
