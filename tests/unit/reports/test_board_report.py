"""A board report in each kind of file."""

import io

import docx
import openpyxl
import pikepdf
import pypdfium2
import pytest

from reports import build, excel, html, word
from reports.contents import PackContents
from reports.outline import outline, printed
from tests.unit.reports.sample_board import board_report, first_report


@pytest.fixture(scope="module")
def made() -> bytes:
    return build.pdf(board_report())


def words(document: bytes) -> str:
    with pypdfium2.PdfDocument(document) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)


def test_exceptions_come_first_with_what_happened_in_sentences(made: bytes) -> None:
    text = words(made)

    for expected in (
        "Since 28 September 2026: 1 action is newly late.",
        "23 days late; it was due on 3 October 2026. Off track, was at risk.",
        "For I-9 Pre-proceedings work",
        "And 7 more, which the page “What has moved” lists.",
        "10 of 41 actions are delivered, but their impact for children is not evidenced yet.",
        "On track 12 9 −3",
        "Delivered, impact not yet evidenced Not kept 10",
        "I-9 Pre-proceedings work 1 of 3, 1 embedded 1 October 2026 14 November 2026 14 days later",
        "44 days behind one action 55 days behind",
        "The next inspection is to be expected between 27 October 2028 and 27 October 2029.",
        "30 April 2027 To come 41",
    ):
        assert expected in text, expected
    assert text.index("Newly late (1)") < text.index("Due date put back (8)")


def test_every_picture_is_told_in_words(made: bytes) -> None:
    document = pikepdf.open(io.BytesIO(made))

    told = [str(element.Alt) for element in document.objects if _is_figure(element)]

    assert len(told) == 3
    assert any(text.startswith("Promised, delivered and embedded: by 26 October 2026") for text in told)
    assert any("I-9 Pre-proceedings work" in text and "44 days behind" in text for text in told)


def _is_figure(element: pikepdf.Object) -> bool:
    return isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Figure"


def test_the_same_report_is_the_same_file_whatever_the_kind(made: bytes) -> None:
    again = PackContents.from_json(board_report().to_json())

    assert again == board_report()
    assert build.pdf(again) == made
    assert word.word(again) == word.word(board_report())
    assert excel.xlsx(again) == excel.xlsx(board_report())


def test_the_spreadsheet_holds_every_table_and_runs_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(excel.xlsx(board_report())))

    assert book.sheetnames == ["About this pack", "What moved", "Then and now", "How far", "Burn-up", "States"]
    moved = list(book["What moved"].iter_rows(values_only=True))
    assert moved[1][:3] == ("Newly late (1)", "A-104", "Review every plan & letter")
    assert book["What moved"]["C3"].data_type == "s"
    assert list(book["Burn-up"].iter_rows(values_only=True))[-1][1:] == (None, 41, None, None)


def test_word_says_what_the_pdf_says_in_tables() -> None:
    document = docx.Document(io.BytesIO(word.word(board_report())))

    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "10 of 41 actions are delivered" in text
    assert "What waits for something else is not reckoned in." in text
    assert "Off track, was at risk." in cells
    assert "one action 55 days behind" in cells


def test_a_report_without_anything_says_so_and_takes_no_page_for_it() -> None:
    page = html.page(first_report())

    for nothing in ("There is no earlier snapshot.", "No item is open.", "No action has been planned yet."):
        assert nothing in page
    assert [numbered.slight for numbered in outline(first_report())] == [False, True, True]


def test_references_of_actions_and_items_have_a_place_of_their_own() -> None:
    assert {"A-104", "A-105", "I-9", "I-10"} <= printed(board_report())
