"""Every way an action changes, by the rules and against them."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import given, given_actions
from tracker.actions import commands, queries
from tracker.actions.models import Action
from tracker.actions.rules import DIFFERENCE_DUE, Status
from tracker.improvements.rules import ItemState
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import clock, history
from tracker.platform.errors import Conflict, NotAllowed, Refused

TODAY = clock.today()
TOMORROW = TODAY + timedelta(days=1)


def delivered_by_its_lead(action: Action) -> Action:
    commands.deliver(action, version=action.version, done="All teams do it.", by=action.lead, on=TODAY)
    return action


def owner_of(action: Action) -> Person:
    action.item.owner = given.a_person(name="Helen Marsh")
    return action.item.owner


def test_a_new_action_has_not_started_and_keeps_the_day_first_promised(brent: Authority) -> None:
    owner = given.a_person()
    item = given.an_item(owner=owner)

    action = commands.add_action(item, title="Review every plan", lead=owner, due_on=TOMORROW, by=owner, on=TODAY)

    assert action.status is Status.NOT_STARTED
    assert action.first_due_on == action.due_on == TOMORROW


def test_an_action_is_not_promised_for_a_day_that_has_passed(brent: Authority) -> None:
    owner = given.a_person()
    item = given.an_item(owner=owner)

    with pytest.raises(Refused, match="The due date is past"):
        commands.add_action(item, title="Review", lead=owner, due_on=TODAY - timedelta(days=1), by=owner, on=TODAY)


def test_a_head_of_service_adds_to_anothers_item_only_what_she_leads_herself(brent: Authority) -> None:
    item = given.an_item(owner=given.a_person())
    colleague, other = given.a_person(), given.a_person()

    with pytest.raises(NotAllowed, match="only actions to it that you lead yourself"):
        commands.add_action(item, title="Review", lead=other, due_on=TOMORROW, by=colleague, on=TODAY)
    own = commands.add_action(item, title="Review", lead=colleague, due_on=TOMORROW, by=colleague, on=TODAY)

    assert own.lead is colleague


def test_an_action_is_led_by_a_colleague(brent: Authority) -> None:
    director = given.a_person(role=Role.DIRECTOR)
    stranger = given.a_person(name="Ruth Anyanwu", authority=given.an_authority(slug="elsewhere", name="Elsewhere"))

    with pytest.raises(Refused, match="Ruth Anyanwu does not work in Brent"):
        commands.add_action(given.an_item(), title="Review", lead=stranger, due_on=TOMORROW, by=director, on=TODAY)


def test_an_update_is_kept_in_the_trail_with_what_it_changed(brent: Authority) -> None:
    action = given.an_action(status=Status.AT_RISK)

    commands.update(
        action, version=action.version, status=Status.OFF_TRACK, done="Two of four teams.", by=action.lead, on=TODAY
    )

    said = queries.trail(action)[0]
    assert (said.status_from, said.status_to, said.done) == (Status.AT_RISK, Status.OFF_TRACK, "Two of four teams.")
    assert history.of(action)[0].changes["status"] == ["At risk", "Off track"]
    assert history.of(action)[0].why == "Two of four teams."


def test_a_new_due_date_needs_a_reason_and_the_first_is_never_lost(brent: Authority) -> None:
    action = given.an_action(due_on=TODAY)

    with pytest.raises(Refused, match="Give the reason"):
        commands.reschedule(action, version=action.version, due_on=TOMORROW, reason=" ", by=action.lead, on=TODAY)
    commands.reschedule(action, version=action.version, due_on=TOMORROW, reason="The vacancy", by=action.lead, on=TODAY)

    assert (action.first_due_on, action.due_on) == (TODAY, TOMORROW)
    said = queries.trail(action)[0]
    assert (said.due_from, said.due_to, said.due_reason) == (TODAY, TOMORROW, "The vacancy")


def test_what_is_delivered_takes_no_new_due_date(brent: Authority) -> None:
    action = delivered_by_its_lead(given.an_action())

    with pytest.raises(Refused, match="is awaiting sign-off, so its due date cannot change"):
        commands.reschedule(action, version=action.version, due_on=TOMORROW, reason="Late", by=action.lead, on=TODAY)


def test_a_colleague_whose_action_it_is_not_changes_nothing(brent: Authority) -> None:
    action = given.an_action(lead=given.a_person(name="Priya Raman"))
    colleague = given.a_person()

    with pytest.raises(NotAllowed, match="Priya Raman leads A-1"):
        commands.update(action, version=action.version, status=Status.ON_TRACK, done="Mine now", by=colleague, on=TODAY)

    assert queries.trail(action) == []


def test_the_lead_cannot_sign_off_her_own_action_even_as_a_director(brent: Authority) -> None:
    action = delivered_by_its_lead(given.an_action(lead=given.a_person(role=Role.DIRECTOR)))

    with pytest.raises(NotAllowed, match="You lead A-1, so somebody else has to sign it off"):
        commands.sign_off(action, version=action.version, by=action.lead, on=TODAY)


def test_giving_a_delivered_action_away_does_not_make_its_deliverer_another_person(brent: Authority) -> None:
    action = given.an_action()
    owner = owner_of(action)
    commands.deliver(action, version=action.version, done="Done", by=owner, on=TODAY)

    with pytest.raises(NotAllowed, match="You said that A-1 is delivered"):
        commands.sign_off(action, version=action.version, by=owner, on=TODAY)


def test_sign_off_asks_for_the_difference_in_a_quarter(brent: Authority) -> None:
    action = given.an_action()
    owner = owner_of(action)
    delivered_by_its_lead(action)

    commands.sign_off(action, version=action.version, by=owner, on=TODAY)

    assert action.status is Status.IMPACT_NOT_EVIDENCED
    assert action.difference_due_on == TODAY + DIFFERENCE_DUE


def test_what_is_sent_back_is_off_track_when_its_day_has_passed(brent: Authority) -> None:
    action = given.an_action(due_on=TODAY - timedelta(days=3))
    owner = owner_of(action)
    delivered_by_its_lead(action)

    commands.send_back(action, version=action.version, reason="One team is missing", by=owner, on=TODAY)

    assert action.status is Status.OFF_TRACK
    assert action.delivered_on is None
    assert queries.trail(action)[0].done == "One team is missing"


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.ON_TRACK, Status.AWAITING_SIGN_OFF])
def test_nothing_is_embedded_before_it_is_signed_off(brent: Authority, status: Status) -> None:
    action = given.an_action(status=status)

    with pytest.raises(Refused, match="so you cannot show the difference it made yet"):
        commands.mark_embedded(action, difference="Children are seen sooner", by=action.lead, on=TODAY)


def test_what_a_delivered_action_changed_is_kept_before_anything_shows_it(brent: Authority) -> None:
    action = given_actions.a_delivered_action()

    commands.say_difference(action, version=action.version, difference="Families wait less", by=action.lead, on=TODAY)

    assert action.status is Status.IMPACT_NOT_EVIDENCED
    assert queries.trail(action)[0].difference == "Families wait less"


def test_the_second_of_two_people_is_told_and_nothing_of_hers_is_saved(brent: Authority) -> None:
    action = given.an_action(status=Status.ON_TRACK)
    opened = action.version
    commands.update(action, version=opened, status=Status.AT_RISK, done="First", by=action.lead, on=TODAY)

    with pytest.raises(Conflict, match="A-1 was changed by somebody else, or in another window, after you opened it"):
        commands.update(action, version=opened, status=Status.OFF_TRACK, done="Second", by=action.lead, on=TODAY)

    assert action.status is Status.AT_RISK
    assert [said.done for said in queries.trail(action)] == ["First"]


def test_an_update_that_changes_no_status_still_makes_a_new_version(brent: Authority) -> None:
    action = given.an_action(status=Status.ON_TRACK)
    opened = action.version

    commands.update(action, version=opened, status=Status.ON_TRACK, done="As planned", by=action.lead, on=TODAY)

    assert action.version > opened
    assert history.of(action)[0].what == "updated"


def test_two_people_who_save_at_the_same_moment_do_not_overwrite_each_other(brent: Authority, session: Session) -> None:
    action = given.an_action(status=Status.ON_TRACK)
    lead, version = action.lead, action.version
    session.commit()
    assert action.hands.lead == lead.id  # read before the other one saves
    unseen = update(Action).where(Action.id == action.id).values(version=version + 1)
    session.execute(unseen, execution_options={"synchronize_session": False})

    with pytest.raises(Conflict):
        commands.update(action, version=version, status=Status.AT_RISK, done="Second", by=lead, on=TODAY)


def test_an_update_taken_back_leaves_the_action_as_it_was_and_both_in_the_trail(brent: Authority) -> None:
    action = given.an_action(status=Status.AT_RISK, due_on=TODAY)
    said = commands.update(
        action, version=action.version, status=Status.ON_TRACK, done="All started", due_on=TOMORROW,
        due_reason="Vacancy", by=action.lead, on=TODAY,
    )  # fmt: skip

    commands.take_back(action, said=said, by=action.lead, on=TODAY)

    assert (action.status, action.due_on) == (Status.AT_RISK, TODAY)
    assert len(queries.trail(action)) == 2
    assert queries.last_said([action]) == {}


def test_a_delivery_taken_back_is_no_longer_with_anybody_to_sign(brent: Authority) -> None:
    action = given.an_action(status=Status.ON_TRACK)
    said = commands.deliver(action, version=action.version, done="Done", by=action.lead, on=TODAY)

    commands.take_back(action, said=said, by=action.lead, on=TODAY)

    assert action.status is Status.ON_TRACK
    assert action.delivered_on is None
    assert action.delivered_by_id is None


def test_only_the_last_update_can_be_taken_back_by_whoever_said_it(brent: Authority) -> None:
    action = given.an_action(status=Status.ON_TRACK)
    director = given.a_person(role=Role.DIRECTOR)
    first = commands.update(
        action, version=action.version, status=Status.AT_RISK, done="First", by=action.lead, on=TODAY
    )
    with pytest.raises(NotAllowed, match="Only the person who saved an update"):
        commands.take_back(action, said=first, by=director, on=TODAY)
    commands.update(action, version=action.version, status=Status.ON_TRACK, done="Second", by=director, on=TODAY)

    with pytest.raises(Refused, match="has been changed since"):
        commands.take_back(action, said=first, by=action.lead, on=TODAY)


def test_an_update_cannot_be_taken_back_twice_or_on_another_day(brent: Authority) -> None:
    action = given.an_action(status=Status.ON_TRACK)
    said = commands.update(
        action, version=action.version, status=Status.AT_RISK, done="First", by=action.lead, on=TODAY
    )
    with pytest.raises(Refused, match="on the day it was saved"):
        commands.take_back(action, said=said, by=action.lead, on=TOMORROW)
    commands.take_back(action, said=said, by=action.lead, on=TODAY)

    with pytest.raises(Refused, match="has been changed since"):
        commands.take_back(action, said=said, by=action.lead, on=TODAY)


def test_whoever_signed_an_action_off_cannot_become_its_lead(brent: Authority) -> None:
    action = given_actions.a_delivered_action()
    assert action.signed_off_by is not None

    with pytest.raises(Refused, match="Helen Marsh signed A-1 off"):
        commands.reassign(action, version=action.version, lead=action.signed_off_by, reason="Leaving", by=action.lead)


def test_a_new_lead_and_the_reason_are_in_the_history(brent: Authority) -> None:
    action = given.an_action()
    successor = given.a_person(name="Marcus Adeyemi")

    commands.reassign(action, version=action.version, lead=successor, reason="Priya has left", by=action.lead)

    assert action.lead is successor
    assert history.of(action)[0].why == "Priya has left"


def test_a_superseded_action_is_in_no_count(brent: Authority) -> None:
    action = given.an_action()
    commands.supersede(action, version=action.version, reason="A-2 does it", by=action.lead, on=TODAY)

    assert queries.count_open(action.item) == 0
    assert queries.plan_counts(brent, action.lead, TODAY).all == 0


def test_an_item_is_not_closed_while_actions_are_open(brent: Authority) -> None:
    owner = given.a_person()
    item = given.an_item(owner=owner)
    given.an_action(item=item)
    given.an_action(item=item, status=Status.AWAITING_SIGN_OFF)

    with pytest.raises(Refused, match="I-1 cannot be closed yet: 2 actions are open"):
        commands.close_item(item, version=item.version, reason="Enough", by=owner, on=TODAY)


def test_an_item_is_closed_and_opened_again_by_its_owner_with_reasons(brent: Authority) -> None:
    owner = given.a_person()
    item = given.an_item(owner=owner)

    commands.close_item(item, version=item.version, reason="Q-88 shows it", by=owner, on=TODAY)
    assert (item.state, item.closed_on) == (ItemState.CLOSED, TODAY)
    commands.reopen_item(item, version=item.version, reason="It came back", by=owner)

    assert item.closed_on is None
    assert [entry.why for entry in history.of(item)[:2]] == ["It came back", "Q-88 shows it"]


def test_a_closed_item_takes_no_new_action(brent: Authority) -> None:
    owner = given.a_person()
    item = given.an_item(owner=owner)
    commands.close_item(item, version=item.version, reason="Shown", by=owner, on=TODAY)

    with pytest.raises(Refused, match="I-1 is closed"):
        commands.add_action(item, title="More", lead=owner, due_on=TOMORROW, by=owner, on=TODAY)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"status": Status.EMBEDDED}, "delivered_is_signed_off"),
        ({"status": Status.IMPACT_NOT_EVIDENCED}, "delivered_is_signed_off"),
    ],
)
def test_the_database_refuses_what_is_delivered_and_not_signed_off(
    brent: Authority, wrong: dict[str, Status], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        given.an_action(**wrong)  # type: ignore[arg-type]  # one keyword


def test_the_database_refuses_a_lead_who_signed_off(brent: Authority) -> None:
    lead = given.a_person()

    with pytest.raises(IntegrityError, match="signed_off_by_another"):
        given.an_action(lead=lead, signed_off_by=lead, signed_off_on=date(2026, 9, 2))
