from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.improvements.rules import Source
from tracker.people.models import OfAuthority, Person
from tracker.platform import storage
from tracker.platform.brought_in import BroughtIn, RememberedHeadings
from tracker.platform.db import Model


class PlanExport(OfAuthority, Model):
    """A plan that was downloaded to be edited: what each cell said, so that what changed since can be told apart."""

    __tablename__ = "plan_export"
    __history__ = False  # holds copies; the download is remembered with the authority

    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    actions: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)
    """Number of an action -> field -> the text of its cell."""

    made_by: Mapped[Person] = relationship()


class PlanSheet(BroughtIn, OfAuthority, Model):
    """A spreadsheet of the plan, and how far somebody is with it."""

    __tablename__ = "plan_sheet"
    __history__ = False  # what it changes is told in the history of each action
    __table_args__ = (CheckConstraint("(applied_at IS NULL) = (applied IS NULL)", name="applied_says_what"),)

    file_sha256: Mapped[str] = mapped_column(info=storage.OF_A_FILE)
    source: Mapped[Source] = mapped_column(default=Source.OURSELVES)
    """Where items that are new come from."""
    export_id: Mapped[UUID | None] = mapped_column(ForeignKey("plan_export.id"))
    """The download that it is the edited copy of."""
    settled: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Cell -> ``file`` or ``here``: whose value stands where both changed."""

    brought_by: Mapped[Person] = relationship()
    export: Mapped[PlanExport | None] = relationship()


class SheetMemory(RememberedHeadings, OfAuthority, Model):
    """What an authority's own headings and words meant the last time."""

    __tablename__ = "sheet_memory"
    __history__ = False  # a convenience; it decides nothing
    __table_args__ = (UniqueConstraint("authority_id"),)

    meanings: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
