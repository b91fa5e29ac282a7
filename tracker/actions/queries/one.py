"""One action, what was said of it, and the steps on its way."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from tracker.actions import rules
from tracker.actions.models import Action, ActionUpdate, Milestone
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Authority, Person
from tracker.platform import history
from tracker.platform.db import db


def action(authority: Authority, number: int) -> Action | None:
    """One action with its item and everybody who has to do with it."""
    return db.session.scalars(_whole(authority).where(Action.number == number)).one_or_none()


def actions_numbered(authority: Authority, numbers: Collection[int]) -> Mapping[int, Action]:
    """Those of the numbers that there are, loaded as ``action`` does; one statement for all."""
    found = db.session.scalars(_whole(authority).where(Action.number.in_(numbers)))
    return {one.number: one for one in found}


def _whole(authority: Authority) -> Select[Action]:
    item = joinedload(Action.item)
    return (
        select(Action)
        .where(Action.authority_id == authority.id)
        .options(
            item.joinedload(ImprovementItem.inspection),
            item.joinedload(ImprovementItem.owner),
            item.joinedload(ImprovementItem.accountable),
            item.lazyload(ImprovementItem.mappings),
            joinedload(Action.lead),
            joinedload(Action.accountable),
            joinedload(Action.partner),
            joinedload(Action.board),
            joinedload(Action.signed_off_by),
        )
    )


def item(authority: Authority, number: int) -> ImprovementItem | None:
    return db.session.scalars(
        select(ImprovementItem)
        .where(ImprovementItem.authority_id == authority.id, ImprovementItem.number == number)
        .options(joinedload(ImprovementItem.owner), joinedload(ImprovementItem.accountable))
    ).one_or_none()


def trail(action: Action) -> Sequence[ActionUpdate]:
    """All that was said about an action, newest first, with who said it and what was taken back."""
    return db.session.scalars(
        select(ActionUpdate)
        .where(ActionUpdate.action_id == action.id)
        .options(
            joinedload(ActionUpdate.by), joinedload(ActionUpdate.taken_back_by), joinedload(ActionUpdate.milestone)
        )
        .order_by(ActionUpdate.at.desc())
    ).all()


def newest_update(action: Action) -> ActionUpdate | None:
    """The last entry of the trail, whether or not it stands."""
    return db.session.scalars(
        select(ActionUpdate).where(ActionUpdate.action_id == action.id).order_by(ActionUpdate.at.desc()).limit(1)
    ).one_or_none()


def update_of(action: Action, update_id: UUID) -> ActionUpdate | None:
    return db.session.scalars(
        select(ActionUpdate).where(ActionUpdate.id == update_id, ActionUpdate.action_id == action.id)
    ).one_or_none()


_undo = aliased(ActionUpdate)


def last_said(actions: Sequence[Action]) -> Mapping[UUID, ActionUpdate]:
    """For each action that has one, the newest update that says something and stands; one statement for all."""
    undo = _undo
    place = func.row_number().over(partition_by=ActionUpdate.action_id, order_by=ActionUpdate.at.desc())
    said = (
        select(ActionUpdate.id, place.label("place"))
        .where(
            ActionUpdate.action_id.in_([action.id for action in actions]),
            or_(ActionUpdate.done != "", ActionUpdate.difference != ""),
            ActionUpdate.takes_back_id.is_(None),
            ~exists().where(undo.takes_back_id == ActionUpdate.id),
        )
        .subquery()
    )
    newest = select(ActionUpdate).join(said, said.c.id == ActionUpdate.id).where(said.c.place == 1)
    return {update.action_id: update for update in db.session.scalars(newest)} if actions else {}


def milestones(action: Action) -> Sequence[Milestone]:
    """Those that count, in the order of their days."""
    return db.session.scalars(
        select(Milestone)
        .where(Milestone.action_id == action.id, Milestone.dropped_on.is_(None))
        .order_by(Milestone.due_on, Milestone.position)
    ).all()


def milestone_of(action: Action, milestone_id: UUID) -> Milestone | None:
    return db.session.scalars(
        select(Milestone).where(Milestone.id == milestone_id, Milestone.action_id == action.id)
    ).one_or_none()


def next_milestones(actions: Collection[UUID]) -> Mapping[UUID, Sequence[Milestone]]:
    """For each action that has some, the milestones still to reach, soonest first; one statement for all."""
    found: dict[UUID, list[Milestone]] = {}
    for milestone in db.session.scalars(
        select(Milestone)
        .where(Milestone.action_id.in_(actions), Milestone.reached_on.is_(None), Milestone.dropped_on.is_(None))
        .order_by(Milestone.due_on, Milestone.position)
    ):
        found.setdefault(milestone.action_id, []).append(milestone)
    return found


@dataclass(frozen=True)
class OtherVersion:
    """What somebody else saved while a form was open."""

    by: str
    at: datetime
    said: ActionUpdate | None
    entry: history.HistoryEntry


def other_version(action: Action) -> OtherVersion:
    """The newest change of an action, for the person who meant to change an older version."""
    entry = history.of(action, limit=1)[0]
    return OtherVersion(entry.actor_name, entry.at, last_said([action]).get(action.id), entry)


def signer(action: Action) -> Person | None:
    """Who is asked to sign it off, of its own and its item's people; None: any director."""
    asked = rules.signer(action.hands)
    people = (action.item.owner, action.accountable, action.item.accountable)
    return next((person for person in people if person and person.id == asked), None)


def count_open(item: ImprovementItem) -> int:
    """Actions of an item that somebody still has to deliver or to sign off."""
    return db.session.scalar(select(func.count()).where(Action.item_id == item.id, Action.status.in_(rules.OPEN))) or 0
