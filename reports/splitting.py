"""A document taken apart into sections that can be laid out alone: each begins a page, and says no number of a page.

What is on every page (head, foot, marking, "Page 3 of 58") and what names a page ("p. 12") is left blank, and drawn by
``reports.joining`` once all is laid out. So a section is the same wherever in the pack it stands, and a pack of which
one section changed keeps all others. Knows strings only: neither WeasyPrint nor contents.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from reports.html import CUT
from reports.tagging import GOES_ON

LONGEST = 55_000
"""Characters of HTML of one section, some 14 pages: what lays one out holds some 5 MB a page. A longer chapter is taken
apart where one of its tables may be, and the rest begins on a new page. A document that is no longer is laid out as a
cover and one section, which is quicker."""
CHARACTERS_A_PAGE = 3_500
"""Fewer than on most pages, so that the pages of a document are rather thought more than fewer."""
ELSEWHERE = "https://section.invalid/#"
"""Stands before the name of a place in another section, until the sections are joined."""

START = re.compile(r"(?=<section[ >])")
CLASS = re.compile(r'<section id="[^"]*" class="([^"]*)"')
CHAPTER = re.compile(r'<section id="chapter-(\d+)"')
IDENT = re.compile(r' id="([^"]+)"')
ADDRESS = re.compile(r'href="#([^"]+)"')
IN_CONTENTS = re.compile(r'(<li><a href="#([^"]+)" data-n="[^"]*">[^<]*)(</a>)')
CITED_AT = re.compile(r'(<a class="b" href="#([^"]+)">[^<]*)(</a>)')
TAG = re.compile(r"<(/?)(section|div|table|thead|tbody)\b[^>]*>")
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
NO_ROW_YET = re.compile(r"(?:<tbody[^>]*>|</thead>)\s*$")
TITLE = re.compile(r'data-short="[^"]*"')
CAPTION = re.compile(r"<caption>.*?</caption>", re.DOTALL)
SHARE_PAGES = {"flows", "slight"}
"""Sections of these classes may begin on the page on which one like it ends."""


@dataclass(frozen=True)
class Section:
    """``source`` is a document of its own. ``chapters`` are the places, from 0, of the chapters in it, in order."""

    source: str
    chapters: tuple[int, ...] = ()


def digits_for(source: str) -> int:
    """How many digits to leave room for where a page is named."""
    return len(str(len(source) // CHARACTERS_A_PAGE))


def split(source: str, *, digits: int) -> Sequence[Section]:
    """The sections of a document in order, the cover first."""
    opening, *pieces = START.split(source)
    *_, last = pieces
    end = last.index("</main>")
    pieces[-1], closing = last[:end], last[end:]
    pieces = [_with_blanks(piece, digits) for piece in pieces]
    groups = [pieces[0], "".join(pieces[1:])] if len(source) <= LONGEST else _groups(pieces)
    groups = [short for group in groups for short in _taken_apart(group)]
    sections: list[Section] = []
    for group in groups:
        source = _alone(opening, group, closing, goes_on=bool(sections))
        chapters = sections[-1].chapters if GOES_ON in group.partition(">")[0] else _chapters(group)
        sections.append(Section(source, chapters))
    return sections


def _groups(pieces: Sequence[str]) -> Sequence[str]:
    """Pieces that may share a page are laid out together."""
    groups: list[str] = []
    before = ""
    for piece in pieces:
        found = CLASS.match(piece)
        kind = found[1] if found else ""
        if kind in SHARE_PAGES and kind == before:
            groups[-1] += piece
        else:
            groups.append(piece)
        before = kind
    return groups


def _taken_apart(group: str) -> Iterator[str]:
    """A group, or as many of about the same length as it takes. What is cut goes on in the next one."""
    first, *rest = group.split(CUT)
    left = ceil(len(group) / LONGEST) - 1
    share = len(group) / (left + 1)
    kept, around = first, _Open()
    around.read(first)
    for piece in rest:
        if left and len(kept) + len(piece) / 2 > share and not NO_ROW_YET.search(kept[-100:]):
            left -= 1
            yield kept + around.closed()
            kept = around.opened_again()
        kept += piece
        around.read(piece)
    yield kept


class _Open:
    """The elements that are open at a place in a document, and how to open them once more."""

    def __init__(self) -> None:
        self._open: list[tuple[str, str]] = []
        self._heads: dict[int, str] = {}
        """What stands in a table before its rows, by how deep the table is."""
        self._title = ""

    def read(self, html: str) -> None:
        if title := TITLE.search(html):
            self._title = title[0]
        for found in TAG.finditer(html):
            closes, name = found.groups()
            if not closes:
                self._open.append((name, found[0]))
                if name == "table":
                    self._heads[len(self._open)] = CAPTION.sub("", html[found.end() :].partition("<tbody")[0])
            else:
                self._open.pop()

    def closed(self) -> str:
        return "".join(f"</{name}>" for name, _ in reversed(self._open))

    def opened_again(self) -> str:
        again = ""
        for depth, (_, tag) in enumerate(self._open, 1):
            title = f" {self._title}" if tag.startswith("<section") else ""
            again += f"{tag[:-1]}{title} {GOES_ON}>"
            if tag.startswith("<table"):
                again += self._heads[depth].replace("<thead", f"<thead {GOES_ON}")
        return IDENT.sub("", again)


def _chapters(group: str) -> tuple[int, ...]:
    return tuple(int(number) - 1 for number in CHAPTER.findall(group))


def _with_blanks(piece: str, digits: int) -> str:
    """With room left where a page is named: before it is taken apart, since a register is half made of such places."""
    room = "0" * digits
    piece = CITED_AT.sub(rf'\1<span class="hole" data-page-of="\2">{room}</span>\3', piece)
    return IN_CONTENTS.sub(rf'\1<span class="hole" data-contents data-page-of="\2">{room}</span>\3', piece)


def _alone(opening: str, group: str, closing: str, *, goes_on: bool) -> str:
    here = set(IDENT.findall(group))
    group = ADDRESS.sub(lambda found: found[0] if found[1] in here else f'href="{ELSEWHERE}{found[1]}"', group)
    return (_nameless(opening) if goes_on else opening) + group + closing


def _nameless(opening: str) -> str:
    """The head of a document without what names it: a section is the same in every pack."""
    begins, _, _ = opening.partition("<head>")
    styles = "".join(STYLE.findall(opening))
    return f'{begins}<head><meta charset="utf-8" /><title>Section</title>{styles}</head><body><main {GOES_ON}>\n'


def furniture(opening_of: str) -> Section:
    """A document of one page that has what is on every page, and the ink that pages are numbered with.

    ``opening_of`` is the whole document that it is for.
    """
    opening, cover, *_ = START.split(opening_of)
    attributes = " ".join(re.findall(r'data-(?:head|foot|draft)="[^"]*"', cover))
    ink = '<p class="ink"><a class="b">0123456789</a></p><ol class="toc"><li><a>0123456789</a></li></ol>'
    section = f'<section class="furniture" {attributes}>{ink}</section>'
    return Section(f"{opening}{section}</main>\n</body>\n</html>\n")
