"""Pages of findings, and the lists of audits and findings with what they say in words."""

from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from tests import given, given_audits
from tests.conftest import signed_in
from tests.given_audits import DAY, GOOD, WEAK, typed_about
from tests.queries_counted import at_most
from tracker.audits.rules import FindingState
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.platform.db import db

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")


def test_an_owner_joins_an_action_from_the_findings_page(app: Flask, amina: Person) -> None:
    samira = given.a_person(name="Samira Okafor")
    owner, action = signed_in(app, samira), given.an_action()
    finding = given_audits.a_finding(given_audits.an_audit(auditor=amina), owner=samira)
    page = owner.get("/brent/findings/1").text
    assert "Join this action" in page
    assert "Close it" not in page

    owner.post("/brent/findings/1/join", data={"version": str(finding.version), "action": str(action.number)})

    assert finding.action is action
    owner.post("/brent/findings/1/leave", data={"version": str(finding.version)})
    assert finding.action_id is None


def test_somebody_elses_finding_cannot_be_joined_by_posting(head_of_service: FlaskClient, amina: Person) -> None:
    action = given.an_action()
    finding = given_audits.a_finding(given_audits.an_audit(auditor=amina), owner=given.a_person())

    response = head_of_service.post(
        "/brent/findings/1/join", data={"version": str(finding.version), "action": str(action.number)}
    )

    assert response.status_code == 422
    assert "is not yours" in response.text
    assert finding.action_id is None
    assert head_of_service.post("/brent/findings/1/close", data={}).status_code == 403
    assert head_of_service.post("/brent/findings/1/change", data={}).status_code == 403


def test_a_finding_that_evidence_closes_leads_to_a_re_audit_too(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.an_audit(WEAK, auditor=amina, tool_id="case-audit-help-protection")
    given_audits.a_finding(audit)

    before = auditor.get("/brent/findings/1").text
    given_audits.a_reaudit(audit, GOOD)

    assert "Evidence is enough to close it" in before
    assert "Start a re-audit of Q-1" in before
    assert "Start a re-audit of Q-1" not in auditor.get("/brent/findings/1").text


def test_a_finding_closes_by_re_audit_from_its_page(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.an_audit(WEAK, auditor=amina)
    finding = given_audits.a_finding(audit)
    assert "Start a re-audit of Q-1" in auditor.get("/brent/findings/1").text
    refused = auditor.post(
        "/brent/findings/1/close",
        data={"version": str(finding.version), "because": "Better", "evidence": "The week’s tracker"},
    )
    assert "F-1 closes by re-audit" in refused.text
    given_audits.a_reaudit(audit, GOOD)

    response = auditor.post(
        "/brent/findings/1/close", data={"version": str(finding.version), "because": "No drift since", "reaudit": "2"}
    )

    assert response.status_code == 302
    assert finding.state is FindingState.CLOSED
    page = auditor.get("/brent/findings/1").text
    assert "No drift since" in page
    assert "Open it again" in page


def test_a_re_audit_is_started_from_the_audit(auditor: FlaskClient, amina: Person) -> None:
    given_audits.an_audit(WEAK, auditor=amina)
    assert 'value="BR-4471"' in auditor.get("/brent/audits/1/again").text

    response = auditor.post("/brent/audits/1/again", data=typed_about(period_from="12 November 2026"))

    assert response.location == "/brent/audits/2"
    assert "Re-audit of" in auditor.get(response.location).text


def test_a_finding_is_raised_from_a_finished_audit_and_changed(auditor: FlaskClient, amina: Person) -> None:
    given_audits.an_audit(auditor=amina)

    raised = auditor.post("/brent/audits/1/findings/new", data={"what": "Letters are late", "theme": "HP12"})
    assert raised.location == "/brent/findings/1"
    changed = auditor.post("/brent/findings/1/change", data={"what": "Letters are late", "version": "0"})
    assert changed.status_code == 422
    assert "was saved by somebody else" in changed.text


def test_findings_are_filtered_by_links(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.an_audit(auditor=amina, tool_id="case-audit-help-protection", on=date(2026, 10, 1))
    given_audits.a_finding(audit, what="Late to agree", on=date(2026, 10, 1))
    given_audits.a_finding(audit, what="Has an action", action=given.an_action())
    given_audits.closed(given_audits.a_finding(audit, what="All done"), on=DAY)

    late = auditor.get("/brent/findings?show=late").text
    assert "Late to agree" in late
    assert "36 days late" in late
    assert "Has an action" not in late
    assert "All done" in auditor.get("/brent/findings?show=closed").text
    assert "All done" not in auditor.get("/brent/findings").text
    assert "Has an action" in auditor.get("/brent/findings?item=I-1").text
    assert "Late to agree" not in auditor.get("/brent/findings?item=I-1").text


def several_audits(amina: Person, nadia: Person, *, number: int) -> None:
    for place in range(number):
        audit = given_audits.an_audit(
            (GOOD, WEAK)[place % 2],
            auditor=(amina, nadia)[place % 2],
            case_reference=f"BR-{place}",
            on=date(2026, 1 + place % 10, 12),
        )
        given_audits.a_finding(audit, on=audit.audited_on)


def test_the_list_says_in_words_how_good_the_work_is_and_what_changed(
    head_of_service: FlaskClient, amina: Person
) -> None:
    given_audits.moderates_all(amina.memberships[0].authority, share=0)
    for grade, on in ((GOOD, DAY), (WEAK, DAY), (GOOD, date(2026, 2, 1))):
        given_audits.an_audit(grade, auditor=amina, on=on)
    audit = given_audits.an_audit(WEAK, auditor=amina, tool_id="case-audit-help-protection", on=date(2026, 10, 1))
    given_audits.a_finding(audit, on=date(2026, 10, 1))
    given_audits.closed(given_audits.a_finding(audit, on=date(2026, 10, 1)), on=date(2026, 10, 31))

    page = head_of_service.get("/brent/audits").text

    assert "1 of 3 good or better" in page
    assert "1 of 1 good or better" in page
    assert "1 of 2" in page
    assert "30 days" in page


def test_the_list_is_filtered_by_links(auditor: FlaskClient, amina: Person, nadia: Person) -> None:
    given_audits.an_audit(GOOD, auditor=amina, case_reference="BR-1")
    given_audits.an_audit(
        WEAK, auditor=nadia, case_reference="BR-2", tool_id="case-audit-in-care", area_code="children_in_care"
    )
    given_audits.a_draft(auditor=amina, case_reference="BR-3", programme="Autumn round")

    def listed(query: str) -> set[str]:
        page = auditor.get(f"/brent/audits?{query}").text
        return {case for case in ("BR-1", "BR-2", "BR-3") if case in page}

    assert listed("show=mine") == {"BR-1", "BR-3"}
    assert listed("show=weak") == set()  # she may moderate it, so she is not told
    assert listed("show=moderate") == {"BR-2"}
    assert listed("show=draft") == {"BR-3"}
    assert listed("area=children_in_care") == {"BR-2"}
    assert listed("tool=pre-proceedings") == {"BR-1", "BR-3"}
    assert listed("round=Autumn+round") == {"BR-3"}
    assert listed("show=nonsense&sort=nonsense&page=999") == {"BR-1", "BR-2", "BR-3"}


LISTS = {"audits": 22, "audits?year=all&page=2": 22, "findings": 14, "audits.xlsx": 8, "findings.xlsx": 8}
"""Addresses, and the statements that each may take."""


def test_a_list_of_thirty_audits_asks_the_database_no_more_than_a_list_of_eight(
    app: Flask, amina: Person, nadia: Person
) -> None:
    several_audits(amina, nadia, number=8)
    db.session.commit()
    auditors = (amina.id, nadia.id)
    reader = signed_in(app, given.a_person(role=Role.DIRECTOR))
    few = {path: statements_of(reader, path, bound) for path, bound in LISTS.items()}
    several_audits(*(db.session.get_one(Person, who) for who in auditors), number=22)
    db.session.commit()

    many = {path: statements_of(reader, path, bound) for path, bound in LISTS.items()}

    assert {path: count for path, count in many.items() if count > few[path] + 1} == {}


def statements_of(reader: FlaskClient, path: str, bound: int) -> int:
    """Of a page that was asked for before, with nothing of it at hand."""
    reader.get(f"/brent/{path}")
    db.session.expunge_all()
    with at_most(bound) as sent:
        assert reader.get(f"/brent/{path}").status_code == 200
    return len(sent)


@pytest.mark.parametrize(("path", "bound"), [("audits/1", 14), ("audits/1/moderate", 12), ("findings/1", 16)])
def test_one_audit_or_finding_asks_a_bounded_number_of_questions(
    app: Flask, amina: Person, nadia: Person, path: str, bound: int
) -> None:
    audit = given_audits.an_audit(WEAK, auditor=amina, tool_id="case-audit-in-care", area_code="children_in_care")
    for _ in range(10):
        given_audits.a_finding(audit, owner=given.a_person(), action=given.an_action())
    db.session.commit()
    client = signed_in(app, nadia if "moderate" in path else given.a_person(role=Role.DIRECTOR))
    db.session.expunge_all()

    with at_most(bound):
        assert client.get(f"/brent/{path}").status_code == 200


def test_what_is_shown_is_exported(auditor: FlaskClient, amina: Person) -> None:
    audit = given_audits.an_audit(WEAK, auditor=amina, case_reference="BR-7")
    given_audits.an_audit(GOOD, auditor=amina, case_reference="BR-8")
    given_audits.a_finding(audit, what="=1+1 is not a formula here")

    exported = sheet(auditor.get("/brent/audits.xlsx?show=weak"))
    found = sheet(auditor.get("/brent/findings.xlsx"))

    assert "BR-7" in exported
    assert "BR-8" not in exported
    assert "'=1+1 is not a formula here" in found


def sheet(response: TestResponse) -> str:
    """Every cell of a sheet as text."""
    page = load_workbook(BytesIO(response.data)).worksheets[0]
    return " | ".join(str(cell) for line in page.iter_rows(values_only=True) for cell in line if cell is not None)
