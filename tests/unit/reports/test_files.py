import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import docx
import openpyxl
import pytest
from docx.shared import Mm
from openpyxl.worksheet.worksheet import Worksheet

from reports import excel, word
from reports.contents import PackContents, Statement
from reports.html import day
from tests.unit.reports import sample
from tests.unit.reports.sample_statement import statement_of_action

PACKS = [sample.self_evaluation(), sample.improvement_plan(), statement_of_action(), sample.nothing_yet()]
HOSTILE = Statement(reference="S-31", text='=HYPERLINK("http://elsewhere.example") <b>\x07 \u202e **bold** [E-210]')


def book(contents: PackContents) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(excel.xlsx(contents)))


@pytest.mark.parametrize("contents", PACKS)
def test_the_same_contents_make_the_same_files(contents: PackContents) -> None:
    assert excel.xlsx(contents) == excel.xlsx(contents)
    assert word.word(contents) == word.word(contents)


def test_a_spreadsheet_has_a_sheet_for_every_table() -> None:
    sheets = book(sample.self_evaluation()).sheetnames

    assert sheets[:2] == ["About this pack", "Grades"]
    assert {"Plan", "Findings", "Evidence", "Help and protection measures"} <= set(sheets)


def test_a_spreadsheet_holds_every_action_with_its_item_and_its_day() -> None:
    sheet = book(sample.improvement_plan())["Plan"]

    row = next(row for row in sheet.iter_rows(values_only=True) if row[4] == "A-102")
    assert row[0] == "I-9"
    assert str(row[7]).startswith("2026-09-30")
    assert row[9] == "Awaiting sign-off"


def widths(sheet: Worksheet) -> list[float]:
    """Of every column: those that stand side by side and are equally wide are kept as one."""
    return [one.width for one in sheet.column_dimensions.values() for _ in range(one.min or 0, (one.max or 0) + 1)]


def test_no_day_is_wider_than_its_column() -> None:
    """A program shows ### where a day does not fit."""
    shown = [
        (len(day(cell)), width)
        for one in PACKS
        for sheet in book(one)
        for row in sheet.iter_rows(values_only=True)
        for cell, width in zip(row, widths(sheet), strict=False)
        if isinstance(cell, date)
    ]

    assert shown
    assert all(length < width for length, width in shown)


def test_a_row_is_as_tall_as_its_longest_text() -> None:
    contents = sample.with_statement(sample.self_evaluation(), replace(HOSTILE, text="word " * 60))
    sheet = book(contents)["Help and protection statements"]

    assert sheet.row_dimensions[2].height >= 15 * len("word " * 60) / max(widths(sheet))
    assert sheet.row_dimensions[1].height is None


def test_a_sheet_is_so_narrow_that_it_can_be_read_in_print() -> None:
    for sheet in [sheet for one in PACKS for sheet in book(one)]:
        wide = widths(sheet)
        assert sum(wide) <= excel.TOGETHER + len(wide) or max(wide) <= excel.NARROWEST + 1, sheet.title


def test_what_looks_like_a_formula_stays_words() -> None:
    sheet = book(sample.with_statement(sample.self_evaluation(), HOSTILE))["Help and protection statements"]

    cell = sheet["C2"]
    assert cell.data_type == "s"
    assert str(cell.value).startswith("=HYPERLINK(")


def test_a_cell_that_would_not_fit_says_that_it_was_cut() -> None:
    contents = sample.with_statement(sample.self_evaluation(), replace(HOSTILE, text="word " * 20_000))

    assert str(book(contents)["Help and protection statements"]["C2"].value).endswith("the whole text is in the pack)")


def test_sheets_are_named_as_excel_allows() -> None:
    used: set[str] = set()

    names = [excel._sheet_name(wanted, used) for wanted in ["Help: and/or", "help  AND OR", "x" * 40, "x" * 40, "[]"]]

    assert names == ["Help  and or", "help  AND OR 2", "x" * 31, "x" * 29 + " 2", "Table"]


def test_a_word_document_has_real_headings_captions_and_a_contents_field() -> None:
    document = docx.Document(io.BytesIO(word.word(sample.self_evaluation())))
    styles = {paragraph.style.name for paragraph in document.paragraphs if paragraph.style}

    assert {"Title", "Heading 1", "Heading 2", "Heading 3", "Caption", "List Bullet"} <= styles
    assert "TOC" in document.element.xml
    assert document.core_properties.language == "en-GB"


def test_the_list_of_contents_of_a_word_document_is_there_before_anybody_updates_it() -> None:
    document = docx.Document(io.BytesIO(word.word(sample.self_evaluation())))
    listed = [one for one in document.paragraphs if one.style and one.style.name == "toc 1"]
    headings = [one for one in document.paragraphs if one.style and one.style.name == "Heading 1"]

    assert [link.text for one in listed for link in one.hyperlinks] == [one.text for one in headings[1:]]
    marks = {mark for one in headings for mark in re.findall(r'bookmarkStart[^>]* w:name="([^"]+)"', one._p.xml)}
    assert {link.fragment for one in listed for link in one.hyperlinks} == marks
    assert document.element.xml.count('fldCharType="begin"') == document.element.xml.count('fldCharType="end"')


def test_a_word_document_says_paragraphs_in_words_and_keeps_rows_whole() -> None:
    said = Statement(reference="S-90", text="Honest [R-3:49].")
    document = docx.Document(io.BytesIO(word.word(sample.with_statement(sample.self_evaluation(), said))))

    assert any("Honest [R-3, paragraph 49]." in one.text for one in document.paragraphs)
    assert all("w:cantSplit" in row._tr.xml for table in document.tables for row in table.rows)
    across = [sum(column.width or 0 for column in table.columns) for table in document.tables]
    assert all(abs(one - Mm(166)) < Mm(1) for one in across)


def test_every_table_in_a_word_document_repeats_its_head() -> None:
    document = docx.Document(io.BytesIO(word.word(sample.self_evaluation())))

    assert document.tables
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in document.tables)


def test_a_hostile_statement_is_words_in_a_word_document() -> None:
    document = docx.Document(io.BytesIO(word.word(sample.with_statement(sample.self_evaluation(), HOSTILE))))

    paragraph = next(one for one in document.paragraphs if "HYPERLINK" in one.text)
    assert paragraph.text == '=HYPERLINK("http://elsewhere.example") <b>  bold [E-210]'
    assert [run.text for run in paragraph.runs if run.bold] == ["bold"]


def test_a_word_document_reaches_nowhere() -> None:
    with zipfile.ZipFile(io.BytesIO(word.word(sample.self_evaluation()))) as parts:
        targets = " ".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".rels"))

    assert 'TargetMode="External"' not in targets
