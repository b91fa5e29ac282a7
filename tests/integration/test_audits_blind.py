"""Nobody who may grade a case a second time learns the first grades before, wherever she looks."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests import given, given_audits, given_evidence, given_self_evaluation
from tests.conftest import signed_in
from tests.given_audits import GOOD, WORST
from tracker.audits import commands
from tracker.audits.blind import commands as blind
from tracker.audits.blind.rules import Moderation, Sampling
from tracker.audits.evidencing import commands as evidencing
from tracker.audits.models import Audit
from tracker.audits.rules import AuditState
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform.errors import NotAllowed, Refused

pytestmark = pytest.mark.usefixtures("on_the_twentieth_of_november")

TELLING = ("Inadequate", "Drift since May", "Strategy discussion held", "Visits were frequent", "Reason for delay")
"""A grade, and words that would give it away."""


def everywhere(client: FlaskClient, audit: Audit, item: int) -> str:
    """The words of every page and file on which one audit may show."""
    paths = (
        "", "audits?year=all", "audits?show=weak", "audits?show=reaudit", f"audits/{audit.number}",
        f"audits/{audit.number}/moderate", "findings?show=all", f"findings/{audit.findings[0].number}", f"items/{item}",
        "search/?q=delay", "search/?q=frequent", "readiness", "plan", "packs/", "evidence/1", "statements/1",
    )  # fmt: skip
    pages = [client.get(f"/brent/{path}", follow_redirects=True).text for path in paths]
    files = [client.get(f"/brent/{path}") for path in ("audits.xlsx?year=all", "findings.xlsx?show=all")]
    for file in files:
        lines = load_workbook(BytesIO(file.data)).worksheets[0].iter_rows(values_only=True)
        pages.append(" ".join(str(cell) for line in lines for cell in line))
    return " ".join(pages)


def test_a_possible_moderator_learns_nothing_anywhere_before_she_has_begun(
    app: Flask, moderator: FlaskClient, amina: Person, brent: Authority
) -> None:
    item = given.an_item(authority=brent)
    audit = given_audits.a_draft(auditor=amina)
    for domain in audit.domains:
        given_audits.graded(audit, domain.domain_code, WORST, seen="Drift since May")
    finding = given_audits.a_finding(audit, item=item)
    evidencing.attach(finding, given_evidence.evidence(authority=brent), shows_there="Looked at in May")
    given_self_evaluation.a_statement(
        "Visits are on time [F-1].", version=given_self_evaluation.a_version(authority=brent)
    )
    director = signed_in(app, given.a_person(role=Role.DIRECTOR, authority=brent))

    assert "Reason for delay" not in everywhere(moderator, audit, item.number)
    commands.finish(
        audit,
        version=audit.version,
        grade=WORST,
        strengths="Visits were frequent",
        safety_action="Strategy discussion held",
        by=amina,
        on=given_audits.DAY,
    )
    told, open_to_others = everywhere(moderator, audit, item.number), everywhere(director, audit, item.number)

    assert [word for word in TELLING if word in told] == []
    assert [word for word in TELLING if word not in open_to_others] == []


def test_an_audit_that_was_not_chosen_is_open_and_can_only_be_moderated_when_somebody_asks(
    brent: Authority, amina: Person, nadia: Person
) -> None:
    given_audits.moderates_all(brent, share=0)
    audit = given_audits.an_audit(GOOD, auditor=amina)
    asker = given_audits.a_qa_officer("Ruth Bell", authority=brent)
    assert audit.moderation is Moderation.NOT_CHOSEN

    with pytest.raises(NotAllowed, match="was not chosen"):
        commands.begin_moderation(audit, version=audit.version, by=nadia)
    blind.ask_for_moderation(audit, version=audit.version, because="The family complained", by=asker)
    with pytest.raises(NotAllowed, match="know its grades"):
        commands.begin_moderation(audit, version=audit.version, by=asker)
    given_audits.moderate(audit, GOOD, by=nadia)

    assert audit.state is AuditState.MODERATED
    assert str(audit.moderation) == "Asked for"
    with pytest.raises(Refused, match="moderated already"):
        blind.ask_for_moderation(audit, version=audit.version, because="Again", by=asker)


def test_the_share_that_is_moderated_is_chosen_on_a_page(moderator: FlaskClient, brent: Authority) -> None:
    page = "/brent/audits/moderation/which"
    assert 'value="20"' in moderator.get(page).text

    assert moderator.post(page, data={"version": "0", "share": "15", "ends": "no"}).status_code == 302

    assert 'value="15"' in moderator.get(page).text
    assert "saved by somebody else" in moderator.post(page, data={"version": "0", "share": "9", "ends": "no"}).text
    assert moderator.post(page, data={"version": "1", "share": "150", "ends": "no"}).status_code == 422


def test_asking_for_moderation_hides_what_could_be_read(
    auditor: FlaskClient, moderator: FlaskClient, brent: Authority, amina: Person
) -> None:
    given_audits.moderates_all(brent, share=0)
    audit = given_audits.an_audit(GOOD, auditor=amina)
    assert "Not moderated" in moderator.get("/brent/audits").text

    assert auditor.get("/brent/audits/1/ask-for-moderation").status_code == 200
    asked = auditor.post(
        "/brent/audits/1/ask-for-moderation", data={"version": str(audit.version), "because": "A complaint"}
    )

    assert asked.location == "/brent/audits/1"
    assert "Hidden until you moderate" in moderator.get("/brent/audits").text
    assert "A complaint" in moderator.get("/brent/audits/1", follow_redirects=True).text


def test_two_people_who_choose_the_share_at_once_meet(brent: Authority, amina: Person) -> None:
    blind.choose_sampling(brent, version=0, sampling=Sampling(10), by=amina)

    with pytest.raises(Refused, match="saved by somebody else"):
        blind.choose_sampling(brent, version=0, sampling=Sampling(30), by=amina)
