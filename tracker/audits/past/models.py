from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.people.models import OfAuthority, Person
from tracker.platform import storage
from tracker.platform.brought_in import BroughtIn, RememberedHeadings
from tracker.platform.db import Model


class PastSheet(BroughtIn, OfAuthority, Model):
    """A spreadsheet of past audits, and how far somebody is with it."""

    __tablename__ = "past_audit_sheet"
    __history__ = False  # what it brings in is told in the history of each audit
    __table_args__ = (
        CheckConstraint("(applied_at IS NULL) = (applied IS NULL)", name="applied_says_what"),
        CheckConstraint(
            "taken_out_at IS NULL OR (applied_at IS NOT NULL AND taken_out_by_id IS NOT NULL"
            " AND taken_out_because <> '')",
            name="taken_out_says_why",
        ),
    )

    file_sha256: Mapped[str] = mapped_column(info=storage.OF_A_FILE)
    tool_id: Mapped[str | None]
    """The tool of all its audits; None where a column says it."""
    area_code: Mapped[str | None]
    """The area of its audits where a row says none."""
    taken_out_at: Mapped[datetime | None]
    taken_out_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    taken_out_because: Mapped[str] = mapped_column(default="")

    brought_by: Mapped[Person] = relationship(foreign_keys="PastSheet.brought_by_id")
    taken_out_by: Mapped[Person | None] = relationship(foreign_keys=taken_out_by_id)

    @property
    def reference(self) -> str:
        """As the history says it."""
        return self.file_name


class PastMemory(RememberedHeadings, OfAuthority, Model):
    """What an authority's own headings and words meant the last time."""

    __tablename__ = "past_audit_memory"
    __history__ = False  # a convenience; it decides nothing
    __table_args__ = (UniqueConstraint("authority_id"),)

    meanings: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
