"""What is made: a document, and a section of one with the bytes that it is kept and handed on as."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from reports.tagging import Blank

TAGGER_FOR = "70.0"
"""The version of WeasyPrint whose tagger ours can stand in for. With any other WeasyPrint's own is used, whose sections
cannot be joined: then all is made in one piece."""

Told = Callable[[int], None]
"""Is called with the place of a chapter, from 0: those before it are done."""


class CannotBuild(Exception):
    """The contents cannot be made into a document that everybody can read."""


@dataclass(frozen=True)
class Document:
    file: bytes
    pages: int


Bookmark = tuple[int, str, int, float, float]
"""Level, words, page and place on it, in points from the lower left corner."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A section as it was laid out: a PDF, and what a PDF does not tell. Pages are counted from 0."""

    file: bytes
    pages: int
    anchors: Mapping[str, int]
    """The page of each place."""
    bookmarks: Sequence[Bookmark]
    blanks: Sequence[Blank]

    def to_bytes(self) -> bytes:
        """A line of JSON, then the PDF."""
        told = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "file"}
        told["blanks"] = [asdict(blank) for blank in self.blanks]
        return json.dumps(told).encode() + b"\n" + self.file

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Part":
        line, _, file = kept.partition(b"\n")
        told = json.loads(line)
        told["blanks"] = [Blank(**blank) for blank in told["blanks"]]
        return cls(file=file, **told)
