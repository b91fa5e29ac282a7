from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.people.models import OfAuthority, Person
from tracker.platform import storage
from tracker.platform.db import Model, Versioned


class AuditExport(OfAuthority, Model):
    """Audits that were downloaded to be answered elsewhere: what each cell said then."""

    __tablename__ = "audit_export"
    __history__ = False  # holds copies; the download is remembered with the authority

    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    audits: Mapped[dict[str, dict[str, dict[str, str]]]] = mapped_column(JSON)
    """Number of an audit -> key of a row -> column -> text."""

    made_by: Mapped[Person] = relationship()


class AuditReturn(Versioned, OfAuthority, Model):
    """A workbook that somebody brought back. Nothing of it counts until it is applied."""

    __tablename__ = "audit_return"
    __history__ = False  # what it changes is told in the history of each audit

    file_name: Mapped[str]
    file_sha256: Mapped[str] = mapped_column(info=storage.OF_A_FILE)
    brought_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    brought_at: Mapped[datetime]
    export_id: Mapped[UUID] = mapped_column(ForeignKey("audit_export.id"))
    settled: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Choice of a cell -> ``file`` or ``here``."""
    applied_at: Mapped[datetime | None]

    brought_by: Mapped[Person] = relationship()
    export: Mapped[AuditExport] = relationship()
