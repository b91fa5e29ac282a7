"""Several actions updated in one save: each is saved whole or not at all, and says beside itself why not."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests import given, given_actions
from tests.given_actions import samira
from tests.queries_counted import at_most
from tracker.actions import queries
from tracker.actions.models import Action
from tracker.actions.rules import Status, end_of_week
from tracker.platform import clock

TODAY = clock.today()
SEVERAL = "/brent/my-work/several"


def line(action: Action, **changes: object) -> dict[str, object]:
    said = {"version": action.version, "now": action.status.value, "done": "", **changes}
    return {f"a{action.number}-{name}": value for name, value in said.items()}


def test_several_actions_are_saved_at_once_and_the_others_left_alone(head_of_service: FlaskClient) -> None:
    first, second, third = (given.an_action(lead=samira()) for _ in range(3))

    answer = head_of_service.post(
        SEVERAL,
        data={
            **line(first, now="At risk", done="One team is left"),
            **line(second),
            **line(third, now="Awaiting sign-off", done="All teams do it"),
        },
    )
    page = head_of_service.get(answer.location).text

    assert answer.location == "/brent/"
    assert "2 actions saved: A-1 as At risk, A-3 as Awaiting sign-off." in page
    assert [each.status for each in (first, second, third)] == [
        Status.AT_RISK,
        Status.ON_TRACK,
        Status.AWAITING_SIGN_OFF,
    ]
    assert queries.trail(second) == []


def test_a_line_that_is_refused_keeps_its_words_and_stops_no_other(head_of_service: FlaskClient) -> None:
    first, second = given.an_action(lead=samira()), given.an_action(lead=samira())

    answer = head_of_service.post(
        SEVERAL, data={**line(first, now="At risk", done=""), **line(second, done="Third team began")}
    )

    assert answer.status_code == 200
    assert "1 action saved: A-2 as On track." in answer.text
    assert "A-1: Say what has happened since the last update." in answer.text
    assert '<option value="At risk" selected>' in answer.text
    assert (first.status, queries.trail(first)) == (Status.ON_TRACK, [])
    assert queries.trail(second)[0].done == "Third team began"


def test_where_every_line_is_refused_nothing_is_saved(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=samira())

    answer = head_of_service.post(SEVERAL, data=line(action, done="Seen by 943 476 5919"))

    assert answer.status_code == 422
    assert "This looks like an NHS number" in answer.text
    assert queries.trail(action) == []


def test_what_somebody_else_saved_meanwhile_is_shown_on_its_own_line(
    head_of_service: FlaskClient, director: FlaskClient
) -> None:
    first, second = given.an_action(lead=samira()), given.an_action(lead=samira())
    lines = {**line(first, done="Mine"), **line(second, done="Mine too")}
    director.post(
        "/brent/actions/1/update",
        data={
            "version": first.version,
            "now": "Off track",
            "done": "Theirs",
            "due_on": f"{first.due_on:%-d %B %Y}",
        },
    )

    answer = head_of_service.post(SEVERAL, data=lines)
    again = head_of_service.post(SEVERAL, data=line(first, done="Mine"))

    assert answer.status_code == 200
    assert "Dana Whitfield changed A-1" in answer.text
    assert "Theirs" in answer.text
    assert queries.trail(second)[0].done == "Mine too"
    assert again.status_code == 302
    assert queries.trail(first)[0].done == "Mine"


def test_nothing_said_saves_nothing_and_says_so(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=samira())

    answer = head_of_service.post(SEVERAL, data=line(action))

    assert "Nothing was said about any action" in head_of_service.get(answer.location).text
    assert queries.trail(action) == []


def test_a_colleagues_action_is_not_saved_by_a_line_that_names_it(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=given.a_person(name="Priya Raman"))

    answer = head_of_service.post(SEVERAL, data=line(action, done="Mine"))

    assert answer.status_code == 422
    assert "Priya Raman leads A-1" in answer.text
    assert queries.trail(action) == []


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"a1-version": "x", "a1-now": "Embedded", "a1-done": "Skipped"},
        {"a1-version": "1", "a1-now": "nonsense", "a1-done": "Forged"},
        {"a999999999999-version": "1", "a-1-version": "1", "aa-version": "1"},
        {"a1-version": "", "a1-done": "No version"},
    ],
)
def test_lines_that_our_page_never_made_change_nothing(head_of_service: FlaskClient, form: dict[str, str]) -> None:
    action = given.an_action(lead=samira())

    answer = head_of_service.post(SEVERAL, data=form)

    assert answer.status_code in {302, 422}
    assert (action.status, queries.trail(action)) == (Status.ON_TRACK, [])


def test_the_page_holds_twenty_lines_and_asks_no_more_than_eight_questions(head_of_service: FlaskClient) -> None:
    for _ in range(25):
        given.an_action(item=given.an_item(owner=samira()), lead=samira())

    with at_most(8):
        page = head_of_service.get(SEVERAL).text

    assert page.count('-done"') >= 20
    assert "Actions 1 to 20 of 25" in page


def test_this_week_names_the_milestone_that_comes_before_the_due_date(head_of_service: FlaskClient) -> None:
    week = end_of_week(TODAY)
    action = given.an_action(lead=samira(), due_on=TODAY + timedelta(days=100), title="Far away")
    given_actions.a_milestone(action, title="Half of the teams", due_on=week)
    late = given.an_action(lead=samira(), due_on=TODAY + timedelta(days=100), title="Its step is late")
    given_actions.a_milestone(late, title="The pilot", due_on=TODAY - timedelta(days=3))

    page = head_of_service.get("/brent/").text

    assert f"This week, by {week:%A %-d %B}" in page
    assert page.index("Overdue</h2>") < page.index("Its step is late") < page.index("This week, by Sunday", 3000)
    assert "“The pilot”, due" in page
    assert "3 days late" in page
    assert page.index("Far away") < page.index("“Half of the teams”")


def test_a_long_list_is_paged_and_every_action_can_be_opened_on_its_page(head_of_service: FlaskClient) -> None:
    for number in range(25):
        given.an_action(lead=samira(), title=f"Action number {number}", due_on=TODAY + timedelta(days=60 + number))

    first = head_of_service.get("/brent/").text
    second = head_of_service.get("/brent/?page=2&at=25").text

    assert "Actions 1 to 20 of 25" in first
    assert 'href="/brent/?at=1&amp;page=1#A-1"' in first
    assert "Actions 21 to 25 of 25" in second
    assert 'action="/brent/my-work/25"' in second
    assert head_of_service.get(f"/brent/?page={10**30}").status_code == 200


def test_what_an_action_waits_for_is_named_on_my_work(head_of_service: FlaskClient) -> None:
    action, other = given.an_action(lead=samira()), given.an_action(due_on=TODAY - timedelta(days=2))
    given_actions.waiting(action, other)

    assert "Waits for <a" in head_of_service.get("/brent/").text


def test_a_page_with_a_form_open_asks_no_more_questions(head_of_service: FlaskClient) -> None:
    action = given.an_action(item=given.an_item(owner=samira()), lead=samira())
    given_actions.a_milestone(action, title="Half of the teams")

    with at_most(8):
        page = head_of_service.get("/brent/?at=1").text

    assert "Which milestone does this reach?" in page
