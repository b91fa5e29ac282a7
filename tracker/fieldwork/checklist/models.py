from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.rules import Every, RunsFrom
from tracker.fieldwork.timetable.rules import Timed
from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model, Versioned


class Document(Versioned, OfAuthority, Model):
    """One document to have ready; what it says is never kept here, and lists of children least of all."""

    __tablename__ = "fieldwork_document"
    __table_args__ = (CheckConstraint("(ready_on IS NULL) = (ready_by_id IS NULL)", name="ready_says_who"),)

    fieldwork_id: Mapped[UUID] = mapped_column(ForeignKey("fieldwork.id"), index=True)
    code: Mapped[str] = mapped_column(default="", info={"history": False})
    """Of the line that it was made from; empty for one that was added."""
    runs_from: Mapped[RunsFrom | None]
    """None: somebody said by when, and that stays when the dates move."""
    working_days: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    due_on: Mapped[date]
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(default="")
    """Where it is, or what is still missing."""
    ready_on: Mapped[date | None]
    ready_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who said that it is ready."""

    fieldwork: Mapped[Fieldwork] = relationship()
    owner: Mapped[Person | None] = relationship(foreign_keys=owner_id)
    ready_by: Mapped[Person | None] = relationship(foreign_keys=ready_by_id)

    @property
    def timed(self) -> Timed:
        return Timed(
            key=str(self.id),
            name=self.name,
            day=self.due_on,
            code=self.code,
            every=Every.ONCE,
            place=0,
            runs_from=self.runs_from,
            working_days=self.working_days,
        )

    def how_it_stands(self, today: date) -> str:
        """As a tag says it."""
        if self.ready_on is not None:
            return "Ready"
        return "Late" if self.due_on < today and self.fieldwork.is_open else "Not ready"
