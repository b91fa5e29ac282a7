"""Audits answered in a workbook come back without loss, and never over what was changed here meanwhile."""

import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from werkzeug.test import TestResponse

from tests import given_audits
from tests.given_audits import GOOD, WEAK
from tracker.audits import commands
from tracker.people.models import Authority, Person

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")

Fill = Callable[[Any], None]


def sent_out(client: FlaskClient, *numbers: int) -> bytes:
    response = client.post("/brent/audits/workbooks/send-out", data={"audits": [str(number) for number in numbers]})
    assert response.status_code == 200
    content: bytes = response.data
    return content


def filled(content: bytes, fill: Fill) -> bytes:
    """The workbook as somebody saves it after filling cells."""
    book, file = load_workbook(BytesIO(content)), BytesIO()
    fill(book)
    book.save(file)
    return file.getvalue()


def row(page: Worksheet, key: str) -> int:
    number: int = next(cell.row for cell in page["A"] if cell.value == key)
    return number


def brought_back(client: FlaskClient, content: bytes) -> TestResponse:
    response = client.post("/brent/audits/workbooks", data={"file": (BytesIO(content), "audits.xlsx")})
    return client.get(response.location) if response.status_code == 302 else response


def applied(client: FlaskClient, page: TestResponse) -> TestResponse:
    digest = page.text.partition('name="digest" value="')[2][:64]
    return client.post(page.request.path, data={"digest": digest}, follow_redirects=True)


def plan_is_weak(book: Any) -> None:
    page = book["Q-1"]
    at = row(page, "plan")
    page[f"D{at}"], page[f"E{at}"], page[f"F{at}"] = "requires improvement", "Reviewed\ntwice", "A child waited"
    page[f"E{row(page, 'whole')}"] = "Frequent visits"


def test_what_was_answered_offline_comes_back_whole(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.a_draft(auditor=amina)
    given_audits.graded(audit, "chronology", GOOD, seen="All dates are there")

    page = brought_back(auditor, filled(sent_out(auditor, 1), plan_is_weak))
    assert "Apply to 1 audit" in page.text
    assert audit.domains[3].seen == ""  # a preview changes nothing
    applied(auditor, page)

    plan = audit.domains[3]
    assert (plan.grade_code, plan.seen, plan.difference) == (WEAK, "Reviewed\ntwice", "A child waited")
    assert audit.strengths == "Frequent visits"
    assert audit.domains[0].seen == "All dates are there"
    assert "Every cell says what stands here already" in brought_back(auditor, sent_out(auditor, 1)).text


def test_a_case_that_was_given_is_begun_by_taking_it_away(
    auditor: FlaskClient, brent: Authority, amina: Person
) -> None:
    case = given_audits.an_allocated_case(brent, to=amina)
    page = auditor.get("/brent/audits/workbooks").text
    assert case.case_reference in page
    assert "Downloading begins each as your draft" in page

    response = auditor.post("/brent/audits/workbooks/send-out", data={"cases": [str(case.id)]})

    assert case.audit is not None
    assert case.audit.auditor == amina
    assert case.audit.programme == "The year"
    assert "Q-1" in load_workbook(BytesIO(response.data)).sheetnames
    again = auditor.post("/brent/audits/workbooks/send-out", data={"cases": [str(case.id)]})
    assert again.status_code == 422


def test_the_sheet_is_locked_but_for_its_answers_and_offers_the_grades(auditor: FlaskClient, amina: Person) -> None:
    given_audits.a_draft(auditor=amina)

    page = load_workbook(BytesIO(sent_out(auditor, 1)))["Q-1"]
    at = row(page, "plan")

    assert page.protection.sheet
    assert page[f"B{at}"].protection.locked
    assert not page[f"D{at}"].protection.locked
    assert page.freeze_panes == "C3"
    assert any(f"D{at}" in str(rule.sqref) and rule.type == "list" for rule in page.data_validations.dataValidation)


def test_what_changed_here_meanwhile_is_shown_and_kept_until_the_auditor_chooses(
    auditor: FlaskClient, amina: Person
) -> None:
    audit = given_audits.a_draft(auditor=amina)
    file = filled(sent_out(auditor, 1), plan_is_weak)
    given_audits.graded(audit, "plan", WEAK, seen="Written here meanwhile")

    page = brought_back(auditor, file)

    assert "Keep what is here: Written here meanwhile" in page.text
    assert "digest" not in page.text
    assert "Choose whose text stands" in applied(auditor, page).text
    assert audit.domains[3].seen == "Written here meanwhile"
    sheet = load_workbook(BytesIO(file))["Q-1"]
    choice = f"stands Q-1 E{row(sheet, 'plan')}"
    settled = auditor.post(f"{page.request.path}/choices", data={choice: "here"}, follow_redirects=True)
    applied(auditor, settled)
    assert audit.domains[3].seen == "Written here meanwhile"
    assert audit.domains[3].difference == "A child waited"


def wrong_grade(book: Any) -> None:
    plan_is_weak(book)
    book["Q-1"][f"D{row(book['Q-1'], 'visits')}"] = "Splendid"


def a_childs_number(book: Any) -> None:
    plan_is_weak(book)
    book["Q-1"][f"E{row(book['Q-1'], 'visits')}"] = "NHS 943 476 5919"


@pytest.mark.parametrize(
    ("fill", "said"), [(wrong_grade, "none of the words offered here"), (a_childs_number, "NHS number")]
)
def test_one_refused_cell_is_named_and_holds_everything_back(
    auditor: FlaskClient, amina: Person, fill: Fill, said: str
) -> None:
    audit = given_audits.a_draft(auditor=amina)

    page = brought_back(auditor, filled(sent_out(auditor, 1), fill))

    assert said in page.text
    assert "Refused" in page.text
    assert "nothing was applied" in applied(auditor, page).text
    assert all(not domain.seen for domain in audit.domains)


def test_an_audit_that_is_finished_meanwhile_is_refused_and_another_auditors_file_is_too(
    auditor: FlaskClient, moderator: FlaskClient, amina: Person, nadia: Person
) -> None:
    audit = given_audits.a_draft(auditor=amina)
    file = filled(sent_out(auditor, 1), plan_is_weak)

    assert "Only the auditor can change what it says" in brought_back(moderator, file).text
    for domain in audit.domains:
        given_audits.graded(audit, domain.domain_code, GOOD)
    commands.finish(audit, version=audit.version, grade=GOOD, strengths="Visits", by=amina, on=given_audits.DAY)

    assert "changed on both sides" in brought_back(auditor, file).text.lower()


def test_a_file_of_somebody_else_is_no_workbook_of_audits(auditor: FlaskClient, amina: Person) -> None:
    given_audits.a_draft(auditor=amina)

    def unnamed(book: Any) -> None:
        del book["About this file"]

    assert (
        "no workbook of audits that was downloaded here"
        in brought_back(auditor, filled(sent_out(auditor, 1), unnamed)).text
    )
    assert auditor.post("/brent/audits/workbooks", data={}).status_code == 422
    assert auditor.post("/brent/audits/workbooks/send-out", data={}).status_code == 422
    assert auditor.get("/brent/audits/workbooks").status_code == 200


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.any_database
def test_a_workbook_that_libreoffice_saved_comes_back_whole(
    auditor: FlaskClient, amina: Person, tmp_path: Path
) -> None:
    audit = given_audits.a_draft(auditor=amina)
    given_audits.graded(audit, "chronology", GOOD, seen="1/2 of the dates\nare there", difference="None")
    (tmp_path / "in.xlsx").write_bytes(filled(sent_out(auditor, 1), plan_is_weak))

    home = f"-env:UserInstallation=file://{tmp_path / 'home'}"
    saved = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", "out", "in.xlsx"]
    subprocess.run(saved, cwd=tmp_path, check=True, capture_output=True, timeout=110)
    page = brought_back(auditor, (tmp_path / "out" / "in.xlsx").read_bytes())
    applied(auditor, page)

    assert audit.domains[3].grade_code == WEAK
    assert audit.domains[0].seen == "1/2 of the dates\nare there"
