"""After how many days evidence is stale, looking at it again, and evidence that closes a finding."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given, given_audits, given_evidence
from tests.queries_counted import at_most
from tracker.audits.rules import FindingState
from tracker.evidence import queries
from tracker.evidence.freshness import commands
from tracker.evidence.models import EvidenceLink
from tracker.evidence.rules import STALE_AFTER_DAYS, Freshness, Kind
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.platform.errors import Conflict, Refused
from tracker.reminders import owed

TODAY = date(2026, 11, 20)


def test_an_authority_that_changes_the_days_changes_what_is_stale_and_what_is_said_of_it(brent: Authority) -> None:
    evidence = given_evidence.evidence(
        authority=brent, kind=Kind.DATA, dated=TODAY - timedelta(days=60), theme_code="HP11"
    )
    assert evidence.freshness(TODAY) is Freshness.FRESH

    commands.decide_days(brent, version=0, days={**STALE_AFTER_DAYS, Kind.DATA: 30}, because="Monthly returns")

    assert evidence.stale_words(TODAY) == "Stale, 60 days old"
    assert queries.counts_by_theme(brent, TODAY)["HP11"].stale == 1
    assert given_evidence.evidence(authority=brent, dated=TODAY).stale_on == TODAY + timedelta(days=31)
    with pytest.raises(Conflict):
        commands.decide_days(brent, version=0, days=STALE_AFTER_DAYS, because="Opened before that")


@pytest.mark.parametrize("days", [6, 1_827])
def test_days_that_nobody_can_mean_are_refused(brent: Authority, days: int) -> None:
    with pytest.raises(Refused, match="from 7 to 1,826"):
        commands.decide_days(brent, version=0, days={**STALE_AFTER_DAYS, Kind.LINK: days}, because="A slip")


@pytest.mark.parametrize(("kind", "state"), [(Kind.LINK, Freshness.FRESH), (Kind.VOICE, Freshness.STALE)])
def test_looking_again_leaves_the_day_it_speaks_of_and_renews_only_what_says_how_we_work(
    brent: Authority, kind: Kind, state: Freshness
) -> None:
    dated = TODAY - timedelta(days=400)
    evidence = given_evidence.evidence(authority=brent, kind=kind, dated=dated)

    commands.look_again(evidence, version=evidence.version, because="Read with the team", on=TODAY)

    assert (evidence.dated, evidence.freshness(TODAY)) == (dated, state)
    assert evidence.ask_again_on > TODAY + timedelta(days=100)


def test_an_owner_is_mailed_before_it_is_stale_and_not_after(brent: Authority) -> None:
    owner = given.a_person(authority=brent)
    soon = given_evidence.evidence(authority=brent, owner=owner, dated=TODAY - timedelta(days=88), title="Soon")
    given_evidence.evidence(authority=brent, owner=owner, dated=TODAY - timedelta(days=91), title="Stale already")
    given_evidence.evidence(authority=brent, owner=owner, dated=TODAY, title="Fresh")

    told = [each for each in owed.of_everybody(brent, [], TODAY, TODAY + timedelta(days=7)) if each.whose == owner.id]

    assert [(each.reference, each.due_on) for each in told] == [(soon.reference, TODAY + timedelta(days=2))]


def test_a_page_says_that_it_was_looked_at_again(session: Session, brent: Authority, qa_officer: FlaskClient) -> None:
    evidence = given_evidence.evidence(authority=brent, kind=Kind.LINK, dated=clock.today() - timedelta(days=400))

    at = f"/brent/evidence/{evidence.number}/look-again"
    assert qa_officer.post(at, data={"version": evidence.version}).status_code == 422
    assert qa_officer.post(at, data={"version": evidence.version, "because": "Read it through"}).status_code == 302

    assert "Read it through" in qa_officer.get(f"/brent/evidence/{evidence.number}").text
    days = {kind.name.lower(): "90" for kind in Kind} | {"version": "0", "because": "Our own"}
    assert qa_officer.post("/brent/evidence/freshness", data=days).status_code == 302


def test_evidence_that_is_there_already_is_attached_to_an_item_from_its_page(
    session: Session, brent: Authority, head_of_service: FlaskClient
) -> None:
    item = given.an_item(authority=brent)
    given_evidence.evidence(authority=brent)
    at = f"/brent/evidence/add?item={item.reference}"
    assert "attach evidence that is there already" in head_of_service.get(at).text

    assert head_of_service.post(at, data={"evidence": "E-9"}).status_code == 422
    response = head_of_service.post(at, data={"evidence": "e-1", "shows_there": "Dates are complete"})

    assert response.location == f"/brent/items/{item.number}"
    assert session.query(EvidenceLink).one().shows_there == "Dates are complete"


def test_several_links_are_added_in_one_form_each_with_what_it_shows_there(
    session: Session, brent: Authority, head_of_service: FlaskClient
) -> None:
    given.an_item(authority=brent)
    given_evidence.evidence(authority=brent)
    said = {"item": "1", "item_shows": "Dates", "theme": "HP11", "theme_shows": "Letters", "area": "help_protection"}

    assert head_of_service.post("/brent/evidence/1/links/new", data=said).status_code == 302

    links = session.query(EvidenceLink).all()
    assert sorted(link.shows_there for link in links) == ["", "Dates", "Letters"]


def test_a_finding_takes_evidence_and_is_closed_with_it(
    session: Session, brent: Authority, qa_officer: FlaskClient
) -> None:
    given_audits.moderates_all(brent, share=0)
    finding = given_audits.a_finding(given_audits.an_audit(tool_id="case-audit-help-protection"))
    given_evidence.evidence(authority=brent)
    given_evidence.evidence(authority=brent, withdrawn_on=date(2026, 11, 1))
    at = f"/brent/findings/{finding.number}"

    assert qa_officer.post(f"{at}/evidence", data={"evidence": "E-2", "shows_there": "Gone"}).status_code == 422
    assert (
        qa_officer.post(f"{at}/evidence", data={"evidence": "E-1", "shows_there": "Plans are dated"}).status_code == 302
    )
    assert "Plans are dated" in qa_officer.get(at).text
    assert "Plans are dated" in qa_officer.get("/brent/evidence/1").text
    close = {"version": finding.version, "because": "Children know when", "evidence": "E-99"}
    assert qa_officer.post(f"{at}/close", data=close).status_code == 422
    qa_officer.post(f"{at}/close", data=close | {"evidence": "E-1"})

    session.expire_all()
    assert (finding.state, finding.closed_evidence) == (FindingState.CLOSED, "E-1")


def test_pages_of_the_register_and_of_coverage_ask_as_much_however_much_evidence_there_is(
    brent: Authority, head_of_service: FlaskClient
) -> None:
    for _ in range(25):
        given_evidence.evidence(authority=brent, theme_code="HP11")

    for address in ("/brent/evidence?page=2", "/brent/evidence?theme=HP11", "/brent/evidence/coverage"):
        head_of_service.get(address)
        with at_most(9):
            assert head_of_service.get(address).status_code == 200
