"""What a cell of an audit's workbook comes to: compared with what it said when the file was made, and with what stands
here now. Pure functions of texts.

What changed here meanwhile is never overwritten unless the auditor says so, cell by cell.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.audits.rules import LONGEST_TEXT
from tracker.platform import child_data
from tracker.platform.workbooks import text_of

WHOLE = "whole"
"""Key of the row for the whole case; a domain's is its code, a question's ``domain/question``."""


class Column(StrEnum):
    """What may be changed in a row; in this order in the file."""

    ANSWER = "Grade or answer"
    SEEN = "What you saw, or a note"
    DIFFERENCE = "What difference it made"


WHOLE_NAMES: Mapping[Column, str] = {
    Column.ANSWER: "Grade for the whole case", Column.SEEN: "What was good", Column.DIFFERENCE: "Done at once",
}  # fmt: skip

Row = Mapping[str, str]
"""Column to text."""
Texts = Mapping[str, Row]
"""Key of a row to its texts: what one audit says."""


class Outcome(StrEnum):
    NEW = "New"
    """Nothing was written in the audit before."""
    CHANGED = "Changed"
    SAME = "Same"
    CONFLICT = "Changed on both sides"
    REFUSED = "Refused"


@dataclass(frozen=True)
class Cell:
    """One cell that says something else than what stands here."""

    audit: str
    key: str
    column: Column
    place: str
    """As the spreadsheet says it: "D7"."""
    name: str
    was: str
    """When the file was made."""
    here: str
    file: str
    takes: bool
    """Whether the file's text is to be applied."""
    conflict: bool = False
    reason: str = ""
    """Why it is refused; empty where it is not."""

    @property
    def choice(self) -> str:
        """Name of the choice that settles a conflict."""
        return f"{self.audit} {self.place}"


@dataclass(frozen=True)
class Verdict:
    """What one audit of the file comes to."""

    audit: str
    outcome: Outcome
    cells: Sequence[Cell] = ()
    reason: str = ""
    """Why the audit as a whole is refused."""


def differs(
    audit: str, *, key: str, column: Column, place: str, name: str, was: str, here: str, file: str, settled: str | None
) -> Cell | None:
    """The cell, if it asks for anything: its text is neither what it was nor what stands here.

    ``settled`` is "file" or "here" where the auditor has chosen; without a choice what stands here stays.
    """
    old, now, new = text_of(was), text_of(here), text_of(file)
    if _is_same(column, new, old) or _is_same(column, new, now):
        return None
    conflict = not _is_same(column, now, old)
    takes = settled == "file" if conflict else True
    reason = why_not_text(new) if takes else ""
    return Cell(audit, key, column, place, name, old, now, new, takes, conflict, reason)


def _is_same(column: Column, one: str, other: str) -> bool:
    """A word that is chosen is the same whatever its capitals; a text is not."""
    return one.casefold() == other.casefold() if column is Column.ANSWER else one == other


def why_not_text(text: str) -> str:
    """Why a text cannot be kept, or empty."""
    if len(text) > LONGEST_TEXT:
        return f"Use at most {LONGEST_TEXT:,} characters"
    return child_data.why_not(text)


def outcome(cells: Sequence[Cell], *, empty_here: bool, settled: Mapping[str, str]) -> Outcome:
    """What an audit comes to: the worst of its cells."""
    if any(cell.reason for cell in cells):
        return Outcome.REFUSED
    if any(cell.conflict and cell.choice not in settled for cell in cells):
        return Outcome.CONFLICT
    if any(cell.takes for cell in cells):
        return Outcome.NEW if empty_here else Outcome.CHANGED
    return Outcome.SAME


def is_empty(texts: Texts) -> bool:
    return not any(text for row in texts.values() for text in row.values())


def code_of(word: str, offered: Mapping[str, str]) -> str | None:
    """The code whose word somebody wrote, whatever its capitals; None for a word that is not offered."""
    wanted = word.strip().casefold()
    return next((code for code, label in offered.items() if label.casefold() == wanted), None)
