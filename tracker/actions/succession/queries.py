"""Every question about items that gave way: what stands in their place, what they left and what moved with them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from tracker.actions.models import Action
from tracker.actions.rules import OPEN, Status
from tracker.actions.succession.models import ActionMove
from tracker.actions.succession.rules import OWED, Standing
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.people.models import Authority
from tracker.platform.db import db


@dataclass(frozen=True)
class Predecessor:
    """An item whose place another takes: itself, or through others."""

    id: UUID
    number: int
    title: str
    state: ItemState
    on: date | None
    because: str

    @property
    def reference(self) -> str:
        return f"{ImprovementItem.prefix}-{self.number}"


def standing(item: ImprovementItem) -> Standing:
    return Standing(item.reference, item.state, item.closed_on, [one.reference for one in item.in_its_place])


def open_items(authority: Authority, *, but: ImprovementItem) -> Sequence[tuple[int, str]]:
    """Number and title of every other item that is open: what may stand in its place."""
    rows = db.session.execute(
        select(ImprovementItem.number, ImprovementItem.title)
        .where(
            ImprovementItem.authority_id == authority.id,
            ImprovementItem.state == ItemState.OPEN,
            ImprovementItem.id != but.id,
        )
        .order_by(ImprovementItem.number)
    )
    return [(number, title) for number, title in rows]


def owed(item: ImprovementItem) -> Sequence[Action]:
    """Its actions whose leads still owe something, by number, with their leads: they go where the item goes."""
    return db.session.scalars(
        select(Action)
        .where(Action.item_id == item.id, Action.status.in_(OWED))
        .options(joinedload(Action.lead))
        .order_by(Action.number)
    ).all()


def count_open(item: ImprovementItem) -> int:
    return db.session.scalar(select(func.count()).where(Action.item_id == item.id, Action.status.in_(OPEN))) or 0


def moves_from(item: ImprovementItem) -> Sequence[ActionMove]:
    """What went from an item to what stands in its place, by number of the action, with both."""
    return db.session.scalars(
        select(ActionMove)
        .join(ActionMove.action)
        .where(ActionMove.from_item_id == item.id)
        .options(joinedload(ActionMove.action), joinedload(ActionMove.to_item))
        .order_by(Action.number)
    ).all()


def added_since(item: ImprovementItem, moves: Sequence[ActionMove]) -> Sequence[Action]:
    """Actions of the parts of a split item that did not come from it."""
    return db.session.scalars(
        select(Action)
        .where(
            Action.item_id.in_([part.id for part in item.in_its_place]),
            Action.id.not_in([move.action_id for move in moves]),
            Action.status != Status.SUPERSEDED,
        )
        .order_by(Action.number)
    ).all()


def predecessors(authority: Authority) -> Mapping[UUID, Sequence[Predecessor]]:
    """For each item that takes the place of others: all of them, through however many steps, by number.

    One statement for an authority. The same item stands under each part that it was split into.
    """
    rows = db.session.execute(
        select(
            ImprovementItem.id, ImprovementItem.number, ImprovementItem.title, ImprovementItem.state,
            ImprovementItem.closed_on, ImprovementItem.closed_because, ImprovementItem.successor_id,
            ImprovementItem.part_of_id,
        ).where(
            ImprovementItem.authority_id == authority.id,
            or_(
                ImprovementItem.state.in_([ItemState.MERGED, ItemState.SPLIT, ItemState.SUPERSEDED]),
                ImprovementItem.part_of_id.is_not(None),
            ),
        )
    ).all()  # fmt: skip
    known = {row.id: Predecessor(*row[:6]) for row in rows}
    before: dict[UUID, set[UUID]] = {}
    for row in rows:
        if row.successor_id is not None:
            before.setdefault(row.successor_id, set()).add(row.id)
        split = row.part_of_id in known and known[row.part_of_id].state is ItemState.SPLIT
        if split and row.successor_id != row.part_of_id:
            before.setdefault(row.id, set()).add(row.part_of_id)
    return {item: sorted((known[one] for one in _all(before, item)), key=_number) for item in before}


def _all(before: Mapping[UUID, Collection[UUID]], item: UUID) -> set[UUID]:
    """Everything before an item, each once."""
    found: set[UUID] = set()
    ahead = list(before.get(item, ()))
    while ahead:
        one = ahead.pop()
        if one not in found and one != item:
            found.add(one)
            ahead += before.get(one, ())
    return found


def _number(predecessor: Predecessor) -> int:
    return predecessor.number
