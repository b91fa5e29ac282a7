"""The cells of an Excel workbook, as they are kept: hidden rows, columns and sheets among them."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from posixpath import join, normpath

from lxml import etree

from tracker.evidence.words.of_office import name_of, tree_of
from tracker.evidence.words.of_text import under
from tracker.evidence.words.passages import Passage, Piece, one

DAY_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Formats that every workbook has, by number, that show days. Source: ECMA-376, part 1, 18.8.30."""
AMOUNT_FORMATS = frozenset({2, 3, 4, 9, 10, *range(5, 9), *range(37, 45)})
"""Those that show amounts and shares: they are not case numbers."""
FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001  # a workbook's days have no time zone
LAST_SERIAL = 2_958_465
"""31 December 9999."""
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class Sheet:
    name: str
    part: str
    """Its member of the package."""


@dataclass(frozen=True)
class Cell:
    address: str
    text: str
    """As a person reads it, with its column's heading where that says whose number it is."""
    element: etree._Element


class Workbook:
    """An open workbook."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self.sheets = list(_sheets(package))
        self._strings = _strings(package)
        self._formats = _formats(package)

    def rows(self, tree: etree._Element) -> Iterator[Sequence[Cell]]:
        """The rows of a sheet's XML that hold something. The first of them gives the headings."""
        headings: list[str] = []
        for row in (each for each in tree.iter() if name_of(each) == "row"):
            cells = [(column_of(each), self._text(each), each) for each in row if name_of(each) == "c"]
            cells = [cell for cell in cells if cell[1]]
            if cells:
                yield [Cell(each.get("r", ""), under(headings, at, text), each) for at, text, each in cells]
                headings = headings or _headings(cells)

    def _text(self, cell: etree._Element) -> str:
        value = "".join(each.text or "" for each in cell.iter() if name_of(each) in {"v", "t"})
        kind = cell.get("t", "n")
        if kind == "s":
            return self._strings[int(value)] if value.isdigit() and int(value) < len(self._strings) else ""
        return self._number(value, cell.get("s", "0")) if kind == "n" else value

    def _number(self, value: str, style: str) -> str:
        shows = self._formats.get(style, "")
        try:
            number = float(value)
        except ValueError:
            return value
        if shows == "day" and 0 <= number <= LAST_SERIAL:
            return f"{FIRST_DAY + timedelta(days=int(number)):%-d %B %Y}"
        if shows == "amount":
            return f"{number:,.2f}"
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else value  # exact so far


def passages(path: Path) -> Iterator[Passage]:
    """A passage a row, a piece a cell; then formulas, which may hold numbers too, and the names of sheets."""
    with zipfile.ZipFile(path) as package:
        book = Workbook(package)
        for sheet in book.sheets:
            yield from one("the name of a sheet", sheet.name)
            tree = tree_of(package.read(sheet.part))
            for row in book.rows(tree):
                pieces = [Piece(f"sheet {sheet.name}, cell {cell.address}", cell.text) for cell in row]
                yield Passage(f"sheet {sheet.name}, row {row_of(row[0].address)}", pieces)
            yield from _other_texts(sheet.name, tree)


def _other_texts(sheet: str, tree: etree._Element) -> Iterator[Passage]:
    for element in tree.iter():
        name = name_of(element)
        if name == "f" and element.text and (cell := element.getparent()) is not None:
            yield from one(f"sheet {sheet}, formula of cell {cell.get('r', '')}", element.text)
        elif name.endswith(("Header", "Footer")) and element.text:
            yield from one(f"sheet {sheet}, header or footer", element.text)


def column_of(cell: etree._Element) -> int:
    """From 0."""
    column = 0
    for letter in re.sub(r"[^A-Z]", "", cell.get("r", "")):
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def row_of(address: str) -> str:
    return address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _headings(cells: Sequence[tuple[int, str, etree._Element]]) -> list[str]:
    by_column = {at: text for at, text, _cell in cells}
    return [by_column.get(at, "") for at in range(min(max(by_column) + 1, 20_000))]


def _sheets(package: zipfile.ZipFile) -> Iterator[Sheet]:
    names = set(package.namelist())
    targets = _targets(package)
    for element in tree_of(package.read("xl/workbook.xml")).iter():
        part = targets.get(element.get(RELATION, "")) if name_of(element) == "sheet" else None
        if part in names:
            yield Sheet(element.get("name", ""), part or "")


def _targets(package: zipfile.ZipFile) -> Mapping[str, str]:
    tree = tree_of(package.read("xl/_rels/workbook.xml.rels"))
    return {each.get("Id", ""): normpath(join("/xl", each.get("Target", ""))).lstrip("/") for each in tree}


def _strings(package: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    tree = tree_of(package.read("xl/sharedStrings.xml"))
    return ["".join(part.text or "" for part in each.iter() if name_of(part) == "t") for each in tree]


def _formats(package: zipfile.ZipFile) -> Mapping[str, str]:
    """By the number of a cell's style: ``day``, ``amount`` or nothing."""
    if "xl/styles.xml" not in package.namelist():
        return {}
    tree = tree_of(package.read("xl/styles.xml"))
    own = {each.get("numFmtId"): each.get("formatCode", "") for each in tree.iter() if name_of(each) == "numFmt"}
    styles = next((each for each in tree if name_of(each) == "cellXfs"), ())
    return {str(at): _shows(each.get("numFmtId", "0"), own) for at, each in enumerate(styles)}


def _shows(number: str, own: Mapping[str | None, str]) -> str:
    code = re.sub(r'"[^"]*"|\[[^\]]*\]', "", own.get(number, ""))
    if (number.isdigit() and int(number) in DAY_FORMATS) or re.search(r"[dy]", code, re.IGNORECASE):
        return "day"
    amount = number.isdigit() and int(number) in AMOUNT_FORMATS
    return "amount" if amount or re.search(r"[£$€%]|#,|0\.0", own.get(number, "")) else ""
