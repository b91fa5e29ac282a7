"""Taking values out of every part of Word, Excel and PowerPoint files."""

import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from tracker.evidence.redaction import values
from tracker.evidence.redaction.values import Patterns
from tracker.evidence.words.of_office import is_a_text, name_of, tree_of, written_in
from tracker.evidence.words.of_workbook import Workbook
from tracker.platform.child_data import BLOCK

TEXTS = frozenset({"si", "is"})
"""A workbook's texts, each of which may be made of several runs."""
SAID = frozenset({"descr", "title", "name", "author", "tooltip", "display", "initials", "userId"})
"""Attributes that hold what people wrote."""
LEADS_TO = "Target"
NOWHERE = "about:blank"
THUMBNAIL = "docProps/thumbnail"
"""A picture of the first page, which may show what is taken out."""

RedactAttached = Callable[[str, bytes], bytes]
"""A name and a content, to the content without the values."""


def redact(path: Path, to: Path, patterns: Patterns, attached: RedactAttached) -> None:
    with zipfile.ZipFile(path) as package, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        cells = _sheets(package)
        for member in package.infolist():
            if not member.filename.startswith(THUMBNAIL):
                new.writestr(member.filename, _without(package, member.filename, cells, patterns, attached))


def _sheets(package: zipfile.ZipFile) -> Workbook | None:
    return Workbook(package) if "xl/workbook.xml" in package.namelist() else None


def _without(
    package: zipfile.ZipFile, name: str, book: Workbook | None, patterns: Patterns, attached: RedactAttached
) -> bytes:
    content = package.read(name)
    if "/embeddings/" in name:
        return attached(name.rpartition("/")[2], content)
    if not name.endswith((".xml", ".rels", ".vml")):
        return content
    tree = tree_of(content)
    if book is not None and any(sheet.part == name for sheet in book.sheets):
        _blot_cells(book, tree, patterns)
    _blot(tree, patterns)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _blot_cells(book: Workbook, tree: etree._Element, patterns: Patterns) -> None:
    """A cell that shows a value loses what it holds: that may be a number which only its format makes a day."""
    for row in book.rows(tree):
        for cell in row:
            if values.seen(cell.text, patterns):
                _empty(cell.element)


def _empty(cell: etree._Element) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    namespace = etree.QName(cell).namespace
    text = etree.SubElement(etree.SubElement(cell, f"{{{namespace}}}is"), f"{{{namespace}}}t")
    text.text = BLOCK


def _blot(tree: etree._Element, patterns: Patterns) -> None:
    for element in list(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        if is_a_text(element) or name_of(element) in TEXTS:
            _blot_text(list(written_in(element)), patterns)
        elif element.text and values.seen(element.text, patterns):
            element.text = values.blotted(element.text, patterns)
        _blot_attributes(element, patterns)
    _forget_thumbnail(tree)


def _blot_text(written: list[etree._Element], patterns: Patterns) -> None:
    """Runs part a value anywhere: the block goes into the first that has some of it."""
    texts = [element.text or "\n" for element in written]
    for start, end in reversed(values.spans("".join(texts), patterns)):
        block, at = BLOCK, 0
        for index, text in enumerate(texts):
            first, last = max(start - at, 0), min(end - at, len(text))
            at += len(text)
            if first < last and written[index].text:
                texts[index] = f"{text[:first]}{block}{text[last:]}"
                block = ""
    for element, text in zip(written, texts, strict=True):
        if element.text and element.text != text:
            element.text = text


def _blot_attributes(element: etree._Element, patterns: Patterns) -> None:
    for key, value in element.attrib.items():
        name = etree.QName(key).localname
        if name == LEADS_TO and values.seen(value, patterns):
            element.set(key, NOWHERE)
        elif name in SAID and values.seen(value, patterns):
            element.set(key, values.blotted(value, patterns))


def _forget_thumbnail(tree: etree._Element) -> None:
    for element in list(tree):
        if isinstance(element.tag, str) and element.get(LEADS_TO, "").lstrip("/").startswith(THUMBNAIL):
            tree.remove(element)
