"""Contents made into a PDF: in one piece where that is quicker, else section by section, and no section twice.

What lays out is given: this process (``build.Here``) or several (``team.Team``). What is kept is found again by what it
was made of. The bytes are the same whichever way they come about.
"""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Protocol

from reports import joining, made, printed, splitting
from reports.contents import MOST_PAGES, SHORT, PackContents
from reports.made import CannotBuild, Document, Part, Told
from reports.outline import outline
from reports.shelf import Shelf
from reports.splitting import Section


class Maker(Protocol):
    """Lays out what it is asked for. Each method raises CannotBuild with what is wrong."""

    def ask(self, name: int, source: str, anchors: Sequence[str] = ()) -> None:
        """Ask for a section, by a name of the asker's. ``anchors``: those of the chapters to tell of meanwhile."""

    def answer(self, told: Told) -> tuple[int, Part]:
        """The next section that is done, in any order."""

    def whole(self, source: str, anchors: Sequence[str], told: Told) -> Document:
        """A document in one piece."""


def document(contents: PackContents, *, by: Maker, shelf: Shelf | None = None, told: Told | None = None) -> Document:
    """A PDF/A-3a file that is PDF/UA-1: tagged, in British English, with bookmarks, running heads, marking and numbers.

    ``told`` is called with the place of the first chapter that is not done yet, from 0, whenever that changes, and with
    the number of chapters when all are. Raises CannotBuild with what is wrong.
    """
    told, shelf, digest = _forward(told or (lambda chapter: None)), shelf or Shelf(None), contents.digest()
    if kept := shelf.whole(digest):
        told(len(contents.chapters))
        return Document(*kept)
    source = printed.source(contents, digest=digest)
    anchors = [each.anchor for each in outline(contents)]
    if contents.kind in SHORT or version("weasyprint") != made.TAGGER_FOR:
        document = by.whole(source, anchors, told)
        _require_fitting(contents, document.pages)
    else:
        document = _of_sections(source, anchors, by, shelf, told)
    told(len(contents.chapters))
    shelf.keep_whole(digest, document.file, document.pages)
    return document


def _forward(told: Told) -> Told:
    """``told``, but for what was told already."""
    furthest = -1

    def tell(chapter: int) -> None:
        nonlocal furthest
        if chapter > furthest:
            furthest = chapter
            told(chapter)

    return tell


def _of_sections(source: str, anchors: Sequence[str], by: Maker, shelf: Shelf, told: Told) -> Document:
    digits = splitting.digits_for(source)
    while True:
        sections = splitting.split(source, digits=digits)
        *parts, furniture = _laid_out([*sections, splitting.furniture(source)], anchors, by, shelf, told)
        try:
            return Document(joining.joined(parts, furniture), sum(part.pages for part in parts))
        except joining.TooManyPages:
            digits += 1


def _laid_out(
    sections: Sequence[Section], anchors: Sequence[str], by: Maker, shelf: Shelf, told: Told
) -> Sequence[Part]:
    """The parts in the order of their sections; the longest are begun first."""
    parts = {place: part for place, section in enumerate(sections) if (part := shelf.part(section.source))}
    missing = [place for place in range(len(sections)) if place not in parts]
    for place in sorted(missing, key=lambda place: -len(sections[place].source)):
        section = sections[place]
        by.ask(place, section.source, anchors if len(section.chapters) == len(anchors) else ())
    for _ in missing:
        _tell(sections, parts, told)
        place, part = by.answer(told)
        shelf.keep_part(sections[place].source, part)
        parts[place] = part
    return [parts[place] for place in range(len(sections))]


def _tell(sections: Sequence[Section], done: Mapping[int, Part], told: Told) -> None:
    left = [chapter for place, one in enumerate(sections) if place not in done for chapter in one.chapters]
    if left:
        told(min(left))


def _require_fitting(contents: PackContents, pages: int) -> None:
    """What is one page by its kind is sent nowhere as two, and what is four not as five."""
    most = MOST_PAGES.get(contents.kind, pages)
    if pages > most:
        meant = "one page" if most == 1 else f"{most} pages"
        raise CannotBuild(f"This is meant for {meant} and would take {pages}. Shorten its longest section.")
