"""Every question asked about boards, their dates and the snapshots kept for them. The authority comes first."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, and_, case, exists, func, select
from sqlalchemy.orm import joinedload

from tracker.actions.models import Action, ActionUpdate, GovernanceBoard
from tracker.boards import rules
from tracker.boards.models import BoardDate, Snapshot, SnapshotAction, SnapshotItem
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Authority, Person
from tracker.platform.db import db


def board_date(authority: Authority, date_id: UUID) -> BoardDate | None:
    return db.session.scalars(
        select(BoardDate)
        .where(BoardDate.authority_id == authority.id, BoardDate.id == date_id)
        .options(joinedload(BoardDate.board), joinedload(BoardDate.snapshot))
    ).one_or_none()


def dates_of(board: GovernanceBoard) -> Sequence[date]:
    return db.session.scalars(select(BoardDate.on).where(BoardDate.board_id == board.id)).all()


def dates(authority: Authority) -> Sequence[BoardDate]:
    """Every board date, latest first, with its board and its snapshot."""
    return db.session.scalars(
        select(BoardDate)
        .where(BoardDate.authority_id == authority.id)
        .options(joinedload(BoardDate.board), joinedload(BoardDate.snapshot).joinedload(Snapshot.taken_by))
        .order_by(BoardDate.on.desc(), BoardDate.board_id)
    ).all()


def dates_to_take(today: date) -> Sequence[BoardDate]:
    """Board dates of every authority that have come and have no snapshot yet, earliest first."""
    return db.session.scalars(
        select(BoardDate)
        .where(
            BoardDate.on <= today,
            BoardDate.on >= today - rules.CAUGHT_UP,
            ~exists().where(Snapshot.board_date_id == BoardDate.id),
        )
        .options(joinedload(BoardDate.board), joinedload(BoardDate.authority))
        .order_by(BoardDate.on, BoardDate.authority_id, BoardDate.board_id)
    ).all()


def snapshots(authority: Authority) -> Sequence[Snapshot]:
    """Every snapshot, latest first, with its board date and who took it."""
    return db.session.scalars(
        _snapshots(authority).order_by(Snapshot.as_at.desc(), Snapshot.taken_at.desc(), Snapshot.number.desc())
    ).all()


def snapshot(authority: Authority, number: int) -> Snapshot | None:
    return db.session.scalars(_snapshots(authority).where(Snapshot.number == number)).one_or_none()


def _snapshots(authority: Authority) -> Select[Snapshot]:
    return (
        select(Snapshot)
        .where(Snapshot.authority_id == authority.id)
        .options(joinedload(Snapshot.board_date), joinedload(Snapshot.taken_by))
    )


def before(snapshot: Snapshot, among: Sequence[Snapshot]) -> Snapshot | None:
    """The last snapshot of the same board before this one, of ``among``, latest first."""
    earlier = (
        one
        for one in among
        if one.board_date.board_id == snapshot.board_date.board_id and one.taken_at < snapshot.taken_at
    )
    return next(earlier, None)


# What a snapshot holds ------------------------------------------------------------------------------------------


def times_moved() -> ScalarSelect[int]:
    """How often the due date of an action was moved: what was taken back does not count. For a select of actions.

    An entry that takes another back moves the date too, so it counts against it. Asking for entries without one
    instead would lead SQLite to the index of what takes back, which nearly every entry is in with nothing.
    """
    counts = case((ActionUpdate.takes_back_id.is_(None), 1), else_=-1)
    return (
        select(func.coalesce(func.sum(counts), 0))
        .where(ActionUpdate.action_id == Action.id, ActionUpdate.due_to.is_not(None))
        .correlate(Action)
        .scalar_subquery()
    )


def actions_now(authority: Authority, board_id: UUID | None) -> Sequence[dict[str, Any]]:
    """What a snapshot keeps of every action now, or of those that a board watches over; by number."""
    statement = (
        select(
            Action.id.label("action_id"),
            Action.item_id,
            Action.board_id,
            Action.number,
            Action.title,
            Person.name.label("lead_name"),
            Action.status,
            Action.starts_on,
            Action.due_on,
            Action.first_due_on,
            times_moved().label("moves"),
            Action.delivered_on,
            Action.signed_off_on,
            Action.difference_due_on,
        )
        .join(Person, Person.id == Action.lead_id)
        .where(Action.authority_id == authority.id)
        .order_by(Action.number)
    )
    if board_id is not None:
        statement = statement.where(Action.board_id == board_id)
    return [dict(row._mapping) for row in db.session.execute(statement)]


def items_now(authority: Authority, board_id: UUID | None) -> Sequence[dict[str, Any]]:
    """What a snapshot keeps of every item now, or of those with an action that a board watches over; by number."""
    statement = (
        select(
            ImprovementItem.id.label("item_id"),
            ImprovementItem.number,
            ImprovementItem.title,
            ImprovementItem.source,
            func.coalesce(Person.name, "").label("owner_name"),
            ImprovementItem.state,
            ImprovementItem.raised_on,
        )
        .join(Person, Person.id == ImprovementItem.owner_id, isouter=True)
        .where(ImprovementItem.authority_id == authority.id)
        .order_by(ImprovementItem.number)
    )
    if board_id is not None:
        statement = statement.where(exists().where(Action.item_id == ImprovementItem.id, Action.board_id == board_id))
    return [dict(row._mapping) for row in db.session.execute(statement)]


def actions_kept(snapshot: Snapshot) -> Sequence[SnapshotAction]:
    """Everything that a snapshot holds of actions, by number."""
    return db.session.scalars(
        select(SnapshotAction).where(SnapshotAction.snapshot_id == snapshot.id).order_by(SnapshotAction.number)
    ).all()


def items_kept(snapshot: Snapshot) -> Sequence[SnapshotItem]:
    return db.session.scalars(
        select(SnapshotItem).where(SnapshotItem.snapshot_id == snapshot.id).order_by(SnapshotItem.number)
    ).all()


def count_kept(snapshot: Snapshot) -> int:
    return db.session.scalar(select(func.count()).where(SnapshotAction.snapshot_id == snapshot.id)) or 0


def lines_kept(
    snapshot: Snapshot, *, limit: int | None = None, skip: int = 0
) -> Sequence[tuple[SnapshotAction, SnapshotItem]]:
    """Its actions by item and by what was due soonest, each with the item as it was."""
    found = db.session.execute(
        select(SnapshotAction, SnapshotItem)
        .join(
            SnapshotItem,
            and_(
                SnapshotItem.snapshot_id == SnapshotAction.snapshot_id, SnapshotItem.item_id == SnapshotAction.item_id
            ),
        )
        .where(SnapshotAction.snapshot_id == snapshot.id)
        .order_by(SnapshotItem.number, SnapshotAction.due_on, SnapshotAction.number)
        .limit(limit)
        .offset(skip)
    )
    return [(action, item) for action, item in found]
