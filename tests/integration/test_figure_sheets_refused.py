"""What is no figure in a spreadsheet: refused with its cell, and nothing kept of children or of what is hidden."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import load_workbook
from openpyxl.comments import Comment
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import given, given_figures, given_indicators
from tests.given_figures import ADDRESS, LETTERS, SCORECARD, apply, bring_in, errors_of, figures, kept, outcomes
from tests.given_figures import letters as letters  # a fixture
from tests.given_figures import referrals as referrals  # a fixture
from tests.given_sheets import a_workbook
from tracker.indicators.importing import commands as importing
from tracker.indicators.importing.models import FigureSheet
from tracker.indicators.models import Measure
from tracker.people.models import Authority
from tracker.platform import history
from tracker.platform.errors import Refused


def test_what_is_refused_names_its_cell_and_holds_everything_back(
    qa_officer: FlaskClient, letters: Measure, referrals: Measure, session: Session
) -> None:
    rows = (
        ("Measure", "Period", "Numerator", "Denominator", "Value", "Status"),
        (LETTERS, "Oct 2026", 25, 24, "", ""),
        (LETTERS, "Q1", 1, 2, "", ""),
        (LETTERS, "2026-27 Q1", 1, 2, "", ""),
        (LETTERS, "Dec 2099", 1, 2, "", ""),
        (LETTERS, "Oct 2026", 17, 24, "75%", ""),
        (LETTERS, "Jul 2026", "", "", "0.71", ""),
        (LETTERS, "Jul 2026", "", "", "1 in 3", ""),
        ("M-2", "Jul 2026", "", "", "71%", ""),
        ("M-2", "Jul 2026", "", "", 300, "perhaps"),
        ("M-2", "Jun 2026", "", "", 99_999_999_999, ""),
        ("M-2", "May 2026", "", "", date(2026, 5, 1), ""),
        ("M-2", "Apr 2026", "", "", -3, ""),
        ("M-2", "Mar 2026", "", "", 301, ""),
    )
    address = bring_in(qa_officer, a_workbook(rows))
    given_figures.columns(qa_officer, address)
    given_figures.words(qa_officer, address)
    said = {row: what[1].removesuffix(f" Leave row {row} out") for row, what in outcomes(qa_officer, address).items()}
    assert said["2"] == "Cell D2: 25 of 24 is more than all of them. Check both counts."
    assert said["3"] == "Cell B3: “Q1” does not say of which year. Write it like 2026-27 Q1."
    assert said["4"] == "Cell B4: April to June 2026 is no month: each figure of M-1 is of a month."
    assert said["5"] == "Cell C5: The period has not begun. Choose one that has."
    assert said["6"] == "Cell E6: 17 of 24 is 70.8%, and the file says 75%. Check both."
    assert said["7"] == "Cell E7: 0.71 may be 0.71% or 71%. Write it with a percent sign."
    assert said["8"] == "Cell E8: “1 in 3” is no number."
    assert said["9"] == "Cell E9: “71%” is a percentage, and this measure is none."
    assert said["10"] == "Cell F10: “perhaps” is neither provisional nor final. Write one of the two."
    assert said["11"] == "Cell E11: This figure is too large to be one. Check it."
    assert said["12"] == "Cell E12: 1 May 2026 is a day, not a number."
    assert said["13"] == "Cell E13: A figure cannot be less than 0."
    assert said["14"] == "March 2026: 301"

    answer = qa_officer.post(address, data={"digest": "anything"})
    assert answer.status_code == 422
    assert "12 rows are refused, so nothing was applied" in errors_of(answer.text)
    assert figures(referrals, session) == {}

    qa_officer.post(f"{address}/choices", data={"shown": list(range(2, 14)), "leave_out": list(range(2, 14))})
    assert "1 figure recorded" in apply(qa_officer, address)
    assert figures(referrals, session) == {"Mar 26": "301"}


def test_two_cells_that_give_one_figure_must_agree(qa_officer: FlaskClient, letters: Measure, session: Session) -> None:
    rows = (("Measure", "Oct-26"), (LETTERS, "71%"), ("M-1", "71%"), ("M-1", "72%"))
    address = bring_in(qa_officer, a_workbook(rows))
    given_figures.columns(qa_officer, address)
    said = outcomes(qa_officer, address)
    assert (said["2"][0], said["3"][0], said["4"][0]) == ("New", "Same", "Refused")
    assert "Cell B4: Cell B2 gives another figure" in said["4"][1]
    qa_officer.post(f"{address}/choices", data={"shown": "4", "leave_out": "4"})
    apply(qa_officer, address)
    assert figures(letters, session)["Oct 26"] == "71"


CHILDREN = (
    ("Child Unique ID", "Gender", "Date of Birth", "Referral date"),
    ("100200", "F", date(2015, 3, 2), date(2026, 9, 1)),
)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (CHILDREN, "cell A1 is headed “Child Unique ID”"),
        ((("Ref", "Forename", "Oct-26"), (1, "A", 1)), "cell B1 is headed “Forename”"),
        ((("Measure", "Oct-26"), ("UPN", 1)), "cell A2 is headed “UPN”"),
        ((("Measure", "Child’s NHS number (10 digits)", "Oct-26"), (1, 2, 3)), "is headed “Child’s NHS number"),
        ((("Measure", "Oct-26"), ("943 476 5919", 1)), "cell A2 looks like an NHS number"),
        ((("Measure", "Oct-26"), (LETTERS, 9434765919)), "cell B2 looks like an NHS number"),
        ((("Measure", "Oct-26"), ("Born 3 May 2015", 1)), "cell A2 looks like a date of birth"),
        ((("Measure", "Oct-26"), *((f"LL{100200 + n}", 1) for n in range(4))), "4 of its cells look like case numbers"),
        (
            (("ID", "Team", "Visits"), *((20200 + n, "North", 1) for n in range(4))),
            "4 of its cells look like case numbers",
        ),
    ],
    ids=["Annex A", "a name", "UPN", "longer heading", "number", "number as number", "birth", "cases", "numbers"],
)
@pytest.mark.parametrize("pasted", [False, True])
def test_a_list_of_children_is_refused_and_nothing_of_it_is_kept(
    qa_officer: FlaskClient,
    brent: Authority,
    session: Session,
    rows: given_figures.Table,
    why: str,
    pasted: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tracker.platform.storage.keep", lambda stream: pytest.fail("the file was stored"))
    before = session.scalar(select(func.count()).select_from(history.HistoryEntry))
    if pasted:
        table = "\n".join("\t".join(f"{cell}" for cell in row) for row in rows)
        answer = qa_officer.post(ADDRESS, data={"table": table})
    else:
        answer = qa_officer.post(ADDRESS, data={"file": (BytesIO(a_workbook(rows)), "sam-example.xlsx")})
    assert answer.status_code == 422
    assert "This looks like a list of children" in errors_of(answer.text)
    assert why in errors_of(answer.text)
    assert "Nothing of it was kept" in errors_of(answer.text)
    box = BeautifulSoup(answer.text, "html.parser").select("textarea[name=table]")[0]
    assert box.get_text().strip() == ""
    assert "sam-example" not in answer.text
    assert "943" not in answer.text
    assert kept(session) == 0
    assert session.scalar(select(func.count()).select_from(history.HistoryEntry)) == before
    assert "sam-example" not in qa_officer.get(ADDRESS).text


def test_a_list_of_children_on_another_sheet_or_in_the_name_is_refused_too(
    qa_officer: FlaskClient, brent: Authority, session: Session
) -> None:
    book = load_workbook(BytesIO(a_workbook(SCORECARD, name="Scorecard")))
    hidden = book.create_sheet("Data")
    hidden.sheet_state = "hidden"
    for row in CHILDREN:
        hidden.append(list(row))
    file = BytesIO()
    book.save(file)
    for content, name in ((file.getvalue(), "scorecard.xlsx"), (a_workbook(SCORECARD), "943 476 5919.xlsx")):
        answer = qa_officer.post(ADDRESS, data={"file": (BytesIO(content), name)})
        assert "This looks like a list of children" in errors_of(answer.text)
        assert "476" not in answer.text
    assert kept(session) == 0


def test_only_the_cells_of_a_workbook_are_kept_and_none_of_what_it_hides(
    qa_officer: FlaskClient, letters: Measure, session: Session
) -> None:
    book = load_workbook(BytesIO(a_workbook((("Measure", "Oct-26"), (LETTERS, "71%")))))
    book.properties.creator = "Somebody Else"
    book["Sheet"]["B2"].comment = Comment("See Sam Example", "Somebody Else")
    file = BytesIO()
    book.save(file)
    bring_in(qa_officer, file.getvalue())
    content = str(session.scalars(select(FigureSheet.content)).one())
    assert LETTERS in content
    assert "Some" not in content
    assert "Sam" not in content


def hostile_formula() -> bytes:
    return a_workbook((("Measure", "Oct-26"), (LETTERS, "=1+1"), ("M-1", '=WEBSERVICE("http://example.org")')))


def test_a_formula_counts_as_what_it_kept_or_is_refused(qa_officer: FlaskClient, letters: Measure) -> None:
    address = bring_in(qa_officer, hostile_formula())
    given_figures.columns(qa_officer, address)
    said = outcomes(qa_officer, address)
    assert said["2"][1].startswith("Cell B2: This is a formula that kept no result. Open the file in Excel")
    assert said["3"][1].startswith("Cell B3: This is a formula that kept no result.")


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "empty.xlsx", "There is nothing in this file"),
        (b"PK\x03\x04 not a zip", "broken.xlsx", "cut off or damaged"),
        (b"\xd0\xcf\x11\xe0", "old.xls", "old .xls workbook"),
        (b"\x00\x01\x02", "picture.png", "neither a workbook nor text"),
        (b"Measure,Oct-26\n" + b"x,1\n" * 100_000, "many.csv", "more than 5,000 rows"),
        (b"Measure," + b"1," * 200 + b"\n", "wide.csv", "more than 100 columns"),
        (b"Measure,Oct-26\n" + b"a" * 200_000 + b",1\n", "long.csv", "cannot be read"),
        ((b"Measure" + b",1" * 90 + b"\n") * 1_000, "much.csv", "at most 60,000 are read"),
    ],
)
def test_what_cannot_be_figures_is_refused_in_a_sentence(
    qa_officer: FlaskClient, brent: Authority, session: Session, content: bytes, name: str, why: str
) -> None:
    answer = qa_officer.post(ADDRESS, data={"file": (BytesIO(content), name)})
    assert answer.status_code == 422
    assert why in errors_of(answer.text)
    assert kept(session) == 0


def test_ten_megabytes_in_one_cell_are_cut_or_refused(brent: Authority, session: Session) -> None:
    by = given.a_person()
    packed = BytesIO()
    with (
        ZipFile(BytesIO(a_workbook((("Measure", "Oct-26"), ("text", 71))))) as book,
        ZipFile(packed, "w", ZIP_DEFLATED) as made,
    ):
        for part in book.namelist():
            made.writestr(part, book.read(part).replace(b"text", b"a" * 10_000_000 if "shared" in part else b"text"))
    packed.seek(0)
    sheet = importing.bring_in(brent, packed, file_name="long.xlsx", by=by)
    assert len(str(sheet.content)) < 20_000
    with pytest.raises(Refused, match="larger than 10 MB"):
        importing.bring_in(brent, BytesIO(b"a," * 6_000_000), file_name="long.csv", by=by)


@pytest.mark.parametrize(
    "cell", ["9" * 400, "1e400", "NaN", "Infinity", "٣", "1,2,3", "--", "x" * 32_000, "\u202e71", "<script>", "-", "c"]
)
def test_no_cell_ends_in_a_fault(qa_officer: FlaskClient, letters: Measure, cell: str) -> None:
    for rows in (
        (("Measure", "Oct-26"), (LETTERS, cell)),
        (("Measure", "Period", "Numerator", "Denominator", "Value"), (LETTERS, "Oct 2026", cell, cell, "")),
        (("Measure", "Period", "Value"), (cell, cell, 71)),
        ((cell, "Period", "Oct-26"), (LETTERS, cell, 71)),
    ):
        address = bring_in(qa_officer, a_workbook(rows))
        given_figures.columns(qa_officer, address, column_measure="0")
        for page in (f"{address}/columns", f"{address}/words", address):
            assert qa_officer.get(page).status_code in {200, 302}
        assert qa_officer.post(address, data={"digest": "x"}).status_code == 422


def test_a_file_or_a_table_is_asked_for_and_not_both(qa_officer: FlaskClient, brent: Authority) -> None:
    for data in ({}, {"table": "Measure\tOct-26", "file": (BytesIO(b"Measure,Oct-26"), "a.csv")}):
        answer = qa_officer.post(ADDRESS, data=data)
        assert errors_of(answer.text) == "Choose a file or paste its cells: one of the two."


def test_figures_of_another_authority_are_out_of_reach(
    qa_officer: FlaskClient, letters: Measure, session: Session
) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    elsewhere = given_indicators.a_measure(authority=barnet, name="Elsewhere")
    address = bring_in(qa_officer, a_workbook((("Measure", "Oct-26"), ("Elsewhere", "71%"))))
    given_figures.columns(qa_officer, address)
    assert outcomes(qa_officer, address)["2"][0] == "Refused"
    assert qa_officer.get(address.replace("brent", "barnet")).status_code == 404
    assert elsewhere.values == []
