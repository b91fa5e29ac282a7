"""An empty manifest to fill in: columns, drop-downs where words are fixed, and a row that is said to be an example."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO

from xlsxwriter import Workbook

from tracker.evidence.importing.rules import EXAMPLE, NAMES, Field
from tracker.evidence.rules import Kind, Marking, Strength, VoiceOf
from tracker.web.spreadsheet import harmless, offer_choices, properties

WIDTHS: Mapping[Field, int] = {
    Field.FILE: 34, Field.TITLE: 36, Field.KIND: 16, Field.DATED: 20, Field.SHOWS: 48, Field.STRENGTH: 14,
    Field.LINKS: 26, Field.SHOWS_THERE: 34, Field.ORIGIN: 24, Field.OWNER: 28, Field.MARKING: 18,
    Field.PERIOD_FROM: 18, Field.PERIOD_TO: 18, Field.URL: 28, Field.WORDS: 36, Field.VOICE_OF: 16,
    Field.SETTING: 22, Field.CONSENT: 26, Field.NOT_CHILD_DATA: 28,
}  # fmt: skip
"""Columns of the template, in order, with their widths in characters."""

SPARE_ROWS = 1_000
"""Rows below the headings that have the drop-downs. Our choice."""

HELP = (
    "One row for each file. Save this as manifest.xlsx, put it into the zip with the files, and bring the zip in.",
    "File: its name in the zip, with its folder if two folders have files of one name.",
    "Leave the file empty for a link, and for words that somebody said.",
    "Speaks for: items, actions, themes and areas, apart by semicolons: I-9; A-104; HP11; Help and protection.",
    "To say what it shows about one of them, write it after a colon: I-9: plans are dated.",
    "What it shows there: for all that the row speaks for, where nothing stands after a colon.",
    "Never a child’s name, date of birth, address, NHS number, pupil number or case number, in a cell or in a file.",
    "The example row is never brought in. You can delete it.",
)

EXAMPLE_ROW: Mapping[Field, str] = {
    Field.FILE: EXAMPLE,
    Field.TITLE: "Example: PLO tracker summary, week 46",
    Field.KIND: Kind.DATA.value,
    Field.SHOWS: "22 of 24 dates complete",
    Field.STRENGTH: Strength.OUTCOME.value,
    Field.LINKS: "I-9: plans are dated; HP11",
    Field.ORIGIN: "Case management system",
    Field.MARKING: Marking.OFFICIAL.value,
}


def template(today: date, owners: Sequence[str]) -> bytes:
    """The workbook; ``owners`` are e-mail addresses that its drop-down offers."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties(properties("Manifest of evidence"))
        page = book.add_worksheet("Manifest")
        _headings(book, page)
        _example(book, page, today)
        offer_choices(book, page, _choices(owners), last=SPARE_ROWS)
        about = book.add_worksheet("How to fill it in")
        about.set_column(0, 0, 110)
        for line, sentence in enumerate(HELP):
            about.write_string(line, 0, sentence, book.add_format({"text_wrap": True, "valign": "top"}))
    return file.getvalue()


def _headings(book: Workbook, page: object) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for place, (field, width) in enumerate(WIDTHS.items()):
        page.set_column(place, place, width)  # type: ignore[attr-defined]  # XlsxWriter ships no types
        page.write_string(0, place, NAMES[field], head)  # type: ignore[attr-defined]  # as above
    page.freeze_panes(1, 1)  # type: ignore[attr-defined]  # as above


def _example(book: Workbook, page: object, today: date) -> None:
    plain = book.add_format({"italic": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"italic": True, "num_format": "d mmmm yyyy", "align": "left", "valign": "top"})
    for place, field in enumerate(WIDTHS):
        if field is Field.DATED:
            page.write_datetime(1, place, today, day)  # type: ignore[attr-defined]  # as above
        else:
            page.write_string(1, place, harmless(EXAMPLE_ROW.get(field, "")), plain)  # type: ignore[attr-defined]  # as above


def _choices(owners: Sequence[str]) -> dict[int, Sequence[str]]:
    offered: dict[Field, Sequence[str]] = {
        Field.KIND: [kind.value for kind in Kind if kind is not Kind.PRACTICE_EXAMPLE],
        Field.STRENGTH: [strength.value for strength in Strength],
        Field.MARKING: [marking.value for marking in Marking],
        Field.VOICE_OF: [voice.value for voice in VoiceOf],
        Field.OWNER: owners,
    }
    return {list(WIDTHS).index(field): words for field, words in offered.items()}
