"""Which actions one may be said to wait for: offered in a list, this item's first."""

from datetime import timedelta

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import given, given_actions
from tests.given_actions import samira
from tests.queries_counted import at_most
from tracker.actions.rules import Status
from tracker.platform import clock

PAGE = "/brent/actions/1/waits-for"
SOON = clock.today() + timedelta(days=9)


def offered(html: str) -> dict[str, list[str]]:
    """By the name of each group, the references in it."""
    groups = BeautifulSoup(html, "html.parser").select("select[name=other] optgroup")
    return {str(group["label"]): [str(one["value"]) for one in group.select("option")] for group in groups}


def test_the_open_actions_are_offered_by_item_this_one_first(head_of_service: FlaskClient) -> None:
    first, second = given.an_item(title="Care leavers"), given.an_item(title="Pre-proceedings")
    given.an_action(item=second, lead=samira())
    given.an_action(item=first, title="Write the offer", due_on=SOON)
    given.an_action(item=second)

    page = head_of_service.get(PAGE).text

    assert list(offered(page).items()) == [("I-2 Pre-proceedings", ["A-3"]), ("I-1 Care leavers", ["A-2"])]
    assert f"A-2 Write the offer, due {SOON:%-d %B}" in page


def test_what_is_over_and_what_it_waits_for_already_are_not_offered(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=samira())
    given_actions.waiting(action, given.an_action(item=action.item))
    given.an_action(item=action.item, status=Status.SUPERSEDED)
    given_actions.a_delivered_action(item=action.item)
    given.an_action(item=action.item)

    assert [*offered(head_of_service.get(PAGE).text).values()] == [["A-5"]]


def test_the_chosen_one_is_still_chosen_when_it_is_refused(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=samira())
    other = given.an_action(item=action.item)
    given_actions.waiting(other, action)

    answer = head_of_service.post(PAGE, data={"version": action.version, "other": "A-2"})

    assert answer.status_code == 422
    assert "neither could be finished first" in answer.text
    (chosen,) = BeautifulSoup(answer.text, "html.parser").select("select[name=other] option[selected]")
    assert chosen["value"] == "A-2"


def test_offering_many_asks_the_database_no_more(head_of_service: FlaskClient) -> None:
    given.an_action(lead=samira())
    for _ in range(20):
        given.an_action(item=given.an_item())

    with at_most(10):
        head_of_service.get(PAGE)
