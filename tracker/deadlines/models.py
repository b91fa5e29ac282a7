from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.inspections.models import Inspection
from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model, Versioned


class StatutoryDuty(Versioned, OfAuthority, Model):
    """What became of one deadline of one inspection: who sees to it, and when it was done."""

    __tablename__ = "statutory_duty"
    __table_args__ = (
        UniqueConstraint("inspection_id", "code"),
        CheckConstraint("(done_on IS NULL) = (sent_to = '')", name="done_says_to_whom"),
        CheckConstraint("done_on IS NULL OR not_required_because = ''", name="done_or_not_required"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspection.id"))
    code: Mapped[str]
    """Of the deadline in the inspection's framework."""
    lead_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who sees to it; nobody: the directors."""
    done_on: Mapped[date | None]
    sent_to: Mapped[str] = mapped_column(default="")
    """Whom it was sent to, or where it was published."""
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who said that it is done, or not required."""
    not_required_because: Mapped[str] = mapped_column(default="")

    inspection: Mapped[Inspection] = relationship()
    lead: Mapped[Person | None] = relationship(foreign_keys=lead_id)
    recorded_by: Mapped[Person | None] = relationship(foreign_keys=recorded_by_id)

    @property
    def reference(self) -> str:
        """As the history says it: "R-3 publish report"."""
        return f"{self.inspection.reference} {self.code.replace('_', ' ')}"
