"""When boards meet, snapshots of what each saw that never change, and when the next inspection is expected."""

from datetime import date, timedelta
from typing import cast

import pytest
from sqlalchemy import Table, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests import given, given_boards
from tests.given_boards import OCTOBER, SEPTEMBER, TODAY, noon
from tests.given_boards import _today as _today  # a fixture
from tracker.actions import commands as actions
from tracker.actions.rules import Status
from tracker.boards import commands, integrity, jobs, queries, window
from tracker.boards.models import Snapshot, SnapshotAction
from tracker.boards.rules import Covers, Repeat
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import clock
from tracker.platform.errors import Conflict, NotAllowed, Refused


@pytest.fixture
def planner(brent: Authority) -> Person:
    return given.a_person(name="Dana Whitfield", authority=brent, role=Role.DIRECTOR)


# Board dates ----------------------------------------------------------------------------------------------------


def test_a_board_meets_for_a_year_and_days_it_has_are_left(brent: Authority, planner: Person) -> None:
    board = given_boards.a_board()
    commands.add_dates(
        board, first=SEPTEMBER, repeat=Repeat.ONCE, covers=Covers.WHOLE_PLAN, by=planner, on=date(2026, 9, 1)
    )

    added = commands.add_dates(
        board, first=SEPTEMBER, repeat=Repeat.FOUR_WEEKS, covers=Covers.WHOLE_PLAN, by=planner, on=date(2026, 9, 1)
    )

    assert len(added) == 12
    assert len(queries.dates(brent)) == 13


def test_a_board_date_is_refused_in_the_past_twice_and_from_who_may_not_plan(brent: Authority, planner: Person) -> None:
    board = given_boards.a_board()

    def add(first: date, by: Person) -> None:
        commands.add_dates(board, first=first, repeat=Repeat.ONCE, covers=Covers.WHOLE_PLAN, by=by, on=TODAY)

    with pytest.raises(Refused, match=r"is past\. Choose 22 November 2026 or later"):
        add(OCTOBER, planner)
    add(TODAY, planner)
    with pytest.raises(Refused, match="meets on 22 November 2026 already"):
        add(TODAY, planner)
    with pytest.raises(NotAllowed, match="Ask a head of service or a director"):
        add(TODAY + timedelta(days=7), given.a_person(authority=brent, role=Role.QA_OFFICER))


def test_a_board_date_is_taken_off_unless_it_has_a_snapshot(brent: Authority, planner: Person) -> None:
    board = given_boards.a_board()
    later = given_boards.a_board_date(board=board, on=TODAY)
    taken = given_boards.a_snapshot(board=board, on=OCTOBER)

    commands.remove_date(later, by=planner)
    with pytest.raises(Refused, match="B-1 was taken for the board of 26 October 2026"):
        commands.remove_date(taken.board_date, by=planner)

    assert [date.on for date in queries.dates(brent)] == [OCTOBER]


# Snapshots ------------------------------------------------------------------------------------------------------


def test_a_snapshot_keeps_every_action_as_it_was(brent: Authority) -> None:
    item = given.an_item(title="Plans", owner=given.a_person(name="Helen Marsh"))
    lead = given.a_person(name="Priya Raman")
    action = given.an_action(item=item, lead=lead, due_on=date(2026, 12, 31))
    snapshot = given_boards.a_snapshot(on=OCTOBER)

    action.title, action.status, action.due_on = "Something else", Status.AT_RISK, date(2027, 3, 1)
    item.title = "Other words"

    ((kept, of_item),) = queries.lines_kept(snapshot)
    assert (kept.reference, kept.title, kept.status, kept.due_on, kept.lead_name) == (
        "A-1", "Review every plan", Status.ON_TRACK, date(2026, 12, 31), "Priya Raman",
    )  # fmt: skip
    assert (of_item.reference, of_item.title, of_item.owner_name) == ("I-1", "Plans", "Helen Marsh")
    assert (snapshot.reference, snapshot.as_at, snapshot.actions) == ("B-1", OCTOBER, 1)


def test_a_board_date_has_one_snapshot(brent: Authority, planner: Person) -> None:
    snapshot = given_boards.a_snapshot(on=OCTOBER)

    with pytest.raises(Refused, match="B-1 was taken for the board of 26 October 2026 on 26 October 2026"):
        commands.take(snapshot.board_date, by=planner, at=noon(OCTOBER))


def test_a_snapshot_too_early_or_by_who_may_not_plan_is_refused(brent: Authority, planner: Person) -> None:
    board_date = given_boards.a_board_date(on=OCTOBER)

    with pytest.raises(Refused, match="It can be taken from 12 October 2026"):
        commands.take(board_date, by=planner, at=noon(date(2026, 10, 11)))
    with pytest.raises(NotAllowed):
        commands.take(board_date, by=given.a_person(role=Role.QA_OFFICER), at=noon(OCTOBER))
    assert queries.snapshots(brent) == []


@pytest.mark.parametrize("model", [Snapshot, SnapshotAction])
def test_the_database_itself_refuses_to_change_a_snapshot(
    brent: Authority, session: Session, model: type[Snapshot | SnapshotAction]
) -> None:
    given.an_action()
    given_boards.a_snapshot()

    with pytest.raises(DBAPIError, match="only ever added"), session.begin_nested():
        session.execute(update(model).values(number=7))


def test_a_snapshot_proves_that_it_is_what_was_taken(
    brent: Authority, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    given.an_action()
    snapshot = given_boards.a_snapshot()
    assert integrity.holds(snapshot)

    altered = queries.actions_kept(snapshot)
    with session.no_autoflush:
        altered[0].status = Status.EMBEDDED
        monkeypatch.setattr(queries, "actions_kept", lambda snapshot: altered)
        assert not integrity.holds(snapshot)
        session.expire(altered[0])


def test_snapshots_are_taken_by_themselves_on_the_day_and_once(brent: Authority) -> None:
    board = given_boards.a_board()
    for on in (SEPTEMBER, OCTOBER, TODAY):
        given_boards.a_board_date(board=board, on=on)
    given_boards.a_board_date(board=given_boards.a_board(name="Scrutiny"), on=OCTOBER)

    taken = commands.take_due(noon(OCTOBER))

    assert [(one.board_name, one.board_date.on, one.taken_by) for one in taken if one.board_name == "Scrutiny"] == [
        ("Scrutiny", OCTOBER, None)
    ]
    assert len(taken) == 2
    assert commands.take_due(noon(OCTOBER)) == []


def test_a_worker_takes_what_has_come(brent: Authority) -> None:
    given_boards.a_board_date(on=TODAY)
    given_boards.a_board_date(board=given_boards.a_board(name="Later"), on=TODAY + timedelta(days=1))

    assert jobs.take_snapshots({}) == {"taken": 1}
    assert jobs.take_snapshots({}) == {"taken": 0}


def test_a_day_that_was_missed_is_caught_up_with_for_a_week(brent: Authority) -> None:
    board_date = given_boards.a_board_date(on=OCTOBER)

    assert commands.take_due(noon(OCTOBER + timedelta(days=8))) == []
    (taken,) = commands.take_due(noon(OCTOBER + timedelta(days=3)))

    assert (taken.board_date, taken.as_at) == (board_date, date(2026, 10, 29))


def test_a_board_may_keep_only_the_actions_that_it_watches_over(brent: Authority) -> None:
    board = given_boards.a_board()
    watched = given.an_action(item=given.an_item(title="Watched"))
    given.an_action(item=given.an_item(title="Not watched"))
    watched.board = board

    snapshot = given_boards.a_snapshot(board=board, covers=Covers.OWN_ACTIONS)

    assert [(kept.reference, item.title) for kept, item in queries.lines_kept(snapshot)] == [("A-1", "Watched")]
    assert [item.title for item in queries.items_kept(snapshot)] == ["Watched"]


def test_due_dates_that_were_moved_are_counted_and_what_was_taken_back_is_not(brent: Authority) -> None:
    lead = given.a_person(authority=brent)
    action = given.an_action(lead=lead, due_on=date(2026, 12, 1))
    said = [
        actions.reschedule(
            action, version=action.version, due_on=due_on, reason="The supplier is late", by=lead, on=clock.today()
        )
        for due_on in (date(2026, 12, 10), date(2026, 12, 20))
    ]
    actions.take_back(action, said=said[-1], by=lead, on=clock.today())

    (kept,) = queries.actions_now(brent, None)

    assert (kept["moves"], kept["due_on"], kept["first_due_on"]) == (1, date(2026, 12, 10), date(2026, 12, 1))


# The next inspection --------------------------------------------------------------------------------------------


def test_the_next_inspection_is_expected_round_the_third_anniversary_of_the_last(brent: Authority) -> None:
    assert window.expected(brent, TODAY) is None
    given.an_inspection(fieldwork_from=date(2023, 2, 20), grades={"leadership": "good"})
    given.an_inspection(fieldwork_from=date(2026, 4, 27), grades={"leadership": "good"})
    given.an_inspection(fieldwork_from=date(2026, 9, 1), grades={})

    expected = window.expected(brent, TODAY)

    assert expected is not None
    assert (expected.opens_on, expected.closes_on) == (date(2028, 10, 27), date(2029, 10, 27))
    assert "began on 27 April 2026" in expected.basis
    assert "not verified" in expected.basis


def test_an_authority_that_knows_better_says_so_and_can_go_back_to_the_rule(brent: Authority, planner: Person) -> None:
    given.an_inspection(fieldwork_from=date(2026, 4, 27), grades={"leadership": "good"})

    commands.expect_inspection(
        brent, version=0, opens_on=date(2027, 5, 1), closes_on=date(2027, 9, 30), because=" Said in May ", by=planner
    )
    said = window.expected(brent, TODAY)
    assert said is not None
    assert (said.opens_on, said.basis, said.ours) == (date(2027, 5, 1), "Said in May", True)
    with pytest.raises(Refused, match="The last day is before the first"):
        commands.expect_inspection(
            brent, version=1, opens_on=date(2027, 5, 1), closes_on=date(2027, 4, 1), because="Said", by=planner
        )
    with pytest.raises(Refused, match="Say how you know"):
        commands.expect_inspection(
            brent, version=1, opens_on=date(2027, 5, 1), closes_on=date(2027, 9, 1), because=" ", by=planner
        )

    with pytest.raises(Conflict, match="Somebody else has said when inspectors may come"):
        commands.expect_inspection(
            brent, version=0, opens_on=date(2027, 6, 1), closes_on=date(2027, 9, 1), because="Mine", by=planner
        )

    commands.expect_by_rule(brent, by=planner)
    by_rule = window.expected(brent, TODAY)
    assert by_rule is not None
    assert not by_rule.ours


def test_every_table_of_a_snapshot_guards_itself() -> None:
    for model in (Snapshot, SnapshotAction):
        table = cast("Table", model.__table__)
        assert len(table.dispatch.after_create) >= 2
