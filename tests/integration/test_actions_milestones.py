"""The steps on the way to delivering an action, through their commands and their pages."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests import given, given_actions
from tracker.actions import commands, queries
from tracker.actions.models import Action, Milestone
from tracker.actions.rules import Confidence, Status
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.platform import clock, history
from tracker.platform.errors import Conflict, NotAllowed, Refused

TODAY = clock.today()
SOON, LATER = TODAY + timedelta(days=5), TODAY + timedelta(days=20)


def samira() -> Person:
    """Who is signed in as ``head_of_service``."""
    found = people.person_by_email(next(one.person.email for one in people.colleagues(given.an_authority())))
    assert found is not None
    return found


def reached(action: Action, milestone: Milestone, **changes: object) -> object:
    said = {"version": action.version, "done": "Both teams do it.", "by": action.lead, "on": TODAY, **changes}
    return commands.reach_milestone(action, milestone, **said)  # type: ignore[arg-type]  # as keyword arguments


def test_a_milestone_is_agreed_for_a_day_before_that_of_its_action(brent: Authority) -> None:
    action = given.an_action(due_on=LATER)

    commands.add_milestone(action, version=action.version, title="Two teams", due_on=SOON, by=action.lead, on=TODAY)
    with pytest.raises(Refused, match="after the action itself, which is due on"):
        commands.add_milestone(
            action, version=action.version, title="Four", due_on=LATER + timedelta(days=1), by=action.lead, on=TODAY
        )
    with pytest.raises(Refused, match="The day of a milestone is past"):
        commands.add_milestone(
            action, version=action.version, title="One", due_on=TODAY - timedelta(days=1), by=action.lead, on=TODAY
        )

    assert [each.title for each in queries.milestones(action)] == ["Two teams"]
    assert "given the milestone “Two teams”" in history.of(action)[0].what


def test_milestones_stand_in_the_order_of_their_days(brent: Authority) -> None:
    action = given.an_action(due_on=LATER)
    given_actions.a_milestone(action, title="Second", due_on=LATER)
    given_actions.a_milestone(action, title="First", due_on=SOON)

    assert [each.title for each in queries.milestones(action)] == ["First", "Second"]


def test_reaching_a_milestone_is_an_update_in_the_trail(brent: Authority) -> None:
    action = given.an_action(status=Status.NOT_STARTED)
    milestone = given_actions.a_milestone(action)

    reached(
        action,
        milestone,
        difference="Six families know what comes next.",
        next_step="The other two teams",
        confidence=Confidence.SURE,
    )

    said = queries.trail(action)[0]
    assert milestone.reached_on == TODAY
    assert said.milestone is milestone
    assert (said.next_step, said.confidence) == ("The other two teams", Confidence.SURE)
    assert (said.status_from, said.status_to) == (Status.NOT_STARTED, Status.ON_TRACK)


def test_a_milestone_is_reached_once(brent: Authority) -> None:
    action = given.an_action()
    milestone = given_actions.a_milestone(action)
    reached(action, milestone)

    with pytest.raises(Refused, match="was reached on"):
        reached(action, milestone)


def test_a_milestone_of_another_action_is_not_reached(brent: Authority) -> None:
    action, other = given.an_action(), given.an_action()

    with pytest.raises(Refused, match="is not a milestone of A-1"):
        reached(action, given_actions.a_milestone(other))


def test_an_ordinary_update_may_reach_a_milestone_and_taking_it_back_restores_it(brent: Authority) -> None:
    action = given.an_action()
    milestone = given_actions.a_milestone(action)

    said = commands.update(
        action,
        version=action.version,
        status=Status.ON_TRACK,
        done="Both",
        reached=milestone,
        by=action.lead,
        on=TODAY,
    )
    assert milestone.reached_on == TODAY
    commands.take_back(action, said=said, by=action.lead, on=TODAY)

    assert milestone.reached_on is None


def test_a_milestone_moves_with_a_reason_and_its_first_day_is_never_lost(brent: Authority) -> None:
    action = given.an_action(due_on=LATER)
    milestone = given_actions.a_milestone(action, due_on=SOON)

    with pytest.raises(Refused, match="Give the reason"):
        commands.move_milestone(
            action, milestone, version=action.version, due_on=LATER, reason=" ", by=action.lead, on=TODAY
        )
    said = commands.move_milestone(
        action, milestone, version=action.version, due_on=LATER, reason="The vacancy", by=action.lead, on=TODAY
    )

    assert (milestone.first_due_on, milestone.due_on) == (SOON, LATER)
    assert (said.milestone_due_from, said.milestone_due_to, said.due_reason) == (SOON, LATER, "The vacancy")
    assert said.due_to is None
    commands.take_back(action, said=said, by=action.lead, on=TODAY)
    assert milestone.due_on == SOON


def test_a_milestone_that_is_dropped_leaves_the_list_and_stays_in_the_history(brent: Authority) -> None:
    action = given.an_action()
    milestone = given_actions.a_milestone(action, title="A pilot")

    commands.drop_milestone(
        action, milestone, version=action.version, reason="All teams began at once", by=action.lead, on=TODAY
    )

    assert queries.milestones(action) == []
    assert history.of(action)[0].what == "does without the milestone “A pilot”"
    assert history.of(action)[0].why == "All teams began at once"
    with pytest.raises(Refused, match="was dropped on"):
        reached(action, milestone)


def test_the_milestones_of_a_delivered_action_are_as_they_are(brent: Authority) -> None:
    action = given.an_action()
    milestone = given_actions.a_milestone(action)
    commands.deliver(action, version=action.version, done="Done", by=action.lead, on=TODAY)

    with pytest.raises(Refused, match="A-1 is awaiting sign-off, so its milestones cannot change"):
        reached(action, milestone)


def test_a_colleague_changes_no_milestone(brent: Authority) -> None:
    action = given.an_action()
    milestone = given_actions.a_milestone(action)

    with pytest.raises(NotAllowed, match="leads A-1"):
        reached(action, milestone, by=given.a_person())


def test_whoever_adds_a_milestone_changes_the_version_that_others_have_open(brent: Authority) -> None:
    action = given.an_action(due_on=LATER)
    opened = action.version
    commands.add_milestone(action, version=opened, title="Two teams", due_on=SOON, by=action.lead, on=TODAY)

    with pytest.raises(Conflict):
        commands.update(action, version=opened, status=Status.ON_TRACK, done="Mine", by=action.lead, on=TODAY)


def test_a_milestone_is_added_reached_and_moved_from_its_page(head_of_service: FlaskClient) -> None:
    action = given.an_action(lead=samira(), due_on=LATER)

    head_of_service.post(
        "/brent/actions/1/milestones/new",
        data={"version": action.version, "title": "Two teams", "due_on": f"{SOON:%-d %B %Y}"},
    )
    milestone = queries.milestones(action)[0]
    address = f"/brent/actions/1/milestones/{milestone.id}"
    head_of_service.post(
        f"{address}/due-date",
        data={"version": action.version, "due_on": f"{LATER:%-d %B %Y}", "reason": "The vacancy"},
    )
    head_of_service.post(
        f"{address}/reached",
        data={"version": action.version, "done": "Both do it", "confidence": "Confident", "next_step": "The rest"},
    )
    page = head_of_service.get("/brent/actions/1").text

    assert "Milestones (1 of 1 reached)" in page
    assert "Milestone reached: Two teams" in page
    assert "“Two teams” moved from" in page
    assert "Next: The rest" in page
    assert "Confident of the due date" in page


def test_the_second_of_two_people_who_change_a_milestone_sees_both_versions(
    head_of_service: FlaskClient, director: FlaskClient
) -> None:
    lead = next(one.person for one in people.colleagues(given.an_authority()) if one.person.name == "Samira Okafor")
    action = given.an_action(lead=lead, due_on=LATER)
    milestone = given_actions.a_milestone(action, due_on=SOON)
    opened = {"version": action.version, "due_on": f"{LATER:%-d %B %Y}", "reason": "Mine"}
    address = f"/brent/actions/1/milestones/{milestone.id}/due-date"
    director.post(address, data={**opened, "due_on": f"{SOON + timedelta(days=1):%-d %B %Y}", "reason": "Theirs"})

    answer = head_of_service.post(address, data=opened)

    assert answer.status_code == 422
    assert "Dana Whitfield changed A-1" in answer.text
    assert "Theirs" in answer.text
    assert "Save mine as well" in answer.text
    assert milestone.due_on == SOON + timedelta(days=1)
    chosen = head_of_service.post(address, data={**opened, "version": action.version})
    assert chosen.status_code == 302
    assert milestone.due_on == LATER


def test_a_milestone_of_another_action_is_not_found_at_an_address(head_of_service: FlaskClient) -> None:
    given.an_action(lead=samira())
    milestone = given_actions.a_milestone(given.an_action())

    assert head_of_service.get(f"/brent/actions/1/milestones/{milestone.id}/reached").status_code == 404
