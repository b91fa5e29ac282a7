"""Wherever the evidence for an action is looked at, whoever may add some is offered to."""

from flask import Flask
from flask.testing import FlaskClient

from tests import given, given_actions, given_evidence
from tests.conftest import signed_in
from tests.given_actions import samira
from tracker.actions.rules import Status
from tracker.evidence.rules import Kind, Strength
from tracker.people.rules import Role

ADD = 'href="/brent/evidence/add?action=A-1"'


def test_an_action_without_evidence_offers_to_add_some(head_of_service: FlaskClient) -> None:
    given.an_action()

    assert ADD in head_of_service.get("/brent/actions/1").text
    page = head_of_service.get("/brent/actions/1/difference").text
    assert "No evidence is linked to A-1." in page
    assert ADD in page


def test_the_form_for_evidence_opens_for_the_action_that_the_link_names(head_of_service: FlaskClient) -> None:
    given.an_action()

    assert "/brent/evidence/add/file?action=A-1" in head_of_service.get("/brent/evidence/add?action=A-1").text


def test_evidence_that_is_there_already_is_no_reason_to_offer_no_other(head_of_service: FlaskClient) -> None:
    action = given_actions.a_delivered_action(lead=samira())
    given_evidence.evidence(action=action, kind=Kind.AUDIT, strength=Strength.OUTCOME)

    page = head_of_service.get("/brent/actions/1/difference").text

    assert "Add other evidence" in page
    assert page.count(ADD) == 2


def test_nobody_is_offered_what_she_may_not_add_or_what_nothing_can_use(
    app: Flask, head_of_service: FlaskClient
) -> None:
    action = given.an_action()
    reader = signed_in(app, given.a_person(name="Una Reid", role=Role.SCRUTINY_READER))
    assert ADD not in reader.get("/brent/actions/1").text

    action.status = Status.SUPERSEDED

    assert ADD not in head_of_service.get("/brent/actions/1").text
    assert ADD not in head_of_service.get("/brent/actions/1/difference").text
