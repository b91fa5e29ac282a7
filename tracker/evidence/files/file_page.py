"""What the page of a piece of evidence shows of its file."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.evidence.files import opened, queries
from tracker.evidence.files.models import FileContent, FileVersion
from tracker.evidence.files.rules import Look
from tracker.evidence.models import Evidence
from tracker.platform import storage


@dataclass(frozen=True)
class LookedAt:
    """One page of the first look at a file: a picture with its size in pixels, or lines of text."""

    page: int
    pages: int
    width: int | None
    height: int | None
    lines: Sequence[str]
    """Of a text; empty for a picture."""


@dataclass(frozen=True)
class FilePage:
    newest: FileVersion
    older: Sequence[FileVersion]
    """The newest of them first."""
    content: FileContent | None
    look: LookedAt | None
    """None while there is none, or none may be shown."""
    is_open: bool
    """Whether the person who asks may see it now: into a sensitive file she looks on record."""

    @property
    def why_shut(self) -> str:
        return self.content.why_shut if self.content else ""

    @property
    def look_comes(self) -> bool:
        """Whether a first look is being made."""
        return self.content is not None and not self.why_shut and self.content.look is Look.WAITING


def of(evidence: Evidence, page: int = 1) -> FilePage | None:
    """The file of a piece of evidence with the asked page of its first look, or the first; None without a file."""
    versions = queries.versions(evidence)
    if not versions:
        return None
    content = queries.content(versions[0].file_sha256)
    shown = content is not None and not content.why_shut and content.look is Look.MADE
    look = _looked_at(content, page) if content and shown else None
    return FilePage(versions[0], versions[1:], content, look, opened.is_open(evidence))


def _looked_at(content: FileContent, page: int) -> LookedAt | None:
    pages = queries.pages(content)
    found = queries.preview(content, page if 1 <= page <= pages else 1)
    if found is None:
        return None
    lines = [] if found.width else b"".join(storage.pieces(found.file_sha256)).decode().splitlines()
    return LookedAt(found.page, pages, found.width, found.height, lines)
