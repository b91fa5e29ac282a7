"""The written statement of action in each kind of file."""

import io
from dataclasses import replace

import docx
import openpyxl
import pypdfium2

from reports import build, excel, html, word
from reports.contents import PackContents, ProposedActions, Watching
from reports.outline import outline, printed
from tests.unit.reports.sample_statement import actions, statement_of_action


def said(contents: PackContents) -> str:
    with pypdfium2.PdfDocument(build.pdf(contents)) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def test_each_item_stands_in_inspectors_words_over_what_will_be_done() -> None:
    text = said(statement_of_action())

    for words in (
        "I-10 “The consideration of children’s previous history",
        "Ofsted report, page 2: what needs to improve. Owner: Service Manager, Front Door.",
        "30 September 2026",
        "answers for it: Director of practice",
        "with Metropolitan Police",
        "History is weighed in nine of ten decisions",
        "Rule agreed, 31 July 2026",
        "Watched by Improvement board",
        "No success measure has been agreed yet.",
        "Nobody owns this yet.",
        "No action has been planned yet.",
    ):
        assert words in text, words


def test_deadlines_stand_in_words_and_there_is_room_to_sign() -> None:
    text = said(statement_of_action())

    assert "Done on its last day" in text
    assert "Not known" in text
    assert "Dana Whitfield Director of children’s services Sign here Day signed" in text
    assert "Name: Witness" in text


def test_only_a_self_evaluation_says_that_it_is_a_draft() -> None:
    assert "this is a draft" not in html.page(statement_of_action())


def test_a_statement_without_items_says_so() -> None:
    contents = replace(statement_of_action(), chapters=(ProposedActions(), Watching()))

    page = html.page(contents)

    assert "The report asks for no improvement" in page
    assert all(numbered.slight for numbered in outline(contents))


def test_its_items_and_actions_can_be_linked_to() -> None:
    assert {"I-10", "I-11", "A-106", "A-107"} <= printed(statement_of_action())


def test_a_word_document_has_a_table_for_each_item() -> None:
    document = docx.Document(io.BytesIO(word.word(statement_of_action())))

    heads = [table.rows[0].cells[0].text for table in document.tables]
    assert heads == ["What", "Action", "Action", "Who"]
    assert document.tables[1].rows[1].cells[4].text == "Metropolitan Police"
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "This is the statement of the action that the authority proposes to take." in text
    assert "Ofsted report, page 2: what needs to improve. Owner: Service Manager, Front Door." in text


def test_a_spreadsheet_has_every_action_with_its_day() -> None:
    book = openpyxl.load_workbook(io.BytesIO(excel.xlsx(statement_of_action())))

    rows = list(book["Proposed actions"].iter_rows(values_only=True))
    assert len(rows) == 4
    assert str(rows[1][9]).startswith("2026-09-30")
    assert {"Deadlines", "Signatures"} <= set(book.sheetnames)


def test_success_measures_are_markdown_and_harmless() -> None:
    hostile = replace(actions().items[0].actions[0], success='<script>alert("x")</script> **better**')
    item = replace(actions().items[0], actions=(hostile,))

    page = html.page(replace(statement_of_action(), chapters=(replace(actions(), items=(item,)),)))

    assert "<script>alert" not in page
    assert "<strong>better</strong>" in page
