"""My work says beside each action which day put it where it stands, and what it counts as overdue."""

from datetime import timedelta

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import given, given_actions
from tracker.actions import rules
from tracker.people import queries as people
from tracker.people.models import Person
from tracker.platform import clock
from tracker.web.filters import short_day

TODAY = clock.today()
UNTIL = rules.end_of_period(TODAY)
LATER = UNTIL + timedelta(days=60)


def samira() -> Person:
    """Who is signed in as ``head_of_service``."""
    return next(one.person for one in people.colleagues(given.an_authority()) if one.person.name == "Samira Okafor")


def my_work(client: FlaskClient) -> BeautifulSoup:
    return BeautifulSoup(client.get("/brent/").text, "html.parser")


def due(page: BeautifulSoup, reference: str) -> str:
    (found,) = page.select(f"#{reference} .app-work__due")
    return found.get_text()


def facts(page: BeautifulSoup) -> str:
    return " ".join(page.get_text().split())


def test_a_late_milestone_is_named_as_what_puts_an_action_under_overdue(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=samira(), due_on=LATER)
    late = TODAY - timedelta(days=58)
    given_actions.a_milestone(action, due_on=late)

    page = my_work(head_of_service)

    assert due(page, "A-1") == f"Milestone due {short_day(late)}, 58 days late. Due {short_day(LATER)}"
    assert "1 overdue: 1 milestone" in facts(page)


def test_a_milestone_to_come_is_named_as_what_puts_an_action_before_its_own_day(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=samira(), due_on=LATER)
    given_actions.a_milestone(action, due_on=UNTIL)

    page = my_work(head_of_service)

    assert due(page, "A-1") == f"Milestone due {short_day(UNTIL)}. Due {short_day(LATER)}"
    assert "overdue" not in facts(page)


def test_an_action_that_is_itself_late_counts_as_the_plan_counts_it(head_of_service: FlaskClient) -> None:
    late = TODAY - timedelta(days=3)
    given.an_action(lead=samira(), due_on=late)
    with_milestone = given.an_action(lead=samira(), due_on=late)
    given_actions.a_milestone(with_milestone, due_on=TODAY - timedelta(days=9))

    page = my_work(head_of_service)

    assert due(page, "A-1") == f"Due {short_day(late)}, 3 days late"
    assert due(page, "A-2").endswith(f"9 days late. Due {short_day(late)}, 3 days late")
    assert "2 overdue this week" in facts(page).replace("0 this week", "this week")
    assert "2 overdue:" not in facts(page)


def test_a_difference_that_is_late_is_counted_by_its_name(head_of_service: FlaskClient) -> None:
    given_actions.a_delivered_action(lead=samira(), on=TODAY - timedelta(days=200))
    given.an_action(lead=samira(), due_on=TODAY - timedelta(days=3))
    milestone_of = given.an_action(lead=samira(), due_on=LATER)
    given_actions.a_milestone(milestone_of, due_on=TODAY - timedelta(days=1))

    assert "3 overdue: 1 action, 1 milestone and 1 difference" in facts(my_work(head_of_service))
