"""The text of a file as passages, each with where it stands. What could lead to a child never leaves this module."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from tracker.platform import child_data
from tracker.platform.child_data import Found

MOST_PASSAGES = 20_000
"""Of one file. Our choice: a workbook of 5,000 rows on four sheets."""
LONGEST_PASSAGE = 20_000
"""Letters; a page of small print has 6,000. Our choice."""

LONGEST_PLACE = 200
"""Letters: places are shown in lists. Our choice."""

Finding = tuple[str, str, str]
"""A sign, a place and the value with all but its beginning hidden."""


@dataclass(frozen=True)
class Piece:
    """Text that stands in one place: "sheet Plan, cell B7"."""

    place: str
    text: str


@dataclass(frozen=True)
class Passage:
    """What belongs together to a reader: a page, a paragraph, a row of cells."""

    place: str
    pieces: Sequence[Piece]


def one(place: str, text: str) -> Iterator[Passage]:
    """A passage of one piece, or of several that are not too long; none where there is no text."""
    for start in range(0, len(text), LONGEST_PASSAGE):
        part = text[start : start + LONGEST_PASSAGE]
        if part.strip():
            yield Passage(place, [Piece(place, part)])


def told(passages: Iterable[Passage]) -> dict[str, Any]:
    """As JSON: ``passages`` as pairs of place and text, what was ``found`` as triples of sign, place and hidden words.

    ``whole`` says whether there was no more.
    """
    kept: list[tuple[str, str]] = []
    found: list[Finding] = []
    passages = iter(passages)
    for passage in islice(passages, MOST_PASSAGES):
        hits = [(piece, found_in(piece)) for piece in passage.pieces]
        kept.append((safe(passage.place), " | ".join(_without(piece.text, those) for piece, those in hits)))
        found += [finding_of(hit) for _piece, those in hits for hit in those]
    return {"passages": kept, "found": found, "whole": next(passages, None) is None}


def found_in(piece: Piece) -> tuple[Found, ...]:
    return child_data.found_in({piece.place: piece.text})


def finding_of(found: Found) -> Finding:
    return found.sign.value, safe(found.place), found.hidden


def safe(place: str) -> str:
    """A place may be named by a sheet or a file that is called after a child, or that has a name without end."""
    name = _without(place, found_in(Piece(place, place)))
    return name if len(name) <= LONGEST_PLACE else f"{name[:LONGEST_PLACE]}…"


def _without(text: str, found: Sequence[Found]) -> str:
    for hit in reversed(found):
        text = f"{text[: hit.start]}{hit.hidden}{text[hit.start + len(hit.words) :]}"
    return text.strip()
