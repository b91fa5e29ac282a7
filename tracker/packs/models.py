from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.packs.rules import PackKind
from tracker.people.models import OfAuthority, Person
from tracker.platform import storage
from tracker.platform.db import Model
from tracker.platform.jobs import Job
from tracker.platform.references import Referenced


class Pack(Referenced, OfAuthority, Model):
    """A pack that somebody asked for: frozen contents, and the file once it is made."""

    __tablename__ = "pack"
    __table_args__ = (UniqueConstraint("authority_id", "number"),)
    prefix = "P"

    kind: Mapped[PackKind]
    title: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    contents: Mapped[dict[str, Any]] = mapped_column(JSON, info={"history": False})
    """What was gathered, frozen; rendering reads nothing else."""
    contents_sha256: Mapped[str] = mapped_column(index=True)
    job_id: Mapped[UUID | None] = mapped_column(ForeignKey("job.id"))
    file_sha256: Mapped[str | None] = mapped_column(info=storage.OF_A_FILE)
    file_size: Mapped[int | None]
    """Bytes."""
    pages: Mapped[int | None]
    made_at: Mapped[datetime | None]

    asked_by: Mapped[Person | None] = relationship()
    job: Mapped[Job | None] = relationship()
