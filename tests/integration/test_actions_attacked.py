"""The state machine attacked by direct requests: every status and every step, skipped, forged, stolen or repeated."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from hypothesis import given as whatever
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests import given, given_actions, given_evidence
from tests.conftest import signed_in
from tracker.actions import queries
from tracker.actions.models import Action
from tracker.actions.rules import DELIVERED, MOVES, Move, Status
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind, Strength
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import clock
from tracker.platform.db import db

TODAY = clock.today()
WEEK = timedelta(days=7)

STEPS = {
    "update": {"now": "Embedded", "done": "It is done"},
    "sign-off": {"difference_due_on": f"{TODAY + WEEK:%-d %B %Y}"},
    "send-back": {"reason": "Not yet"},
    "supersede": {"reason": "Another does it"},
    "difference": {"difference": "Children wait less"},
    "due-date": {"due_on": f"{TODAY + WEEK:%-d %B %Y}", "reason": "Later"},
    "lead": {"reason": "Leaving"},
    "change": {"title": "Another title"},
    "milestones/new": {"title": "Half", "due_on": f"{TODAY:%-d %B %Y}"},
    "waits-for": {"other": "A-1"},
}
"""Everything that can be posted about an action, with answers that are right but for the state it is in."""

STAYS = {"change"}
"""What may be posted in any state that is not the end: it moves no status."""


def named(name: str) -> Person:
    return next(each.person for each in people.colleagues(given.an_authority()) if each.person.name == name)


def an_action_that_is(status: Status, lead: Person) -> Action:
    action = given_actions.an_action_awaiting_sign_off(lead=lead, on=TODAY)
    if status in DELIVERED:
        action.signed_off_on, action.signed_off_by = TODAY, given.a_person(name="Helen Marsh")
        action.difference_due_on, action.difference = TODAY, "Shown" if status is Status.EMBEDDED else ""
    if status not in {*DELIVERED, Status.AWAITING_SIGN_OFF}:
        action.delivered_on = action.delivered_by_id = None
    action.status = status
    return given.stored(action)


def reachable(status: Status) -> set[Status]:
    return {status}.union(*MOVES[status].values())


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("step", STEPS)
def test_no_step_leads_where_the_state_machine_does_not(director: FlaskClient, step: str, status: Status) -> None:
    action = an_action_that_is(status, named("Dana Whitfield"))

    answer = director.post(f"/brent/actions/1/{step}", data={"version": action.version, **STEPS[step]})

    assert answer.status_code in {302, 403, 422}
    assert action.status in reachable(status)
    assert action.status is status or step in {"update", "supersede"}
    if answer.status_code != 302:
        assert "A-1" in answer.text or "Reference" in answer.text or "list" in answer.text


@pytest.mark.parametrize("now", [status.value for status in Status] + ["Done", "", "EMBEDDED", "🤷"])
@pytest.mark.parametrize("status", Status)
def test_no_word_that_is_posted_skips_a_status(head_of_service: FlaskClient, status: Status, now: str) -> None:
    action = an_action_that_is(status, named("Samira Okafor"))

    answer = head_of_service.post(
        "/brent/actions/1/update", data={"version": action.version, "now": now, "done": "It is done"}
    )

    allowed = {to.value for move in (Move.REPORT, Move.DELIVER) for to in MOVES[status].get(move, ())}
    assert (answer.status_code == 302) is (now in allowed)
    assert action.status.value == (now if now in allowed else status.value)


@pytest.mark.parametrize("version", ["", "0", "-1", "99", "abc", "1 OR 1=1", "٣", "9" * 40])
def test_a_forged_version_saves_nothing_and_is_answered_with_the_form(
    head_of_service: FlaskClient, version: str
) -> None:
    action = given.an_action(lead=named("Samira Okafor"))

    answer = head_of_service.post(
        "/brent/actions/1/update", data={"version": version, "now": "At risk", "done": "Forged"}
    )

    assert answer.status_code == 422
    assert action.status is Status.ON_TRACK


def test_an_action_is_not_signed_off_by_its_lead_through_another_form(head_of_service: FlaskClient) -> None:
    action = an_action_that_is(Status.AWAITING_SIGN_OFF, named("Samira Okafor"))
    action.item.owner = named("Samira Okafor")

    for step in ("sign-off", "send-back"):
        answer = head_of_service.post(f"/brent/actions/1/{step}", data={"version": action.version, **STEPS[step]})
        assert answer.status_code == 422
        assert "somebody else has to sign it off" in answer.text

    assert action.status is Status.AWAITING_SIGN_OFF


@pytest.mark.parametrize("who", ["stranger", "elsewhere", "officer"])
@pytest.mark.parametrize("step", STEPS)
def test_somebody_elses_session_changes_nothing(app: Flask, brent: Authority, step: str, who: str) -> None:
    action = an_action_that_is(Status.AWAITING_SIGN_OFF, given.a_person(name="Priya Raman"))
    seen = action.version
    client = {
        "stranger": lambda: app.test_client(),
        "elsewhere": lambda: signed_in(
            app, given.a_person(authority=given.an_authority(slug="elsewhere", name="Elsewhere"), role=Role.DIRECTOR)
        ),
        "officer": lambda: signed_in(app, given.a_person(role=Role.QA_OFFICER)),
    }[who]()

    answer = client.post(f"/brent/actions/1/{step}", data={"version": seen, **STEPS[step]})

    assert answer.status_code in {302, 403, 404, 422}
    if who != "officer":
        assert answer.status_code == 404 or "/sign-in" in (answer.location or "")
    assert (action.status, action.version) == (Status.AWAITING_SIGN_OFF, seen)


EVIDENCE = {
    "an activity": {"kind": Kind.AUDIT, "strength": Strength.ACTIVITY},
    "an output": {"kind": Kind.DATA, "strength": Strength.OUTPUT},
    "a document": {"kind": Kind.FILE, "strength": Strength.IMPACT},
    "a practice example": {"kind": Kind.LINK, "strength": Strength.IMPACT},
}


@pytest.mark.parametrize("weak", EVIDENCE)
def test_embedded_is_refused_without_evidence_of_impact(head_of_service: FlaskClient, weak: str) -> None:
    action = given_actions.a_delivered_action(lead=named("Samira Okafor"))
    proof = given_evidence.evidence(action=action, **EVIDENCE[weak])  # type: ignore[arg-type]  # as keyword arguments

    answer = head_of_service.post(
        "/brent/actions/1/difference",
        data={"version": action.version, "difference": "Children wait less", "evidence": [str(proof.id)]},
    )

    assert answer.status_code == 422
    assert action.status is Status.IMPACT_NOT_EVIDENCED


def test_embedded_is_refused_with_evidence_that_was_withdrawn_while_the_form_was_open(
    head_of_service: FlaskClient,
) -> None:
    action = given_actions.a_delivered_action(lead=named("Samira Okafor"))
    proof = given_evidence.evidence(action=action, kind=Kind.AUDIT, strength=Strength.IMPACT)
    proof.withdrawn_on, proof.withdrawn_because = TODAY, "Counted twice"

    answer = head_of_service.post(
        "/brent/actions/1/difference",
        data={"version": action.version, "difference": "Children wait less", "evidence": [str(proof.id)]},
    )

    assert answer.status_code == 422
    assert action.status is Status.IMPACT_NOT_EVIDENCED


def test_embedded_is_refused_with_evidence_of_another_authority_or_about_another_action(
    head_of_service: FlaskClient,
) -> None:
    elsewhere = given.an_authority(slug="elsewhere", name="Elsewhere")
    action = given_actions.a_delivered_action(lead=named("Samira Okafor"))
    about_another = given_evidence.evidence(action=given.an_action(), kind=Kind.AUDIT, strength=Strength.IMPACT)
    theirs = given_evidence.evidence(item=given.an_item(authority=elsewhere), kind=Kind.AUDIT, strength=Strength.IMPACT)

    for proof in (about_another, theirs):
        head_of_service.post(
            "/brent/actions/1/difference",
            data={"version": action.version, "difference": "Children wait less", "evidence": [str(proof.id)]},
        )
        assert action.status is Status.IMPACT_NOT_EVIDENCED


def embed(client: FlaskClient, action: Action, *proofs: Evidence) -> None:
    said = {"version": action.version, "difference": "Children wait less", "evidence": [str(one.id) for one in proofs]}
    client.post(f"/brent/actions/{action.number}/difference", data=said)
    assert action.status is Status.EMBEDDED


def withdraw(client: FlaskClient, evidence: Evidence) -> None:
    answer = client.post(
        f"/brent/evidence/{evidence.number}/withdraw", data={"version": evidence.version, "reason": "Counted twice"}
    )
    assert answer.status_code == 302


def test_what_only_withdrawn_evidence_showed_is_not_embedded_any_more(head_of_service: FlaskClient) -> None:
    action = given_actions.a_delivered_action(lead=named("Samira Okafor"))
    proof = given_evidence.evidence(action=action, kind=Kind.AUDIT, strength=Strength.IMPACT)
    embed(head_of_service, action, proof)

    withdraw(head_of_service, proof)

    assert action.status is Status.IMPACT_NOT_EVIDENCED
    assert action.difference == ""
    assert queries.trail(action)[0].done == "E-1, which showed what difference it made, was withdrawn: Counted twice"
    assert "no longer shown to have made a difference" in head_of_service.get("/brent/actions/1").text


def test_what_other_evidence_still_shows_stays_embedded(head_of_service: FlaskClient) -> None:
    action = given_actions.a_delivered_action(lead=named("Samira Okafor"))
    first, second = (
        given_evidence.evidence(action=action, kind=kind, strength=Strength.IMPACT) for kind in (Kind.AUDIT, Kind.DATA)
    )
    embed(head_of_service, action, first, second)

    statuses = []
    for proof in (first, second):
        withdraw(head_of_service, proof)
        statuses.append(action.status)

    assert statuses == [Status.EMBEDDED, Status.IMPACT_NOT_EVIDENCED]


ACTS = st.sampled_from(["update:At risk", "update:Awaiting sign-off", "sign-off", "send-back", "difference", "embed"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@whatever(acts=st.lists(st.tuples(ACTS, st.sampled_from(["lead", "director"])), max_size=12))
def test_whatever_two_people_post_nothing_is_embedded_by_one_of_them_alone(
    app: Flask, session: Session, acts: list[tuple[str, str]]
) -> None:
    lead, other = given.a_person(name="The lead"), given.a_person(name="The director", role=Role.DIRECTOR)
    action = given.an_action(lead=lead)
    proof = given_evidence.evidence(action=action, kind=Kind.AUDIT, strength=Strength.IMPACT)
    clients = {"lead": signed_in(app, lead), "director": signed_in(app, other)}

    for act, who in acts:
        step, _, now = act.partition(":")
        said = {"version": action.version, "now": now, "done": "It is done", **STEPS.get(step, {})}
        if now:
            said["now"] = now
        if step == "embed":
            step, said = "difference", {**said, "difference": "Less waiting", "evidence": [str(proof.id)]}
        clients[who].post(f"/brent/actions/{action.number}/{step}", data=said)
        db.session.refresh(action)
        if action.status in DELIVERED:
            assert action.signed_off_by_id is not None
            assert action.signed_off_by_id not in {action.lead_id, action.delivered_by_id}
        if action.status is Status.EMBEDDED:
            assert act == "embed" or action.difference
