from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.inspections.rules import ReviewState
from tracker.people.models import OfAuthority, Person
from tracker.platform import storage
from tracker.platform.db import Model, Versioned
from tracker.platform.references import Referenced

if TYPE_CHECKING:
    from tracker.improvements.models import ImprovementItem


class Review(Versioned, OfAuthority, Model):
    """A report that was read and waits for a person to check what was read."""

    __tablename__ = "review"

    file_sha256: Mapped[str] = mapped_column(index=True, info=storage.OF_A_FILE)
    file_name: Mapped[str]
    reading: Mapped[dict[str, Any]] = mapped_column(JSON, info={"history": False})
    """What the reader found, each field with page, box and certainty; never altered."""
    corrections: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What a person put right or confirmed: field path to value."""
    state: Mapped[ReviewState] = mapped_column(default=ReviewState.TO_CHECK)
    read_at: Mapped[datetime]
    read_for_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    read_for: Mapped[Person | None] = relationship()


class Inspection(Referenced, OfAuthority, Model):
    """One published report, as a person accepted it."""

    __tablename__ = "inspection"
    __table_args__ = (UniqueConstraint("authority_id", "number"), UniqueConstraint("authority_id", "file_sha256"))
    prefix = "R"

    framework_id: Mapped[str]
    activity: Mapped[str]
    """Code of the framework's activity: a standard inspection, a short one, a focused visit."""
    title: Mapped[str]
    authority_as_printed: Mapped[str]
    dates_as_printed: Mapped[str]
    fieldwork_from: Mapped[date]
    fieldwork_to: Mapped[date]
    published_on: Mapped[date | None]
    received_on: Mapped[date | None]
    """The day the authority received the final report: statutory deadlines run from it."""
    lead_inspector: Mapped[str] = mapped_column(default="")
    file_sha256: Mapped[str] = mapped_column(info=storage.OF_A_FILE)
    file_name: Mapped[str]
    pages: Mapped[int]

    judgements: Mapped[list[Judgement]] = relationship(order_by="Judgement.position", back_populates="inspection")
    paragraphs: Mapped[list[Paragraph]] = relationship(order_by="Paragraph.position", back_populates="inspection")
    items: Mapped[list[ImprovementItem]] = relationship(
        primaryjoin="and_(Inspection.id == ImprovementItem.inspection_id, ImprovementItem.part_of_id.is_(None))",
        order_by="ImprovementItem.position",
        back_populates="inspection",
        viewonly=True,
    )
    """As the report lists them: a part of a split one is not another.

    Named, not imported: improvements stand on inspections, and a report's own page lists what it asks for.
    """

    @property
    def report_of(self) -> str:
        """The report by its day; where that is not recorded, by the end of the fieldwork, which is another day."""
        day = self.published_on or self.fieldwork_to
        return f"{'report of' if self.published_on else 'report on fieldwork to'} {day:%-d %B %Y}"


class Judgement(Model):
    """A graded row of the report."""

    __tablename__ = "judgement"
    __history__ = False  # written once, with its inspection
    __table_args__ = (UniqueConstraint("inspection_id", "area_code"),)

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspection.id"), index=True)
    position: Mapped[int]
    area_code: Mapped[str]
    label: Mapped[str]
    """As printed."""
    grade_code: Mapped[str | None]
    page: Mapped[int | None]
    box: Mapped[list[float] | None] = mapped_column(JSON)
    """Left, top, right, bottom in PDF points from the page's top left corner."""

    inspection: Mapped[Inspection] = relationship(back_populates="judgements")


class Paragraph(Model):
    """A numbered paragraph of the report."""

    __tablename__ = "paragraph"
    __history__ = False  # written once, with its inspection
    __table_args__ = (UniqueConstraint("inspection_id", "position"),)

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspection.id"), index=True)
    position: Mapped[int]
    """Order in the report, from 0; numbers as printed may skip or repeat."""
    printed_number: Mapped[int | None]
    area_code: Mapped[str | None]
    heading: Mapped[str] = mapped_column(default="")
    """What it stands under where that is no judgement area: a letter's "Headline findings"."""
    text: Mapped[str]
    page: Mapped[int | None]
    box: Mapped[list[float] | None] = mapped_column(JSON)

    inspection: Mapped[Inspection] = relationship(back_populates="paragraphs")
