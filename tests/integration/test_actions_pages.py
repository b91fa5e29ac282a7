"""The page of an action and its forms, as people use and misuse them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given, given_actions
from tests.conftest import signed_in
from tests.given_actions import samira
from tracker.actions import queries
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.platform import clock

TODAY = clock.today()


def an_update(action: Action, **changes: object) -> dict[str, object]:
    """What the update form posts."""
    return {
        "version": action.version,
        "now": action.status.value,
        "done": "Third team started",
        "due_on": f"{action.due_on:%-d %B %Y}",
        **changes,
    }


def test_the_page_of_an_action_says_what_it_is_for_and_what_happened(head_of_service: FlaskClient) -> None:
    action = given.an_action(item=given.an_item(wording="The quality of plans"), title="Review every plan")
    given_actions.an_update(action, done="Two of four teams started.")

    page = head_of_service.get("/brent/actions/1").text

    assert "A-1" in page
    assert "The quality of plans" in page
    assert "Two of four teams started." in page


def test_another_authoritys_action_is_not_found(head_of_service: FlaskClient) -> None:
    elsewhere = given.an_authority(slug="elsewhere", name="Elsewhere")
    given.an_action(item=given.an_item(authority=elsewhere), lead=given.a_person(authority=elsewhere))

    assert head_of_service.get("/brent/actions/1").status_code == 404
    assert head_of_service.post("/brent/actions/1/update", data={}).status_code == 404


def test_an_action_is_added_to_an_item_from_its_form(head_of_service: FlaskClient) -> None:
    given.an_item(owner=samira())

    answer = head_of_service.post(
        "/brent/items/1/actions/new",
        data={"title": "Review every plan", "lead": str(samira().id), "due_on": f"{TODAY:%d/%m/%Y}"},
    )

    assert answer.location == "/brent/actions/1"
    assert "A-1 added to I-1." in head_of_service.get(answer.location).text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Say what will be done"),
        ({"lead": ""}, "Choose who leads it"),
        ({"lead": str(uuid4())}, "choose from the list"),
        ({"due_on": "31 February 2027"}, "must be a real date"),
        ({"due_on": ""}, "Enter a due date"),
        ({"due_on": "1 January 2020"}, "The due date is past"),
        ({"title": "x" * 301}, "Use 300 characters or fewer"),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_added(
    head_of_service: FlaskClient, brent: Authority, wrong: dict[str, str], sentence: str
) -> None:
    item = given.an_item(owner=samira())
    right = {"title": "Review every plan", "lead": str(samira().id), "due_on": f"{TODAY:%-d %B %Y}"}

    answer = head_of_service.post("/brent/items/1/actions/new", data={**right, **wrong})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert queries.count_open(item) == 0


def test_an_update_is_saved_and_can_be_undone(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=samira(), status=Status.AT_RISK)

    saved = head_of_service.post("/brent/actions/1/update", data=an_update(action, now="On track"))
    page = head_of_service.get(saved.location).text
    update = queries.newest_update(action)
    assert update is not None
    undone = head_of_service.post(f"/brent/actions/1/updates/{update.id}/take-back", data={"back": ""})

    assert "A-1 saved as On track." in page
    assert "Undo" in page
    assert "A-1 is At risk again" in head_of_service.get(undone.location).text


@pytest.mark.parametrize("status", ["Delivered, impact not yet evidenced", "Embedded", "Superseded", "Not started"])
def test_no_form_can_be_bent_to_skip_a_step(head_of_service: FlaskClient, status: str) -> None:
    action = given.an_action(lead=samira(), status=Status.ON_TRACK)

    answer = head_of_service.post("/brent/actions/1/update", data=an_update(action, now=status))

    assert answer.status_code == 422
    assert "A-1 is on track, so it cannot become" in answer.text
    assert action.status is Status.ON_TRACK


@pytest.mark.parametrize("nonsense", ["Finished", "", "1", "'; --"])
def test_a_status_that_does_not_exist_is_refused(head_of_service: FlaskClient, nonsense: str) -> None:
    action = given.an_action(lead=samira())

    answer = head_of_service.post("/brent/actions/1/update", data=an_update(action, now=nonsense))

    assert answer.status_code == 422
    assert queries.trail(action) == []


@pytest.mark.parametrize("step", ["update", "sign-off", "send-back", "supersede", "due-date", "lead"])
def test_a_request_without_a_form_changes_nothing_and_is_no_fault_of_ours(
    head_of_service: FlaskClient, step: str
) -> None:
    action = given.an_action(lead=samira())
    before = action.version

    answer = head_of_service.post(f"/brent/actions/1/{step}", data={})

    assert answer.status_code == 422
    assert action.version == before


def test_an_update_of_a_colleagues_action_is_refused_with_a_sentence(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=given.a_person(name="Priya Raman"))

    form = head_of_service.get("/brent/actions/1/update")
    posted = head_of_service.post("/brent/actions/1/update", data=an_update(action))

    assert form.status_code == 403
    assert "Priya Raman leads A-1" in form.text
    assert posted.status_code == 422
    assert "Priya Raman leads A-1" in posted.text
    assert queries.trail(action) == []


def test_a_qa_officer_may_not_sign_off(qa_officer: FlaskClient) -> None:
    given_actions.an_action_awaiting_sign_off()

    answer = qa_officer.post("/brent/actions/1/sign-off", data={"version": 1})

    assert answer.status_code == 403
    assert "you may not sign off actions" in answer.text


def test_the_lead_sees_why_she_cannot_sign_off(head_of_service: FlaskClient) -> None:
    action = given_actions.an_action_awaiting_sign_off(lead=samira())
    posted = {"version": action.version, "difference_due_on": f"{TODAY:%-d %B %Y}"}

    assert "You lead A-1, so somebody else has to sign it off." in head_of_service.get("/brent/actions/1").text
    assert head_of_service.get("/brent/actions/1/sign-off").status_code == 403
    answer = head_of_service.post("/brent/actions/1/sign-off", data=posted)

    assert answer.status_code == 422
    assert action.signed_off_on is None


def test_a_director_signs_off_what_is_delivered(director: FlaskClient) -> None:
    action = given_actions.an_action_awaiting_sign_off()

    answer = director.post(
        "/brent/actions/1/sign-off",
        data={"version": action.version, "note": "Read the tracker", "difference_due_on": f"{TODAY:%-d %B %Y}"},
    )

    assert answer.location == "/brent/actions/1"
    assert action.status is Status.IMPACT_NOT_EVIDENCED
    page = director.get(answer.location).text
    assert "A-1 signed off." in page
    assert "now owes what difference it made" in page


def test_a_signature_given_by_mistake_is_taken_back(director: FlaskClient) -> None:
    action = given_actions.an_action_awaiting_sign_off()
    director.post(
        "/brent/actions/1/sign-off", data={"version": action.version, "difference_due_on": f"{TODAY:%-d %B %Y}"}
    )
    signed = queries.newest_update(action)
    assert signed is not None

    director.post(f"/brent/actions/1/updates/{signed.id}/take-back", data={"back": ""})

    assert action.status is Status.AWAITING_SIGN_OFF
    assert action.signed_off_by is None
    assert action.delivered_on is not None


def test_what_is_not_delivered_cannot_be_signed_off(director: FlaskClient) -> None:
    given.an_action(status=Status.ON_TRACK)

    answer = director.get("/brent/actions/1/sign-off")

    assert answer.status_code == 409
    assert "A-1 is on track, so you cannot sign it off." in answer.text


def test_the_second_of_two_people_sees_both_versions_and_chooses(
    app: Flask, head_of_service: FlaskClient, brent: Authority
) -> None:
    action = given.an_action(lead=samira(), status=Status.ON_TRACK)
    action.item.owner = given.a_person(name="Helen Marsh")
    colleague = signed_in(app, action.item.owner)
    mine = an_update(action, now="Off track", done="The vacancy is not covered")

    colleague.post("/brent/actions/1/update", data=an_update(action, now="At risk", done="Two teams late"))
    conflict = head_of_service.post("/brent/actions/1/update", data=mine)

    assert conflict.status_code == 422
    assert "Helen Marsh changed A-1" in conflict.text
    assert "Two teams late" in conflict.text
    assert "The vacancy is not covered" in conflict.text
    assert action.status is Status.AT_RISK

    head_of_service.post("/brent/actions/1/update", data={**mine, "version": action.version})

    trail = queries.trail(action)
    assert trail[0].status_to is Status.OFF_TRACK
    assert [said.done for said in trail] == ["The vacancy is not covered", "Two teams late"]


def test_the_form_of_a_conflict_holds_the_version_that_would_be_saved_over(
    app: Flask, head_of_service: FlaskClient, brent: Authority
) -> None:
    action = given.an_action(lead=samira(), status=Status.ON_TRACK)
    stale = an_update(action)
    head_of_service.post("/brent/actions/1/update", data=an_update(action, now="At risk"))

    conflict = head_of_service.post("/brent/actions/1/update", data=stale)

    assert f'name="version" value="{action.version}"' in conflict.text


def test_a_due_date_moves_with_its_reason_and_shows_where_it_was(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=samira(), due_on=TODAY)
    later = TODAY + timedelta(days=21)

    head_of_service.post(
        "/brent/actions/1/due-date",
        data={"version": action.version, "due_on": f"{later:%Y-%m-%d}", "reason": "The vacancy"},
    )
    page = head_of_service.get("/brent/actions/1").text

    assert f"Due {TODAY:%-d %B %Y} to {later:%-d %B %Y}: The vacancy" in page
    assert "First due" in page


def test_an_item_with_open_actions_is_not_closed_by_a_direct_request(head_of_service: FlaskClient) -> None:
    item: ImprovementItem = given.an_item(owner=samira())
    given.an_action(item=item)

    answer = head_of_service.post("/brent/items/1/close", data={"version": item.version, "reason": "Enough"})

    assert answer.status_code == 422
    assert "I-1 cannot be closed yet: 1 action is open." in answer.text


def test_nobody_from_elsewhere_reaches_an_action(app: Flask, session: Session, brent: Authority) -> None:
    given.an_action()
    elsewhere = given.an_authority(slug="elsewhere", name="Elsewhere")
    stranger = signed_in(app, given.a_person(authority=elsewhere, role=Role.DIRECTOR))

    assert stranger.get("/brent/actions/1").status_code == 404
    assert stranger.get("/brent/plan.xlsx").status_code == 404
