"""Every question asked about actions. The authority comes first: nothing is found across authorities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Case, ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload

from tracker.actions import rules
from tracker.actions.models import Action, ActionUpdate
from tracker.actions.rules import Status
from tracker.improvements.models import ImprovementItem
from tracker.improvements.models import Mapping as ItemMapping
from tracker.improvements.rules import Decision, MappedTo
from tracker.inspections.models import Inspection
from tracker.people.models import Authority, Person
from tracker.platform import history
from tracker.platform.db import db


@dataclass(frozen=True)
class Wanted:
    """What the plan is asked to show; None leaves a question out."""

    led_by: UUID | None = None
    leads_or_owns: UUID | None = None
    """Leads the action, or owns the item it is for."""
    overdue: bool = False
    due_by: date | None = None
    statuses: frozenset[Status] | None = None
    area_code: str | None = None
    inspection_number: int | None = None
    source: str | None = None

    @property
    def asks_of_actions(self) -> bool:
        """Whether an item without any action can answer."""
        return bool(self.led_by or self.overdue or self.due_by or self.statuses)


@dataclass(frozen=True)
class PlanRow:
    """A line of the plan: an action, or an item that has none."""

    item: ImprovementItem
    action: Action | None


@dataclass(frozen=True)
class PlanCounts:
    """How many actions the filters would show; superseded ones are in no count but their own."""

    all: int
    mine: int
    overdue: int
    due: int
    """Still to deliver by the end of the period, overdue ones among them."""
    by_status: Mapping[Status, int]


IN_ORDER = case({status: place for place, status in enumerate(Status)}, value=Action.status)
"""Statuses sorted by how far the work is, not by the alphabet."""

STILL_TO_DO_FIRST = case((Action.status.in_(rules.TO_DELIVER), 0), (Action.status.in_(rules.OPEN), 1), else_=2)
"""What is to be delivered, then what waits to be signed off, then what is delivered."""

SORTS: Mapping[str, tuple[InstrumentedAttribute[Any] | Case[int], ...]] = {
    "item": (
        ImprovementItem.raised_on,
        ImprovementItem.position,
        ImprovementItem.number,
        STILL_TO_DO_FIRST,
        Action.due_on,
    ),
    "action": (Action.number,),
    "who": (Person.name, Action.due_on),
    "due": (Action.due_on, Action.number),
    "status": (IN_ORDER, Action.due_on),
}
"""What the plan can be sorted by; the first column of each is the one that turns round."""

NEWEST_ITEMS_FIRST = "-item"


def action(authority: Authority, number: int) -> Action | None:
    """One action with its item, lead and signatory."""
    return db.session.scalars(
        select(Action)
        .where(Action.authority_id == authority.id, Action.number == number)
        .options(
            joinedload(Action.item).joinedload(ImprovementItem.inspection),
            joinedload(Action.item).joinedload(ImprovementItem.owner),
            joinedload(Action.item).joinedload(ImprovementItem.accountable),
            joinedload(Action.lead),
            joinedload(Action.signed_off_by),
        )
    ).one_or_none()


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
        .options(joinedload(ActionUpdate.by), joinedload(ActionUpdate.taken_back_by))
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


def last_said(actions: Sequence[Action]) -> Mapping[UUID, ActionUpdate]:
    """For each action that has one, the newest update that says something and stands; one statement for all."""
    undo = aliased(ActionUpdate)
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


@dataclass(frozen=True)
class OtherVersion:
    """What somebody else saved while a form was open."""

    by: str
    at: datetime
    said: ActionUpdate | None


def other_version(action: Action) -> OtherVersion:
    """The newest change of an action, for the person who meant to change an older version."""
    entry = history.of(action, limit=1)[0]
    return OtherVersion(entry.actor_name, entry.at, last_said([action]).get(action.id))


def signer(action: Action) -> Person | None:
    """Who is asked to sign it off, of the people of its item; None: any director."""
    asked = rules.signer(action.hands)
    return next(
        (person for person in (action.item.owner, action.item.accountable) if person and person.id == asked), None
    )


def count_open(item: ImprovementItem) -> int:
    """Actions of an item that somebody still has to deliver or to sign off."""
    return db.session.scalar(select(func.count()).where(Action.item_id == item.id, Action.status.in_(rules.OPEN))) or 0


def led_by(authority: Authority, person: Person) -> Sequence[Action]:
    """What a person still owes: actions to deliver and differences to show, soonest first, with items."""
    owed = rules.TO_DELIVER | {Status.IMPACT_NOT_EVIDENCED}
    actions = db.session.scalars(
        select(Action)
        .where(Action.authority_id == authority.id, Action.lead_id == person.id, Action.status.in_(owed))
        .options(joinedload(Action.item), joinedload(Action.lead))
    ).all()
    return sorted(actions, key=lambda action: (action.next_due or date.max, action.number))


def awaiting_sign_off(authority: Authority) -> Sequence[Action]:
    """Every action said to be delivered and not signed off yet, longest waiting first, with its people."""
    return db.session.scalars(
        select(Action)
        .where(Action.authority_id == authority.id, Action.status == Status.AWAITING_SIGN_OFF)
        .options(
            joinedload(Action.item).joinedload(ImprovementItem.owner),
            joinedload(Action.item).joinedload(ImprovementItem.accountable),
            joinedload(Action.lead),
        )
        .order_by(Action.delivered_on, Action.number)
    ).all()


def plan(
    authority: Authority, wanted: Wanted, today: date, *, sort: str, descending: bool
) -> Select[ImprovementItem, Action]:
    """The lines of the plan in order, as a select of (item, action or None).

    An item without actions has a line while nothing is asked of actions; superseded actions only when asked for.
    """
    outer = not wanted.asks_of_actions and sort == "item"
    first, *then = SORTS[sort]
    return (
        select(ImprovementItem, Action)
        .join(Action, and_(Action.item_id == ImprovementItem.id, *_of_actions(wanted, today)), isouter=outer)
        .join(Person, Person.id == Action.lead_id, isouter=outer)
        .where(ImprovementItem.authority_id == authority.id, *_of_items(wanted))
        .options(
            joinedload(ImprovementItem.inspection),
            joinedload(ImprovementItem.owner),
            joinedload(Action.lead),
        )
        .order_by(first.desc() if descending else first.asc(), *then)
    )


def rows(statement: Select[ImprovementItem, Action]) -> Sequence[PlanRow]:
    return [PlanRow(item, action) for item, action in db.session.execute(statement)]


def count_rows(statement: Select[ImprovementItem, Action]) -> int:
    bare = statement.with_only_columns(ImprovementItem.id, maintain_column_froms=True).order_by(None)
    return db.session.scalar(select(func.count()).select_from(bare.subquery())) or 0


def plan_counts(authority: Authority, person: Person, today: date) -> PlanCounts:
    """One statement, grouped in the database."""
    mine = func.count().filter(Action.lead_id == person.id)
    late = func.count().filter(Action.due_on < today)
    soon = func.count().filter(Action.due_on <= rules.end_of_period(today))
    found = db.session.execute(
        select(Action.status, func.count(), mine, late, soon)
        .where(Action.authority_id == authority.id)
        .group_by(Action.status)
    ).all()
    counted = [row for row in found if row[0] is not Status.SUPERSEDED]
    return PlanCounts(
        all=sum(row[1] for row in counted),
        mine=sum(row[2] for row in counted),
        overdue=sum(row[3] for row in found if row[0] in rules.TO_DELIVER),
        due=sum(row[4] for row in found if row[0] in rules.TO_DELIVER),
        by_status={row[0]: row[1] for row in found},
    )


def leads_and_owners(authority: Authority) -> Sequence[Person]:
    """Everybody who leads an action or owns an item, by name."""
    return db.session.scalars(
        select(Person)
        .where(
            or_(
                exists().where(Action.lead_id == Person.id, Action.authority_id == authority.id),
                exists().where(ImprovementItem.owner_id == Person.id, ImprovementItem.authority_id == authority.id),
            )
        )
        .order_by(Person.name)
    ).all()


def inspections_with_items(authority: Authority) -> Sequence[Inspection]:
    """Inspections that an item came from, newest first."""
    return db.session.scalars(
        select(Inspection)
        .where(
            Inspection.authority_id == authority.id,
            exists().where(ImprovementItem.inspection_id == Inspection.id),
        )
        .order_by(Inspection.fieldwork_from.desc())
    ).all()


def _of_actions(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.led_by is not None:
        conditions.append(Action.lead_id == wanted.led_by)
    if wanted.overdue:
        conditions.append(and_(Action.status.in_(rules.TO_DELIVER), Action.due_on < today))
    if wanted.due_by is not None:
        conditions.append(and_(Action.status.in_(rules.TO_DELIVER), Action.due_on <= wanted.due_by))
    if wanted.statuses is not None:
        conditions.append(Action.status.in_(wanted.statuses))
    else:
        conditions.append(Action.status != Status.SUPERSEDED)
    return conditions


def _of_items(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.leads_or_owns is not None:
        conditions.append(or_(ImprovementItem.owner_id == wanted.leads_or_owns, Action.lead_id == wanted.leads_or_owns))
    if wanted.area_code is not None:
        conditions.append(
            exists().where(
                ItemMapping.item_id == ImprovementItem.id,
                ItemMapping.to == MappedTo.AREA,
                ItemMapping.code == wanted.area_code,
                ItemMapping.decision == Decision.CONFIRMED,
            )
        )
    if wanted.inspection_number is not None:
        conditions.append(
            exists().where(
                Inspection.id == ImprovementItem.inspection_id, Inspection.number == wanted.inspection_number
            )
        )
    if wanted.source is not None:
        conditions.append(ImprovementItem.source == wanted.source)
    return conditions
