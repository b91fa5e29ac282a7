from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.evidence.guard.rules import Decision
from tracker.evidence.models import Evidence
from tracker.people.models import OfAuthority, Person
from tracker.platform import storage
from tracker.platform.child_data import Sign
from tracker.platform.db import Model


class ChildDataWarning(OfAuthority, Model):
    """Something in a piece of evidence that could lead to a child, and what was decided about it."""

    __tablename__ = "child_data_warning"
    __table_args__ = (
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided_at_a_moment"),
        CheckConstraint("decision IS NULL OR decision <> 'Kept' OR because <> ''", name="kept_for_a_reason"),
    )

    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id"), index=True)
    file_sha256: Mapped[str | None] = mapped_column(index=True, info=storage.PERHAPS_GONE)
    """The file that it was found in, which may be gone; None if somebody typed it."""
    position: Mapped[int]
    """Order in the file, from 0."""
    sign: Mapped[Sign]
    place: Mapped[str]
    """As a sentence names it: "page 3", or the name of a field."""
    hidden: Mapped[str]
    """The value with all but its beginning hidden; empty where several places are told of at once."""
    warned_at: Mapped[datetime]
    added_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who added what it was found in."""
    decision: Mapped[Decision | None]
    because: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]

    evidence: Mapped[Evidence] = relationship()
    added_by: Mapped[Person | None] = relationship(foreign_keys=added_by_id)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id)
