from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.people.models import OfAuthority, Person
from tracker.platform import storage
from tracker.platform.db import Model


class UndescribedFile(OfAuthority, Model):
    """A file that somebody added and has not described yet. It is no evidence: it has no number and counts nowhere."""

    __tablename__ = "undescribed_file"

    added_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    added_at: Mapped[datetime]
    file_sha256: Mapped[str] = mapped_column(index=True, info=storage.OF_A_FILE)
    file_name: Mapped[str]
    file_size: Mapped[int]
    """Bytes."""
    file_type: Mapped[str]
    """Media type by content, not by name."""

    added_by: Mapped[Person] = relationship()
