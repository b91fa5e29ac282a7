"""Word, Excel and PowerPoint files: packages of XML parts. Nothing in them is worked out or fetched."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from lxml import etree

from tracker.evidence.words.passages import Passage, one

PARAGRAPHS = frozenset({"p"})
LETTERS = frozenset({"t", "delText", "instrText", "text"})
"""Elements that hold what people wrote, deleted text that is still there among it."""
BREAKS = frozenset({"br", "cr", "tab"})

PLACES = (
    (re.compile(r"word/document\d*\.xml"), ""), (re.compile(r"word/header\d*\.xml"), "header"),
    (re.compile(r"word/footer\d*\.xml"), "footer"), (re.compile(r"word/comments\w*\.xml"), "comments"),
    (re.compile(r"word/footnotes\.xml"), "footnotes"), (re.compile(r"word/endnotes\.xml"), "endnotes"),
    (re.compile(r"ppt/slides/slide(\d+)\.xml"), "slide {}"),
    (re.compile(r"ppt/notesSlides/notesSlide(\d+)\.xml"), "notes {}"),
    (re.compile(r"ppt/comments/.*\.xml"), "comments"), (re.compile(r"xl/drawings/drawing\d+\.xml"), "text boxes"),
    (re.compile(r"(?:word|xl|ppt)/charts/chart\w*\.xml"), "charts"),
    (re.compile(r"(?:word|xl|ppt)/diagrams/data\d*\.xml"), "diagrams"),
    (re.compile(r"xl/(?:threadedComments/|comments).*\.xml"), "comments"),
)  # fmt: skip
"""Parts whose paragraphs are read, in this order, and what their place is called."""

PROPERTIES = ("docProps/core.xml", "docProps/custom.xml")


def tree_of(content: bytes) -> etree._Element:
    """An XML part. No entity is put in, nothing is loaded from elsewhere."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def name_of(element: etree._Element) -> str:
    """Its name without its namespace; empty for a comment of the XML itself."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def passages(path: Path) -> Iterator[Passage]:
    """Of a Word or PowerPoint file; of a workbook what stands outside its cells."""
    with zipfile.ZipFile(path) as package:
        for place, name in _read_parts(package.namelist()):
            yield from _paragraphs(tree_of(package.read(name)), place)
        yield from _properties(package)


def _read_parts(names: list[str]) -> Iterator[tuple[str, str]]:
    for pattern, place in PLACES:
        found = [(match, name) for name in names if (match := pattern.fullmatch(name))]
        for match, name in sorted(found, key=lambda each: (len(each[1]), each[1])):
            yield place.format(*match.groups()), name


def _paragraphs(tree: etree._Element, place: str) -> Iterator[Passage]:
    for number, element in enumerate((each for each in tree.iter() if is_a_text(each)), start=1):
        where = f"paragraph {number}"
        if (cell := _cell(element)) is not None:
            where = cell
        yield from one(f"{place}, {where}" if place else where, text_of(element))


def is_a_text(element: etree._Element) -> bool:
    """A paragraph, or a comment's text that has none."""
    name = name_of(element)
    return name in PARAGRAPHS or (name == "text" and not any(name_of(each) == "p" for each in element.iter()))


def text_of(element: etree._Element) -> str:
    """What is written in a paragraph itself; a text box in it has paragraphs of its own."""
    return "".join(each.text or "" if name_of(each) in LETTERS else "\n" for each in written_in(element))


def written_in(element: etree._Element) -> Iterator[etree._Element]:
    """The elements that hold a paragraph's own letters and breaks, in order."""
    if name_of(element) in LETTERS and element.text:
        yield element
    for child in element:
        name = name_of(child)
        if (name in LETTERS and len(child) == 0) or name in BREAKS:
            yield child
        elif name not in PARAGRAPHS and name != "Fallback":
            yield from written_in(child)


def _cell(element: etree._Element) -> str | None:
    """Where a paragraph of a Word table stands, as "table row 3, column 2"."""
    cell = next((each for each in element.iterancestors() if name_of(each) == "tc"), None)
    row = cell.getparent() if cell is not None else None
    table = row.getparent() if row is not None else None
    if cell is None or row is None or table is None:
        return None
    return f"table row {_nth(row, 'tr')}, column {_nth(cell, 'tc')}"


def _nth(element: etree._Element, name: str) -> int:
    return 1 + sum(name_of(each) == name for each in element.itersiblings(preceding=True))


def _properties(package: zipfile.ZipFile) -> Iterator[Passage]:
    for name in PROPERTIES:
        if name in package.namelist():
            for element in tree_of(package.read(name)).iter():
                if len(element) == 0 and element.text:
                    yield from one("properties of the file", element.text)


def embedded(path: Path) -> Iterator[tuple[str, bytes]]:
    """The files that are put into a document, by name."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if "/embeddings/" in name:
                yield PurePosixPath(name).name, package.read(name)
