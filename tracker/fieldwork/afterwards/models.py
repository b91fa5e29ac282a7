from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.evidence.models import Evidence
from tracker.fieldwork.models import Fieldwork
from tracker.inspections.models import Inspection
from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model, Versioned


class ReportOfFieldwork(Versioned, OfAuthority, Model):
    """What came of an inspection: its draft report, and the final one once it is imported."""

    __tablename__ = "fieldwork_report"
    __table_args__ = (
        UniqueConstraint("fieldwork_id"),
        CheckConstraint("(sent_on IS NULL) = (sent_to = '')", name="sent_says_to_whom"),
    )

    fieldwork_id: Mapped[UUID] = mapped_column(ForeignKey("fieldwork.id"))
    draft_received_on: Mapped[date | None]
    comments_due_on: Mapped[date | None]
    """As the letter with the draft says."""
    sent_on: Mapped[date | None]
    sent_to: Mapped[str] = mapped_column(default="")
    inspection_id: Mapped[UUID | None] = mapped_column(ForeignKey("inspection.id"))
    """The final report, as it was imported."""

    fieldwork: Mapped[Fieldwork] = relationship()
    inspection: Mapped[Inspection | None] = relationship()


class Comment(Versioned, OfAuthority, Model):
    """One passage of a draft report that is inaccurate."""

    __tablename__ = "fieldwork_comment"

    fieldwork_id: Mapped[UUID] = mapped_column(ForeignKey("fieldwork.id"), index=True)
    position: Mapped[int]
    place: Mapped[str] = mapped_column(default="")
    """Where it stands: "paragraph 12"."""
    passage: Mapped[str]
    """As printed."""
    inaccurate: Mapped[str]
    proposed: Mapped[str] = mapped_column(default="")
    """How it could read."""
    proof: Mapped[str] = mapped_column(default="")
    """What shows it, in words."""
    evidence_id: Mapped[UUID | None] = mapped_column(ForeignKey("evidence.id"))
    answer: Mapped[str] = mapped_column(default="")
    """What the inspectors made of it."""
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))

    fieldwork: Mapped[Fieldwork] = relationship()
    evidence: Mapped[Evidence | None] = relationship()
    by: Mapped[Person] = relationship()
