"""My work: each one's real work on one page, updated without leaving it."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given, given_actions, given_evidence
from tests.conftest import signed_in
from tests.given_actions import samira
from tracker.actions import queries, rules
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.evidence.rules import Kind, Strength
from tracker.people.models import Authority
from tracker.platform import clock

TODAY = clock.today()
UNTIL = rules.end_of_period(TODAY)


def an_update(action: Action, **changes: object) -> dict[str, object]:
    """What the form on My work posts."""
    return {
        "version": action.version,
        "now": "At risk",
        "done": "Third team started",
        "due_on": f"{action.due_on:%-d %B %Y}",
        **changes,
    }


def test_somebody_without_work_is_told_where_the_plan_is(head_of_service: FlaskClient) -> None:
    page = head_of_service.get("/brent/").text

    assert "You lead no action that is still to be delivered" in page
    assert "Nothing from other people waits for you" in page


def test_what_is_late_comes_first_and_says_by_how_much(head_of_service: FlaskClient) -> None:
    given.an_action(title="In time", lead=samira(), due_on=UNTIL)
    given.an_action(title="Late", lead=samira(), due_on=TODAY - timedelta(days=23), status=Status.OFF_TRACK)
    given.an_action(title="Next year", lead=samira(), due_on=UNTIL + timedelta(days=200))
    given.an_action(title="Not hers")

    page = head_of_service.get("/brent/").text

    assert page.index("Overdue") < page.index("23 days late") < page.index(f"Due by {UNTIL:%-d %B}</h2>")
    assert page.index("In time") < page.index("Later</h2>") < page.index("Next year")
    assert "Not hers" not in page


def test_each_action_shows_what_was_last_said_and_not_what_was_taken_back(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=samira(), status=Status.AT_RISK)
    given_actions.an_update(action, done="Two of four teams started.")
    head_of_service.post("/brent/my-work/1", data=an_update(action, done="A slip"))
    slip = queries.newest_update(action)
    assert slip is not None

    head_of_service.post(f"/brent/actions/1/updates/{slip.id}/take-back", data={"back": "my-work"})
    page = head_of_service.get("/brent/").text

    assert "Two of four teams started." in page
    assert "“A slip”" not in page


def test_several_updates_are_saved_without_leaving_the_page(head_of_service: FlaskClient) -> None:
    first = given.an_action(lead=samira())
    second = given.an_action(lead=samira())

    saved = head_of_service.post("/brent/my-work/1", data=an_update(first))
    page = head_of_service.get(saved.location).text
    saved_too = head_of_service.post("/brent/my-work/2", data=an_update(second, now="On track"))

    assert saved.location == saved_too.location == "/brent/"
    assert "A-1 saved as At risk." in page
    assert "A-2 saved as On track." in head_of_service.get("/brent/").text


def test_what_is_delivered_says_who_has_it_now_and_can_be_undone(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=samira())
    action.item.owner = given.a_person(name="Helen Marsh")

    head_of_service.post("/brent/my-work/1", data=an_update(action, now="Awaiting sign-off"))
    page = head_of_service.get("/brent/").text

    assert "A-1 saved as Delivered." in page
    assert "It is now with Helen Marsh to sign off." in page
    assert "Undo" in page
    assert "A-1 with Helen Marsh" in page


def test_a_refused_update_keeps_what_was_typed_on_the_page(head_of_service: FlaskClient) -> None:
    given.an_action(lead=samira(), title="The other one")
    action = given.an_action(lead=samira())
    later = f"{action.due_on + timedelta(days=21):%-d %B %Y}"

    answer = head_of_service.post("/brent/my-work/2", data=an_update(action, due_on=later, done="Fourth team waits"))

    assert answer.status_code == 422
    assert "Give the reason for the new due date." in answer.text
    assert answer.text.count("Fourth team waits") == 1
    assert "The other one" in answer.text
    assert queries.trail(action) == []


def test_the_second_of_two_people_sees_both_versions_on_my_work(
    app: Flask, head_of_service: FlaskClient, director: FlaskClient
) -> None:
    action = given.an_action(lead=samira(), status=Status.ON_TRACK)
    opened = an_update(action, done="Mine")
    director.post("/brent/actions/1/update", data=an_update(action, now="Off track", done="Theirs"))

    answer = head_of_service.post("/brent/my-work/1", data=opened)

    assert answer.status_code == 422
    assert "Dana Whitfield changed A-1" in answer.text
    assert "Theirs" in answer.text
    assert "Mine" in answer.text
    assert "Save mine as well" in answer.text


def test_my_work_cannot_be_used_on_a_colleagues_action(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=given.a_person(name="Priya Raman"))

    answer = head_of_service.post("/brent/my-work/1", data=an_update(action))

    assert answer.status_code == 422
    assert "Priya Raman leads A-1" in answer.text
    assert queries.trail(action) == []


def test_a_delivered_action_asks_what_difference_it_made(head_of_service: FlaskClient) -> None:
    action = given_actions.a_delivered_action(lead=samira())
    head_of_service.post(
        "/brent/actions/1/difference", data={"version": action.version, "difference": "Families wait less"}
    )

    page = head_of_service.get("/brent/").text

    assert "Say what difference A-1 made" in page
    assert "It stays at “Not shown yet” until something shows it." in page
    assert action.status is Status.IMPACT_NOT_EVIDENCED


def test_the_second_of_two_who_say_what_difference_was_made_sees_both(
    head_of_service: FlaskClient, director: FlaskClient
) -> None:
    action = given_actions.a_delivered_action(lead=samira())
    opened = {"version": action.version, "difference": "Mine"}
    director.post("/brent/actions/1/difference", data={**opened, "difference": "Theirs"})

    answer = head_of_service.post("/brent/actions/1/difference", data=opened)

    assert answer.status_code == 422
    assert "Dana Whitfield changed A-1" in answer.text
    assert "Theirs" in answer.text
    assert "Save mine as well" in answer.text


def test_no_difference_is_asked_of_what_is_not_delivered_even_of_an_empty_form(head_of_service: FlaskClient) -> None:
    given.an_action(lead=samira())

    answer = head_of_service.post("/brent/actions/1/difference", data={})

    assert answer.status_code == 422
    assert "A-1 is on track, so you cannot show the difference it made yet" in answer.text


def test_a_difference_is_shown_by_evidence_of_an_outcome(head_of_service: FlaskClient) -> None:
    action = given_actions.a_delivered_action(lead=samira())
    proof = given_evidence.evidence(action=action, kind=Kind.AUDIT, strength=Strength.OUTCOME)

    head_of_service.post(
        "/brent/actions/1/difference",
        data={"version": action.version, "difference": "Letters clear in 9 of 9", "evidence": [str(proof.id)]},
    )

    assert action.status is Status.EMBEDDED
    assert action.difference == "Letters clear in 9 of 9"


@pytest.mark.parametrize(
    ("kind", "strength"), [(Kind.AUDIT, Strength.ACTIVITY), (Kind.FILE, Strength.IMPACT), (Kind.DATA, Strength.OUTPUT)]
)
def test_an_activity_or_a_document_shows_no_difference_even_by_a_direct_request(
    head_of_service: FlaskClient, kind: Kind, strength: Strength
) -> None:
    action = given_actions.a_delivered_action(lead=samira())
    weak = given_evidence.evidence(action=action, kind=kind, strength=strength)
    posted = {"version": action.version, "difference": "We trained 46 people", "evidence": [str(weak.id)]}

    answer = head_of_service.post("/brent/actions/1/difference", data=posted)

    assert answer.status_code == 422
    assert action.status is Status.IMPACT_NOT_EVIDENCED


def test_nothing_of_another_authority_is_on_the_page(app: Flask, session: Session, brent: Authority) -> None:
    both = given.a_person(name="Samira Okafor")
    elsewhere = given.an_authority(slug="elsewhere", name="Elsewhere")
    given.an_action(title="Theirs", item=given.an_item(authority=elsewhere), lead=both)

    assert "Theirs" not in signed_in(app, both).get("/brent/").text
