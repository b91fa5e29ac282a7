from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.corpus.rules import PassageKind
from tracker.inspections.models import Inspection
from tracker.people.models import OfAuthority
from tracker.platform import storage
from tracker.platform.db import Model
from tracker.platform.full_text import WordIndex

KEY_BITS = 62
"""As many as a whole number has in both databases. Chance gives two of a million passages the same number in one corpus
of ten million."""


class PublishedReport(OfAuthority, Model):
    """A published report that an authority can search, whichever authority it is about."""

    __tablename__ = "published_report"
    __table_args__ = (UniqueConstraint("authority_id", "file_sha256"),)

    file_sha256: Mapped[str] = mapped_column(info=storage.OF_A_FILE)
    file_name: Mapped[str]
    about: Mapped[str] = mapped_column(index=True)
    """The authority that was inspected, as lists call it."""
    about_as_printed: Mapped[str]
    framework_id: Mapped[str]
    title: Mapped[str]
    fieldwork_from: Mapped[date]
    fieldwork_to: Mapped[date]
    year: Mapped[int]
    """In which fieldwork began."""
    page_sizes: Mapped[list[list[float]]] = mapped_column(JSON, info={"history": False})
    """Width and height of each page in PDF points."""
    inspection_id: Mapped[UUID | None] = mapped_column(ForeignKey("inspection.id"))
    """The authority's own inspection that was recorded from it."""
    added_at: Mapped[datetime]

    inspection: Mapped[Inspection | None] = relationship()
    grades: Mapped[list[ReportGrade]] = relationship(order_by="ReportGrade.position", back_populates="report")
    passages: Mapped[list[Passage]] = relationship(order_by="Passage.position", back_populates="report")

    @property
    def called(self) -> str:
        """Which report it is, in a few words: "Bristol, 2018"."""
        return f"{self.about}, {self.year}"


class ReportGrade(Model):
    """A grade that a published report gives."""

    __tablename__ = "report_grade"
    __history__ = False  # written once, with its report
    __table_args__ = (UniqueConstraint("report_id", "area_code"),)

    report_id: Mapped[UUID] = mapped_column(ForeignKey("published_report.id"), index=True)
    position: Mapped[int]
    area_code: Mapped[str]
    label: Mapped[str]
    """As printed."""
    grade_code: Mapped[str | None]

    report: Mapped[PublishedReport] = relationship(back_populates="grades")


class Passage(Model):
    """A paragraph, or a thing that must improve, in the inspectors' words."""

    __tablename__ = "passage"
    __history__ = False  # written once, with its report
    __table_args__ = (UniqueConstraint("report_id", "position"),)

    report_id: Mapped[UUID] = mapped_column(ForeignKey("published_report.id"), index=True)
    position: Mapped[int]
    """Order in the corpus, from 0: what must improve first."""
    kind: Mapped[PassageKind]
    place: Mapped[int]
    """Order among its own kind in the report, from 0."""
    printed_number: Mapped[int | None]
    area_code: Mapped[str | None]
    """Code of the report's own framework."""
    area_is_likely: Mapped[bool] = mapped_column(default=False)
    """Nothing printed says the area: it is that of the likeliest theme."""
    grade_code: Mapped[str | None]
    """What that area was graded at that inspection."""
    page: Mapped[int | None]
    box: Mapped[list[float] | None] = mapped_column(JSON)
    """Left, top, right, bottom in PDF points from the page's top left corner."""
    text: Mapped[str]
    stems: Mapped[str]
    """What the database's full text indexes: ``words.stems_of`` the text."""
    word_key: Mapped[int] = mapped_column(BigInteger, unique=True, default=lambda: secrets.randbits(KEY_BITS))
    """What SQLite's index, which knows rows by whole numbers, calls this passage: row numbers of its own may change."""

    report: Mapped[PublishedReport] = relationship(back_populates="passages")
    themes: Mapped[list[PassageTheme]] = relationship(order_by="PassageTheme.rank", back_populates="passage")


class PassageTheme(Model):
    """A theme that a passage is likely about."""

    __tablename__ = "passage_theme"
    __history__ = False  # written once, with its passage
    __table_args__ = (UniqueConstraint("passage_id", "theme_code"),)

    passage_id: Mapped[UUID] = mapped_column(ForeignKey("passage.id"), index=True)
    theme_code: Mapped[str] = mapped_column(index=True)
    rank: Mapped[int]
    """1 is the likeliest."""

    passage: Mapped[Passage] = relationship(back_populates="themes")


class DoubtfulReport(OfAuthority, Model):
    """A published report that was read with doubts. Nothing of it can be searched until a person has settled them."""

    __tablename__ = "doubtful_report"
    __table_args__ = (UniqueConstraint("authority_id", "file_sha256"),)

    file_sha256: Mapped[str] = mapped_column(info=storage.OF_A_FILE)
    file_name: Mapped[str]
    reading: Mapped[dict[str, Any]] = mapped_column(JSON, info={"history": False})
    """What the reader found; never altered."""
    doubts: Mapped[int]
    """How many there are to settle."""
    read_at: Mapped[datetime]


WORDS = WordIndex("passage", {"stems": 1.0})
WORDS.keep_in_step(cast("Table", Passage.__table__))
