"""A panel: several moderators grade one case alone, see each other's grades once all are in, and settle on one."""

from collections.abc import Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import given_audits
from tests.conftest import signed_in
from tests.given_audits import GOOD, WEAK
from tracker.audits.models import Audit
from tracker.audits.panel import queries
from tracker.audits.rules import AuditState
from tracker.people.models import Authority, Person

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")

PAGE = "/brent/audits/1/panel"


@pytest.fixture
def ruth(brent: Authority) -> Person:
    return given_audits.a_qa_officer("Ruth Bell", authority=brent)


@pytest.fixture
def audit(amina: Person) -> Audit:
    return given_audits.an_audit(GOOD, auditor=amina)


def grades(audit: Audit, grade: str, reason: str, version: int = 1) -> Mapping[str, str]:
    domains = {f"domain_{domain.domain_code}": grade for domain in audit.domains}
    return {"version": str(version), "grade": grade, "reason": reason, **domains}


def test_a_panel_grades_alone_then_side_by_side_and_settles(
    app: Flask, moderator: FlaskClient, auditor: FlaskClient, audit: Audit, ruth: Person, nadia: Person
) -> None:
    member = signed_in(app, ruth)
    assert moderator.post(PAGE, data={"version": str(audit.version), "members": [str(ruth.id)]}).location == PAGE
    assert member.post(PAGE, data=grades(audit, WEAK, "Drift since May")).location == PAGE

    waiting = moderator.get(PAGE).text
    assert "Drift since May" not in waiting
    assert "Nadia Coyle: waited for" not in member.get(PAGE).text.replace("\n", "") or "Requires" not in waiting
    moderator.post(PAGE, data=grades(audit, GOOD, "Plans were reviewed"))
    side_by_side = moderator.get(PAGE).text

    assert "Drift since May" in side_by_side
    assert "(differs)" in side_by_side
    assert "Settle on these grades" in side_by_side
    assert "Settle on these grades" not in member.get(PAGE).text
    moderator.post(PAGE, data=grades(audit, WEAK, "The drift weighs more", audit.version))
    assert (audit.state, audit.counted_grade, audit.moderator_grade_code) == (AuditState.MODERATED, WEAK, GOOD)
    assert "The drift weighs more" in auditor.get(PAGE).text
    assert [seat.grade_code for seat in queries.seats(audit)] == [GOOD, WEAK]


def test_what_a_panel_may_not_be(
    app: Flask, moderator: FlaskClient, auditor: FlaskClient, audit: Audit, amina: Person, nadia: Person, ruth: Person
) -> None:
    member = signed_in(app, ruth)

    assert auditor.post(PAGE, data={"version": str(audit.version), "members": [str(nadia.id)]}).status_code == 422
    for wrong in ([], [str(amina.id)], [str(nadia.id)]):
        assert moderator.post(PAGE, data={"version": str(audit.version), "members": wrong}).status_code == 422
    moderator.post(PAGE, data={"version": str(audit.version), "members": [str(ruth.id)]})
    assert moderator.get("/brent/audits/1/moderate").location == PAGE
    assert "its members count on it" in moderator.post("/brent/audits/1/moderate/give-up").text
    unfinished = {key: value for key, value in grades(audit, WEAK, "Drift").items() if key != "domain_plan"}
    assert "Not graded yet: Plan" in member.post(PAGE, data=unfinished).text
    assert "Q-1" in member.get("/brent/audits?show=moderate").text
    member.post(PAGE, data=grades(audit, WEAK, "Drift"))
    assert member.get(PAGE).status_code == 200
    assert "Q-1" not in member.get("/brent/audits?show=moderate").text
    assert audit.state is AuditState.DONE
