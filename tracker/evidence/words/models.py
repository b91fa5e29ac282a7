from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.evidence.words.rules import Extent
from tracker.people.models import OfAuthority
from tracker.platform.db import Model


class FileReading(OfAuthority, Model):
    """That a file, named by its content, was looked through: how far, and what was found that could lead to a child."""

    __tablename__ = "file_reading"
    __history__ = False  # written once, by a worker
    __table_args__ = (UniqueConstraint("authority_id", "sha256"),)

    sha256: Mapped[str]
    """Of the file. It only names it: the file itself may be gone."""
    extent: Mapped[Extent]
    gaps: Mapped[list[str]] = mapped_column(JSON)
    """What could not be read, in sentences."""
    found: Mapped[list[list[str]]] = mapped_column(JSON)
    """Each a sign, a place and the value with all but its beginning hidden, in the file's order."""
    read_at: Mapped[datetime]


class FileWords(OfAuthority, Model):
    """A passage of a file. What could lead to a child is blotted out in it."""

    __tablename__ = "file_words"
    __history__ = False
    __table_args__ = (UniqueConstraint("authority_id", "sha256", "position"),)

    sha256: Mapped[str]
    position: Mapped[int]
    """Order in the file, from 0."""
    place: Mapped[str]
    """As a sentence names it: "page 3", "sheet Plan, row 7", "attached file plan.docx, paragraph 2"."""
    text: Mapped[str]
