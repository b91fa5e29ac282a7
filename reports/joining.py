"""Sections joined into one document: its pages, structure, destinations, bookmarks and what is on every page.

Each section was laid out and tagged alone. Here they get what only the whole knows: numbers of pages, in the foot and
where a page is named, links from one section to another, and one tree of structure. The same sections give the same
bytes. No WeasyPrint here: what is drawn are letters of fonts that the furniture brought.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from reports.made import Part
from reports.splitting import ELSEWHERE
from reports.tagging import MARK, POINTS, Blank, room_for

DIGITS = "0123456789"
PAGE_SAMPLE = f"Page {DIGITS} of"
"""What the furniture shows of each ink: see ``splitting.furniture`` and ``section.css``."""
SAMPLE_LENGTHS = (len(DIGITS), len(PAGE_SAMPLE))
BLANK_PAGES = 1
"""Pages at the front, the cover, that bear neither head nor foot."""
LETTERS = re.compile(rb"<([0-9a-f]+)>\s*<([0-9a-f]+)>", re.IGNORECASE)


class TooManyPages(Exception):
    """A page has a number with more digits than there is room for."""


def joined(parts: Sequence[Part], furniture: Part) -> bytes:
    """One PDF. The first part is the cover, whose title, author, language and day are those of the whole.

    Raises TooManyPages where the number of a page does not fit into the room that was left for it.
    """
    whole = _Whole(pikepdf.open(io.BytesIO(parts[0].file)))
    for part in parts:
        whole.add(part)
    whole.finish(pikepdf.open(io.BytesIO(furniture.file)))
    return whole.saved()


@dataclass(eq=False)
class _Whole:
    pdf: Pdf
    _sources: list[Pdf] = field(default_factory=list)
    _first_pages: list[int] = field(default_factory=list)
    _parts: list[Part] = field(default_factory=list)
    _owners: list[tuple[int, Object]] = field(default_factory=list)
    """Of each page, the elements that own its pieces."""
    _links: list[tuple[Object, Object]] = field(default_factory=list)
    _places: dict[str, Object] = field(default_factory=dict)
    _page_of: dict[str, int] = field(default_factory=dict)

    def add(self, part: Part) -> None:
        first = len(self._first_pages) and self._first_pages[-1] + self._parts[-1].pages
        self._first_pages.append(first)
        self._parts.append(part)
        source = self.pdf
        if len(self._parts) > 1:
            source = pikepdf.open(io.BytesIO(part.file))
            self._sources.append(source)
            for page in source.pages:
                self.pdf.pages.append(page)
        structure = source.Root.StructTreeRoot
        names = source.Root.Names.Dests.Names if "/Names" in source.Root else Array()
        if source is not self.pdf:
            names = self.pdf.copy_foreign(source.make_indirect(names))
            structure = self.pdf.copy_foreign(structure)
            _graft(self._document, structure.K[0])
        self._places |= {str(names[number]): names[number + 1] for number in range(0, len(names), 2)}
        self._page_of |= {anchor: first + page for anchor, page in part.anchors.items()}
        self._number(structure.ParentTree, first, part.pages)

    @cached_property
    def _document(self) -> Object:
        return self.pdf.Root.StructTreeRoot.K[0]

    def _number(self, tree: Object, first: int, pages: int) -> None:
        """Keep who owns what on the pages of a part, whose own numbers are of that part only."""
        numbers = list(tree.Nums)
        owners = {int(number): owner for number, owner in zip(numbers[::2], numbers[1::2], strict=True)}
        for place in range(first, first + pages):
            page = self.pdf.pages[place].obj
            self._owners.append((place, owners[int(page.StructParents)]))
            page.StructParents = place
            for link in page.get("/Annots", ()):
                self._links.append((link, owners[int(link.StructParent)]))

    def finish(self, furniture: Pdf) -> None:
        self._tell_owners()
        self._tell_places()
        self._tell_bookmarks()
        self._draw(_Furniture(self.pdf, furniture))

    def _tell_owners(self) -> None:
        numbers: list[Any] = [value for pair in self._owners for value in pair]
        for number, (link, owner) in enumerate(self._links, len(self.pdf.pages)):
            link.StructParent = number
            numbers += [number, owner]
        tree = self.pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        self.pdf.Root.StructTreeRoot.ParentTree = tree
        self.pdf.Root.StructTreeRoot.ParentTreeNextKey = len(self.pdf.pages) + len(self._links)

    def _tell_places(self) -> None:
        for link, _ in self._links:
            address = str(link.get("/A", Dictionary()).get("/URI", ""))
            if address.startswith(ELSEWHERE):
                del link["/A"]
                link.Dest = String(address.removeprefix(ELSEWHERE))
        names = Array()
        for name in sorted(self._places):
            names.extend([String(name), self._places[name]])
        self.pdf.Root.Names = Dictionary(Dests=Dictionary(Names=names))

    def _tell_bookmarks(self) -> None:
        with self.pdf.open_outline() as outline:
            outline.root.clear()
            around: list[tuple[int, list[pikepdf.OutlineItem]]] = [(0, outline.root)]
            for first, part in zip(self._first_pages, self._parts, strict=True):
                for level, words, page, left, top in part.bookmarks:
                    place = Array([self.pdf.pages[first + page].obj, Name.XYZ, left, top, 0])
                    item = pikepdf.OutlineItem(words, place)
                    while around[-1][0] >= level:
                        around.pop()
                    around[-1][1].append(item)
                    around.append((level, item.children))

    def _draw(self, furniture: "_Furniture") -> None:
        """The furniture on every page but the cover, its number, and the numbers of pages that are named on it."""
        blanks: dict[int, list[Blank]] = {}
        for first, part in zip(self._first_pages, self._parts, strict=True):
            for blank in part.blanks:
                blanks.setdefault(first + blank.page, []).append(blank)
        total, before = len(self.pdf.pages), self.pdf.make_stream(b"q\n")
        for number, page in enumerate(self.pdf.pages, 1):
            if number <= BLANK_PAGES:
                continue
            steps = [b"Q /Furniture Do", furniture.page_number(f"Page {number} of {total}")]
            if room := blanks.get(number - 1):
                self._fill(page, [(blank, furniture.filled(blank, self._page_of[blank.target] + 1)) for blank in room])
            furniture.lend_to(page.obj.Resources)
            page.contents_add(before, prepend=True)
            page.contents_add(self.pdf.make_stream(b"\n".join(steps)))

    def _fill(self, page: pikepdf.Page, drawn: Sequence[tuple[Blank, bytes]]) -> None:
        stream = page.obj.Contents.read_bytes()
        for blank, number in drawn:
            stream = stream.replace(room_for(blank.piece), number, 1)
        page.obj.Contents = self.pdf.make_stream(stream)

    def saved(self) -> bytes:
        file = io.BytesIO()
        self.pdf.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return file.getvalue()


def _graft(onto: Object, branch: Object) -> None:
    """Add the children of ``branch`` to ``onto``; those of one that goes on, to the last of its kind there."""
    for child in branch.K:
        if isinstance(child, Dictionary) and f"/{MARK}" in child:
            _graft(_last(onto, child.S), child)
        else:
            if isinstance(child, Dictionary) and child.get("/S") is not None:
                child.P = onto
            onto.K.append(child)


def _last(element: Object, kind: Object) -> Object:
    return next(kid for kid in reversed(list(element.K)) if isinstance(kid, Dictionary) and kid.get("/S") == kind)


@dataclass(frozen=True)
class _Letter:
    code: bytes
    width: float
    closer: float
    """How much nearer the next letter of the sample stands. All in thousandths of the size."""

    @property
    def step(self) -> float:
        return self.width - self.closer


@dataclass(frozen=True)
class _Ink:
    """What is written with: a font, its size in points, colour, and where the sample of it begins."""

    text: str
    """That is shown of it."""
    font: str
    size: float
    colour: bytes
    left: float
    base: float
    letters: Mapping[str, _Letter]

    @classmethod
    def of(cls, text: str, sample: "_Sample", fonts: Object) -> "_Ink":
        widths = dict(_widths(fonts[sample.font].DescendantFonts[0].W))
        letters = {
            letter: _Letter(code, widths.get(int.from_bytes(code), 0), closer)
            for letter, (code, closer) in zip(text, sample.codes, strict=True)
        }
        return cls(text, sample.font, sample.size, sample.colour, sample.left, sample.base, letters)

    def width(self, words: str, size: float) -> float:
        return sum(self.letters[letter].step for letter in words) * size / 1000

    def written(self, words: str, *, left: float, base: float, size: float, up: int = 1) -> bytes:
        """``up`` is -1 where a page is drawn from the top down."""
        drawn = b"".join(
            b"<%s>%g" % (letter.code.hex().encode(), letter.closer) for letter in map(self.letters.__getitem__, words)
        )
        return b"BT %s %s %.3f Tf 1 0 0 %d %.3f %.3f Tm [%s] TJ ET" % (
            self.colour, f"/Ink{self.font[1:]}".encode(), size, up, left, base, drawn,
        )  # fmt: skip


@dataclass(frozen=True)
class _Sample:
    font: str
    size: float
    colour: bytes
    left: float
    base: float
    codes: Sequence[tuple[bytes, float]]
    """Of each letter, and how much nearer the next one stands."""


class _Furniture:
    """The page that has what is on every page, taken apart: what to repeat, and the inks to number pages with."""

    def __init__(self, whole: Pdf, furniture: Pdf) -> None:
        page = furniture.pages[0]
        self._resources = whole.copy_foreign(page.obj.Resources)
        self._given: set[tuple[int, int]] = set()
        height = float(page.mediabox[3])
        samples, rest = _taken_apart(page, height)
        inks = [_Ink.of(self._shown(sample), sample, self._resources.Font) for sample in samples]
        in_text, in_contents = sorted((ink for ink in inks if ink.text == DIGITS), key=lambda ink: ink.size)
        self._of_blanks = {False: in_text, True: in_contents}
        (self._of_pages,) = (ink for ink in inks if ink.text == PAGE_SAMPLE)
        self._right = self._of_pages.left + self._of_pages.width(PAGE_SAMPLE, self._of_pages.size)
        self._form = whole.make_stream(
            rest, Type=Name.XObject, Subtype=Name.Form, BBox=Array(page.mediabox), Resources=self._resources
        )

    def _shown(self, sample: _Sample) -> str:
        font = self._resources.Font[sample.font]
        return "".join(_text_of(font, code) for code, _ in sample.codes)

    def page_number(self, words: str) -> bytes:
        ink = self._of_pages
        left = self._right - ink.width(words, ink.size)
        drawn = ink.written(words, left=left, base=ink.base, size=ink.size)
        return b"/Artifact <</Type /Pagination>> BDC " + drawn + b" EMC"

    def filled(self, blank: Blank, number: int) -> bytes:
        ink = self._of_blanks[blank.contents]
        width = ink.width(str(number), blank.size)
        if width > blank.width + 0.5:
            raise TooManyPages
        left = blank.left + blank.width - width if blank.contents else blank.left
        drawn = ink.written(str(number), left=left, base=blank.base, size=blank.size, up=-1)
        return b"/Span <</MCID %d>> BDC q %s Q EMC" % (blank.piece, drawn)

    def lend_to(self, resources: Object) -> None:
        """The furniture and the inks for pages that share ``resources``."""
        if resources.objgen in self._given:
            return
        self._given.add(resources.objgen)
        for kind in ("/XObject", "/Font"):
            if kind not in resources:
                resources[kind] = Dictionary()
        resources.XObject.Furniture = self._form
        for name, font in self._resources.Font.items():
            resources.Font[f"/Ink{name[1:]}"] = font


def _taken_apart(page: pikepdf.Page, height: float) -> tuple[Sequence[_Sample], bytes]:
    """The samples of ink on the furniture, and the stream without them and without structure."""
    samples: list[_Sample] = []
    kept: list[Any] = []
    font, size, colour, place = "", 0.0, b"", (0.0, 0.0)
    for step in pikepdf.parse_content_stream(page):
        operands: Any = step.operands
        operator = str(step.operator)
        match operator:
            case "Tf":
                font, size = str(operands[0]), float(operands[1]) * POINTS
            case "rg":
                colour = pikepdf.unparse_content_stream([step])
            case "Tm":
                place = (float(operands[4]) * POINTS, height - float(operands[5]) * POINTS)
            case "TJ":
                codes = list(_codes(operands[0]))
                if len(codes) in SAMPLE_LENGTHS:
                    samples.append(_Sample(font, size, colour, *place, codes))
                    continue
            case "BDC":
                operands, operator = [Name.Artifact], "BMC"
        kept.append((operands, pikepdf.Operator(operator)))
    return samples, pikepdf.unparse_content_stream(kept)


def _codes(shown: Object) -> Iterator[tuple[bytes, float]]:
    """Each letter that is shown, and the number after it."""
    things = list(shown)
    for letters, closer in zip(things[::2], things[1::2], strict=True):
        run = bytes(letters)
        for start in range(0, len(run), 2):
            yield run[start : start + 2], float(closer) if start + 2 == len(run) else 0.0


def _text_of(font: Object, code: bytes) -> str:
    for given, text in LETTERS.findall(font.ToUnicode.read_bytes()):
        if bytes.fromhex(given.decode()) == code:
            return bytes.fromhex(text.decode()).decode("utf-16-be")
    return "\ufffd"


def _widths(told: Object) -> Iterator[tuple[int, float]]:
    """Letters and their widths as a font tells them: a first letter, then the widths of it and its followers."""
    things = list(told)
    for first, widths in zip(things[::2], things[1::2], strict=True):
        for place, width in enumerate(widths):
            yield int(first) + place, float(width)
