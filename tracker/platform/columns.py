"""Which column of somebody's spreadsheet holds what: by the names that were chosen before, then by likeness."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from tracker.platform.workbooks import Row, Sheet, text_of

LIKE_ENOUGH = 84
"""Of 100: how alike a heading and a known name must be. Our choice: "Action owner(s)" is "Action owner"."""
LIKE_A_NAME = 82
"""Of 100: how alike a name in a file and one of ours must be to be offered. Our choice."""
HEADING_WITHIN = 25
"""Rows among which the heading row stands: council plans begin with titles and notes. Our choice."""


@dataclass(frozen=True)
class Wanted:
    """Something a spreadsheet may say: its key, its name on our pages, and what others call it."""

    key: str
    name: str
    known_as: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True)
class Headings:
    """The heading row: its number, and the text over each column, empty where there is none."""

    row: int
    names: tuple[str, ...]


def folded(heading: str) -> str:
    """A heading as it is remembered: without capitals, signs or line ends.

    >>> folded("Action  Owner(s):\\n")
    'action owner s'
    """
    return " ".join(re.findall(r"[a-z0-9]+", heading.lower()))


def headings(sheet: Sheet, wanted: Sequence[Wanted], remembered: Mapping[str, str]) -> Headings:
    """The row near the top that names most of what is wanted; the first row when none names anything."""
    rows = [row for row in sheet.rows if row.number <= sheet.rows[0].number + HEADING_WITHIN]
    best = max(rows, key=lambda row: (len(suggested(_names(row), wanted, remembered)), -row.number))
    return Headings(best.number, _names(best))


def suggested(names: Sequence[str], wanted: Sequence[Wanted], remembered: Mapping[str, str]) -> dict[str, int]:
    """Key of what is wanted -> place of its column. What was chosen before for a heading comes first; "" is "none"."""
    found: dict[str, int] = {}
    taken = set()
    for place, name in enumerate(names):
        key = remembered.get(folded(name))
        if key is not None:
            taken.add(place)
            if key:
                found.setdefault(key, place)
    likely = sorted(_likely(names, wanted), key=lambda one: -one[0])
    for _likeness, key, place in likely:
        if key not in found and place not in taken:
            found[key] = place
            taken.add(place)
    return found


def likeliest_sheet(
    sheets: Sequence[Sheet], wanted: Sequence[Wanted], remembered: Mapping[str, str]
) -> tuple[Sheet, Headings]:
    """The sheet whose headings name most of what is wanted; the first of equals."""
    found = [(sheet, headings(sheet, wanted, remembered)) for sheet in sheets]
    return max(found, key=lambda one: len(suggested(one[1].names, wanted, remembered)))


def likeliest_name(text: str, names: Mapping[str, str]) -> str | None:
    """The key of the one whose name is most like the text; None when none is alike enough.

    >>> likeliest_name("S. Okafor", {"1": "Samira Okafor", "2": "Amina Yusuf"})
    '1'
    """
    scored = [
        (max(fuzz.token_sort_ratio(folded(text), folded(name)), _initial(text, name)), key)
        for key, name in names.items()
    ]
    best = max(scored, default=(0, ""))
    return best[1] if best[0] >= LIKE_A_NAME else None


def _initial(text: str, name: str) -> int:
    """Whether "S Okafor" or "Samira O" may stand for "Samira Okafor"."""
    short, whole = folded(text).split(), folded(name).split()
    same = len(short) == len(whole) > 1 and all(one.startswith(two) for one, two in zip(whole, short, strict=True))
    return 90 if same else 0


def _likely(names: Sequence[str], wanted: Sequence[Wanted]) -> list[tuple[float, str, int]]:
    pairs = [
        (max(_likeness(name, known) for known in (one.name, *one.known_as)), one.key, place)
        for place, name in enumerate(names)
        if name
        for one in wanted
    ]
    return [pair for pair in pairs if pair[0] >= LIKE_ENOUGH]


def _likeness(heading: str, known: str) -> float:
    """Of 100. All the words of a known name within a heading are nearly the name itself."""
    ours, theirs = folded(known), folded(heading)
    if ours == theirs:
        return 101
    inside = 95 if len(theirs) <= 3 * len(ours) and set(ours.split()) <= set(theirs.split()) else 0
    return max(fuzz.ratio(ours, theirs), inside)


def _names(row: Row) -> tuple[str, ...]:
    return tuple(text_of(cell) if isinstance(cell, str) else "" for cell in row.cells)
