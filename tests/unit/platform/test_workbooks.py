"""Files that people send in: what is read, what is refused, and that nothing unpacks beyond its bounds."""

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from tracker.platform import columns, workbooks
from tracker.platform.columns import Wanted
from tracker.platform.errors import Refused

WANTED = (Wanted("item", "Item", ("Recommendation",)), Wanted("title", "Action"), Wanted("lead", "Lead", ("Owner",)))


def a_book(**sheets: list[list[object]]) -> BytesIO:
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file


def test_rows_keep_the_numbers_that_the_spreadsheet_shows() -> None:
    (sheet,) = workbooks.read(a_book(Plan=[["a"], [], [None, date(2026, 3, 4), 3.0]]))
    assert [(row.number, row.cells) for row in sheet.rows] == [(1, ("a",)), (3, (None, date(2026, 3, 4), 3))]


def test_a_formula_counts_as_text_of_nothing_until_a_program_has_worked_it_out() -> None:
    (sheet,) = workbooks.read(a_book(Plan=[["a", "=1+1"]]))
    assert sheet.rows[0].cells == ("a",)


@pytest.mark.parametrize("content", [b"a;b\n1;2\n", b"a,b\n1,2\n", b"a\tb\n1\t2\n", b"\xef\xbb\xbfa,b\r\n1,2\r\n"])
def test_text_is_parted_by_whatever_parts_it(content: bytes) -> None:
    (sheet,) = workbooks.read(BytesIO(content))
    assert [row.cells for row in sheet.rows] == [("a", "b"), ("1", "2")]


def test_a_small_file_that_unpacks_to_much_is_refused_unopened() -> None:
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (workbooks.LARGEST_UNPACKED + 1))
    bomb.seek(0)
    assert len(bomb.getvalue()) < 200_000
    with pytest.raises(Refused, match="too large"):
        workbooks.read(bomb)


def test_a_workbook_that_asks_for_other_files_is_not_obeyed() -> None:
    evil = BytesIO()
    with ZipFile(evil, "w") as packed:
        packed.writestr(
            "xl/workbook.xml", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook>&e;</workbook>'
        )
    evil.seek(0)
    with pytest.raises(Refused, match="cannot be read"):
        workbooks.read(evil)


def test_more_rows_than_a_plan_can_have_are_refused() -> None:
    text = "a,b\n" + "1,2\n" * workbooks.MOST_ROWS
    with pytest.raises(Refused, match="more than 5,000 rows"):
        workbooks.read(BytesIO(text.encode()))


def test_formatting_far_below_the_plan_is_not_read() -> None:
    (sheet,) = workbooks.read(BytesIO(b"a,b\n1,2\n" + b",\n" * 50_000 + b"3,4\n"))
    assert len(sheet.rows) == 2


def test_what_a_spreadsheet_would_run_comes_back_as_it_was_written() -> None:
    (sheet,) = workbooks.read(BytesIO(b"a\n'=1+1\n'tis so\n"))
    assert [row.cells[0] for row in sheet.rows] == ["a", "=1+1", "'tis so"]


def test_the_heading_row_is_found_below_a_title() -> None:
    (sheet,) = workbooks.read(BytesIO(b"Our plan\n\nNo,Recommendation,Action,Owner\n1,x,y,z\n"))
    headings = columns.headings(sheet, WANTED, {})
    assert headings.row == 3
    assert columns.suggested(headings.names, WANTED, {}) == {"item": 1, "title": 2, "lead": 3}


def test_what_was_chosen_before_counts_more_than_likeness() -> None:
    remembered = {"owner": "", "whose": "lead"}
    assert columns.suggested(("Action", "Owner", "Whose"), WANTED, remembered) == {"title": 0, "lead": 2}


def test_figures_are_read_as_their_cells_show_them() -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append([0.7083, 0.7083, date(2026, 4, 1), date(2026, 4, 1), date(2026, 1, 1), "=1+1", 0.5])
    for cell, number_format in {
        "A1": "0.0%", "B1": '0.0"%"', "C1": "mmm-yy", "D1": "dd/mm/yyyy", "E1": "yyyy", "G1": "[Red]0.0",
    }.items():  # fmt: skip
        page[cell].number_format = number_format
    file = BytesIO()
    book.save(file)
    file.seek(0)

    (sheet,) = workbooks.read(file, as_shown=True)
    assert sheet.rows[0].cells == ("70.83%", 0.7083, "April 2026", date(2026, 4, 1), "2026", "=1+1", 0.5)
    file.seek(0)
    assert workbooks.read(file)[0].rows[0].cells[0] == 0.7083


def test_columns_beyond_the_bound_are_refused_where_nothing_may_be_lost() -> None:
    file = BytesIO(b"a," * 100 + b"b\n")
    with pytest.raises(Refused, match="more than 100 columns"):
        workbooks.read(file, as_shown=True)
    file.seek(0)
    assert workbooks.read(file)[0].width == 100


def test_a_known_separator_parts_a_text() -> None:
    assert workbooks.read(BytesIO(b"a, b, c\td"), separator="\t")[0].rows[0].cells == ("a, b, c", "d")


def test_an_outside_entity_of_a_workbook_is_never_opened(tmp_path: Path) -> None:
    secret, prepared, put_in = tmp_path / "secret", BytesIO(), 0
    secret.write_text("what stands in a file of the machine", encoding="ascii")
    with ZipFile(a_book(Plan=[["Action", "PLACE"]])) as before, ZipFile(prepared, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if b"PLACE" in part:
                entity = f'<!DOCTYPE x [<!ENTITY out SYSTEM "{secret.as_uri()}">]>'.encode()
                at = part.find(b"?>") + 2 if part.startswith(b"<?xml") else 0
                part, put_in = part[:at] + entity + part[at:].replace(b"PLACE", b"&out;"), put_in + 1
            after.writestr(name, part)
    prepared.seek(0)

    try:
        found = str(workbooks.read(prepared))
    except Refused as refused:
        found = str(refused)

    assert put_in == 1
    assert "what stands in a file" not in found
