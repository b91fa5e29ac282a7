"""What a bundle holds, frozen when it is asked for, so that the same contents always make the same file. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.evidence.rules import Marking, highest

INDEX_PAGE, INDEX_SHEET, CHECKSUMS = "index.html", "index.xlsx", "SHA256SUMS"
"""What stands beside the evidence in every bundle."""

LARGEST = 4 * 1024 * 1024 * 1024
"""Bytes of all files together. Our choice: what a memory stick with the usual file system takes as one file."""


MOST_PIECES = 2_000
"""Our choice: an index that a person can still read; an area has some hundreds."""


class State(StrEnum):
    """How far a bundle is."""

    MAKING = "Being made"
    READY = "Ready"
    FAILED = "Not made"


@dataclass(frozen=True)
class Place:
    """One thing that a piece speaks for, and what it shows there."""

    name: str
    shows: str


@dataclass(frozen=True)
class Entry:
    """One piece of evidence as the index tells it."""

    reference: str
    title: str
    kind: str
    strength: str
    dated: str
    """An ISO day, as the next."""
    freshness: str
    owner: str
    origin: str
    marking: str
    shows: str
    places: tuple[Place, ...]
    file: str = ""
    """Its name in the bundle; empty where it has none, or is left out."""
    sha256: str = ""
    size: int = 0
    url: str = ""
    words: str = ""
    said_by: str = ""
    """Whose words they are and where they were heard."""
    left_out: str = ""
    """Why it is not in the bundle, as a sentence."""

    @property
    def day(self) -> date:
        return date.fromisoformat(self.dated)


@dataclass(frozen=True)
class Contents:
    """What the index says, in order of number."""

    authority: str
    about: str
    """What it is the evidence of: "Help and protection"."""
    as_at: str
    """An ISO day."""
    marking: str
    entries: tuple[Entry, ...]
    demonstration: bool = False

    @property
    def day(self) -> date:
        return date.fromisoformat(self.as_at)

    @property
    def title(self) -> str:
        return f"Evidence: {self.about}"

    @property
    def taken(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if not entry.left_out)

    @property
    def left_out(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.left_out)

    @property
    def files(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.file)

    @property
    def size(self) -> int:
        """Bytes of the files, without the index."""
        return sum(entry.size for entry in self.files)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Contents":
        return cls(**{**kept, "entries": tuple(_entry(one) for one in kept["entries"])})

    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        canonical = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def _entry(kept: Mapping[str, Any]) -> Entry:
    return Entry(**{**kept, "places": tuple(Place(**place) for place in kept["places"])})


def marking_of(markings: Iterable[Marking]) -> str:
    return str(highest(markings))


def checksums(of: Sequence[tuple[str, str]]) -> str:
    """Names and their SHA-256, as ``sha256sum -c`` takes them.

    >>> checksums([("index.html", "ab12")])
    'ab12  index.html\\n'
    """
    return "".join(f"{sha256}  {name}\n" for name, sha256 in of)


def file_name(authority: str, about: str, as_at: date, marking: str) -> str:
    """
    >>> file_name("brent", "Help and protection", date(2026, 11, 29), "Official-Sensitive")
    'OFFICIAL-SENSITIVE-brent-evidence-help-and-protection-2026-11-29.zip'
    """
    words = "-".join("".join(letter if letter.isascii() and letter.isalnum() else " " for letter in about).split())
    return f"{marking.upper()}-{authority}-evidence-{words[:60].lower().strip('-')}-{as_at}.zip"
