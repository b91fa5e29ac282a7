"""What one person owes, and what waits for a signature."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    Case,
    ColumnElement,
    Date,
    Integer,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from tracker.actions import rules
from tracker.actions.dependencies.models import Dependency
from tracker.actions.models import Action, ActionUpdate, Milestone
from tracker.actions.rules import Status
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Authority, Person
from tracker.people.rules import Standing
from tracker.platform.db import db

OWED = rules.TO_DELIVER | {Status.IMPACT_NOT_EVIDENCED}
"""Where the next step is the lead's: to deliver, or to say what changed."""


_said, _undo = aliased(ActionUpdate), aliased(ActionUpdate)
_step, _waited_for, _before = aliased(Milestone), aliased(Action), aliased(Action)
"""Made once: making one takes longer than the question it is for."""


@dataclass(frozen=True)
class Owed:
    """An action whose next step is its lead's, with what a list says of it."""

    action: Action
    last: ActionUpdate | None
    """The newest update that says something and stands."""
    milestone: Milestone | None
    """The next one to reach."""
    waits_for: Action | None
    """Of the unfinished actions that it waits for, the one due first."""
    comes_on: date
    """The first day on which something is owed: a milestone, the delivery, the difference."""


@dataclass(frozen=True)
class OwedCounts:
    """How much a person owes: overdue, due by the end of this week and of the period, and in all."""

    overdue: int = 0
    this_week: int = 0
    by_then: int = 0
    all: int = 0
    past_due: int = 0
    """Of the overdue, actions to deliver that are past their own due date, as the plan counts them."""
    differences: int = 0
    """Of the overdue, delivered actions whose difference was to be shown by now. The rest has a late milestone."""

    @property
    def milestones(self) -> int:
        return self.overdue - self.past_due - self.differences


def led_by(authority: Authority, person: Person) -> Sequence[Action]:
    """What a person still owes: actions to deliver and differences to show, soonest first, with items."""
    promised = case((Action.status == Status.IMPACT_NOT_EVIDENCED, Action.difference_due_on), else_=Action.due_on)
    return db.session.scalars(
        select(Action)
        .where(*_of(authority, person))
        .options(joinedload(Action.item).lazyload(ImprovementItem.mappings), joinedload(Action.lead))
        .order_by(promised, Action.number)
    ).all()


def shared_with(authority: Authority, who: Standing) -> Sequence[Action]:
    """Open actions that somebody's partner organisation shares and others lead, soonest first, with items and leads.

    Nothing is asked for who works for the council.
    """
    if who.partner is None:
        return []
    return _shared(
        Action.authority_id == authority.id,
        Action.partner_id == who.partner,
        Action.lead_id != who.person,
        Action.status.in_(rules.OPEN),
    )


def shared_of_item(item: ImprovementItem, who: Standing) -> Sequence[Action]:
    """The actions of an item that a partner lead may see, as ``rules.may_see`` says, soonest first."""
    hers = Action.lead_id == who.person
    if who.partner is not None:
        hers = or_(hers, Action.partner_id == who.partner)
    return _shared(Action.item_id == item.id, Action.status != Status.SUPERSEDED, hers)


def _shared(*wanted: ColumnElement[bool]) -> Sequence[Action]:
    return db.session.scalars(
        select(Action)
        .where(*wanted)
        .options(joinedload(Action.item).lazyload(ImprovementItem.mappings), joinedload(Action.lead))
        .order_by(Action.due_on, Action.number)
    ).all()


def owed(
    authority: Authority, person: Person, today: date, *, week: date, until: date, limit: int, offset: int
) -> tuple[Sequence[Owed], OwedCounts]:
    """A page of what a person owes, soonest first, and how much there is in all; one statement.

    ``week`` and ``until`` are last days. Past the end there is no line and no count.
    """
    asked = {
        "authority": authority.id, "person": person.id, "today": today, "week": week, "until": until, "most": limit,
        "skipped": offset,
    }  # fmt: skip
    found = db.session.execute(_owed(), asked).all()
    rows = [Owed(row[0], row[1], row[2], row[3], row.comes_on) for row in found]
    if not found:
        return rows, OwedCounts()
    one = found[0]
    return rows, OwedCounts(one.overdue, one.this_week, one.by_then, one.all, one.past_due, one.differences)


@cache
def _owed() -> Select[*tuple[Any, ...]]:
    """Put together once, which takes longer than asking it."""
    hers = (
        Action.authority_id == bindparam("authority"),
        Action.lead_id == bindparam("person"),
        Action.status.in_(OWED),
    )
    owed = select(Action.id, Action.number, Action.status, Action.due_on, _comes_on().label("on"))
    owes = owed.where(*hers).subquery()
    shows = owes.c.status == Status.IMPACT_NOT_EVIDENCED
    today = bindparam("today", type_=Date())
    chosen = (
        select(
            owes.c.id,
            owes.c.on.label("comes_on"),
            func.count().filter(owes.c.on < today).over().label("overdue"),
            func.count().filter(owes.c.on.between(today, bindparam("week", type_=Date()))).over().label("this_week"),
            func.count().filter(owes.c.on.between(today, bindparam("until", type_=Date()))).over().label("by_then"),
            func.count().over().label("all"),
            func.count().filter(~shows, owes.c.due_on < today).over().label("past_due"),
            func.count().filter(shows, owes.c.on < today).over().label("differences"),
        )
        .order_by(owes.c.on, owes.c.number)
        .limit(bindparam("most", type_=Integer()))
        .offset(bindparam("skipped", type_=Integer()))
        .subquery()
    )
    return (
        select(Action, ActionUpdate, Milestone, _waited_for, chosen)
        .join(chosen, chosen.c.id == Action.id)
        .outerjoin(ActionUpdate, ActionUpdate.id == _last_said())
        .outerjoin(Milestone, Milestone.id == _next_milestone())
        .outerjoin(_waited_for, _waited_for.id == _first_waited_for())
        .options(joinedload(Action.item).lazyload(ImprovementItem.mappings), joinedload(Action.lead))
        .order_by(chosen.c.comes_on, Action.number)
    )


def awaiting_sign_off(authority: Authority) -> Sequence[Action]:
    """Every action said to be delivered and not signed off yet, longest waiting first, with its people."""
    item = joinedload(Action.item)
    return db.session.scalars(
        select(Action)
        .where(Action.authority_id == authority.id, Action.status == Status.AWAITING_SIGN_OFF)
        .options(
            item.joinedload(ImprovementItem.owner),
            item.joinedload(ImprovementItem.accountable),
            item.lazyload(ImprovementItem.mappings),
            joinedload(Action.accountable),
            joinedload(Action.lead),
        )
        .order_by(Action.delivered_on, Action.number)
    ).all()


def signer_id() -> Case[Any]:
    """``rules.signer`` as the database works it out, for a select of actions joined to their items."""
    answers = func.coalesce(Action.accountable_id, ImprovementItem.accountable_id)
    return case(
        (_may_sign(ImprovementItem.owner_id), ImprovementItem.owner_id), (_may_sign(answers), answers), else_=None
    )


def _may_sign(person_id: InstrumentedAttribute[Any] | ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(
        person_id.is_not(None),
        person_id != Action.lead_id,
        or_(Action.delivered_by_id.is_(None), person_id != Action.delivered_by_id),
    )


def _of(authority: Authority, person: Person) -> Sequence[ColumnElement[bool]]:
    return Action.authority_id == authority.id, Action.lead_id == person.id, Action.status.in_(OWED)


def _comes_on() -> Case[date]:
    first = (
        select(func.min(Milestone.due_on))
        .where(Milestone.action_id == Action.id, Milestone.reached_on.is_(None), Milestone.dropped_on.is_(None))
        .scalar_subquery()
    )
    return case(
        (Action.status == Status.IMPACT_NOT_EVIDENCED, Action.difference_due_on),
        (first < Action.due_on, first),
        else_=Action.due_on,
    )


def _last_said() -> ScalarSelect[Any]:
    said, undo = _said, _undo
    return (
        select(said.id)
        .where(
            said.action_id == Action.id,
            or_(said.done != "", said.difference != ""),
            said.takes_back_id.is_(None),
            ~exists().where(undo.takes_back_id == said.id),
        )
        .order_by(said.at.desc())
        .limit(1)
        .correlate(Action)
        .scalar_subquery()
    )


def _next_milestone() -> ScalarSelect[Any]:
    step = _step
    return (
        select(step.id)
        .where(step.action_id == Action.id, step.reached_on.is_(None), step.dropped_on.is_(None))
        .order_by(step.due_on, step.position)
        .limit(1)
        .correlate(Action)
        .scalar_subquery()
    )


def _first_waited_for() -> ScalarSelect[Any]:
    before = _before
    return (
        select(before.id)
        .join(Dependency, Dependency.waits_for_id == before.id)
        .where(Dependency.action_id == Action.id, before.status.in_(rules.TO_DELIVER))
        .order_by(before.due_on, before.number)
        .limit(1)
        .correlate(Action)
        .scalar_subquery()
    )
