"""Questions that must be answered are marked, keep a domain from being done, and are listed before an audit ends."""

from io import BytesIO
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests import given_audits
from tests.given_audits import GOOD, WORST
from tracker.audits import commands
from tracker.audits.asking import Answered
from tracker.audits.models import Audit
from tracker.audits.rules import Given
from tracker.audits.workbooks.written import workbook
from tracker.people.models import Person
from tracker.platform.db import db

pytestmark = pytest.mark.usefixtures("session", "on_the_twentieth_of_november")

REFERRAL = "/brent/audits/1?domain=referral"


@pytest.fixture
def graded(amina: Person) -> Audit:
    """Every domain has a grade; no question is answered."""
    audit = given_audits.a_draft(auditor=amina, tool_id="lado-referrals", authority=amina.memberships[0].authority)
    for domain in audit.domains:
        commands.grade_domain(audit, domain.domain_code, saves=0, given=Given(GOOD), by=amina)
    db.session.commit()
    return audit


def page(client: FlaskClient, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).text, "html.parser")


def test_a_question_that_must_be_answered_says_so_on_the_page_and_in_the_workbook(
    graded: Audit, auditor: FlaskClient
) -> None:
    asked = [domain for domain in graded.domains if domain.unanswered]
    (first, *_), code = asked[0].unanswered, asked[0].domain_code
    form = page(auditor, f"/brent/audits/1?domain={code}")
    book = load_workbook(BytesIO(workbook_of(graded, auditor)))

    field = form.select_one(f"#answer_{first.code}, #note_{first.code}")
    assert field is not None
    group = field.find_parent(class_="govuk-form-group")
    assert group is not None
    assert "Must be answered." in group.get_text()
    rows = [[cell.value or "" for cell in row] for row in book[graded.reference].iter_rows()]
    (row,) = [row for row in rows if row[0] == f"{code}/{first.code}"]
    assert str(row[2]).startswith("Must be answered.")


def workbook_of(audit: Audit, client: FlaskClient) -> bytes:
    return workbook([audit], number=uuid4(), title="Audits")


def test_a_graded_domain_is_not_done_while_a_question_waits_and_what_waits_leads_to_it(
    graded: Audit, auditor: FlaskClient, amina: Person
) -> None:
    waiting = [(domain, question) for domain in graded.domains for question in domain.unanswered]
    with_questions = {domain.domain_code for domain, _ in waiting}

    form = page(auditor, "/brent/audits/1/finish")

    assert f"Domains, {len(graded.domains) - len(with_questions)} of {len(graded.domains)} done" in form.get_text()
    addresses = [str(one["href"]) for one in form.select("form.app-audit ul a")]
    assert len(addresses) == len(waiting)
    for address in addresses:
        assert page(auditor, address).select_one(f"#{address.partition('#')[2]}") is not None
    asked = {"version": str(graded.version), "grade": GOOD, "strengths": "", "safety_action": ""}
    refused = auditor.post("/brent/audits/1/finish", data=asked)
    assert f"{len(waiting)} questions that must be answered wait in" in refused.text

    for domain in graded.domains:
        given = {one.code: answer(graded, domain.domain_code, one.code) for one in domain.unanswered}
        commands.grade_domain(graded, domain.domain_code, saves=1, given=Given(GOOD), answers=given, by=amina)
    db.session.commit()
    form = page(auditor, "/brent/audits/1/finish")
    assert f"Domains, {len(graded.domains)} of {len(graded.domains)} done" in form.get_text()


def answer(audit: Audit, domain: str, code: str) -> Answered:
    question = next(one for one in audit.tool.domain(domain).questions if one.code == code)
    words = audit.tool.answers(question)
    return Answered(answer=list(words)[-1]) if words else Answered(note="Seen in the record")


def test_only_the_domain_whose_grade_asks_for_a_safety_action_holds_its_auditor(
    auditor: FlaskClient, amina: Person
) -> None:
    given_audits.a_draft(auditor=amina)
    grade = {"saves": "0", "finding": "new", "version": "1"}

    unsafe = auditor.post("/brent/audits/1/domains/plan", data=grade | {"grade": WORST})
    good = auditor.post("/brent/audits/1/domains/visits", data=grade | {"grade": GOOD})
    itself = auditor.post(
        "/brent/audits/1/domains/visits", data=grade | {"saves": "1", "grade": GOOD, "then": "autosave"}
    )

    assert unsafe.location == "/brent/audits/1?domain=plan#safety_action"
    assert good.location is not None
    assert good.location.startswith("/brent/audits/1?domain=")
    assert "safety_action" not in good.location
    assert "visits" not in good.location
    assert itself.json is not None
    assert itself.json["asks"] is False
