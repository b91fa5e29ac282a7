"""Every way board dates and snapshots come about. A snapshot is written once; there is no command that changes one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from tracker.actions.models import GovernanceBoard
from tracker.actions.rules import Status
from tracker.boards import queries, rules, window
from tracker.boards.integrity import digest
from tracker.boards.models import BoardDate, ExpectedInspection, Snapshot, SnapshotAction, SnapshotItem
from tracker.boards.rules import Covers, Repeat
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.people.rules import Permission, may
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.errors import Conflict, NotAllowed, Refused

SAID_SINCE = (
    "Somebody else has said when inspectors may come after you opened this form. "
    "What they said stands above it. Save again if yours is to stand instead."
)


def add_dates(
    board: GovernanceBoard, *, first: date, repeat: Repeat, covers: Covers, by: Person, on: date
) -> list[BoardDate]:
    """Say when a board meets. Days that it has already are left as they are."""
    _require_planner(board.authority, by)
    if first < on:
        raise Refused(f"The first board date is past. Choose {on:%-d %B %Y} or later.")
    known = set(queries.dates_of(board))
    wanted = [day for day in rules.dates(first, repeat) if day not in known]
    if not wanted:
        raise Refused(f"{board.name} meets on {first:%-d %B %Y} already. Choose another day.")
    added = [BoardDate(authority_id=board.authority_id, board=board, on=day, covers=covers) for day in wanted]
    try:
        with db.session.begin_nested():
            db.session.add_all(added)
    except IntegrityError:
        raise Refused(
            "Somebody else has just added one of these dates. Look at the list, then add the others."
        ) from None
    return added


def remove_date(board_date: BoardDate, *, by: Person) -> None:
    """Take back a board date that will not be. One with a snapshot stays: that is what the board saw."""
    _require_planner(board_date.authority, by)
    if board_date.snapshot is not None:
        raise Refused(
            f"{board_date.snapshot.reference} was taken for the board of {board_date.on:%-d %B %Y}, so its date stays."
        )
    db.session.delete(board_date)
    db.session.flush()


def take(board_date: BoardDate, *, by: Person, at: datetime) -> Snapshot:
    """Keep the plan as it is now for a board date. It can be done once, and never changes afterwards."""
    _require_planner(board_date.authority, by)
    if board_date.snapshot is not None:
        raise Refused(_taken_already(board_date, board_date.snapshot))
    why_not = rules.why_not_take(board_date.on, _day(at))
    if why_not:
        raise Refused(why_not)
    try:
        with db.session.begin_nested():
            return _kept(board_date, by=by, at=at)
    except IntegrityError:
        raise Refused("Somebody else has taken this snapshot at the same moment. It is in the list now.") from None


def take_due(at: datetime) -> list[Snapshot]:
    """Keep the plan for every board date of every authority that has come: what a clock runs each day.

    Safe to repeat, and to run twice at once: a board date has one snapshot.
    """
    taken = []
    for board_date in queries.dates_to_take(_day(at)):
        try:
            with db.session.begin_nested():
                taken.append(_kept(board_date, by=None, at=at))
        except IntegrityError:  # somebody took it at the same moment
            db.session.refresh(board_date)
    return taken


def expect_inspection(
    authority: Authority, *, version: int, opens_on: date, closes_on: date, because: str, by: Person
) -> ExpectedInspection:
    """Say when the authority itself expects inspectors, instead of the rule of the framework.

    ``version`` is the one that the person saw, 0 if nobody had said it yet. Another one is a Conflict.
    """
    _require_planner(authority, by)
    if closes_on < opens_on:
        raise Refused("The last day is before the first. Choose a later last day.")
    if not because.strip():
        raise Refused("Say how you know when inspectors may come.")
    said = window.own(authority)
    if version != (said.version if said else 0):
        raise Conflict(SAID_SINCE)
    said = said or ExpectedInspection(authority=authority)
    said.opens_on, said.closes_on, said.because = opens_on, closes_on, because.strip()
    try:
        with db.session.begin_nested():
            db.session.add(said)
    except (StaleDataError, IntegrityError):
        raise Conflict(SAID_SINCE) from None
    return said


def expect_by_rule(authority: Authority, *, by: Person) -> None:
    """Go back to the rule of the framework."""
    _require_planner(authority, by)
    said = window.own(authority)
    if said is not None:
        db.session.delete(said)
        db.session.flush()


def _kept(board_date: BoardDate, *, by: Person | None, at: datetime) -> Snapshot:
    authority, own = board_date.authority, board_date.covers is Covers.OWN_ACTIONS
    board_id = board_date.board_id if own else None
    items, actions = queries.items_now(authority, board_id), queries.actions_now(authority, board_id)
    snapshot = Snapshot(
        authority=authority,
        board_date=board_date,
        board_name=board_date.board.name,
        covers=board_date.covers,
        board_id=board_id,
        as_at=_day(at),
        taken_at=at,
        taken_by=by,
        actions=sum(action["status"] is not Status.SUPERSEDED for action in actions),
        sha256=digest(_day(at), items, actions),
    )
    db.session.add(snapshot)
    db.session.flush()
    _write(SnapshotItem, snapshot, items)
    _write(SnapshotAction, snapshot, actions)
    return snapshot


def _write(table: type[SnapshotItem | SnapshotAction], snapshot: Snapshot, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(insert(table), [{**row, "snapshot_id": snapshot.id} for row in rows])


def _day(at: datetime) -> date:
    return at.astimezone(clock.LONDON).date()


def _taken_already(board_date: BoardDate, snapshot: Snapshot) -> str:
    return (
        f"{snapshot.reference} was taken for the board of {board_date.on:%-d %B %Y} on "
        f"{snapshot.as_at:%-d %B %Y}. A snapshot never changes: compare it with the plan as it is now."
    )


def _require_planner(authority: Authority, by: Person) -> None:
    membership = people.membership(by, authority)
    if membership is None or not may(membership.role, Permission.PLAN):
        raise NotAllowed("You may not plan board dates or take snapshots. Ask a head of service or a director.")
