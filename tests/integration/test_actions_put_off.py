"""An action is put off: what waits for it keeps the days that it was given, and whoever puts it off is told."""

from datetime import date, timedelta

from flask.testing import FlaskClient

from tests import given
from tracker.actions import commands as actions
from tracker.actions.dependencies import commands, queries
from tracker.actions.models import Action
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.platform import clock

TODAY = clock.today()


def days(number: int) -> timedelta:
    return timedelta(days=number)


def samira() -> Person:
    """Who is signed in as ``head_of_service``."""
    return next(one.person for one in people.colleagues(given.an_authority()) if one.person.name == "Samira Okafor")


def a_pair(lead: Person | None = None) -> tuple[Action, Action]:
    """A-1, due in ten days, and A-2, which waits for it and has thirty days after it."""
    item = given.an_item()
    first = given.an_action(item=item, lead=lead, due_on=TODAY + days(10))
    waiting = given.an_action(item=item, lead=first.lead, due_on=TODAY + days(40))
    commands.wait_for(waiting, first, version=waiting.version, by=waiting.lead)
    return first, waiting


def put_off(action: Action, to: date) -> None:
    actions.reschedule(
        action, version=action.version, due_on=to, reason="Two posts are empty", by=action.lead, on=TODAY
    )


def last_day(action: Action) -> date:
    found = queries.path(action.item, TODAY)
    assert found is not None
    return found.finish


def test_an_item_never_finishes_sooner_because_an_action_is_put_off(brent: Authority) -> None:
    first, _ = a_pair()

    lasts = [last_day(first)]
    for later in (10, 39, 40, 41, 80):
        put_off(first, TODAY + days(10 + later))
        lasts.append(last_day(first))

    assert lasts == [TODAY + days(number) for number in (40, 50, 79, 80, 81, 120)]


def test_an_action_that_is_put_off_too_far_holds_up_what_waits_for_it(brent: Authority) -> None:
    first, waiting = a_pair()

    put_off(first, TODAY + days(52))

    around = queries.around(first, TODAY)
    assert around.delayed is not None
    assert around.delayed.days == 0
    assert [work.reference for work in around.delayed.held_up] == ["A-2"]
    assert queries.around(waiting, TODAY).earliest == TODAY + days(82)


def test_an_action_that_is_brought_forward_gives_what_waits_for_it_days_to_spare(brent: Authority) -> None:
    first, waiting = a_pair()

    put_off(first, TODAY + days(4))

    around = queries.around(waiting, TODAY)
    assert around.earliest is None
    assert [link.spare for link in around.waits_for] == [6]


def test_whoever_moves_the_action_that_waits_says_anew_how_many_days_it_has(brent: Authority) -> None:
    first, waiting = a_pair()
    put_off(first, TODAY + days(52))

    put_off(waiting, TODAY + days(60))

    assert queries.around(waiting, TODAY).earliest is None
    put_off(first, TODAY + days(70))
    assert queries.around(waiting, TODAY).earliest == TODAY + days(78)


def test_an_action_that_is_moved_to_a_day_before_what_it_waits_for_keeps_its_days(brent: Authority) -> None:
    first, waiting = a_pair()
    put_off(first, TODAY + days(52))

    put_off(waiting, TODAY + days(45))

    assert queries.around(waiting, TODAY).earliest == TODAY + days(82)


def test_whoever_changes_a_due_date_is_told_what_it_holds_up(head_of_service: FlaskClient) -> None:
    first, _ = a_pair(samira())
    later = TODAY + days(52)

    saved = head_of_service.post(
        "/brent/actions/1/due-date",
        data={"version": first.version, "due_on": f"{later:%-d %B %Y}", "reason": "Two posts are empty"},
    )
    page = " ".join(head_of_service.get(saved.location).text.split())

    assert f"A-1 is now due on {later:%-d %B %Y}. It holds up <a" in page
    assert "A-1 is due too late for what waits for it." in page


def test_whoever_gives_a_new_date_in_an_update_is_told_what_it_holds_up(head_of_service: FlaskClient) -> None:
    first, _ = a_pair(samira())
    later = TODAY + days(52)

    saved = head_of_service.post(
        "/brent/actions/1/update",
        data={
            "version": first.version,
            "now": "At risk",
            "done": "Two posts are empty",
            "due_on": f"{later:%-d %B %Y}",
            "due_reason": "Two posts are empty",
        },
    )
    page = " ".join(head_of_service.get(saved.location).text.split())

    assert f"It is now due on {later:%-d %B %Y}. It holds up <a" in page


def test_a_new_date_that_holds_nothing_up_is_all_that_is_said(head_of_service: FlaskClient) -> None:
    first, _ = a_pair(samira())

    saved = head_of_service.post(
        "/brent/actions/1/due-date",
        data={"version": first.version, "due_on": f"{TODAY + days(5):%-d %B %Y}", "reason": "It goes well"},
    )

    assert "It holds up" not in head_of_service.get(saved.location).text
