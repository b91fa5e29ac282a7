from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models import Audit
from tracker.audits.safety.rules import EscalationState
from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model, Versioned


class SafetyEscalation(Versioned, OfAuthority, Model):
    """That an audit's grade was passed up, and what was done about it. One for each audit."""

    __tablename__ = "safety_escalation"
    __table_args__ = (
        UniqueConstraint("audit_id"),
        CheckConstraint(
            "(state = 'Answered') = (answered_at IS NOT NULL AND answered_by_id IS NOT NULL AND answer <> '')",
            name="answered_is_whole",
        ),
    )

    audit_id: Mapped[UUID] = mapped_column(ForeignKey("audit.id"))
    state: Mapped[EscalationState] = mapped_column(default=EscalationState.OPEN)
    raised_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(default="")
    """What the one who answered has done."""

    audit: Mapped[Audit] = relationship()
    answered_by: Mapped[Person | None] = relationship()

    @property
    def reference(self) -> str:
        """As the history says it: "Q-88 safety"."""
        return f"{self.audit.reference} safety"
