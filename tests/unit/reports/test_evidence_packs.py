"""A practice example on its page, and the register by area, in each kind of file."""

import io

import docx
import openpyxl
import pypdfium2
import pytest

from reports import build, excel, html, word
from reports.outline import outline, printed
from tests.unit.reports.sample_evidence import evidence_register, practice_example


def words(document: bytes) -> str:
    with pypdfium2.PdfDocument(document) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)


@pytest.fixture(scope="module")
def example() -> build.Document:
    return build.document(practice_example())


def test_a_practice_example_that_uses_all_its_room_is_one_page(example: build.Document) -> None:
    assert example.pages == 1


def test_it_has_the_parts_of_a_submission_in_their_order(example: build.Document) -> None:
    text = words(example.file)
    heads = [
        "Key contact", "Team", "Partners", "Motivation and objectives", "What was done", "What stood in the way",
        "Evidence of impact", "Voice",
    ]  # fmt: skip

    places = [text.index(head) for head in heads]

    assert places == sorted(places)
    assert "Page 1 of 1" in text
    assert "Demonstration" in text


def test_a_longer_one_is_refused_and_not_made_into_two_pages() -> None:
    with pytest.raises(build.CannotBuild, match="would take"):
        build.document(practice_example(done=2_000))


def test_a_register_names_what_is_missing_before_what_there_is() -> None:
    text = words(build.pdf(evidence_register()))

    assert text.index("HP1 Early help") < text.index("E-231 PLO tracker summary")
    assert "Held as: E-232 PLO tracker summary.xlsx" in text
    assert "Stale, 8 months old" in text
    assert "For I-9: plans are dated" in text


def test_an_area_without_evidence_says_so_and_takes_no_page() -> None:
    empty = outline(evidence_register())[1]

    assert empty.slight
    assert "No evidence has been recorded for this area." in html.page(evidence_register())


def test_pieces_can_be_linked_to() -> None:
    assert {"E-231", "E-232"} <= printed(evidence_register())


def test_a_word_document_of_an_example_has_its_sections_and_no_cover() -> None:
    document = docx.Document(io.BytesIO(word.word(practice_example())))
    texts = [paragraph.text for paragraph in document.paragraphs]

    assert {"What was done", "Evidence of impact", "Voice"} <= set(texts)
    assert "Contents" not in texts
    assert document.tables == []


def test_a_word_document_of_a_register_has_gaps_and_evidence() -> None:
    document = docx.Document(io.BytesIO(word.word(evidence_register())))

    assert "HP7 Private fostering" in [paragraph.text for paragraph in document.paragraphs]
    assert document.tables[-1].rows[1].cells[9].text == "E-231 PLO tracker summary.xlsx"


def test_spreadsheets_hold_the_same() -> None:
    register = openpyxl.load_workbook(io.BytesIO(excel.xlsx(evidence_register())))
    page = openpyxl.load_workbook(io.BytesIO(excel.xlsx(practice_example())))["Practice example"]

    assert {"Help and protection", "Help and protection gaps"} <= set(register.sheetnames)
    assert [row[0] for row in page.iter_rows(values_only=True)][:3] == ["Part", "Summary", "Key contact"]
