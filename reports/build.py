"""Contents in, a PDF out, made in the process that asks and with nothing kept. Loads WeasyPrint."""

from collections import deque
from collections.abc import Sequence

from reports import laying, making
from reports.contents import PackContents
from reports.made import CannotBuild, Document, Part, Told

__all__ = ["CannotBuild", "Document", "Here", "document", "pdf"]


def pdf(contents: PackContents) -> bytes:
    """The file of ``document``."""
    return document(contents).file


def document(contents: PackContents, *, told: Told | None = None) -> Document:
    """``making.document``, which says what is told and raised."""
    return making.document(contents, by=Here(), told=told)


class Here:
    """A ``Maker`` that does one thing after another."""

    def __init__(self) -> None:
        self._asked: deque[tuple[int, str, Sequence[str]]] = deque()

    def ask(self, name: int, source: str, anchors: Sequence[str] = ()) -> None:
        self._asked.append((name, source, anchors))

    def answer(self, told: Told) -> tuple[int, Part]:
        name, source, anchors = self._asked.popleft()
        return name, laying.section(source, anchors, told)

    def whole(self, source: str, anchors: Sequence[str], told: Told) -> Document:
        return laying.whole(source, anchors, told)
