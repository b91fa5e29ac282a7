"""What is read in a council's own spreadsheet of past audits: headings, words and cells, and what is refused."""

import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import given_audits
from tests.given_past_audits import (
    FILE,
    FIRST,
    HEADINGS,
    SECOND,
    accept,
    apply,
    as_it_stands,
    audits,
    bring_in,
    brought_in,
    outcomes,
    said,
)
from tests.given_past_audits import court as court  # a fixture
from tests.given_sheets import a_csv, a_workbook
from tracker.audits.past.models import PastSheet
from tracker.audits.rules import FamilyFeedback
from tracker.audits.summaries.rules import Counted
from tracker.people.models import Authority, Person, Team

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")


def asked(client: FlaskClient, address: str) -> dict[str, str]:
    """Each word that is asked about, to the name of its question."""
    page = BeautifulSoup(client.get(address).text, "html.parser")
    return {label.text.strip(" “”\n"): str(label["for"]) for label in page.select("main label")}


def test_what_was_matched_is_remembered_for_the_next_file(auditor: FlaskClient, nadia: Person, court: Team) -> None:
    headings = ("Our case", "When", "Squad", "Who", "RAG", "", "", "", "", "")
    rows = (headings, (*FIRST[:2], "Courts", "E. Vale", "Green", *FIRST[5:]))
    address = bring_in(auditor, a_workbook(rows))
    places = {"case": "0", "day": "1", "team": "2", "auditor": "3", "grade": "4"}
    auditor.post(f"{address}/columns", data={f"column_{key}": place for key, place in places.items()})
    questions = asked(auditor, f"{address}/words")
    assert {"Courts", "E. Vale", "Green"} == set(questions)
    told = {questions["Courts"]: str(court.id), questions["E. Vale"]: "keep", questions["Green"]: "good"}
    assert auditor.post(f"{address}/words", data=told).status_code == 302
    apply(auditor, address)

    second = (headings, ("BR-3000", date(2025, 5, 6), "Courts", "E. Vale", "Green"))
    address = bring_in(auditor, a_workbook(second), name="Next.xlsx")

    assert outcomes(auditor, address)["2"][0] == "New"
    assert "Team: Court team" in outcomes(auditor, address)["2"][1]
    assert auditor.get(f"{address}/words").status_code == 302


def test_a_file_may_name_the_tool_of_each_audit_and_its_parts_follow(
    auditor: FlaskClient, court: Team, session: Session
) -> None:
    headings = ("Case ref", "Date", "Audit type", "Rating", "Chronology", "Quality of discussion")
    rows = (
        headings,
        ("BR-1", date(2025, 3, 4), "Pre-proceedings", "Good", "Good", ""),
        ("BR-2", date(2025, 3, 5), "Supervisions of ours", "Good", "", ""),
    )
    address = bring_in(auditor, a_workbook(rows), tool="")
    columns = as_it_stands(auditor, f"{address}/columns")
    assert columns["column_tool"] == "2"
    assert columns["column_domain_chronology"] == "4"
    step = auditor.post(f"{address}/columns", data=columns)
    assert step.location.endswith("/words")
    question = asked(auditor, step.location)["Supervisions of ours"]
    step = auditor.post(step.location, data={question: "supervision"})

    assert step.location.endswith("/columns")  # the parts of the tool that is known now can be chosen
    accept(auditor, address)
    apply(auditor, address)
    assert [audit.tool_id for audit in audits(session)] == ["pre-proceedings", "supervision"]
    assert [audit.area_code for audit in audits(session)] == ["help_protection", "leadership"]


def changed(place: int, cell: object) -> tuple[object, ...]:
    return (*FIRST[:place], cell, *FIRST[place + 1 :])


@pytest.mark.parametrize(
    ("place", "cell", "at", "reason"),
    [
        (0, "Jade Smith", "A4", "This looks like a name"),
        (0, "", "A4", "Give the case a made-up reference"),
        (0, "9434765919", "A4", "an NHS number"),
        (1, "11/12/25", "B4", "is not a day. Write it like"),
        (1, "soon", "B4", "is not a day. Write it like"),
        (1, 45720, "B4", "is not a day"),
        (1, date(2027, 1, 1), "B4", "has not come yet"),
        (2, "Nobody's team", "C4", "No team here is called"),
        (4, "", "E4", "Give the overall grade"),
        (4, "Splendid", "E4", "is no grade of Case audit, pre-proceedings"),
        (8, "Seen. NHS 943 476 5919", "I4", "Take it out; use the case reference"),
        (8, "x" * 5_001, "I4", "Use at most 5,000 characters"),
        (9, "Born 4 March 2015, so late", "J4", "a date of birth"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_with_its_cell_and_holds_everything_back(
    auditor: FlaskClient, nadia: Person, court: Team, session: Session, place: int, cell: object, at: str, reason: str
) -> None:
    rows = (*FILE[:3], changed(place, cell), SECOND)
    content = a_csv([[f"{one:%d/%m/%Y}" if isinstance(one, date) else one for one in row] for row in rows])
    address = bring_in(auditor, content)
    auditor.post(f"{address}/columns", data=as_it_stands(auditor, f"{address}/columns"))

    outcome, why = outcomes(auditor, address)["4"]

    assert (outcome, why.startswith(f"Cell {at}: ")) == ("Refused", True), why
    assert reason in why
    assert "943 476 5919" not in auditor.get(address).text
    assert "nothing was brought in" in auditor.post(address, data={"digest": "0" * 64}).text
    assert not audits(session)


def test_a_cell_of_ten_megabytes_is_cut_and_refused(
    auditor: FlaskClient, nadia: Person, court: Team, session: Session
) -> None:
    """A spreadsheet program lets nobody type so much, so it is put into the file behind its back."""
    file = BytesIO()
    with (
        ZipFile(BytesIO(a_workbook((*FILE[:3], changed(8, "so much"))))) as plain,
        ZipFile(file, "w", ZIP_DEFLATED) as packed,
    ):
        for part in plain.infolist():
            packed.writestr(part.filename, plain.read(part).replace(b"so much", b"x" * 10_000_000))

    address = bring_in(auditor, file.getvalue())
    accept(auditor, address)

    assert outcomes(auditor, address)["4"][0] == "Refused"
    assert "Cell I4: Use at most 5,000 characters" in auditor.get(address).text
    assert len(auditor.get(address).text) < 100_000


def test_a_refused_row_can_be_left_out_and_taken_in_again(
    auditor: FlaskClient, nadia: Person, court: Team, session: Session
) -> None:
    address = bring_in(auditor, a_workbook((*FILE[:3], changed(0, "Jade Smith"), SECOND)))
    accept(auditor, address)

    auditor.post(f"{address}/choices", data={"shown": ["4"], "leave_out": ["4"]})
    assert outcomes(auditor, address)["4"][0] == "Left out"
    assert "Jade Smith" not in auditor.get(address).text
    auditor.post(f"{address}/choices", data={"shown": ["4"]})
    assert outcomes(auditor, address)["4"][0] == "Refused"
    auditor.post(f"{address}/choices", data={"shown": ["4"], "leave_out": ["4"]})
    apply(auditor, address)

    assert [audit.case_reference for audit in audits(session)] == ["BR-2002"]


def test_an_audit_that_was_made_here_is_never_overwritten_nor_a_case_taken_twice_from_one_file(
    auditor: FlaskClient, amina: Person, nadia: Person, court: Team
) -> None:
    given_audits.an_audit(auditor=amina, case_reference="BR-2001", on=date(2026, 11, 12))

    address = bring_in(auditor, a_workbook((*FILE[:3], changed(1, date(2026, 11, 12)), SECOND, SECOND)))
    accept(auditor, address)

    seen = outcomes(auditor, address)
    assert "Q-1 is an audit of this case with this tool on that day that was made here" in seen["4"][1]
    assert seen["5"][0] == "New"
    assert "Row 5 is of the same case, tool and day" in seen["6"][1]


@pytest.mark.parametrize("heading", ["Child's name", "DOB", "NHS number", "Surname", "Date of birth"])
def test_a_file_with_a_column_that_leads_to_a_child_is_not_even_kept(
    auditor: FlaskClient, session: Session, heading: str
) -> None:
    content = a_workbook(((*HEADINGS, heading), (*FIRST, "Jade Smith")))

    answer = auditor.post("/brent/audits/past", data={"tool": "pre-proceedings", "file": (BytesIO(content), "a.xlsx")})

    assert answer.status_code == 422
    assert "Nothing of it was kept" in answer.text
    assert not session.scalars(select(PastSheet)).all()


def test_text_that_a_spreadsheet_would_run_is_kept_as_text_and_leaves_harmless(
    auditor: FlaskClient, court: Team, session: Session
) -> None:
    row = (
        "BR-1",
        "4/3/2025",
        "Court team",
        '=HYPERLINK("http://x.invalid","Nadia")',
        "Good",
        "",
        "",
        "",
        "+1+1",
        "@SUM(A1)",
    )
    brought_in(auditor, a_csv((HEADINGS, row)), name="=cmd.csv")

    audit = audits(session)[0]
    assert (audit.auditor_name, audit.strengths) == ('=HYPERLINK("http://x.invalid","Nadia")', "+1+1")
    page = load_workbook(BytesIO(auditor.get("/brent/audits.xlsx?year=all").data)).worksheets[0]
    cells = [cell for line in page.iter_rows() for cell in line]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(str(cell.value).startswith("'=HYPERLINK") for cell in cells)
    findings = load_workbook(BytesIO(auditor.get("/brent/findings.xlsx?show=all").data)).worksheets[0]
    assert findings["B2"].value == "'@SUM(A1)"


def test_headings_that_are_merged_over_two_rows_and_columns_are_found(
    auditor: FlaskClient, nadia: Person, court: Team
) -> None:
    book = load_workbook(BytesIO(a_workbook((("Audits",), ("About", "", "", "", "Grades"), HEADINGS, FIRST, SECOND))))
    page = book.active
    assert page is not None
    page.merge_cells("A1:J1")
    page.merge_cells("A2:D2")
    page.merge_cells("E2:H2")
    file = BytesIO()
    book.save(file)

    address = bring_in(auditor, file.getvalue())
    accept(auditor, address)

    assert {row: told[0] for row, told in outcomes(auditor, address).items()} == {"4": "New", "5": "New"}


def test_the_sheet_with_the_audits_is_found_and_can_be_chosen(auditor: FlaskClient, nadia: Person, court: Team) -> None:
    book = load_workbook(BytesIO(a_workbook(FILE, name="Audits")))
    other = book.create_sheet("Archive")
    for line in FILE[2:4]:
        other.append(list(line))
    file = BytesIO()
    book.save(file)
    address = bring_in(auditor, file.getvalue())
    assert "sheet “Audits”" in auditor.get(f"{address}/columns").text

    auditor.post(f"{address}/sheet", data={"name": "Archive"})

    assert "sheet “Archive”" in auditor.get(f"{address}/columns").text
    assert list(outcomes(auditor, address)) == ["2"]
    assert auditor.post(f"{address}/sheet", data={"name": "Nowhere"}).status_code == 409


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0 old", b"\x00\x01"])
def test_what_is_no_spreadsheet_is_refused_in_words(auditor: FlaskClient, content: bytes) -> None:
    answer = auditor.post("/brent/audits/past", data={"file": (BytesIO(content), "audits.xlsx")})

    assert answer.status_code == 422
    assert "govuk-error-message" in answer.text
    assert auditor.post("/brent/audits/past", data={"tool": "no-such-tool"}).status_code == 422
    assert auditor.post("/brent/audits/past", data={}).status_code == 422


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_file_that_libreoffice_saved_comes_in_whole(
    auditor: FlaskClient, nadia: Person, court: Team, tmp_path: Path, session: Session
) -> None:
    (tmp_path / "in.xlsx").write_bytes(a_workbook(FILE))
    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    saved = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", "out", "in.xlsx"]
    subprocess.run(saved, cwd=tmp_path, check=True, capture_output=True, timeout=110)

    brought_in(auditor, (tmp_path / "out" / "in.xlsx").read_bytes())

    first, second = audits(session)
    assert (first.audited_on, second.audited_on) == (date(2025, 3, 4), date(2025, 4, 11))
    assert [finding.what for finding in first.findings] == ["Plans come late", "No visit to the father"]


# Who was heard ------------------------------------------------------------------------------------------------------

HEARD = ("Case ref", "Date", "Rating", "Practitioner involved", "Practitioner comments", "Family feedback",
         "Family comments")  # fmt: skip


def test_what_practitioner_and_family_said_comes_in_and_counts_only_where_the_file_says_it(
    auditor: FlaskClient, brent: Authority, session: Session
) -> None:
    rows = (
        HEARD,
        ("BR-1", date(2025, 3, 4), "Good", "Yes", "I had not seen the gap", "Obtained", "She rang us back"),
        ("BR-2", date(2025, 3, 5), "Good", "n", "", "Spoke to dad", ""),
        ("BR-3", date(2025, 3, 6), "Good", "", "", "", ""),
        ("BR-4", date(2025, 3, 7), "Good", "", "", "", "Nobody asked us"),
    )
    address = bring_in(auditor, a_workbook(rows))
    step = auditor.post(f"{address}/columns", data=as_it_stands(auditor, f"{address}/columns"))
    questions = asked(auditor, step.location)
    assert list(questions) == ["Spoke to dad"]
    auditor.post(step.location, data={questions["Spoke to dad"]: "Obtained"})
    seen = outcomes(auditor, address)["2"][1]
    apply(auditor, address)

    assert "Whether the practitioner took part: Yes" in seen
    assert "What the family said: She rang us back" in seen
    told = [
        (one.with_practitioner, one.practitioner_said, one.family_feedback, one.family_said) for one in audits(session)
    ]
    obtained = FamilyFeedback.OBTAINED
    assert told == [
        (True, "I had not seen the gap", obtained, "She rang us back"),
        (False, "", obtained, ""),
        (None, "", None, ""),
        (None, "", obtained, "Nobody asked us"),
    ]
    assert said(session, Counted.PRACTITIONER) == {"took part": 1, "did not": 1}
    assert said(session, Counted.FAMILY) == {"Obtained": 3}
    page = auditor.get("/brent/audits/analysis?from=2025-03&to=2025-03").text
    assert "With the practitioner: 1 of 2. Families heard: 3 of 3." in page
    shown = auditor.get("/brent/audits/1").text
    assert "I had not seen the gap" in shown
    assert "She rang us back" in shown
    assert "With the practitioner" not in auditor.get("/brent/audits/3").text
    again = bring_in(auditor, a_workbook(rows), name="Again.xlsx")
    assert {told[0] for told in outcomes(auditor, again).values()} == {"Same"}


def test_words_of_a_family_that_was_not_heard_are_refused(auditor: FlaskClient, brent: Authority) -> None:
    row = ("BR-1", date(2025, 3, 4), "Good", "", "", "Declined", "They were kind")
    address = bring_in(auditor, a_workbook((HEARD, row)))
    accept(auditor, address)

    assert "what the family said. Say that their feedback was obtained" in outcomes(auditor, address)["2"][1]
