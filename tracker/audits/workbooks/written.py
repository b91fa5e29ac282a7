"""Audits as a workbook to answer: a sheet for each, with drop-downs and guidance; what must not change is locked."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from uuid import UUID

from xlsxwriter import Workbook

from tracker.audits.models import Audit
from tracker.audits.workbooks.rules import WHOLE, WHOLE_NAMES, Column
from tracker.audits.workbooks.texts import Line, lines
from tracker.web.spreadsheet import add_about, harmless, print_above, properties

KEY, PART, LOOK_FOR = 0, 1, 2
FIRST_ASKED = 3
HEADINGS = ("Key", "Part", "Look for", *(column.value for column in Column))
WIDTHS = (0, 30, 46, 24, 60, 46)
HEAD_ROWS = 2
"""Rows above the first part: what the audit is about, and the headings."""

HELP = (
    "One sheet is one audit. Fill in the white cells; the others are locked, without a password.",
    "Save the file and bring it back on the page where you downloaded it. You see what every cell would do first.",
    "What was changed in the tracker meanwhile is kept. Where both changed, you choose.",
    "An audit is finished in the tracker, not here. Never write a name, date of birth, NHS number or UPN.",
)


def workbook(audits: Sequence[Audit], *, number: UUID, title: str) -> bytes:
    """The file for Excel or LibreOffice; ``number`` names the download in it."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties(properties(title))
        styles = _styles(book)
        lists = book.add_worksheet("Lists")
        offered = _Lists(lists)
        for audit in audits:
            _audit_sheet(book, audit, styles, offered)
        lists.hide()
        add_about(book, number, HELP)
        book.worksheets()[1].activate()
    return file.getvalue()


def _styles(book: Workbook) -> Mapping[str, Any]:
    wrapped = {"text_wrap": True, "valign": "top"}
    return {
        "head": book.add_format({**wrapped, "bold": True, "bottom": 1}),
        "locked": book.add_format({**wrapped, "bg_color": "#f3f2f1", "locked": True}),
        "asked": book.add_format({**wrapped, "locked": False, "border": 1, "num_format": "@"}),
    }


class _Lists:
    """Drop-downs over lists on a sheet of their own, each list once: one in a rule may hold 255 characters only."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.places: dict[tuple[str, ...], str] = {}

    def source(self, words: Sequence[str]) -> str:
        """The cells that hold these words, as a rule names them."""
        wanted = tuple(words)
        if wanted not in self.places:
            column = len(self.places)
            for line, word in enumerate(wanted):
                self.page.write_string(line, column, harmless(word))
            letter = self._letter(column)
            self.places[wanted] = f"=Lists!${letter}$1:${letter}${len(wanted)}"
        return self.places[wanted]

    @staticmethod
    def _letter(column: int) -> str:
        first, second = divmod(column, 26)
        return (chr(64 + first) if first else "") + chr(65 + second)


def _audit_sheet(book: Workbook, audit: Audit, styles: Mapping[str, Any], lists: _Lists) -> None:
    page = book.add_worksheet(audit.reference)
    print_above(page)
    page.protect("", {"format_rows": True, "format_columns": True})
    for place, width in enumerate(WIDTHS):
        page.set_column(place, place, width, None, {"hidden": place == KEY})
    about = f"{audit.reference} {audit.tool.name}, version {audit.tool_version}. Case {audit.case_reference}"
    page.write_string(0, PART, f"{about}{f', {audit.team.name}' if audit.team else ''}", styles["head"])
    for place, heading in enumerate(HEADINGS):
        page.write_string(1, place, heading, styles["head"])
    for row, line in enumerate(lines(audit), start=HEAD_ROWS):
        _write(page, row, line, styles, lists)
    page.freeze_panes(HEAD_ROWS, FIRST_ASKED - 1)


def _write(page: Any, row: int, line: Line, styles: Mapping[str, Any], lists: _Lists) -> None:
    page.write_string(row, KEY, line.key, styles["locked"])
    page.write_string(row, PART, harmless(line.part), styles["locked"])
    page.write_string(row, LOOK_FOR, harmless(line.look_for), styles["locked"])
    for place, column in enumerate(Column, start=FIRST_ASKED):
        asked = column in line.asks
        page.write_string(row, place, harmless(line.texts[column]), styles["asked" if asked else "locked"])
        if asked and line.key == WHOLE:
            page.data_validation(row, place, row, place, {"validate": "any", "input_title": WHOLE_NAMES[column][:32]})
    if line.offered:
        rule = {"validate": "list", "source": lists.source(list(line.offered.values())), "error_type": "stop"}
        page.data_validation(row, FIRST_ASKED, row, FIRST_ASKED, rule)
