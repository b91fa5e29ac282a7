from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.indicators.importing.rules import Layout
from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model, Versioned


class FigureSheet(Versioned, OfAuthority, Model):
    """A spreadsheet of figures that somebody brought in, and how far she is with it. It counts once it is applied."""

    __tablename__ = "figure_sheet"
    __history__ = False  # what it changes is told in the history of each measure
    __table_args__ = (
        CheckConstraint("(applied_at IS NULL) = (applied IS NULL)", name="applied_says_what"),
        CheckConstraint("applied_at IS NULL OR content IS NULL", name="applied_lets_go"),
    )

    file_name: Mapped[str]
    brought_by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    brought_at: Mapped[datetime]
    content: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    """Its cells, as ``kept.kept``; let go once they are applied. The file itself is never kept."""
    sheet_name: Mapped[str]
    layout: Mapped[Layout]
    headings_row: Mapped[int]
    headings: Mapped[list[str]] = mapped_column(JSON)
    """The text over each column, in order."""
    columns: Mapped[dict[str, int]] = mapped_column(JSON)
    """Field -> place of its column, from 0."""
    meanings: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON, default=dict)
    """What words of this file mean: of measures the number of ours, of headings the period."""
    period: Mapped[str] = mapped_column(default="")
    """The period of rows that name none, as it was typed."""
    provisional: Mapped[bool] = mapped_column(default=False)
    """Whether figures are provisional where the file does not say."""
    left_out: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Rows that are not to be applied."""
    applied_at: Mapped[datetime | None]
    applied: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    """Outcome -> number of rows; ``figures`` -> how many were recorded."""

    brought_by: Mapped[Person] = relationship()


class FigureMemory(OfAuthority, Model):
    """What an authority's own headings and names of measures meant the last time."""

    __tablename__ = "figure_memory"
    __history__ = False  # a convenience; it decides nothing
    __table_args__ = (UniqueConstraint("authority_id"),)

    headings: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Heading as ``folded`` -> field, or empty for "none of these"."""
    measures: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Name as ``folded`` -> number of the measure, or ``rules.NONE_OF_OURS``."""
