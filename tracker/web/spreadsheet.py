"""What a page shows as an Excel file: real dates, frozen headings, filters, and no text that can run.

The one door to XlsxWriter outside the documents library.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO
from uuid import UUID

from flask import Response, current_app, has_app_context
from xlsxwriter import Workbook

from tracker.platform.edited_copies import ABOUT, ABOUT_CELL
from tracker.platform.workbooks import RUNS_AS_FORMULA

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Percent(float):
    """A share of 1 that a cell shows in hundredths, to as many places as it has: 0.708333 is 70.8333%, 0.63 is 63%."""

    @property
    def number_format(self) -> str:
        places = next(places for places in range(5) if places == 4 or round(self * 100, 4) == round(self * 100, places))
        return PERCENT_FORMATS[places]


INVENTED = "Demonstration: everything but the published reports is invented."

PERCENT_FORMATS = ("0%", "0.0%", "0.00%", "0.000%", "0.0000%")

Cell = str | int | float | date | None
Column = tuple[str, int]
"""Heading, and width in characters."""
INTERNAL = "Internal: shows small numbers"
"""Stands in every line of a file that is not to leave the authority: a line that is copied takes it along."""


def workbook(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    sheet: str,
    made_on: date | None = None,
    internal: bool = False,
) -> bytes:
    """One sheet with a heading row. ``title`` is a property of the file; ``sheet`` names the tab.

    ``made_on`` is written into the file instead of this moment, so that the same rows make the same bytes. What is
    ``internal`` is marked as that in every line, on every printed page and by a red tab.
    """
    if internal:
        columns, rows = (*columns, ("Marking", len(INTERNAL) + 2)), ((*row, INTERNAL) for row in rows)
    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({**properties(title), **_created(made_on)})
        page = book.add_worksheet(sheet)
        if internal:
            page.set_tab_color("#9e2219")
        print_above(page, f"{INTERNAL}. Not to leave the authority." if internal else "")
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        day = book.add_format({"num_format": "d mmmm yyyy", "valign": "top", "align": "left"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        shares = {form: book.add_format({"num_format": form, "valign": "top"}) for form in PERCENT_FORMATS}
        for place, (heading, width) in enumerate(columns):
            page.set_column(place, place, width)
            page.write_string(0, place, heading, head)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                share = shares[cell.number_format] if isinstance(cell, Percent) else plain
                _write(page, last, place, cell, day if isinstance(cell, date) else share)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, max(last, 1), len(columns) - 1)
    return file.getvalue()


def properties(title: str) -> dict[str, str]:
    """Of a file: its title, and of a demonstration that what is in it is invented."""
    return {"title": title, "comments": INVENTED} if is_invented() else {"title": title}


def print_above(page: object, words: str = "") -> None:
    """Have something stand above every printed page, and of a demonstration that it is invented."""
    said = " ".join(filter(None, (words, INVENTED if is_invented() else "")))
    if said:
        page.set_header(f"&C&B{said}")  # type: ignore[attr-defined]  # XlsxWriter ships no types


def is_invented() -> bool:
    """Whether this is a demonstration."""
    return has_app_context() and bool(current_app.config.get("DEMONSTRATION"))


def named(name: str) -> str:
    """The name of a file to take away: of a demonstration it begins with "invented"."""
    return f"invented-{name}" if is_invented() else name


def offer_choices(book: Workbook, page: object, offered: Mapping[int, Sequence[str]], *, last: int) -> None:
    """Drop-downs from the second row to ``last``: place of a column -> its words. Others are warned of.

    Each stands over a list on a sheet of its own: a list in the rule itself may hold 255 characters only.
    """
    lists = book.add_worksheet("Lists")
    lists.hide()
    for at, (place, words) in enumerate(offered.items()):
        for line, word in enumerate(words):
            lists.write_string(line, at, harmless(word))
        if words:
            letter = chr(ord("A") + at)
            source = f"=Lists!${letter}$1:${letter}${len(words)}"
            page.data_validation(  # type: ignore[attr-defined]  # XlsxWriter ships no types
                1, place, last, place, {"validate": "list", "source": source, "error_type": "warning"}
            )


def add_about(book: Workbook, number: UUID, sentences: Sequence[str]) -> None:
    """The sheet that says which download a file to edit was, as ``edited_copies`` reads it, and how to edit it."""
    about = book.add_worksheet(ABOUT)
    about.set_column(0, 0, 24)
    about.set_column(1, 1, 90)
    about.write_string(0, 0, ABOUT_CELL)
    about.write_string(0, 1, str(number))
    for line, sentence in enumerate(sentences, start=2):
        about.write_string(line, 1, sentence)


def download(content: bytes, name: str) -> Response:
    """The file as an answer to a request; ``name`` without its ending."""
    return Response(
        content, mimetype=MEDIA_TYPE, headers={"Content-Disposition": f'attachment; filename="{named(name)}.xlsx"'}
    )


def harmless(text: str) -> str:
    """
    >>> harmless("=1+1"), harmless("Plans reviewed")
    ("'=1+1", 'Plans reviewed')
    """
    return f"'{text}" if text.startswith(RUNS_AS_FORMULA) else text


def _created(on: date | None) -> dict[str, datetime]:
    return {"created": datetime.combine(on, time.min)} if on else {}


def _write(page: object, row: int, column: int, cell: Cell, style: object) -> None:
    if cell is None or cell == "":
        page.write_blank(row, column, None, style)  # type: ignore[attr-defined]  # XlsxWriter ships no types
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, style)  # type: ignore[attr-defined]  # as above
    elif isinstance(cell, str):
        page.write_string(row, column, harmless(cell), style)  # type: ignore[attr-defined]  # as above
    else:
        page.write_number(row, column, cell, style)  # type: ignore[attr-defined]  # as above
