from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.improvements.rules import Source
from tracker.people.models import OfAuthority, Person
from tracker.platform import storage
from tracker.platform.db import Model, Versioned


class PlanExport(OfAuthority, Model):
    """A plan that was downloaded to be edited: what each cell said, so that what changed since can be told apart."""

    __tablename__ = "plan_export"
    __history__ = False  # holds copies; the download is remembered with the authority

    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    actions: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)
    """Number of an action -> field -> the text of its cell."""

    made_by: Mapped[Person] = relationship()


class PlanSheet(Versioned, OfAuthority, Model):
    """A spreadsheet that somebody brought in, and how far she is with it. Nothing of it counts until it is applied."""

    __tablename__ = "plan_sheet"
    __history__ = False  # what it changes is told in the history of each action
    __table_args__ = (CheckConstraint("(applied_at IS NULL) = (applied IS NULL)", name="applied_says_what"),)

    file_name: Mapped[str]
    file_sha256: Mapped[str] = mapped_column(info=storage.OF_A_FILE)
    brought_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    brought_at: Mapped[datetime]
    sheet_name: Mapped[str]
    headings_row: Mapped[int]
    headings: Mapped[list[str]] = mapped_column(JSON)
    """The text over each column, in order."""
    columns: Mapped[dict[str, int]] = mapped_column(JSON)
    """Field -> place of its column, from 0."""
    meanings: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
    """What words of this file mean: ``rules.Meanings``."""
    source: Mapped[Source] = mapped_column(default=Source.OURSELVES)
    """Where items that are new come from."""
    export_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan_export.id"))
    """The download that it is the edited copy of."""
    left_out: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Rows that are not to be applied."""
    settled: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Cell -> ``file`` or ``here``: whose value stands where both changed."""
    applied_at: Mapped[datetime | None]
    applied: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    """Outcome -> number of rows."""

    brought_by: Mapped[Person] = relationship()
    export: Mapped[PlanExport | None] = relationship()


class SheetMemory(OfAuthority, Model):
    """What an authority's own headings and words meant the last time."""

    __tablename__ = "sheet_memory"
    __history__ = False  # a convenience; it decides nothing
    __table_args__ = (UniqueConstraint("authority_id"),)

    headings: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Heading as ``folded`` -> field, or empty for "none of these"."""
    meanings: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
