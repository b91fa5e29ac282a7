"""Every table of a pack as a spreadsheet: one sheet each, and a first sheet that says what the pack is."""

import io
import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from reports.contents import PackContents
from reports.html import day
from reports.prose import in_words, readable
from reports.table_shapes import Cell, Table
from reports.tables import tables

LONGEST_NAME = 31
"""Characters in the name of a sheet. Source: Excel's specifications and limits."""
LONGEST_CELL = 32_767
"""Characters in a cell. Source: Excel's specifications and limits."""
CUT = " … (cut: the whole text is in the pack)"
WIDEST = 60
TOGETHER = 180
"""Characters of all columns: printed over one side of A4, letters are still seven points. Source: our choice."""
NARROWEST = 24
"""What a column of long texts keeps at least, however many there are."""
LINE = 15
"""Points of a line of a cell, as Excel has it."""
TALLEST = 409
"""Points that a row may have. Source: Excel's specifications and limits."""
ROOM = 1.15
"""Of a line, since letters of the fonts that stand in for Calibri are wider than its digits."""


def xlsx(contents: PackContents) -> bytes:
    """The same bytes for the same contents. Text is written as text: what looks like a formula stays words."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "d mmmm yyyy"}) as book:
        book.set_properties(_properties(contents))
        styles = {
            "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2} | _ink(contents)),
            "foot": _foot(contents),
            "cell": book.add_format({"text_wrap": True, "valign": "top"}),
            "day": book.add_format({"num_format": "d mmmm yyyy", "align": "left", "valign": "top"}),
        }
        _write(book, styles, "About this pack", _about(contents))
        used = {"about this pack"}
        for _, found in tables(contents.reworded(readable)):
            for table in found:
                _write(book, styles, _sheet_name(table.name, used), table)
    return file.getvalue()


def _ink(contents: PackContents) -> dict[str, str]:
    return {"font_color": contents.look.ink} if contents.look else {}


def _foot(contents: PackContents) -> str:
    """Under every printed sheet, in the language of Excel's headers and footers, where "&&" is one."""
    words = " · ".join(filter(None, (contents.watermark, contents.marking, contents.reference)))
    return f"&L{words.replace('&', '&&')}&RPage &P of &N"


def _properties(contents: PackContents) -> dict[str, Any]:
    made = contents.made_on
    return {
        "title": f"{contents.short_title}, {contents.reference}",
        "author": contents.authority,
        "comments": f"{contents.marking}. As at {day(contents.as_at)}. SHA-256 of the contents: {contents.digest()}",
        "created": datetime(made.year, made.month, made.day),  # noqa: DTZ001 a day, and XlsxWriter takes no zone
    }


def _about(contents: PackContents) -> Table:
    facts = (
        ("Pack", f"{contents.title}, {contents.reference}"),
        ("Authority", contents.authority),
        ("Version", contents.version),
        ("As at", contents.as_at),
        ("Classification", contents.marking),
        *((("Profile", f"{contents.look.profile}. {contents.look.note}".strip()),) if contents.look else ()),
        *((("Watermark", contents.watermark),) if contents.watermark else ()),
        *((("Signed off", "Not yet: this is a draft"),) if contents.is_draft else ()),
        ("SHA-256 of the contents", contents.digest()),
        *((("Demonstration", contents.demonstration),) if contents.demonstration else ()),
    )
    return Table(name="About", caption="About this pack", columns=("What", "Which"), rows=facts)


def _write(book: Any, styles: dict[str, Any], name: str, table: Table) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(styles["foot"])
    widths = _widths(table)
    for column, (head, width) in enumerate(zip(table.columns, widths, strict=True)):
        sheet.write_string(0, column, head, styles["head"])
        sheet.set_column(column, column, width)
    for row, cells in enumerate((table.columns, *table.rows)):
        if (lines := max(map(_lines, cells, widths))) > 1:
            sheet.set_row(row, min(lines * LINE, TALLEST))
    for row, cells in enumerate(table.rows, 1):
        for column, cell in enumerate(cells):
            _write_cell(sheet, row, column, cell, styles)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, styles: dict[str, Any]) -> None:
    match cell:
        case None | "":
            pass
        case date():
            sheet.write_datetime(row, column, cell, styles["day"])
        case int() | float():
            sheet.write_number(row, column, cell, styles["cell"])
        case str():
            sheet.write_string(row, column, _fitting(in_words(cell)), styles["cell"])


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(CUT)] + CUT


def _widths(table: Table) -> list[int]:
    """Characters of each column: as wide as what it shows, and long texts so narrow that the sheet can be printed."""
    longest = [max(map(_length, cells)) for cells in zip(table.columns, *table.rows, strict=True)]
    widest = WIDEST
    while widest > NARROWEST and sum(_held(longest, widest)) > TOGETHER:
        widest -= 1
    return _held(longest, widest)


def _held(lengths: Sequence[int], widest: int) -> list[int]:
    return [max(10, min(one, widest)) for one in lengths]


def _length(cell: Cell) -> int:
    shown = day(cell) if isinstance(cell, date) else str(cell or "")
    return math.ceil(len(shown) * ROOM) + 2


def _lines(cell: Cell, width: int) -> int:
    """Lines that a text takes in a column: not every program reckons them when it opens the file."""
    if not isinstance(cell, str):
        return 1
    return sum(max(1, math.ceil(len(line) * ROOM / width)) for line in cell.split("\n"))


def _sheet_name(wanted: str, used: set[str]) -> str:
    """A name that Excel takes: short, unique whatever its case, without the characters of a cell's address."""
    plain = re.sub(r"[\[\]:*?/\\']", " ", wanted).strip() or "Table"
    name, number = plain[:LONGEST_NAME].strip(), 2
    while name.casefold() in used:
        tail = f" {number}"
        name, number = plain[: LONGEST_NAME - len(tail)].strip() + tail, number + 1
    used.add(name.casefold())
    return name
