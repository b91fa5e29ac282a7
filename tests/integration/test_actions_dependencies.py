"""Actions that wait for others: through the commands, through the pages, and what a late one moves."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests import given, given_actions
from tests.given_actions import samira
from tests.queries_counted import at_most
from tracker.actions.dependencies import commands, queries
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.people.models import Authority
from tracker.platform import clock, history
from tracker.platform.errors import Conflict, NotAllowed, Refused

TODAY = clock.today()


def wait(action: Action, other: Action) -> None:
    commands.wait_for(action, other, version=action.version, by=action.lead)


def test_an_action_waits_for_another_and_its_history_says_so(brent: Authority) -> None:
    action, other = given.an_action(), given.an_action()

    wait(action, other)

    assert queries.waits(brent) == {action.id: {other.id}}
    assert history.of(action)[0].what == "waits for A-2"


def test_a_circle_across_items_is_refused_by_name(brent: Authority) -> None:
    first, second, third = given.an_action(), given.an_action(), given.an_action()
    wait(second, first)
    wait(third, second)

    with pytest.raises(Refused) as refused:
        wait(first, third)

    assert str(refused.value) == (
        "A-1 cannot wait for A-3: A-3 waits for A-2 and A-2 waits for A-1, so none of them could be finished first."
    )
    assert queries.waits(brent) == {second.id: {first.id}, third.id: {second.id}}


@pytest.mark.parametrize("status", [Status.AWAITING_SIGN_OFF, Status.SUPERSEDED])
def test_what_is_delivered_or_superseded_waits_for_nothing(brent: Authority, status: Status) -> None:
    action, other = given.an_action(status=status), given.an_action()

    with pytest.raises(Refused, match="so it waits for nothing"):
        wait(action, other)


def test_nothing_new_waits_for_what_is_superseded(brent: Authority) -> None:
    action, other = given.an_action(), given.an_action(status=Status.SUPERSEDED)

    with pytest.raises(Refused, match="A-2 is superseded"):
        wait(action, other)


def test_an_action_waits_for_none_of_another_authority(brent: Authority) -> None:
    elsewhere = given.an_item(authority=given.an_authority(slug="elsewhere", name="Elsewhere"))
    other = given.an_action(item=elsewhere, lead=given.a_person(authority=elsewhere.authority))

    with pytest.raises(Refused, match="belongs to another authority"):
        wait(given.an_action(), other)


def test_the_same_is_not_said_twice_and_is_taken_out_once(brent: Authority) -> None:
    action, other = given.an_action(), given.an_action()
    wait(action, other)

    with pytest.raises(Refused, match="A-1 waits for A-2 already"):
        wait(action, other)
    commands.wait_no_longer(action, other, version=action.version, by=action.lead)
    with pytest.raises(Refused, match="A-1 does not wait for A-2"):
        commands.wait_no_longer(action, other, version=action.version, by=action.lead)

    assert queries.waits(brent) == {}


def test_only_its_people_say_what_an_action_waits_for_and_on_the_version_they_saw(brent: Authority) -> None:
    action, other = given.an_action(), given.an_action()

    with pytest.raises(NotAllowed):
        commands.wait_for(action, other, version=action.version, by=given.a_person())
    with pytest.raises(Conflict):
        commands.wait_for(action, other, version=action.version - 1, by=action.lead)


def test_the_page_of_a_late_action_says_what_it_moves(head_of_service: FlaskClient) -> None:
    item, other_item = given.an_item(), given.an_item()
    late = given.an_action(item=item, lead=samira(), due_on=TODAY - timedelta(days=12))
    held = given.an_action(item=other_item, due_on=TODAY + timedelta(days=10))
    given_actions.waiting(held, late)

    page = " ".join(head_of_service.get("/brent/actions/1").text.split())

    assert "A-1 is 12 days late." in page
    assert "It holds up <a" in page
    before, after = TODAY + timedelta(days=10), TODAY + timedelta(days=22)
    assert f"moves from {_short(before)} to {_short(after)}" in page


def test_the_page_of_an_action_that_is_held_up_says_until_when_and_shows_the_chain(
    head_of_service: FlaskClient,
) -> None:
    item = given.an_item()
    late = given.an_action(item=item, due_on=TODAY - timedelta(days=12))
    held = given.an_action(item=item, due_on=TODAY + timedelta(days=10))
    given_actions.waiting(held, late)

    page = " ".join(head_of_service.get("/brent/actions/2").text.split())

    assert f"it can be finished on {TODAY + timedelta(days=22):%-d %B %Y} at the earliest, 12 days after" in page
    assert "The way to the last day of I-1" in page
    assert page.index("A-1</a> Review every plan", page.index("The way")) < page.index("A-2</a>", page.index("The way"))


def test_what_is_delivered_holds_nothing_up(brent: Authority) -> None:
    done = given_actions.an_action_awaiting_sign_off(on=TODAY - timedelta(days=20))
    waiting = given.an_action(due_on=TODAY + timedelta(days=10))
    given_actions.waiting(waiting, done)

    around = queries.around(waiting, TODAY)

    assert around.earliest is None
    assert [link.spare for link in around.waits_for] == [None]


def test_dependencies_are_added_and_taken_out_on_pages(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=samira())
    given.an_action()

    added = head_of_service.post("/brent/actions/1/waits-for", data={"version": action.version, "other": "a-2"})
    page = head_of_service.get(added.location).text
    taken = head_of_service.post("/brent/actions/1/waits-for/2/remove", data={"version": action.version})

    assert "A-1 now waits for A-2." in page
    assert "Waits for:" in page
    assert "A-1 no longer waits for A-2." in head_of_service.get(taken.location).text


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ("A-9", "There is no action A-9"),
        ("", "Choose the action it waits for"),
        ("I-1", "must be a reference such as A-9"),
        ("A-1", "A-1 cannot wait for itself"),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused_with_a_sentence(
    head_of_service: FlaskClient, other: str, sentence: str
) -> None:
    action = given.an_action(lead=samira())

    answer = head_of_service.post("/brent/actions/1/waits-for", data={"version": action.version, "other": other})

    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_plan_names_what_an_action_waits_for_and_how_late_that_is(head_of_service: FlaskClient) -> None:
    late = given.an_action(due_on=TODAY - timedelta(days=3))
    given_actions.waiting(given.an_action(), late)

    page = " ".join(head_of_service.get("/brent/plan").text.split())

    assert "Waits for <a" in page
    assert "(3 days late)" in page


def test_the_page_of_an_action_asks_no_more_as_the_plan_is_tied_together(head_of_service: FlaskClient) -> None:
    first = given.an_action(due_on=TODAY - timedelta(days=3))
    for _ in range(30):
        given_actions.waiting(given.an_action(item=given.an_item()), first)

    with at_most(18):
        head_of_service.get("/brent/actions/1")


def _short(day: object) -> str:
    return f"{day:%-d %B}" if getattr(day, "year", 0) == TODAY.year else f"{day:%-d %B %Y}"
