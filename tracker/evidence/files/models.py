from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.evidence.files import rules
from tracker.evidence.files.rules import Look, Scan
from tracker.evidence.models import Evidence
from tracker.people.models import OfAuthority, Person
from tracker.platform import clock, storage
from tracker.platform.db import Model


class FileVersion(OfAuthority, Model):
    """A file that a piece of evidence has or once had. The newest is the one that ``Evidence`` itself names."""

    __tablename__ = "evidence_file"
    __table_args__ = (UniqueConstraint("evidence_id", "number"), CheckConstraint("number > 0", name="numbered_from_1"))
    __history__ = False

    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id"))
    number: Mapped[int]
    """1, 2, 3 within its evidence."""
    file_sha256: Mapped[str] = mapped_column(index=True, info=storage.OF_A_FILE)
    file_name: Mapped[str]
    file_size: Mapped[int]
    """Bytes."""
    file_type: Mapped[str]
    """Media type by content, not by name."""
    added_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime | None]
    """None, as ``added_by``, of what was there before versions were kept: the history knows."""
    why: Mapped[str] = mapped_column(default="")
    """What is different in it, or why it took the place of the one before."""

    evidence: Mapped[Evidence] = relationship()
    added_by: Mapped[Person | None] = relationship()


class FileContent(Model):
    """What is known of a content, whoever added it and however often: what the scanner says, what it looks like."""

    __tablename__ = "file_content"
    __table_args__ = (
        CheckConstraint("(scan = 'Removed') = (removed_sha256 IS NOT NULL)", name="what_is_removed_was_infected"),
    )
    __history__ = False

    sha256: Mapped[str] = mapped_column(unique=True)
    """Names it; whether it is stored still is for those to say that refer to it."""
    media_type: Mapped[str]
    scan: Mapped[Scan] = mapped_column(default=Scan.NOT_ASKED)
    found: Mapped[str] = mapped_column(default="")
    """The scanner's name for what is in it."""
    scanned_at: Mapped[datetime | None]
    removed_sha256: Mapped[str | None] = mapped_column(unique=True, info=storage.REMOVED)
    """The same once more when it was taken out of the store on purpose."""
    look: Mapped[Look] = mapped_column(default=Look.NONE)

    @property
    def why_shut(self) -> str:
        """Why it may not be opened, in a sentence; empty when it may."""
        return rules.why_shut(self.scan, self.found, self._scanned_on)

    @property
    def _scanned_on(self) -> date | None:
        return self.scanned_at and self.scanned_at.astimezone(clock.LONDON).date()


class FilePreview(Model):
    """One page of the first look at a content: a picture or the first lines of a text, stored like any other file."""

    __tablename__ = "file_preview"
    __table_args__ = (UniqueConstraint("content_id", "page"),)
    __history__ = False

    content_id: Mapped[UUID] = mapped_column(ForeignKey("file_content.id"))
    page: Mapped[int]
    """From 1."""
    file_sha256: Mapped[str] = mapped_column(index=True, info=storage.OF_A_FILE)
    file_type: Mapped[str]
    width: Mapped[int | None]
    height: Mapped[int | None]
    """Pixels of a picture."""

    content: Mapped[FileContent] = relationship()
