from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.people.models import OfAuthority, Person
from tracker.platform import storage
from tracker.platform.db import Model, Versioned


class PastSheet(Versioned, OfAuthority, Model):
    """A spreadsheet of past audits, and how far somebody is with it. Nothing of it counts until it is applied."""

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

    file_name: Mapped[str]
    file_sha256: Mapped[str] = mapped_column(info=storage.OF_A_FILE)
    brought_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    brought_at: Mapped[datetime]
    sheet_name: Mapped[str]
    headings_row: Mapped[int]
    headings: Mapped[list[str]] = mapped_column(JSON)
    """The text over each column, in order."""
    columns: Mapped[dict[str, int]] = mapped_column(JSON)
    """Key of ``rules.wanted`` -> place of its column, from 0."""
    meanings: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
    """What words of this file mean: ``previews.Meanings``."""
    tool_id: Mapped[str | None]
    """The tool of all its audits; None where a column says it."""
    area_code: Mapped[str | None]
    """The area of its audits where a row says none."""
    left_out: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Rows that are not to be applied."""
    applied_at: Mapped[datetime | None]
    applied: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    """Outcome -> number of rows."""
    taken_out_at: Mapped[datetime | None]
    taken_out_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    taken_out_because: Mapped[str] = mapped_column(default="")

    brought_by: Mapped[Person] = relationship(foreign_keys=brought_by_id)
    taken_out_by: Mapped[Person | None] = relationship(foreign_keys=taken_out_by_id)

    @property
    def reference(self) -> str:
        """As the history says it."""
        return self.file_name


class PastMemory(OfAuthority, Model):
    """What an authority's own headings and words meant the last time."""

    __tablename__ = "past_audit_memory"
    __history__ = False  # a convenience; it decides nothing
    __table_args__ = (UniqueConstraint("authority_id"),)

    headings: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Heading as ``folded`` -> key of ``rules.wanted``, or empty for "none of these"."""
    meanings: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
