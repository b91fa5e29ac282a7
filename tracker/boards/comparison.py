"""What has moved between two days of the plan, counted and sorted by the database: no page loads every action.

Each day is a ``Side``: a snapshot, or the plan as it is now. ``rules.changes`` is said here once more in SQL, since the
database has to filter and sort by it; a test holds the two to each other.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CTE,
    Case,
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from tracker.actions.models import Action
from tracker.actions.rules import TO_DELIVER, Status
from tracker.boards.models import Snapshot, SnapshotAction, SnapshotItem
from tracker.boards.movement import Moved, Stood
from tracker.boards.queries import times_moved
from tracker.boards.rules import NEWLY, WORSE, Between, Change, Tally, changes
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Authority, Person
from tracker.platform.day_counts import days_between
from tracker.platform.db import db


@dataclass(frozen=True)
class Side:
    """One of the two days: a snapshot, or the plan now."""

    authority: Authority
    day: date
    """What is late is judged on it."""
    snapshot: Snapshot | None = None
    board_id: UUID | None = None
    """Only the actions of this board are compared."""

    def rows(self) -> Select[UUID, int, UUID, Status, date | None, date, date, date | None]:
        """The actions, as all that a comparison needs of them."""
        source = Action if self.snapshot is None else SnapshotAction
        statement = select(
            (Action.id if self.snapshot is None else SnapshotAction.action_id).label("action_id"),
            source.number,
            source.item_id,
            source.status,
            source.starts_on,
            source.due_on,
            source.first_due_on,
            source.delivered_on,
        ).where(*self._here())
        return statement if self.board_id is None else statement.where(source.board_id == self.board_id)

    @property
    def is_part(self) -> bool:
        """Whether it holds only some actions of the plan."""
        return self.snapshot is not None and self.snapshot.board_id is not None

    def _here(self) -> tuple[ColumnElement[bool], ...]:
        if self.snapshot is None:
            return (Action.authority_id == self.authority.id,)
        return (SnapshotAction.snapshot_id == self.snapshot.id,)


@dataclass(frozen=True)
class Comparison:
    then: Side
    now: Side


@dataclass(frozen=True)
class _Pairs:
    """Every action that either day holds, with both its standings, as one table of a statement."""

    table: CTE
    then: Side
    now: Side

    @property
    def late_then(self) -> ColumnElement[bool]:
        return _is_late(self.table.c.then_status, self.table.c.then_due, self.then.day)

    @property
    def late_now(self) -> ColumnElement[bool]:
        return _is_late(self.table.c.now_status, self.table.c.now_due, self.now.day)

    @property
    def slipped(self) -> Case[int]:
        """Days by which a due date was put back; unknown where it was not, which spares reckoning with most."""
        then, now = self.table.c.then_due, self.table.c.now_due
        return case((now > then, days_between(then, now)))

    @property
    def due(self) -> Case[int]:
        now, then = self.table.c.now_due, self.table.c.then_due
        return case((now > then, 1), (now < then, -1), else_=0)

    def happened(self) -> Mapping[Change, ColumnElement[bool]]:
        """``rules.changes`` in SQL. A comparison with what was not there is unknown, which counts as no."""
        then, now = self.table.c.then_status, self.table.c.now_status
        newly = {change: and_(now == status, or_(then.is_(None), then != status)) for change, status in NEWLY.items()}
        return newly | {
            Change.LATE: and_(self.late_now, ~self.late_then),
            Change.STILL_LATE: and_(self.late_now, self.late_then),
            Change.SLIPPED: self.table.c.now_due > self.table.c.then_due,
            Change.SOONER: self.table.c.now_due < self.table.c.then_due,
            Change.RECOVERED: and_(now == Status.ON_TRACK, then.in_(WORSE)),
            Change.NEW: and_(then.is_(None), now != Status.SUPERSEDED),
            Change.LEFT: now.is_(None),
        }

    @property
    def differ(self) -> ColumnElement[bool]:
        """Whether anything can have happened: quickly known, and untrue of most."""
        then, now = self.table.c.then_status, self.table.c.now_status
        due = self.table.c.then_due.is_distinct_from(self.table.c.now_due)
        return or_(then.is_distinct_from(now), due, self.late_now)

    def worst(self) -> Case[int]:
        """The place of the worst thing that happened, in the order of ``Change``; unknown where nothing has."""
        happened = self.happened()
        return case(*((happened[change], place) for place, change in enumerate(Change)))


def _is_late(status: ColumnElement[Any], due: ColumnElement[Any], day: date) -> ColumnElement[bool]:
    return and_(status.is_not(None), status.in_(TO_DELIVER), due < day)


def _pairs(comparison: Comparison) -> _Pairs:
    """Every action of the later day beside how it stood, and what it no longer holds: only part of a plan loses any."""
    then, now = comparison.then.rows().subquery("earlier"), comparison.now.rows().subquery("later")
    both = select(
        now.c.action_id,
        now.c.number,
        then.c.status.label("then_status"),
        then.c.due_on.label("then_due"),
        now.c.status.label("now_status"),
        now.c.due_on.label("now_due"),
    ).join(then, then.c.action_id == now.c.action_id, isouter=True)
    partial = comparison.then.is_part or comparison.now.is_part or comparison.now.board_id is not None
    pairs = union_all(both, _left(comparison)) if partial else both
    return _Pairs(pairs.cte("pairs"), comparison.then, comparison.now)


def _left(comparison: Comparison) -> Select[UUID, int, Status, date, Status, date]:
    """What the earlier day held of a board, and the later one does not."""
    gone, held = comparison.then.rows().subquery("gone"), comparison.now.rows().subquery("held")
    no_status, no_day = type_coerce(null(), gone.c.status.type), type_coerce(null(), gone.c.due_on.type)
    return select(gone.c.action_id, gone.c.number, gone.c.status, gone.c.due_on, no_status, no_day).where(
        ~exists().where(held.c.action_id == gone.c.action_id)
    )


def tally(comparison: Comparison) -> Tally:
    """How many actions changed in which way: one statement, grouped by all that the rules ask of an action."""
    pairs = _pairs(comparison)
    facts = (
        pairs.table.c.then_status,
        pairs.table.c.now_status,
        case((pairs.late_then, 1), else_=0).label("late_then"),
        case((pairs.late_now, 1), else_=0).label("late_now"),
        pairs.due.label("due"),
    )
    # Grouped by the columns of a table of its own: what a statement says twice is reckoned twice.
    each = select(*facts, pairs.slipped.label("slipped")).subquery()
    *kinds, slipped = each.c
    found = db.session.execute(select(*kinds, func.count(), func.max(slipped)).group_by(*kinds)).all()
    return _tally([(_between(row), row[5], row[6] or 0) for row in found])


def _between(row: Any) -> Between:
    then, now, late_then, late_now, due, *_ = row
    return Between(then=then, now=now, late_then=bool(late_then), late_now=bool(late_now), due=due)


def _tally(groups: Sequence[tuple[Between, int, int]]) -> Tally:
    by_change, then, now = Counter[Change](), Counter[Status](), Counter[Status]()
    moved = late_then = late_now = 0
    for between, number, _ in groups:
        happened = changes(between)
        by_change.update(dict.fromkeys(happened, number))
        moved += number if happened else 0
        late_then += number if between.late_then else 0
        late_now += number if between.late_now else 0
        then.update({between.then: number} if between.then else {})
        now.update({between.now: number} if between.now else {})
    most = max((days for _, _, days in groups), default=0)
    return Tally(by_change, moved, then, now, late_then, late_now, most_slipped=max(most, 0))


def moved(
    comparison: Comparison, *, only: Change | None = None, limit: int | None = None, skip: int = 0
) -> list[Moved]:
    """The actions that changed, or changed in one way, the worst first: among slips the longest, else the soonest due.

    Two statements; a third if some have left.
    """
    pairs = _pairs(comparison)
    place = pairs.worst() if only is None else case((pairs.happened()[only], list(Change).index(only)))
    ranked = select(pairs.table, place.label("place"), pairs.slipped.label("slipped")).where(pairs.differ).subquery()
    slip = case((ranked.c.place == list(Change).index(Change.SLIPPED), -ranked.c.slipped), else_=0)
    due = func.coalesce(ranked.c.now_due, ranked.c.then_due)
    found = db.session.execute(
        select(ranked)
        .where(ranked.c.place.is_not(None))
        .order_by(ranked.c.place, slip, due, ranked.c.number)
        .limit(limit)
        .offset(skip)
    ).all()
    told = _told(comparison.now, [row.action_id for row in found if row.now_status is not None])
    told |= _told(comparison.then, [row.action_id for row in found if row.now_status is None])
    return [_moved(comparison, row, told[row.action_id]) for row in found]


@dataclass(frozen=True)
class _Told:
    """What is said of one action: as its snapshot kept it, or as it is."""

    reference: str
    title: str
    item_reference: str
    item_title: str
    lead: str
    first_due_on: date
    moves: int


Kept = tuple[UUID, int, str, int, str, str, date, int]


def _told(side: Side, ids: Sequence[UUID]) -> dict[UUID, _Told]:
    if not ids:
        return {}
    statement = _now_told(ids) if side.snapshot is None else _kept_told(side.snapshot, ids)
    return {
        row[0]: _Told(f"{Action.prefix}-{row[1]}", row[2], f"{ImprovementItem.prefix}-{row[3]}", *row[4:])
        for row in db.session.execute(statement)
    }


def _now_told(ids: Sequence[UUID]) -> Select[*Kept]:
    return (
        select(
            Action.id, Action.number, Action.title, ImprovementItem.number, ImprovementItem.title, Person.name,
            Action.first_due_on, times_moved(),
        )
        .join(ImprovementItem, ImprovementItem.id == Action.item_id)
        .join(Person, Person.id == Action.lead_id)
        .where(Action.id.in_(ids))
    )  # fmt: skip


def _kept_told(snapshot: Snapshot, ids: Sequence[UUID]) -> Select[*Kept]:
    kept, item = SnapshotAction, SnapshotItem
    return (
        select(
            kept.action_id, kept.number, kept.title, item.number, item.title, kept.lead_name, kept.first_due_on,
            kept.moves,
        )
        .join(item, and_(item.snapshot_id == kept.snapshot_id, item.item_id == kept.item_id))
        .where(kept.snapshot_id == snapshot.id, kept.action_id.in_(ids))
    )  # fmt: skip


def _moved(comparison: Comparison, row: Any, told: _Told) -> Moved:
    then, now = comparison.then.day, comparison.now.day
    return Moved(
        reference=told.reference,
        title=told.title,
        item_reference=told.item_reference,
        item_title=told.item_title,
        lead=told.lead,
        first_due_on=told.first_due_on,
        moves=told.moves,
        then=None if row.then_status is None else Stood(row.then_status, row.then_due, then),
        now=None if row.now_status is None else Stood(row.now_status, row.now_due, now),
    )
