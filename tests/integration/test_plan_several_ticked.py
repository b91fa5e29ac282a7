"""Which actions are ticked when several are to change, and leaving out those that are refused."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given, given_actions
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.people import queries as people
from tracker.people.models import Person
from tracker.platform import clock

TODAY = clock.today()
SOON = TODAY + timedelta(days=60)


def samira() -> Person:
    """Who is signed in as ``head_of_service``."""
    return next(one.person for one in people.colleagues(given.an_authority()) if one.person.name == "Samira Okafor")


@pytest.fixture
def plan(head_of_service: FlaskClient) -> list[Action]:
    """A-1 is hers; A-2 is a colleague's; A-3 and A-4 are hers, delivered and superseded."""
    return [
        given.an_action(lead=samira(), due_on=SOON),
        given.an_action(lead=given.a_person(name="Priya Raman"), due_on=SOON),
        given_actions.a_delivered_action(lead=samira()),
        given.an_action(lead=samira(), status=Status.SUPERSEDED),
    ]


def boxes(html: str, which: str = "[checked]") -> list[str]:
    return [
        str(box["value"]).split(":")[0] for box in BeautifulSoup(html, "html.parser").select(f"[name=action]{which}")
    ]


def test_only_what_she_may_change_and_is_to_be_delivered_is_ticked(
    head_of_service: FlaskClient, plan: list[Action]
) -> None:
    page = head_of_service.get("/brent/plan/several").text

    assert boxes(page) == ["1"]
    assert {"1", "2", "3"} <= set(boxes(page, ""))
    assert "1 is ticked: it is yours to change and still to be delivered." in page


def test_all_are_ticked_only_when_that_is_asked_for(head_of_service: FlaskClient, plan: list[Action]) -> None:
    page = head_of_service.get("/brent/plan/several?tick=all").text

    assert boxes(page) == boxes(page, "")
    assert "ticked:" not in page


def test_the_refused_are_left_out_with_one_button(
    head_of_service: FlaskClient, plan: list[Action], session: Session
) -> None:
    asked = {
        "action": [f"{action.number}:{action.version}" for action in plan[:3]],
        "change": "due",
        "days": "14",
        "reason": "The new team starts later",
    }

    refused = head_of_service.post("/brent/plan/several", data=asked)
    (button,) = BeautifulSoup(refused.text, "html.parser").select("button[name=leave-out]")
    left = head_of_service.post("/brent/plan/several", data={**asked, "leave-out": str(button["value"])})

    assert button.get_text() == "Leave the refused ones out"
    assert button["value"] == "A-2 A-3"
    assert left.status_code == 200
    assert boxes(left.text) == ["1"]
    assert "Change 1 action" in left.text
    session.expire_all()
    assert plan[0].due_on == SOON  # only looked at


def test_where_all_are_refused_none_can_be_left_out(head_of_service: FlaskClient, plan: list[Action]) -> None:
    asked = {"action": [f"2:{plan[1].version}"], "change": "due", "days": "14", "reason": "Later"}

    answer = head_of_service.post("/brent/plan/several", data=asked)

    assert answer.status_code == 422
    assert "leave-out" not in answer.text
    assert "take its tick away below" in answer.text
