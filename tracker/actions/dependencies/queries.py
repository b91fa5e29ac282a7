"""What waits for what around one action or item, from a bounded number of statements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, lazyload

from tracker.actions import rules as action_rules
from tracker.actions.dependencies import rules
from tracker.actions.dependencies.models import Dependency
from tracker.actions.dependencies.rules import Chain, Moved, Waits, Work, Works
from tracker.actions.models import Action
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Authority
from tracker.platform.db import db

Days: TypeAlias = Mapping[UUID, Mapping[UUID, int | None]]
"""What each action waits for, with the days that it was given after that; None where it was given none."""


@dataclass(frozen=True)
class Link:
    """Another action that this one waits for, or that waits for it."""

    action: Action
    spare: int | None
    """Days that what is waited for could be later without moving what waits; None where one is finished."""


@dataclass(frozen=True)
class Delayed:
    """What an action holds up that is late, or due too late: actions, and items whose last day moves."""

    days: int
    """That it is late; 0 where its due date is what is too late."""
    held_up: Sequence[Work]
    items: Sequence[tuple[ImprovementItem, Moved]]


@dataclass(frozen=True)
class AroundAction:
    waits_for: Sequence[Link]
    holds_up: Sequence[Link]
    """Actions that wait for it, whether or not it is late."""
    earliest: date | None
    """When it can be finished, where what it waits for makes that later than its due date."""
    delayed: Delayed | None
    """None unless it holds something up."""
    path: Chain | None
    """What decides the last day of its item."""


def waits(authority: Authority) -> Mapping[UUID, set[UUID]]:
    """Everything that waits in an authority, by id."""
    return {waiting: set(others) for waiting, others in _days(authority).items()}


def _days(authority: Authority) -> Days:
    """Everything that waits, with the days that it was given after each that it waits for."""
    found: dict[UUID, dict[UUID, int | None]] = {}
    for waiting, other, days in db.session.execute(
        select(Dependency.action_id, Dependency.waits_for_id, Dependency.days).where(
            Dependency.authority_id == authority.id
        )
    ):
        found.setdefault(waiting, {})[other] = days
    return found


def dependency(action: Action, other: Action) -> Dependency | None:
    return db.session.scalars(
        select(Dependency).where(Dependency.action_id == action.id, Dependency.waits_for_id == other.id)
    ).one_or_none()


def could_wait_for(action: Action) -> Sequence[Action]:
    """The open actions that it does not wait for yet, those of its item first, each with its item."""
    waited_for = select(Dependency.waits_for_id).where(Dependency.action_id == action.id)
    return db.session.scalars(
        select(Action)
        .join(Action.item)
        .where(
            Action.authority_id == action.authority_id,
            Action.id != action.id,
            Action.status.in_(action_rules.OPEN),
            Action.id.not_in(waited_for),
        )
        .options(contains_eager(Action.item).lazyload(ImprovementItem.mappings))
        .order_by((Action.item_id == action.item_id).is_(False), ImprovementItem.number, Action.number)
    ).all()


def references(ids: Collection[UUID]) -> Mapping[UUID, str]:
    rows = db.session.execute(select(Action.id, Action.number).where(Action.id.in_(ids)))
    return {found: f"{Action.prefix}-{number}" for found, number in rows}


def around(action: Action, today: date) -> AroundAction:
    """What one action waits for, what waits for it, and the way to the last day of its item."""
    waiting = _days(action.authority)
    works = _works(action.authority, _near(waiting, {action.id}), {action.item_id}, waiting)
    linked = _linked(action)
    return AroundAction(
        waits_for=[
            Link(other, _spare(action, other, works, waiting))
            for other in linked
            if other.id in waiting.get(action.id, ())
        ],
        holds_up=[
            Link(other, _spare(other, action, works, waiting))
            for other in linked
            if action.id in waiting.get(other.id, ())
        ],
        earliest=_earliest(action, works, waiting, today),
        delayed=_delayed(action, works, waiting, today),
        path=_path(action.item_id, works, waiting, today),
    )


def path(item: ImprovementItem, today: date) -> Chain | None:
    """What decides the last day of an item: the actions in order, across items; None if nothing is left to deliver."""
    waiting = _days(item.authority)
    own = set(db.session.scalars(select(Action.id).where(Action.item_id == item.id)))
    return _path(item.id, _works(item.authority, _near(waiting, own), {item.id}, waiting), waiting, today)


def delayed(action: Action, today: date) -> Delayed | None:
    """What one action holds up, being late or due too late; None if nothing."""
    waiting = _days(action.authority)
    works = _works(action.authority, _near(waiting, {action.id}), {action.item_id}, waiting)
    return _delayed(action, works, waiting, today)


_other = aliased(Action)


def waited_for(actions: Collection[UUID], today: date) -> Mapping[UUID, Sequence[tuple[str, str]]]:
    """For each of some actions, the unfinished ones it waits for: reference, and by how much each is late or empty."""
    other = _other
    found: dict[UUID, list[tuple[str, str]]] = {}
    if not actions:
        return found
    for waiting, number, due_on in db.session.execute(
        select(Dependency.action_id, other.number, other.due_on)
        .join(other, other.id == Dependency.waits_for_id)
        .where(Dependency.action_id.in_(actions), other.status.in_(action_rules.TO_DELIVER))
        .order_by(other.due_on, other.number)
    ):
        days = (today - due_on).days
        found.setdefault(waiting, []).append((f"{Action.prefix}-{number}", action_rules.late(days) if days > 0 else ""))
    return found


def _path(item_id: UUID, works: Works, waiting: Waits, today: date) -> Chain | None:
    own = [work.id for work in works.values() if work.item == item_id]
    return rules.chain(works, waiting, own, today)


def _spare(waiting: Action, other: Action, works: Works, waits: Waits) -> int | None:
    work, before = works.get(waiting.id), works.get(other.id)
    return rules.spare(work, before, works, waits) if work and before else None


def _earliest(action: Action, works: Works, waiting: Waits, today: date) -> date | None:
    if action.id not in works or action.id not in waiting:
        return None
    late = {one: day for one, day in rules.now_late(works, today).items() if one != action.id}
    finish = rules.finishes(works, waiting, late)[action.id]
    return finish if finish > action.due_on else None


def _delayed(action: Action, works: Works, waiting: Days, today: date) -> Delayed | None:
    if action.id not in works or not any(action.id in others for others in waiting.values()):
        return None
    whole = _with_whole_items(action.authority, works, waiting)
    found = rules.delay(whole, waiting, action.id, today)
    if not found.held_up:
        return None
    items = db.session.scalars(
        select(ImprovementItem)
        .where(ImprovementItem.id.in_(found.items))
        .options(lazyload(ImprovementItem.mappings))
        .order_by(ImprovementItem.number)
    )
    late = max((today - action.due_on).days, 0)
    return Delayed(late, found.held_up, [(item, found.items[item.id]) for item in items])


def _with_whole_items(authority: Authority, works: Works, waiting: Days) -> Works:
    """With every unfinished action of the items concerned: one of those may be the item's last."""
    return _works(authority, set(works), {work.item for work in works.values()}, waiting)


def _linked(action: Action) -> Sequence[Action]:
    """The actions tied to this one either way, each with its lead and item."""
    tied = or_(
        and_(Dependency.action_id == action.id, Dependency.waits_for_id == Action.id),
        and_(Dependency.waits_for_id == action.id, Dependency.action_id == Action.id),
    )
    return db.session.scalars(
        select(Action)
        .join(Dependency, tied)
        .options(joinedload(Action.lead), joinedload(Action.item).lazyload(ImprovementItem.mappings))
        .order_by(Action.due_on, Action.number)
    ).all()


def _near(waits: Waits, start: Collection[UUID]) -> set[UUID]:
    """Everything tied to the actions at the start, however far, either way."""
    tied: dict[UUID, set[UUID]] = {}
    for waiting, others in waits.items():
        for other in others:
            tied.setdefault(waiting, set()).add(other)
            tied.setdefault(other, set()).add(waiting)
    found, fresh = set(start), list(start)
    while fresh:
        fresh = list({other for one in fresh for other in tied.get(one, ())} - found)
        found.update(fresh)
    return found


def _works(authority: Authority, ids: Collection[UUID], items: Collection[UUID], waiting: Days) -> dict[UUID, Work]:
    """What is unfinished of these actions and of these items."""
    rows = db.session.execute(
        select(Action.id, Action.number, Action.title, Action.item_id, Action.due_on, Action.starts_on).where(
            Action.authority_id == authority.id,
            Action.status.in_(action_rules.TO_DELIVER),
            or_(Action.id.in_(ids), Action.item_id.in_(items)),
        )
    )
    return {
        found: Work(
            found,
            f"{Action.prefix}-{number}",
            title,
            item_id,
            due_on,
            starts_on,
            {other: days for other, days in waiting.get(found, {}).items() if days is not None},
        )
        for found, number, title, item_id, due_on, starts_on in rows
    }
