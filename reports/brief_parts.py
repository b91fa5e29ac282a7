"""The brief of a day in the week of an inspection, or of one meeting: one page for the council's own people."""

from typing import Literal

from pydantic.dataclasses import dataclass

from reports.parts import CHECKED, Row


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class DailyBrief:
    """What was said on a day, what is open, what is owed and what comes next; or what to know before a meeting."""

    chapter: Literal["daily-brief"] = "daily-brief"
    title: str
    """"Brief of Tuesday 24 November 2026"."""
    facts: tuple[Row, ...]
    """Which inspection it is, and its days: short, and plain text."""
    sections: tuple[Row, ...]
    """Markdown, cut to a page by whoever gathered it."""
    note: str
    """For whom it is, and what it is not."""
