from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.models import Audit
from tracker.audits.rules import NOT_GIVEN, Given
from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model, Versioned


class PanelSeat(Versioned, OfAuthority, Model):
    """One member of the panel that moderates an audit, and what she gave. Once given, it stands."""

    __tablename__ = "panel_seat"
    __table_args__ = (
        UniqueConstraint("audit_id", "person_id"),
        CheckConstraint(
            "given_on IS NULL OR (grade_code IS NOT NULL AND reason <> '')", name="given_has_a_grade_and_a_reason"
        ),
    )

    audit_id: Mapped[UUID] = mapped_column(ForeignKey("audit.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    given_on: Mapped[date | None]
    grade_code: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    domains: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Code of a domain to her grade of it; None where it does not apply."""

    audit: Mapped[Audit] = relationship()
    person: Mapped[Person] = relationship()

    @property
    def reference(self) -> str:
        """As the history says it: "Q-88 panel"."""
        return f"{self.audit.reference} panel"

    def gave(self, domain: str) -> Given:
        if domain not in self.domains:
            return NOT_GIVEN
        code = self.domains[domain]
        return Given(code, applies=code is not None)
