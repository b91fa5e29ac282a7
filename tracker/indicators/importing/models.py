from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.indicators.importing.rules import Layout
from tracker.people.models import OfAuthority, Person
from tracker.platform.brought_in import BroughtIn, RememberedHeadings
from tracker.platform.db import Model


class FigureSheet(BroughtIn, OfAuthority, Model):
    """A spreadsheet of figures, and how far somebody is with it.

    Words mean, of measures, the number of ours, and of headings the period; what was applied also says how many
    ``figures`` were recorded.
    """

    __tablename__ = "figure_sheet"
    __history__ = False  # what it changes is told in the history of each measure
    __table_args__ = (
        CheckConstraint("(applied_at IS NULL) = (applied IS NULL)", name="applied_says_what"),
        CheckConstraint("applied_at IS NULL OR content IS NULL", name="applied_lets_go"),
    )

    content: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    """Its cells, as ``kept.kept``; let go once they are applied. The file itself is never kept."""
    layout: Mapped[Layout]
    period: Mapped[str] = mapped_column(default="")
    """The period of rows that name none, as it was typed."""
    provisional: Mapped[bool] = mapped_column(default=False)
    """Whether figures are provisional where the file does not say."""

    brought_by: Mapped[Person] = relationship()


class FigureMemory(RememberedHeadings, OfAuthority, Model):
    """What an authority's own headings and names of measures meant the last time."""

    __tablename__ = "figure_memory"
    __history__ = False  # a convenience; it decides nothing
    __table_args__ = (UniqueConstraint("authority_id"),)

    measures: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    """Name as ``folded`` -> number of the measure, or ``rules.NONE_OF_OURS``."""
