"""Somebody has an action open in two windows: the second save is not blamed on somebody else."""

from flask.testing import FlaskClient

from tests import given
from tests.given_actions import samira
from tracker.actions.models import Action


def an_update(action: Action, **changes: object) -> dict[str, object]:
    return {"version": action.version, "now": "At risk", "due_on": f"{action.due_on:%-d %B %Y}", **changes}


def test_what_one_saved_oneself_is_said_to_come_from_another_window(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=samira())
    opened = an_update(action, done="Typed in the second window")
    head_of_service.post("/brent/actions/1/update", data=an_update(action, done="Saved in the first"))

    page = " ".join(head_of_service.post("/brent/actions/1/update", data=opened).text.split())

    assert "A-1 was changed by somebody else, or in another window, after you opened it." in page
    assert "You changed A-1 in another window on" in page
    assert "Saved by you in another window" in page
    assert "Samira Okafor changed A-1" not in page


def test_what_a_colleague_saved_is_said_to_be_hers(head_of_service: FlaskClient, director: FlaskClient) -> None:
    action = given.an_action(lead=samira())
    opened = an_update(action, done="Mine")
    director.post("/brent/actions/1/update", data=an_update(action, done="Theirs"))

    page = " ".join(head_of_service.post("/brent/actions/1/update", data=opened).text.split())

    assert "Dana Whitfield changed A-1 on" in page
    assert "Saved by Dana Whitfield" in page
