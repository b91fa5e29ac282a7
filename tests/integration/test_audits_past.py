"""Past audits come in from a council's own spreadsheet: matched, shown row by row, then all of them or none."""

import shutil
import subprocess
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import given, given_audits, given_self_evaluation
from tests.conftest import signed_in
from tests.given_sheets import a_csv, a_workbook
from tests.queries_counted import at_most
from tracker.audits import commands as auditing
from tracker.audits.blind.commands import ask_for_moderation
from tracker.audits.blind.rules import Moderation
from tracker.audits.models import Audit, Finding
from tracker.audits.past import taking_out
from tracker.audits.past.models import PastSheet
from tracker.audits.rules import AuditState, FamilyFeedback, FindingState
from tracker.audits.safety.models import SafetyEscalation
from tracker.audits.summaries import commands as summaries
from tracker.audits.summaries import counting
from tracker.audits.summaries.models import AuditSummary
from tracker.audits.summaries.rules import By, Counted
from tracker.people.models import Authority, Person, Team
from tracker.people.rules import Role
from tracker.platform import history
from tracker.platform.errors import Refused
from tracker.platform.history import HistoryEntry

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")

HEADINGS = (
    "Case ref", "Date of audit", "Team", "Audited by", "Overall judgement", "Moderation grade", "Chronology",
    "Plan quality", "Strengths", "Areas for improvement",
)  # fmt: skip
FIRST = (
    "br-2001", date(2025, 3, 4), "Court team", "Nadia Coyle", "Good", "RI", "Good", "2", "Visits were frequent",
    "- Plans come late\n- No visit to the father",
)  # fmt: skip
SECOND = ("BR-2002", "11 April 2025", "Court team", "Erin Vale", "Inadequate", "", "4", "N/A", "", "")
FILE = (("Case file audits, last year",), (), HEADINGS, FIRST, SECOND)


def bring_in(
    client: FlaskClient, content: bytes, *, name: str = "Audits 2025.xlsx", tool: str = "pre-proceedings"
) -> str:
    """The address of the sheet, after its file was read."""
    answer = client.post("/brent/audits/past", data={"tool": tool, "file": (BytesIO(content), name)})
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"]).removesuffix("/columns")


def as_it_stands(client: FlaskClient, address: str, **changes: str) -> dict[str, str]:
    """What a form posts when only ``changes`` are made to it."""
    page = BeautifulSoup(client.get(address).text, "html.parser")
    posted = {}
    for field in page.select("main select"):
        chosen = field.select_one("option[selected]")
        posted[str(field["name"])] = str(chosen["value"] if chosen else "")
    return {**posted, **changes}


def asked(client: FlaskClient, address: str) -> dict[str, str]:
    """Each word that is asked about, to the name of its question."""
    page = BeautifulSoup(client.get(address).text, "html.parser")
    return {label.text.strip(" “”\n"): str(label["for"]) for label in page.select("main label")}


def accept(client: FlaskClient, address: str) -> None:
    """Take the columns and the meanings that are offered."""
    step = client.post(f"{address}/columns", data=as_it_stands(client, f"{address}/columns"))
    while step.status_code == 302 and step.location.endswith(("/columns", "/words")):
        page = client.get(step.location)
        if page.status_code == 302:
            return
        step = client.post(step.location, data=as_it_stands(client, step.location))
    assert step.status_code == 302, step.text


def outcomes(client: FlaskClient, address: str) -> dict[str, list[str]]:
    """Row of the file -> its outcome and what is said of it."""
    page = BeautifulSoup(client.get(address).text, "html.parser")
    rows = page.select("tbody tr")
    return {
        row.th.text.strip(): [" ".join(cell.text.split()) for cell in row.select("td")[1:]] for row in rows if row.th
    }


def apply(client: FlaskClient, address: str) -> str:
    page = BeautifulSoup(client.get(address).text, "html.parser")
    digest = page.select_one("input[name=digest]")
    assert digest is not None, page.text
    answer = client.post(address, data={"digest": digest["value"]}, follow_redirects=True)
    return answer.text


def brought_in(client: FlaskClient, content: bytes, **how: str) -> str:
    address = bring_in(client, content, **how)
    accept(client, address)
    return apply(client, address)


def audits(session: Session) -> Sequence[Audit]:
    return session.scalars(select(Audit).order_by(Audit.number)).all()


def said(session: Session, counted: Counted, by: By = By.WHOLE) -> dict[str, int]:
    rows = session.execute(
        select(AuditSummary.value, func.sum(AuditSummary.number))
        .where(AuditSummary.by == by, AuditSummary.counted == counted)
        .group_by(AuditSummary.value)
    )
    return {value: number for value, number in rows if number}


@pytest.fixture
def court(brent: Authority) -> Team:
    return given.a_team(name="Court team", authority=brent)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_councils_own_audits_come_in_by_its_own_headings_and_words(
    auditor: FlaskClient, amina: Person, nadia: Person, court: Team, session: Session, kind: str
) -> None:
    rows = [[f"{cell:%d/%m/%Y}" if isinstance(cell, date) and kind == "csv" else cell for cell in row] for row in FILE]
    address = bring_in(auditor, a_workbook(rows) if kind == "xlsx" else a_csv(rows), name=f"Old.{kind}")
    accept(auditor, address)
    seen = outcomes(auditor, address)

    assert seen["4"][0] == "New"
    assert "Moderated grade: Requires improvement" in seen["4"][1]
    assert not audits(session)  # a preview writes nothing
    assert "2 audits brought in, 0 audits changed" in apply(auditor, address)

    first, second = audits(session)
    assert (first.case_reference, first.audited_on, first.team) == ("BR-2001", date(2025, 3, 4), court)
    assert (first.auditor, first.auditor_name) == (nadia, "Nadia Coyle")
    assert (first.state, first.moderation) == (AuditState.DONE, Moderation.NOT_CHOSEN)
    assert (first.grade_code, first.counted_grade) == ("good", "requires_improvement")
    assert {one.domain_code: one.grade_code for one in first.domains} == {"chronology": "good", "plan": "good"}
    assert first.brought_in == f"Old.{kind}, row 4"
    assert [finding.what for finding in first.findings] == ["Plans come late", "No visit to the father"]
    assert (second.auditor, second.auditor_name) == (amina, "Erin Vale")
    assert [one.applies for one in second.domains] == [True, False]


def test_past_audits_count_like_others_and_ask_nothing_of_anybody(
    auditor: FlaskClient, amina: Person, nadia: Person, court: Team, session: Session
) -> None:
    brought_in(auditor, a_workbook(FILE))
    worst = audits(session)[1]

    assert said(session, Counted.AUDIT) == {"Requires improvement": 1, "Inadequate": 1}
    assert said(session, Counted.DOMAIN, By.DOMAIN) == {"Good": 2, "Inadequate": 1}
    assert said(session, Counted.RAISED) == {"Past": 2}
    assert said(session, Counted.PRACTITIONER) == said(session, Counted.TO_AGREE) == said(session, Counted.CLOSED) == {}
    assert not session.scalars(select(SafetyEscalation)).all()
    assert (worst.reaudit_due_on, worst.reaudit, worst.is_flagged) == (None, None, False)
    assert all(finding.agree_by is None for finding in session.scalars(select(Finding)))
    with pytest.raises(Refused, match=r"past audit, brought in from Audits 2025\.xlsx, row 5"):
        ask_for_moderation(worst, version=worst.version, because="To be sure", by=amina)
    with pytest.raises(Refused, match="so it stands as it is"):
        auditing.take_up_again(worst, version=worst.version, by=amina)
    with pytest.raises(Refused, match="past audit"):
        auditing.begin_moderation(worst, version=worst.version, by=nadia)


def test_an_audits_page_and_the_lists_say_where_it_came_from(auditor: FlaskClient, nadia: Person, court: Team) -> None:
    brought_in(auditor, a_workbook(FILE))

    page = auditor.get("/brent/audits/1").text
    assert "Audits 2025.xlsx, row 4" in page
    assert "A past audit is not moderated here" in page
    assert "With the practitioner" not in page
    assert "What you can do now" in page
    assert "Ask for moderation" not in page
    assert "Take it up again" not in auditor.get("/brent/audits/2").text
    assert "Tell the head of service today" not in auditor.get("/brent/audits/2").text
    every = auditor.get("/brent/audits?year=all").text
    assert "Past audit" in every
    assert "Erin Vale" in every
    assert "Erin Vale" not in auditor.get("/brent/audits?year=all&show=mine").text
    assert "Plans come late" in auditor.get("/brent/findings?show=past").text
    assert "Plans come late" not in auditor.get("/brent/findings").text
    for address in (
        "/brent/findings/1",
        "/brent/audits/analysis",
        "/brent/audits/recurring",
        "/brent/audits/moderation",
    ):
        assert auditor.get(address).status_code == 200, address


def test_a_past_finding_can_be_opened_again_to_work_on_it_here(
    auditor: FlaskClient, amina: Person, nadia: Person, court: Team, session: Session
) -> None:
    brought_in(auditor, a_workbook(FILE))
    finding = audits(session)[0].findings[0]
    assert "Open F-1 again" in auditor.get("/brent/findings/1").text

    auditing.reopen_finding(finding, version=finding.version, reason="Still true", by=amina)

    assert (finding.state, finding.agree_by) == (FindingState.OPEN, None)
    assert "Plans come late" in auditor.get("/brent/findings").text


def test_the_same_file_again_changes_nothing_and_a_corrected_one_only_what_it_corrects(
    auditor: FlaskClient, nadia: Person, court: Team, session: Session
) -> None:
    brought_in(auditor, a_workbook(FILE))
    versions = [audit.version for audit in audits(session)]

    again = bring_in(auditor, a_workbook(FILE), name="Other name.xlsx")
    assert {row: told[0] for row, told in outcomes(auditor, again).items()} == {"4": "Same", "5": "Same"}
    assert "Nothing to bring in" in auditor.get(again).text
    digest = {"digest": "anything"}
    assert "nothing to bring in" in auditor.post(again, data=digest).text.lower()

    corrected = ("BR-2001", date(2025, 3, 4), "", "", "Outstanding", "", "", "4", "", "A third thing")
    address = bring_in(auditor, a_workbook((*FILE[:3], corrected, SECOND)))
    assert outcomes(auditor, address)["4"] == [
        "Changed",
        "Overall grade: Good → OutstandingPlan: Good → InadequateFindings: A third thing",
    ]
    apply(auditor, address)

    first, second = audits(session)
    assert (first.grade_code, first.moderated_grade_code, first.team) == ("outstanding", "requires_improvement", court)
    assert [one.grade_code for one in first.domains] == ["good", "inadequate"]
    assert (first.auditor, first.strengths, len(first.findings)) == (nadia, "Visits were frequent", 3)
    assert second.version == versions[1]
    assert said(session, Counted.DOMAIN, By.DOMAIN) == {"Good": 1, "Inadequate": 2}


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


def test_what_moved_since_the_preview_is_looked_at_again(
    auditor: FlaskClient, moderator: FlaskClient, nadia: Person, court: Team, session: Session
) -> None:
    address = bring_in(auditor, a_workbook(FILE))
    accept(auditor, address)
    seen = BeautifulSoup(auditor.get(address).text, "html.parser").select_one("input[name=digest]")
    assert seen is not None
    brought_in(moderator, a_workbook(FILE))

    answer = auditor.post(address, data={"digest": seen["value"]})

    assert "Something has changed since you looked" in answer.text
    assert len(audits(session)) == 2


def test_a_file_that_was_applied_says_so_and_cannot_be_applied_or_changed_again(
    auditor: FlaskClient, nadia: Person, court: Team
) -> None:
    address = bring_in(auditor, a_workbook(FILE))
    accept(auditor, address)
    apply(auditor, address)

    assert "2 audits brought in" in auditor.get(address).text
    for step in ("", "/choices", "/sheet"):
        auditor.post(f"{address}{step}", data={"name": "Audits"})
    assert "was applied on" in auditor.post(f"{address}/columns", data=as_it_stands(auditor, f"{address}/columns")).text
    assert "Audits 2025.xlsx" in auditor.get("/brent/audits/past").text


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"\xd0\xcf\x11\xe0 old", b"\x00\x01"])
def test_what_is_no_spreadsheet_is_refused_in_words(auditor: FlaskClient, content: bytes) -> None:
    answer = auditor.post("/brent/audits/past", data={"file": (BytesIO(content), "audits.xlsx")})

    assert answer.status_code == 422
    assert "govuk-error-message" in answer.text
    assert auditor.post("/brent/audits/past", data={"tool": "no-such-tool"}).status_code == 422
    assert auditor.post("/brent/audits/past", data={}).status_code == 422


def test_only_who_logs_audits_reaches_it_and_each_authority_its_own(
    auditor: FlaskClient, director: FlaskClient, nadia: Person, court: Team, app: Flask
) -> None:
    address = bring_in(auditor, a_workbook(FILE))
    elsewhere = given.an_authority(slug="ealing", name="Ealing")
    other = signed_in(app, given.a_person(name="Bo Lind", authority=elsewhere, role=Role.QA_OFFICER))

    assert director.get("/brent/audits/past").status_code == 403
    assert director.get(address).status_code == 403
    assert other.get(address.replace("/brent/", f"/{elsewhere.slug}/")).status_code == 404
    assert "Bring in past audits" in auditor.get("/brent/audits").text
    assert "Bring in past audits" in auditor.get("/brent/audits/workbooks").text


def many(rows: int) -> bytes:
    return a_workbook((HEADINGS, *((f"BR-{1000 + place}", *FIRST[1:]) for place in range(rows))))


def test_pages_ask_as_little_for_many_rows_as_for_few(auditor: FlaskClient, nadia: Person, court: Team) -> None:
    address = bring_in(auditor, many(150))
    accept(auditor, address)

    for step in ("", "/columns", "/words"):
        with at_most(14):
            auditor.get(f"{address}{step}")
    apply(auditor, address)
    again = bring_in(auditor, many(150))
    with at_most(14):
        assert "Nothing to bring in" in auditor.get(again).text


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


# Taken out again ----------------------------------------------------------------------------------------------------


def found(client: FlaskClient, words: str) -> bool:
    return "/brent/audits/" in client.get(f"/brent/search/?q={words}").text.partition("<main")[2]


def test_a_file_is_taken_out_with_all_it_brought_in_and_its_history_stays(
    auditor: FlaskClient, amina: Person, court: Team, brent: Authority, session: Session
) -> None:
    here = given_audits.an_audit(given_audits.WEAK)
    brought_in(auditor, a_workbook(FILE))
    (sheet,) = session.scalars(select(PastSheet)).all()
    past = [audit for audit in audits(session) if audit.is_past]
    finding, last = past[0].findings[0].id, max(audit.number for audit in past)
    address = f"/brent/audits/past/{sheet.id}"
    assert found(auditor, "frequent")
    assert "Take this file out" in auditor.get(address).text
    assert "Say why it is taken out" in auditor.post(f"{address}/out", data={"because": " "}).text
    assert "2 audits" in auditor.get(f"{address}/out").text

    page = auditor.post(f"{address}/out", data={"because": "The wrong year"}, follow_redirects=True).text

    assert "Taken out on 20 November 2026 by Amina" in page
    assert "Audits 2025.xlsx taken out, 2 audits." in page
    assert audits(session) == [here]
    assert not session.scalars(select(Finding)).all()
    assert summaries.kept(brent) == counting.counts(session.connection(), brent.id)
    assert not found(auditor, "frequent")
    told = session.scalars(select(HistoryEntry).where(HistoryEntry.thing_id == finding)).all()
    assert sorted(entry.what for entry in told) == ["added", "removed"]
    assert {entry.why for entry in told if entry.what == "removed"} == {
        "Audits 2025.xlsx was taken out: The wrong year"
    }
    assert history.faults(brent.id) == []
    with pytest.raises(Refused, match="no audits here"):
        taking_out.take_out(sheet, because="Twice", by=amina)

    brought_in(auditor, a_workbook(FILE))
    assert min(audit.number for audit in audits(session) if audit.is_past) > last


def test_a_file_of_which_something_is_used_stays_and_says_what(
    auditor: FlaskClient, amina: Person, court: Team, brent: Authority, session: Session
) -> None:
    other = given_audits.an_audit(given_audits.WEAK)
    brought_in(auditor, a_workbook(FILE))
    (sheet,) = session.scalars(select(PastSheet)).all()
    first, second = (audit for audit in audits(session) if audit.is_past)
    opened, tied = first.findings
    auditing.reopen_finding(opened, version=opened.version, reason="Still true", by=amina)
    tied.item = given.an_item()
    given_audits.a_reaudit(second, given_audits.GOOD)
    statement = given_self_evaluation.a_statement(f"We audit more [{first.reference}].")
    session.commit()

    page = auditor.get(f"/brent/audits/past/{sheet.id}/out").text
    answer = auditor.post(f"/brent/audits/past/{sheet.id}/out", data={"because": "The wrong year"})

    for use in (
        f"{opened.reference}</a> is open",
        f"{tied.reference}</a> is for {tied.item.reference}",
        f"{second.reference}</a> was audited again",
        f"{first.reference}</a> is named in {statement.reference}",
    ):
        assert use in page
    assert answer.status_code == 422
    assert f"{opened.reference} is open; {tied.reference} is for {tied.item.reference}" in answer.text
    assert "and 1 more" in answer.text
    assert {first, second, other} < set(audits(session))
