"""What the database says has moved between two snapshots, how far items are from target, and the plan over time."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
import time_machine
from sqlalchemy.orm import Session

from tests import given, given_boards
from tests.given_boards import OCTOBER, SEPTEMBER, TODAY, noon, one
from tests.given_boards import _today as _today  # a fixture
from tests.queries_counted import at_most
from tracker.actions import commands as actions
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.boards import comparison, finishes, over_time, queries, window
from tracker.boards.comparison import Comparison, Side
from tracker.boards.models import Snapshot
from tracker.boards.rules import Change, Covers
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import clock


def since(snapshot: Snapshot, *, board: bool = False, on: date = TODAY) -> Comparison:
    board_id = snapshot.board_id if board else None
    authority = snapshot.authority
    return Comparison(Side(authority, snapshot.as_at, snapshot, board_id), Side(authority, on, board_id=board_id))


# What moved -----------------------------------------------------------------------------------------------------


def test_a_slip_since_the_snapshot_says_by_how_much_and_how_often(brent: Authority) -> None:
    lead = given.a_person(authority=brent)
    action = given.an_action(lead=lead, due_on=date(2027, 1, 1))
    snapshot = given_boards.a_snapshot()
    actions.reschedule(
        action, version=action.version, due_on=date(2027, 1, 31), reason="No trainer", by=lead, on=clock.today()
    )

    found = one(since(snapshot))

    assert (found.worst, found.slipped, found.moves, found.first_due_on) == (Change.SLIPPED, 30, 1, date(2027, 1, 1))


def test_the_earlier_snapshot_tells_an_action_as_the_later_one_kept_it(brent: Authority) -> None:
    board, action = given_boards.a_board(), given.an_action(title="As it was")
    first = given_boards.a_snapshot(board=board, on=SEPTEMBER)
    action.status = Status.AT_RISK
    second = given_boards.a_snapshot(board=board, on=OCTOBER)
    action.title, action.status = "As it is now", Status.ON_TRACK

    found = one(Comparison(Side(brent, SEPTEMBER, first), Side(brent, OCTOBER, second)))

    assert (found.title, found.changes) == ("As it was", [Change.AT_RISK])
    assert queries.before(second, queries.snapshots(brent)) == first
    assert queries.before(first, queries.snapshots(brent)) is None


def test_an_action_that_the_board_watches_over_no_longer_has_left_it(brent: Authority) -> None:
    board, action = given_boards.a_board(), given.an_action(title="Leaves")
    action.board = board
    snapshot = given_boards.a_snapshot(board=board, covers=Covers.OWN_ACTIONS)
    action.board = None
    new = given.an_action(title="Comes")
    new.board = board

    moved = comparison.moved(since(snapshot, board=True))

    assert [(found.title, found.changes) for found in moved] == [("Comes", [Change.NEW]), ("Leaves", [Change.LEFT])]


STATES = (None, *Status)
DUE = (date(2026, 9, 1), date(2026, 11, 1), date(2027, 1, 1))


def an_action_as(item: ImprovementItem, lead: Person, status: Status, due_on: date) -> Action:
    """In any state, whatever else that state asks for."""
    return given.stored(
        Action(
            authority_id=item.authority_id,
            item=item,
            title="",
            lead=lead,
            due_on=due_on,
            first_due_on=due_on,
            status=status,
            signed_off_on=OCTOBER,
            difference="Seen",
        )
    )


def test_the_database_finds_and_counts_exactly_what_the_rules_say(brent: Authority) -> None:
    """Every state on either day with a due date that is past, between the two days and to come, moved and not."""
    lead, item = given.a_person(authority=brent), given.an_item(authority=brent)
    cases = [*product(STATES, Status, DUE, DUE)]
    there = [(case, an_action_as(item, lead, case[0], case[2])) for case in cases if case[0] is not None]
    snapshot = given_boards.a_snapshot(on=OCTOBER)
    for (_, status, _, due_on), action in there:
        action.status, action.due_on = status, due_on
    for case in cases:
        if case[0] is None:
            an_action_as(item, lead, case[1], case[3])
    days = since(snapshot)

    moved, tally = comparison.moved(days), comparison.tally(days)

    assert [found.worst for found in moved] == sorted([found.worst for found in moved], key=list(Change).index)
    assert tally.moved == len(moved)
    for change in Change:
        of_it = {found.reference for found in comparison.moved(days, only=change)}
        assert of_it == {found.reference for found in moved if change in found.changes}
        assert tally.of(change) == len(of_it)
    assert tally.late_now == sum(found.stands.days_late > 0 for found in moved)
    assert tally.most_slipped == max(found.slipped for found in moved)
    assert sum(tally.now.values()) == len(cases)
    slips = [found.slipped for found in moved if found.worst is Change.SLIPPED]
    assert slips == sorted(slips, reverse=True)


def test_a_page_of_what_moved_begins_where_the_one_before_ended(brent: Authority) -> None:
    snapshot = given_boards.a_snapshot()
    for number in range(5):
        given.an_action(due_on=date(2027, 1, 1 + number))

    whole = [found.reference for found in comparison.moved(since(snapshot))]

    assert [found.reference for found in comparison.moved(since(snapshot), limit=2, skip=2)] == whole[2:4]


def test_another_authority_is_in_nobodys_comparison(brent: Authority) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    snapshot = given_boards.a_snapshot()
    given.an_action(item=given.an_item(authority=barnet))

    assert comparison.moved(since(snapshot)) == []
    assert queries.snapshots(barnet) == []
    assert queries.snapshot(barnet, snapshot.number) is None


# How far from target --------------------------------------------------------------------------------------------


def test_an_item_is_as_far_behind_as_the_last_of_its_actions(brent: Authority) -> None:
    item = given.an_item(title="Plans")
    given.an_action(
        item=item, due_on=date(2026, 10, 1), status=Status.EMBEDDED, signed_off_on=OCTOBER, difference="Yes"
    )
    slow = given.an_action(item=item, due_on=date(2026, 11, 1))
    given.an_action(item=item, due_on=date(2030, 1, 1), status=Status.SUPERSEDED)
    snapshot = given_boards.a_snapshot(on=OCTOBER)
    slow.due_on = date(2026, 12, 1)

    (found,) = finishes.finishes(since(snapshot))

    assert (found.actions, found.delivered, found.embedded, found.late) == (2, 1, 1, 0)
    assert (found.planned_on, found.expected_on, found.expected_then) == (
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2026, 11, 1),
    )
    assert (found.distance, found.since, found.furthest) == ("30 days behind", "30 days later", 30)


def test_what_is_late_is_expected_today_at_the_earliest_and_what_is_done_when_it_was(brent: Authority) -> None:
    late, done = given.an_item(title="Late"), given.an_item(title="Done")
    given.an_action(item=late, due_on=date(2026, 11, 2))
    action = given.an_action(item=done, due_on=date(2026, 11, 2), status=Status.AWAITING_SIGN_OFF)
    action.delivered_on = date(2026, 10, 30)
    snapshot = given_boards.a_snapshot(on=OCTOBER)

    found = {one.title: one for one in finishes.finishes(since(snapshot))}

    assert (found["Late"].expected_on, found["Late"].late, found["Late"].days_behind) == (TODAY, 1, 20)
    assert (found["Done"].expected_on, found["Done"].distance) == (date(2026, 10, 30), "3 days ahead")


def test_the_furthest_behind_comes_first_then_what_has_no_action_then_what_is_finished(brent: Authority) -> None:
    for title, status, due in (
        ("Behind", Status.ON_TRACK, date(2026, 11, 1)),
        ("Further", Status.ON_TRACK, date(2026, 10, 1)),
        ("Finished", Status.IMPACT_NOT_EVIDENCED, date(2026, 10, 1)),
    ):
        given.an_action(item=given.an_item(title=title), due_on=due, status=status, signed_off_on=OCTOBER)
    given.an_item(title="Empty")
    comparison_ = since(given_boards.a_snapshot(on=OCTOBER))

    found = [one.title for one in finishes.finishes(comparison_)]

    assert found == ["Further", "Behind", "Empty", "Finished"]
    assert finishes.count_items(comparison_) == 4
    assert [one.title for one in finishes.finishes(comparison_, limit=1, skip=1)] == ["Behind"]


def test_an_item_starts_when_its_actions_say_so_or_when_it_was_raised(brent: Authority) -> None:
    said, silent = given.an_item(title="Said"), given.an_item(title="Silent", raised_on=date(2026, 6, 17))
    given.an_action(item=said).starts_on = date(2026, 8, 1)
    given.an_action(item=silent)

    found = {one.title: one.starts_on for one in finishes.finishes(since(given_boards.a_snapshot()))}

    assert found == {"Said": date(2026, 8, 1), "Silent": date(2026, 6, 17)}


def test_only_the_items_of_a_boards_own_actions_are_far_or_near(brent: Authority) -> None:
    board = given_boards.a_board()
    given.an_action(item=given.an_item(title="Watched")).board = board
    given.an_action(item=given.an_item(title="Not watched"))
    snapshot = given_boards.a_snapshot(board=board, covers=Covers.OWN_ACTIONS)

    assert [one.title for one in finishes.finishes(since(snapshot, board=True))] == ["Watched"]


# Over time ------------------------------------------------------------------------------------------------------


@pytest.fixture
def travelled(brent: Authority) -> Action:
    """An action added in June, on track from July, delivered in September and signed off in October."""
    with time_machine.travel(noon(date(2026, 6, 10)), tick=False) as clock_:
        lead = given.a_person(authority=brent)
        owner = given.a_person(authority=brent, role=Role.DIRECTOR)
        action = given.an_action(
            item=given.an_item(owner=owner), lead=lead, due_on=date(2026, 9, 30), status=Status.NOT_STARTED
        )
        clock_.move_to(noon(date(2026, 7, 31)))
        actions.update(action, version=action.version, status=Status.ON_TRACK, done="Begun.", by=lead, on=clock.today())
        clock_.move_to(noon(date(2026, 9, 15)))
        actions.deliver(action, version=action.version, done="Done.", by=lead, on=clock.today())
        clock_.move_to(noon(date(2026, 10, 5)))
        actions.sign_off(action, version=action.version, by=owner, on=clock.today())
    return action


def test_how_the_plan_stood_on_earlier_days_follows_from_its_trail(brent: Authority, travelled: Action) -> None:
    shown = over_time.days(TODAY, 6)
    story = over_time.story(Side(brent, TODAY), noon(TODAY), shown, [date(2027, 1, 31)])

    assert [(standing.on, dict(standing.counts)) for standing in story.standings] == [
        (date(2026, 5, 31), {}),
        (date(2026, 6, 30), {Status.NOT_STARTED: 1}),
        (date(2026, 7, 31), {Status.ON_TRACK: 1}),
        (date(2026, 8, 31), {Status.ON_TRACK: 1}),
        (date(2026, 9, 30), {Status.AWAITING_SIGN_OFF: 1}),
        (date(2026, 10, 31), {Status.IMPACT_NOT_EVIDENCED: 1}),
        (TODAY, {Status.IMPACT_NOT_EVIDENCED: 1}),
    ]
    assert [(standing.all, standing.delivered, standing.embedded) for standing in story.standings][-1] == (1, 1, 0)
    assert (story.promised[date(2026, 8, 31)], story.promised[date(2026, 9, 30)]) == (0, 1)


def test_the_pictures_end_at_the_moment_of_the_snapshot_that_they_are_of(brent: Authority, travelled: Action) -> None:
    snapshot = given_boards.a_snapshot(on=OCTOBER)
    actions.mark_embedded(travelled, difference="Seen in audits", by=travelled.lead, on=clock.today())
    given.an_action(title="Later")

    side = Side(brent, OCTOBER, snapshot)
    story = over_time.story(side, snapshot.taken_at, over_time.days(OCTOBER, 3), [])

    assert dict(story.standings[-1].counts) == {Status.IMPACT_NOT_EVIDENCED: 1}


def test_a_plan_without_an_action_has_no_story(brent: Authority) -> None:
    story = over_time.story(Side(brent, TODAY), datetime.now(UTC), over_time.days(TODAY, 24), [])

    assert story.standings == []


def test_no_picture_has_more_days_than_can_be_read() -> None:
    for months in (6, 12, 24, 36):
        shown = over_time.days(TODAY, months)
        assert len(shown) <= over_time.MOST_POINTS
        assert shown == sorted(shown)
    assert over_time.days_to_come(TODAY, date(2029, 10, 27))[-1] >= date(2029, 10, 27)


# Bounds ---------------------------------------------------------------------------------------------------------


def test_the_questions_take_as_many_statements_however_large_the_plan(brent: Authority, session: Session) -> None:
    lead, item = given.a_person(authority=brent), given.an_item(authority=brent)
    snapshot = given_boards.a_snapshot()
    for number in range(40):
        given.an_action(item=item, lead=lead, due_on=date(2027, 1, 1) + timedelta(days=number))
    days = since(snapshot)

    with at_most(1):
        comparison.tally(days)
    with at_most(2):
        comparison.moved(days, limit=20)
    with at_most(1):
        finishes.finishes(days, limit=20)
    with at_most(2):
        over_time.story(days.now, noon(TODAY), over_time.days(TODAY, 12), [])
    with at_most(1):
        window.expected(brent, TODAY)
