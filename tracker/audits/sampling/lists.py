"""Reading a list of cases to draw from: made-up references, and columns that say what kind of case each is."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from tracker.audits.facts import AGE_BANDS, LEGAL_STATUSES, as_age_band, as_legal_status, why_not_fact
from tracker.audits.rules import why_not_case_reference
from tracker.audits.sampling.rules import Entry, repeated
from tracker.platform import child_data
from tracker.platform.columns import folded
from tracker.platform.errors import Refused
from tracker.platform.lists import listed
from tracker.platform.workbooks import Row, address, read, text_of

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "case": ("case", "reference", "case reference", "pseudonym"),
    "team": ("team", "worker's team", "workers team", "worker’s team"),
    "age": ("age", "age band"),
    "legal status": ("legal status", "status"),
    "ethnicity": ("ethnicity", "ethnicity group", "ethnic group"),
    "worker": ("worker", "social worker"),
    "manager": ("manager", "line manager", "team manager"),
}
"""What a column may be called. Others are not read."""
STRATA = ("team", "age", "legal status", "ethnicity")
"""Columns that can make groups."""
MEANT: Mapping[str, Callable[[str], str]] = {"age": as_age_band, "legal status": as_legal_status}
"""Columns whose words are put into those that we use: lists of a case system say years, not bands."""
MOST_SAID = 10
"""Faults of a list, and cells of one fault, that are said at once. Our choice."""


@dataclass(frozen=True)
class Listed:
    """One row of the list."""

    reference: str
    words: Mapping[str, str]
    """Column, as HEADINGS names it, to what stands there."""

    def entry(self, strata: Sequence[str]) -> Entry:
        return Entry(self.reference, tuple(self.words.get(column, "") for column in strata))


def read_list(stream: BinaryIO) -> Sequence[Listed]:
    """Every case of a file. Raises Refused with the cells at fault; nothing is kept of a list that is refused."""
    sheet = read(stream)[0]
    columns = _columns(sheet.rows[0])
    cases = [_listed(row, columns) for row in sheet.rows[1:]]
    faults = _said([fault for row in sheet.rows[1:] for fault in _faults(row, columns)])
    if twice := repeated(case.entry(()) for case in cases):
        faults.append(f"{some(twice)} {'stand' if len(twice) > 1 else 'stands'} in it more than once.")
    if faults:
        more = f" And {len(faults) - MOST_SAID} more." if len(faults) > MOST_SAID else ""
        raise Refused(f"This list cannot be used. {' '.join(faults[:MOST_SAID])}{more}")
    if not cases:
        raise Refused("There is no case under the headings. Add a row for each case.")
    return cases


def read_pasted(text: str) -> Sequence[Listed]:
    """The same from pasted lines: with headings, or references alone, one to a line."""
    lines = text.strip()
    first = lines.partition("\n")[0].strip()
    if first and why_not_case_reference(first) is None:
        lines = f"Case\n{lines}"
    return read_list(BytesIO(lines.encode()))


def _columns(heading: Row) -> Mapping[str, int]:
    """What each column that is read holds, to its place."""
    found: dict[str, int] = {}
    for place, cell in enumerate(heading.cells):
        name = folded(text_of(cell))
        for column, names in HEADINGS.items():
            if name in {folded(one) for one in names}:
                found.setdefault(column, place)
    if "case" not in found:
        raise Refused("No column is headed Case. Put the made-up references in a column with that heading.")
    return found


def _listed(row: Row, columns: Mapping[str, int]) -> Listed:
    words = _words(row, columns)
    return Listed(words.pop("case").upper(), words)


def _words(row: Row, columns: Mapping[str, int]) -> dict[str, str]:
    """Column to what it means in this row."""
    said = {column: " ".join(text_of(row.at(place)).split()) for column, place in columns.items()}
    return {column: MEANT[column](words) if column in MEANT else words for column, words in said.items()}


def _faults(row: Row, columns: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Each cell that cannot be used, and why."""
    words = _words(row, columns)
    reasons = {column: child_data.why_not(text) for column, text in words.items()}
    reasons["case"] = why_not_case_reference(words["case"]) or reasons["case"]
    for column, known in (("age", AGE_BANDS), ("legal status", LEGAL_STATUSES)):
        if column in words:
            reasons[column] = reasons[column] or why_not_fact(_named(column), words[column], known) or ""
    for column, reason in reasons.items():
        if reason:
            yield address(row.number, columns[column]), reason


def _said(faults: Sequence[tuple[str, str]]) -> list[str]:
    """A sentence for each reason, with the cells that it holds for: a column in other words is one fault, not many."""
    cells: defaultdict[str, list[str]] = defaultdict(list)
    for cell, reason in faults:
        cells[reason].append(cell)
    return [f"{some(those)}: {reason}" for reason, those in cells.items()]


def some(things: Sequence[str]) -> str:
    """As many as are said at once, in one sentence."""
    more = len(things) - MOST_SAID
    return listed([*things[:MOST_SAID], *([f"{more} more"] if more > 0 else [])])


def _named(column: str) -> str:
    return "age band" if column == "age" else column
