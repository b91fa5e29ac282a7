"""Pages of moderation: two people grade one case, and neither sees the other’s grade first."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from tests import given_audits
from tests.given_audits import GOOD, WEAK, WORST
from tracker.audits import commands
from tracker.audits.rules import AuditState
from tracker.people.models import Person

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")


def answer(client: FlaskClient, code: str = "plan", *, number: int = 1, **changes: str) -> TestResponse:
    return client.post(f"/brent/audits/{number}/domains/{code}", data={"saves": "0", "finding": "new"} | changes)


def grades(page: TestResponse) -> str:
    """The words of a page, without the radio buttons that name every grade."""
    soup = BeautifulSoup(page.text, "html.parser")
    for buttons in soup.select(".govuk-radios"):
        buttons.decompose()
    return soup.get_text(" ")


def test_a_moderator_does_not_see_the_auditors_grades_before_hers_are_in(
    moderator: FlaskClient, amina: Person, nadia: Person
) -> None:
    audit = given_audits.an_audit(WORST, auditor=amina, domain_grades={"plan": WEAK})
    given_audits.a_finding(audit)
    moderator.post("/brent/audits/1/moderate/begin", data={"version": str(audit.version)})

    assert moderator.get("/brent/audits/1").location == "/brent/audits/1/moderate"
    for path in ("audits/1/moderate", "audits/1/moderate?domain=plan", "audits/1/moderate?domain=whole", "findings/1"):
        page = grades(moderator.get(f"/brent/{path}"))
        assert "Inadequate" not in page, path
        assert "Requires improvement" not in page, path
    listed = moderator.get("/brent/audits").text
    assert "Hidden until you moderate" in listed
    assert "Q-1" not in moderator.get("/brent/audits?show=weak").text
    assert "Inadequate" not in sheet(moderator.get("/brent/audits.xlsx"))


def test_each_domain_opens_once_both_have_graded_it(
    auditor: FlaskClient, moderator: FlaskClient, amina: Person, nadia: Person
) -> None:
    audit = given_audits.a_draft(auditor=amina)
    moderator.post("/brent/audits/1/moderate/begin", data={"version": str(audit.version)})

    moderator.post(
        "/brent/audits/1/moderate/domains/plan", data={"saves": "0", "grade": WEAK, "saw": "Drift since May"}
    )
    assert "Drift since May" not in auditor.get("/brent/audits/1?domain=plan").text
    answer(auditor, grade=GOOD)

    assert "1 of 1 domain differs" in auditor.get("/brent/audits/1?domain=plan").text
    assert "One lower" in moderator.get("/brent/audits/1/moderate").text
    assert "Drift since May" in auditor.get("/brent/audits/1?domain=plan").text


def test_the_auditor_cannot_moderate_herself(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.an_audit(auditor=amina)

    assert "You audited Q-1, so you cannot moderate it" in auditor.get("/brent/audits/1/moderate").text
    assert auditor.post("/brent/audits/1/moderate/begin", data={"version": str(audit.version)}).status_code == 403
    assert auditor.post("/brent/audits/1/moderate/domains/plan", data={"saves": "0", "grade": GOOD}).status_code == 422
    direct = auditor.post(
        "/brent/audits/1/moderate/grade", data={"version": str(audit.version), "grade": GOOD, "reason": "Mine is right"}
    )
    assert direct.status_code == 422
    assert "you cannot moderate it" in direct.text
    assert audit.state is AuditState.DONE


def test_a_moderated_audit_shows_both_grades_and_which_one_counts(
    moderator: FlaskClient, head_of_service: FlaskClient, amina: Person, nadia: Person
) -> None:
    audit = given_audits.an_audit(GOOD, auditor=amina)
    moderator.post("/brent/audits/1/moderate/begin", data={"version": str(audit.version)})

    response = moderator.post(
        "/brent/audits/1/moderate/grade",
        data={"version": str(audit.version), "grade": WEAK, "reason": "Not seen alone"},
    )

    assert response.location == "/brent/audits/1"
    assert "Amina Yusuf gave good, you gave requires improvement" in moderator.get(response.location).text
    page = head_of_service.get("/brent/audits/1").text
    assert "Not seen alone" in page
    assert "Agree a grade" not in page
    moderator.post(
        "/brent/audits/1/agree", data={"version": str(audit.version), "grade": GOOD, "reason": "The log was found"}
    )
    assert (audit.moderator_grade_code, audit.counted_grade) == (WEAK, GOOD)


def test_a_moderators_two_windows_keep_what_both_typed(moderator: FlaskClient, amina: Person, nadia: Person) -> None:
    audit = given_audits.an_audit(auditor=amina)
    commands.begin_moderation(audit, version=audit.version, by=nadia)
    address = "/brent/audits/1/moderate/domains/plan"
    moderator.post(address, data={"saves": "0", "grade": "", "saw": "First"})

    response = moderator.post(address, data={"saves": "0", "grade": GOOD, "saw": "Second"})

    assert response.status_code == 422
    assert "First" in response.text
    assert "Second" in response.text


def sheet(response: TestResponse) -> str:
    """Every cell of a sheet as text."""
    page = load_workbook(BytesIO(response.data)).worksheets[0]
    return " | ".join(str(cell) for line in page.iter_rows(values_only=True) for cell in line if cell is not None)
