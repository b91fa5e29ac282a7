"""Evidence older than a finding is taken and said to be so; sentences about moderation say whom they mean."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import given_audits, given_evidence
from tests.given_audits import GOOD
from tracker.audits import commands
from tracker.audits.blind.rules import Moderation
from tracker.audits.models import Finding
from tracker.audits.rules import FindingState
from tracker.evidence.rules import Kind
from tracker.people.models import Authority, Person
from tracker.platform.db import db

pytestmark = pytest.mark.usefixtures("session", "on_the_twentieth_of_november")

OLDER = "E-1 is of 5 April 2026, before F-1 was raised on 12 November 2026: it cannot show what has changed since."


@pytest.fixture
def finding(brent: Authority, amina: Person) -> Finding:
    audit = given_audits.an_audit(GOOD, auditor=amina, authority=brent, tool_id="supervision", area_code="leadership")
    found = given_audits.a_finding(audit)
    given_evidence.evidence(authority=brent, kind=Kind.DATA, dated=date(2026, 4, 5))
    given_evidence.evidence(authority=brent, kind=Kind.DATA, dated=date(2026, 11, 12))
    db.session.commit()
    return found


def told(page: str) -> str:
    return " ".join(one.get_text() for one in BeautifulSoup(page, "html.parser").select(".app-saved"))


def test_attaching_evidence_older_than_the_finding_is_said_there_and_beside_it(
    finding: Finding, auditor: FlaskClient
) -> None:
    shows = {"shows_there": "Delay has fallen"}

    older = auditor.post("/brent/findings/1/evidence", data=shows | {"evidence": "E-1"}, follow_redirects=True).text
    newer = auditor.post("/brent/findings/1/evidence", data=shows | {"evidence": "E-2"}, follow_redirects=True).text

    assert OLDER in told(older)
    assert "before" not in told(newer)
    beside = [
        row.get_text() for row in BeautifulSoup(newer, "html.parser").select("tbody tr") if OLDER in row.get_text()
    ]
    assert len(beside) == 1
    assert "E-1" in beside[0]


def test_closing_on_evidence_older_than_the_finding_goes_through_with_a_warning(
    finding: Finding, auditor: FlaskClient
) -> None:
    closing = {"version": str(finding.version), "because": "Delay has fallen", "evidence": "E-1, E-2"}

    page = auditor.post("/brent/findings/1/close", data=closing, follow_redirects=True).text

    assert finding.state is FindingState.CLOSED
    assert OLDER in told(page)
    assert "E-2 is of" not in page


def test_a_moderator_reads_whose_audit_is_finished(moderator: FlaskClient, amina: Person, nadia: Person) -> None:
    audit = given_audits.an_audit(GOOD, auditor=amina)
    commands.begin_moderation(audit, version=audit.version, by=nadia)
    db.session.commit()

    page = " ".join(BeautifulSoup(moderator.get("/brent/audits/1/moderate").text, "html.parser").get_text(" ").split())

    assert "Amina Yusuf finished it on 12 November 2026." in page
    assert "About this audit Done" not in page


def test_an_auditor_who_asks_for_moderation_is_not_named_beside_you(
    brent: Authority, auditor: FlaskClient, amina: Person
) -> None:
    audit = given_audits.an_audit(GOOD, auditor=amina, authority=brent)
    audit.moderation = Moderation.NOT_CHOSEN
    db.session.commit()

    assert "except from you. The second grade" in auditor.get("/brent/audits/1/ask-for-moderation").text
