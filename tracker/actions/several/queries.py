"""What is to change together: chosen actions, or all that one person has in the plan."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from tracker.actions.models import Action
from tracker.actions.rules import OPEN, Status
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.people.models import Authority, Person
from tracker.platform.db import db


@dataclass(frozen=True)
class Work:
    """What somebody has in the plan, by number."""

    led: Sequence[Action]
    owned: Sequence[ImprovementItem]
    answered_for: Sequence[ImprovementItem]

    @property
    def anything(self) -> bool:
        return bool(self.led or self.owned or self.answered_for)


def actions(authority: Authority, numbers: Collection[int]) -> Sequence[Action]:
    return db.session.scalars(_actions(authority).where(Action.number.in_(numbers))).all()


def work_of(authority: Authority, person: Person) -> Work:
    """Actions that she still owes something for, and open items."""
    owed = Action.status.in_({*OPEN, Status.IMPACT_NOT_EVIDENCED})
    items = select(ImprovementItem).where(
        ImprovementItem.authority_id == authority.id, ImprovementItem.state == ItemState.OPEN
    )
    in_order = items.order_by(ImprovementItem.number)
    return Work(
        led=db.session.scalars(_actions(authority).where(Action.lead_id == person.id, owed)).all(),
        owned=db.session.scalars(in_order.where(ImprovementItem.owner_id == person.id)).all(),
        answered_for=db.session.scalars(in_order.where(ImprovementItem.accountable_id == person.id)).all(),
    )


def _actions(authority: Authority) -> Select[Action]:
    return (
        select(Action)
        .where(Action.authority_id == authority.id)
        .options(joinedload(Action.item), joinedload(Action.lead))
        .order_by(Action.number)
    )
