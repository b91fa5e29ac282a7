"""How far each improvement item is from its planned finish, and how that has moved between two days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Case, ColumnElement, Date, ScalarSelect, Select, Subquery, and_, case, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.actions.models import Action, ActionUpdate
from tracker.actions.rules import DELIVERED, TO_DELIVER, Status
from tracker.boards import words
from tracker.boards.comparison import Comparison, Side
from tracker.boards.models import SnapshotItem
from tracker.boards.rules import Finish
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.people.models import Authority
from tracker.platform import clock
from tracker.platform.day_counts import days_between
from tracker.platform.db import db


def count_items(comparison: Comparison) -> int:
    """How many open items the later day holds."""
    return db.session.scalar(select(func.count()).select_from(_items(comparison.now).subquery())) or 0


def finishes(comparison: Comparison, *, limit: int | None = None, skip: int = 0) -> Sequence[Finish]:
    """The open items of the later day: the furthest behind first, then those without an action, then finished ones."""
    found = _finish(comparison.now)
    wanted = select(found).order_by(*_furthest_behind(found)).limit(limit).offset(skip).subquery()
    statement = select(wanted, _expected_then(comparison.then, wanted).label("expected_then"))
    return [_read(row) for row in db.session.execute(statement.order_by(*_furthest_behind(wanted)))]


def _furthest_behind(found: Subquery) -> Sequence[ColumnElement[Any]]:
    behind = days_between(found.c.planned_on, found.c.expected_on)
    return _group(found), -func.coalesce(behind, 0), -func.coalesce(found.c.furthest, 0), found.c.number


def _read(row: Any) -> Finish:
    return Finish(
        reference=f"{ImprovementItem.prefix}-{row.number}",
        title=row.title,
        actions=row.actions,
        delivered=row.delivered,
        embedded=row.embedded,
        late=row.late,
        planned_on=row.planned_on,
        expected_on=row.expected_on,
        expected_then=row.expected_then,
        starts_on=row.starts_on if row.actions == row.with_start and row.actions else row.raised_on,
        furthest=row.furthest or 0,
    )


def _group(found: Subquery) -> Case[int]:
    return case((found.c.actions == 0, 1), (found.c.actions == found.c.delivered, 2), else_=0)


def _items(side: Side) -> Select[UUID, int, str, date]:
    """The open items that a day holds; of one board, those with an action that it watches over."""
    item_id: InstrumentedAttribute[UUID] = ImprovementItem.id if side.snapshot is None else SnapshotItem.item_id
    items = select(item_id.label("item_id"), *_named(side)).where(*_open(side))
    if side.board_id is None:
        return items
    watched = side.rows().subquery()
    return items.where(item_id.in_(select(watched.c.item_id)))


def _named(side: Side) -> tuple[InstrumentedAttribute[int], InstrumentedAttribute[str], InstrumentedAttribute[date]]:
    if side.snapshot is None:
        return ImprovementItem.number, ImprovementItem.title, ImprovementItem.raised_on
    return SnapshotItem.number, SnapshotItem.title, SnapshotItem.raised_on


def _open(side: Side) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    if side.snapshot is None:
        return ImprovementItem.authority_id == side.authority.id, ImprovementItem.state == ItemState.OPEN
    return SnapshotItem.snapshot_id == side.snapshot.id, SnapshotItem.state == ItemState.OPEN


def _finish(side: Side) -> Subquery:
    """Each item with its actions that count: how many, how many delivered, embedded and late, and its last days."""
    items, rows = _items(side).subquery(), side.rows().subquery()
    status, here = rows.c.status, rows.c.action_id.is_not(None)
    late = and_(status.in_(TO_DELIVER), rows.c.due_on < side.day)
    expected = _expected(rows, side.day)
    behind = and_(status.not_in(DELIVERED), expected > rows.c.first_due_on)
    return (
        select(
            *(items.c.item_id, items.c.number, items.c.title, items.c.raised_on),
            func.count().filter(here).label("actions"),
            func.count().filter(status.in_(DELIVERED)).label("delivered"),
            func.count().filter(status == Status.EMBEDDED).label("embedded"),
            func.count().filter(late).label("late"),
            func.min(rows.c.starts_on).label("starts_on"),
            func.count(rows.c.starts_on).label("with_start"),
            func.max(rows.c.first_due_on).label("planned_on"),
            func.max(expected).label("expected_on"),
            func.max(case((behind, days_between(rows.c.first_due_on, expected)))).label("furthest"),
        )
        .join(rows, and_(rows.c.item_id == items.c.item_id, status != Status.SUPERSEDED), isouter=True)
        .group_by(items.c.number, items.c.item_id, items.c.title, items.c.raised_on)
        .subquery()
    )


def _expected_then(side: Side, items: Subquery) -> ScalarSelect[date]:
    """When an item was expected to finish at the earlier day."""
    rows = side.rows().subquery()
    return (
        select(func.max(_expected(rows, side.day)))
        .where(rows.c.item_id == items.c.item_id, rows.c.status != Status.SUPERSEDED)
        .correlate(items)
        .scalar_subquery()
    )


def _expected(rows: Subquery, day: date) -> Case[date]:
    """When an action is expected to finish: if it is late, today at the earliest; if it is delivered, when it was."""
    late = and_(rows.c.status.in_(TO_DELIVER), rows.c.due_on < day)
    delivered = rows.c.status.not_in(TO_DELIVER)
    return case(
        (late, literal(day, Date())),
        (delivered, func.coalesce(rows.c.delivered_on, rows.c.due_on)),
        else_=rows.c.due_on,
    )


@dataclass(frozen=True)
class ActionLine:
    """One action along its days."""

    reference: str
    title: str
    status: Status
    starts_on: date | None
    """When it was to start, else when it was first said how it goes; None where neither is known."""
    first_due_on: date
    due_on: date
    delivered_on: date | None

    def expected_on(self, today: date) -> date:
        """As in ``finishes``: what is late, today at the earliest; what is delivered, when it was."""
        if self.status in TO_DELIVER:
            return max(self.due_on, today)
        return self.delivered_on or self.due_on

    def distance(self, today: date) -> str:
        return "" if self.status is Status.SUPERSEDED else words.distance(self.first_due_on, self.expected_on(today))


def actions_of(authority: Authority, item_number: int, *, limit: int, skip: int = 0) -> Sequence[ActionLine]:
    """The actions of one item as they are now, what is due soonest first."""
    first_said = (
        select(func.min(ActionUpdate.at)).where(ActionUpdate.action_id == Action.id).correlate(Action).scalar_subquery()
    )
    found = db.session.execute(
        select(Action, first_said)
        .join(ImprovementItem, ImprovementItem.id == Action.item_id)
        .where(Action.authority_id == authority.id, ImprovementItem.number == item_number)
        .order_by(Action.due_on, Action.number)
        .limit(limit)
        .offset(skip)
    )
    return [_line(action, said) for action, said in found]


def _line(action: Action, first_said: datetime | None) -> ActionLine:
    said = first_said.astimezone(clock.LONDON).date() if first_said else None
    return ActionLine(
        reference=action.reference,
        title=action.title,
        status=action.status,
        starts_on=action.starts_on or said,
        first_due_on=action.first_due_on,
        due_on=action.due_on,
        delivered_on=action.delivered_on,
    )


@dataclass(frozen=True)
class NamedItem:
    """An item whose actions are shown, and how many it has."""

    number: int
    title: str
    actions: int

    @property
    def reference(self) -> str:
        return f"{ImprovementItem.prefix}-{self.number}"


def item(authority: Authority, number: int) -> NamedItem | None:
    actions = select(func.count()).where(Action.item_id == ImprovementItem.id).scalar_subquery()
    found = db.session.execute(
        select(ImprovementItem.title, actions).where(
            ImprovementItem.authority_id == authority.id, ImprovementItem.number == number
        )
    ).one_or_none()
    return NamedItem(number, *found) if found else None
