"""Workbooks and .csv files that people send in, as rows of plain values. The one door to openpyxl.

Everything is bounded before it is read: a workbook is a zip, and a small one can unpack to any size.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import islice
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tracker.platform.errors import Refused

Value = str | int | float | bool | date | None

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes of a file, packed. Our choice: a plan of 3,000 actions takes under 1 MB."""
LARGEST_UNPACKED = 100 * 1024 * 1024
"""Bytes that a workbook may unpack to."""
MOST_ROWS = 5_000
MOST_COLUMNS = 100
MOST_SHEETS = 30
MOST_EMPTY_ROWS = 1_000
"""Empty rows in a row after which a sheet has ended: formatting may reach down to the millionth."""
LONGEST_CELL = 10_000
"""Characters of one cell."""

RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a text that a spreadsheet would work out, here or once it is saved as .csv."""
SEPARATORS = ",;\t"
XLSX_BEGINS = b"PK"
OLD_EXCEL_BEGINS = b"\xd0\xcf\x11\xe0"
NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^]]*\]')
"""What a number format says besides its digits: text in quotation marks, a sign after an escape, colours, languages."""


@dataclass(frozen=True)
class Row:
    """One row that holds something: ``number`` counts from 1, as the spreadsheet does."""

    number: int
    cells: tuple[Value, ...]

    def at(self, column: int | None) -> Value:
        """What stands in a column, counted from 0; None beyond the last, or for no column."""
        return self.cells[column] if column is not None and column < len(self.cells) else None


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


def address(row: int, column: int) -> str:
    """
    >>> address(14, 3)
    'D14'
    """
    return f"{get_column_letter(column + 1)}{row}"


def text_of(value: Value) -> str:
    """A cell as a person reads it: days in words, whole numbers without ".0", lines without spaces around them.

    >>> text_of(date(2026, 3, 4)), text_of(12.0), text_of("  On\\n track ")
    ('4 March 2026', '12', 'On\\ntrack')
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%-d %B %Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "\n".join(line.strip() for line in str(value).strip().splitlines())


def read(stream: BinaryIO, *, as_shown: bool = False, separator: str = "") -> tuple[Sheet, ...]:
    """Every sheet that holds something. Formulas count as what they last came to; nothing is worked out or fetched.

    ``as_shown`` is for figures: 0.71 that its cell shows as a percentage is read as the text "71%", a day that it
    shows as a month as "April 2026", a formula that kept no result as its own text instead of as an empty cell, and a
    sheet with too many columns is refused, not cut. ``separator`` parts the cells of a text, where that is known.

    Raises Refused with what to do when it is no workbook, is protected, or is larger than the bounds.
    """
    begin = stream.read(4)
    stream.seek(0)
    if begin.startswith(OLD_EXCEL_BEGINS):
        raise Refused("This is an old .xls workbook or one with a password. Save it as .xlsx without a password.")
    sheets = (
        _of_workbook(stream, as_shown) if begin.startswith(XLSX_BEGINS) else _of_text(stream, separator, whole=as_shown)
    )
    if not sheets:
        raise Refused("There is nothing in this file. Choose one with a heading row and at least one row below it.")
    return sheets


def read_pasted(table: str, *, as_shown: bool = False) -> tuple[Sheet, ...]:
    """The same of cells that were copied out of a spreadsheet: parted by tabs, or as .csv."""
    return read(BytesIO(table.strip("\r\n").encode()), as_shown=as_shown, separator="\t" if "\t" in table else "")


def _of_workbook(stream: BinaryIO, as_shown: bool) -> tuple[Sheet, ...]:
    _check_unpacked(stream)
    book = _opened(stream, results=True)
    formulas = _opened(stream, results=False) if as_shown else None
    try:
        found = [
            _sheet(page.title, _rows_shown(page, formulas[page.title]), whole=True)
            if formulas is not None
            else _sheet(page.title, page.iter_rows(values_only=True))
            for page in book.worksheets[:MOST_SHEETS]
        ]
    except Refused:
        raise
    except Exception as reason:  # as in _opened: the sheets are read only now
        raise Refused("This workbook is damaged. Open it, save it as .xlsx and choose it again.") from reason
    finally:
        book.close()
        if formulas is not None:
            formulas.close()
    return tuple(sheet for sheet in found if sheet.rows)


def _opened(stream: BinaryIO, *, results: bool) -> Any:
    """The workbook with what its formulas last came to, or with the formulas themselves."""
    try:
        return load_workbook(stream, read_only=True, data_only=results, keep_links=False)
    except Exception as reason:  # openpyxl lets whatever its XML or zip reader met come through
        raise Refused("This workbook cannot be read. Open it, save it as .xlsx and choose it again.") from reason


def _rows_shown(results: Any, formulas: Any) -> Iterator[list[object]]:
    for row, written in zip(results.iter_rows(), formulas.iter_rows(values_only=True), strict=False):
        yield [_shown(cell, text) for cell, text in zip(row, written, strict=False)]


def _shown(cell: Any, written: object) -> object:
    value = cell.value
    if value is None:  # of a formula, it is the result that is not there
        return None if written is None else written if isinstance(written, str) else "="
    if isinstance(value, int | float) and not isinstance(value, bool) and _shows("%", cell.number_format):
        return f"{(Decimal(str(value)) * 100).normalize():f}%"
    if isinstance(value, date) and not _shows("d", cell.number_format):
        return f"{value:%B %Y}" if _shows("m", cell.number_format) else f"{value:%Y}"
    return value


def _shows(sign: str, number_format: str | None) -> bool:
    """
    >>> _shows("%", "0.0%"), _shows("%", '0.0"%"'), _shows("d", "mmm-yy"), _shows("d", "DD/MM/YYYY")
    (True, False, False, True)
    """
    return sign in NOT_SHOWN.sub("", number_format or "").lower()


def _check_unpacked(stream: BinaryIO) -> None:
    """Refuse before anything is unpacked. The sizes in a zip's directory are claims, but a reader stops at them."""
    try:
        with ZipFile(stream) as packed:
            size = sum(part.file_size for part in packed.infolist())
            names = set(packed.namelist())
    except (BadZipFile, OSError, ValueError) as reason:
        raise Refused("This workbook is cut off or damaged. Save it again and choose it again.") from reason
    finally:
        stream.seek(0)
    if "xl/workbook.xml" not in names:
        raise Refused("This is not a workbook. Choose an .xlsx or a .csv file.")
    if size > LARGEST_UNPACKED:
        raise Refused("This workbook is too large. Leave only the sheet that matters, and save it again.")


def _of_text(stream: BinaryIO, separator: str, *, whole: bool) -> tuple[Sheet, ...]:
    content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Refused(f"The file is larger than {LARGEST_FILE // 1024 // 1024} MB. Leave only the rows that matter.")
    text = _decoded(content)
    if "\x00" in text:
        raise Refused("This is neither a workbook nor text. Choose an .xlsx or a .csv file.")
    try:
        found = _sheet("", csv.reader(StringIO(text, newline=""), delimiter=separator or _separator(text)), whole=whole)
    except csv.Error as reason:
        raise Refused("This .csv file cannot be read. Save it again as .csv, or as .xlsx.") from reason
    return (found,) if found.rows else ()


def _decoded(content: bytes) -> str:
    """Excel writes .csv as UTF-8 with a mark or in the Windows alphabet."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """What parts the cells: the sign that the first lines have most of."""
    head = text[:5_000]
    return max(SEPARATORS, key=head.count)


def _sheet(name: str, rows: Iterable[Iterable[object]], *, whole: bool = False) -> Sheet:
    return Sheet(name, tuple(_rows(rows, whole)))


def _rows(rows: Iterable[Iterable[object]], whole: bool) -> Iterator[Row]:
    kept = last = 0
    for number, row in enumerate(rows, start=1):
        if number - last > MOST_EMPTY_ROWS:
            return
        cells = _cells(row, whole)
        if not cells:
            continue
        kept, last = kept + 1, number
        if kept > MOST_ROWS:
            raise Refused(f"There are more than {MOST_ROWS:,} rows. Split the file and bring in one part at a time.")
        yield Row(number, cells)


def _cells(row: Iterable[object], whole: bool) -> tuple[Value, ...]:
    """The cells up to the last that holds something; of more than the bound the rest is left, or all is refused."""
    rest = iter(row)
    cells = [_value(cell) for cell in islice(rest, MOST_COLUMNS)]
    if whole and any(_value(cell) is not None for cell in rest):
        raise Refused(f"There are more than {MOST_COLUMNS} columns. Split the file and bring in one part at a time.")
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _value(cell: object) -> Value:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, str):
        return _text(cell.strip())[:LONGEST_CELL] or None
    return cell if isinstance(cell, int | float | bool | date) else None


def _text(text: str) -> str:
    """Without the apostrophe that our own export puts before what a spreadsheet would work out."""
    return text[1:] if text.startswith("'") and text[1:].startswith(RUNS_AS_FORMULA) else text
