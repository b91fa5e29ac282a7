"""The plan as a list: what it is asked to show, in what order, a page at a time, and how much there is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, lazyload

from tracker.actions import rules
from tracker.actions.models import Action, GovernanceBoard
from tracker.actions.rules import Priority, Status
from tracker.improvements.models import Echo, ImprovementItem
from tracker.improvements.models import Mapping as ItemMapping
from tracker.improvements.rules import Decision, MappedTo
from tracker.inspections.models import Inspection
from tracker.people.models import Authority, PartnerOrganisation, Person
from tracker.platform.db import db


@dataclass(frozen=True)
class Wanted:
    """What the plan is asked to show; None leaves a question out."""

    led_by: UUID | None = None
    leads_or_owns: UUID | None = None
    """Leads the action, or owns the item it is for."""
    overdue: bool = False
    due_from: date | None = None
    due_by: date | None = None
    statuses: frozenset[Status] | None = None
    priority: Priority | None = None
    partner: UUID | None = None
    board: UUID | None = None
    area_code: str | None = None
    inspection_number: int | None = None
    source: str | None = None

    @property
    def asks_of_actions(self) -> bool:
        """Whether an item without any action can not answer."""
        return bool(
            self.led_by
            or self.overdue
            or self.due_from
            or self.due_by
            or self.statuses
            or self.priority
            or self.partner
            or self.board
        )


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


@dataclass(frozen=True)
class PlanChoices:
    """What the plan can be narrowed to, besides what every plan has."""

    people: Sequence[tuple[UUID, str]]
    """Everybody who leads an action or owns an item, by name."""
    partners: Sequence[tuple[UUID, str]]
    boards: Sequence[tuple[UUID, str]]
    reports: Sequence[tuple[int, date, str]]
    """Number, first day and activity of each inspection or visit that an item came from, newest first."""
    sources: frozenset[str]
    """The kinds of source that items have."""


IN_ORDER = case({status: place for place, status in enumerate(Status)}, value=Action.status)
"""Statuses sorted by how far the work is, not by the alphabet."""

MOST_URGENT_FIRST = case({priority: place for place, priority in enumerate(Priority)}, value=Action.priority)

STILL_TO_DO_FIRST = case((Action.status.in_(rules.TO_DELIVER), 0), (Action.status.in_(rules.OPEN), 1), else_=2)
"""What is to be delivered, then what waits to be signed off, then what is delivered."""

Column: TypeAlias = InstrumentedAttribute[Any] | ColumnElement[Any]

SORTS: Mapping[str, tuple[Column, ...]] = {
    "item": (
        ImprovementItem.raised_on,
        ImprovementItem.position,
        ImprovementItem.number,
        STILL_TO_DO_FIRST,
        Action.due_on,
        Action.number,
    ),
    "action": (Action.number,),
    "who": (Person.name, Action.due_on, Action.number),
    "due": (Action.due_on, Action.number),
    "priority": (MOST_URGENT_FIRST, Action.due_on, Action.number),
    "status": (IN_ORDER, Action.due_on, Action.number),
}
"""What the plan can be sorted by; the first column of each is the one that turns round."""

NEWEST_ITEMS_FIRST = "-item"


@dataclass(frozen=True)
class Lines:
    """The lines of the plan, not asked for yet: ids of items and of actions or None, and their order."""

    chosen: Select[UUID, UUID | None]
    keys: Sequence[Column]
    """What they are sorted by."""
    descending: bool
    """The first key turns round."""

    def order(self, keys: Sequence[Column]) -> list[Column]:
        first, *then = keys
        return [first.desc() if self.descending else first, *then]


def plan(authority: Authority, wanted: Wanted, today: date, *, sort: str, descending: bool) -> Lines:
    """The lines of the plan in order.

    An item without actions has a line while nothing is asked of actions; superseded actions only when asked for.
    """
    outer = not wanted.asks_of_actions and sort == "item"
    # An item's actions are its authority's. Saying so spares PostgreSQL a look through those of all authorities.
    of_item = and_(Action.item_id == ImprovementItem.id, Action.authority_id == authority.id)
    chosen = (
        select(ImprovementItem.id.label("item_id"), Action.id.label("action_id"))
        .join(Action, and_(of_item, *_of_actions(wanted, today)), isouter=outer)
        .where(ImprovementItem.authority_id == authority.id, *_of_items(wanted))
    )
    if sort == "who":
        chosen = chosen.join(Person, Person.id == Action.lead_id)
    return Lines(chosen, SORTS[sort], descending)


def rows(lines: Lines) -> Sequence[PlanRow]:
    """Every line, with what a sheet says of it."""
    whole = _filled(lines, None, 0).options(joinedload(ImprovementItem.accountable), joinedload(Action.accountable))
    return [PlanRow(item, action) for item, action, _ in db.session.execute(whole)]


def page(lines: Lines, *, limit: int, offset: int) -> tuple[Sequence[PlanRow], int]:
    """Some of the lines, and how many there are in all; one statement unless the page is past the end."""
    found = db.session.execute(_filled(lines, limit, offset)).all()
    if not found and offset:
        return [], count_rows(lines)
    return [PlanRow(item, action) for item, action, _ in found], found[0][2] if found else 0


def count_rows(lines: Lines) -> int:
    return db.session.scalar(select(func.count()).select_from(lines.chosen.subquery())) or 0


def _filled(lines: Lines, limit: int | None, offset: int) -> Select[ImprovementItem, Action, int]:
    """The entities of the lines, found by id once the lines are chosen: no long text is sorted or counted."""
    keys = [key.label(f"key_{place}") for place, key in enumerate(lines.keys)]
    chosen = (
        lines.chosen.add_columns(*keys)
        .order_by(*lines.order(lines.keys))
        .limit(limit)
        .offset(offset or None)
        .subquery()
    )
    total = select(func.count()).select_from(lines.chosen.subquery()).scalar_subquery()
    return (
        select(ImprovementItem, Action, total)
        .join(chosen, chosen.c.item_id == ImprovementItem.id)
        .outerjoin(Action, Action.id == chosen.c.action_id)
        .options(
            joinedload(ImprovementItem.inspection),
            joinedload(ImprovementItem.owner),
            lazyload(ImprovementItem.mappings),
            joinedload(Action.lead),
            joinedload(Action.partner),
            joinedload(Action.board),
        )
        .order_by(*lines.order([chosen.c[key.name] for key in keys]))
    )


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


def choices(authority: Authority) -> PlanChoices:
    """One statement for all the lists."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, key, name in db.session.execute(_every_choice(), {"authority": authority.id}):
        found.setdefault(kind, []).append((name, key))
    reports = [
        (int(key), date.fromisoformat(day), activity)
        for (day, _, activity), key in sorted(
            ((name.partition(" "), key) for name, key in found.get("report", ())), reverse=True
        )
    ]
    sources = frozenset(key for _, key in found.get("source", ()))
    return PlanChoices(_named(found, "person"), _named(found, "partner"), _named(found, "board"), reports, sources)


@cache  # putting it together costs more than the database's answer
def _every_choice() -> CompoundSelect[str, str, str]:
    """Kind, key and name of each choice of the authority that is bound to ``authority``."""
    here = bindparam("authority", type_=Uuid())
    people = union(
        select(Action.lead_id.label("id")).where(Action.authority_id == here),
        select(ImprovementItem.owner_id).where(ImprovementItem.authority_id == here),
    ).subquery()
    of_items = select(ImprovementItem.inspection_id).where(ImprovementItem.authority_id == here)
    return union_all(
        _choice("person", Person.id, Person.name).join(people, people.c.id == Person.id),
        _choice("partner", PartnerOrganisation.id, PartnerOrganisation.name).where(
            PartnerOrganisation.authority_id == here
        ),
        _choice("board", GovernanceBoard.id, GovernanceBoard.name).where(GovernanceBoard.authority_id == here),
        _choice("report", Inspection.number, _day_and_activity()).where(
            Inspection.authority_id == here, Inspection.id.in_(of_items)
        ),
        _choice("source", ImprovementItem.source, ImprovementItem.source)
        .where(ImprovementItem.authority_id == here)
        .distinct(),
    )


def _day_and_activity() -> ColumnElement[str]:
    return cast(Inspection.fieldwork_from, String) + literal(" ") + Inspection.activity


def _choice(kind: str, key: Column, name: Column) -> Select[str, str, str]:
    return select(literal(kind), cast(key, String), cast(name, String))


def _named(found: Mapping[str, Sequence[tuple[str, str]]], kind: str) -> list[tuple[UUID, str]]:
    """By name; databases write an id in different ways."""
    return [(UUID(key), name) for name, key in sorted(found.get(kind, ()))]


_this, _other = aliased(ImprovementItem), aliased(ImprovementItem)


def came_back_in(items: Collection[UUID]) -> Mapping[UUID, Sequence[int]]:
    """For each item that says what another says, as a person confirmed: the years of the others, earliest first."""
    if not items:
        return {}
    this, other = _this, _other
    either = or_(
        and_(Echo.item_id == this.id, Echo.earlier_id == other.id),
        and_(Echo.earlier_id == this.id, Echo.item_id == other.id),
    )
    years: dict[UUID, set[int]] = {}
    for item_id, said_on in db.session.execute(
        select(this.id, func.coalesce(Inspection.fieldwork_from, other.raised_on, type_=Date))
        .select_from(Echo)
        .join(this, or_(Echo.item_id == this.id, Echo.earlier_id == this.id))
        .join(other, either)
        .outerjoin(Inspection, Inspection.id == other.inspection_id)
        .where(this.id.in_(items), Echo.decision == Decision.CONFIRMED)
    ):
        years.setdefault(item_id, set()).add(said_on.year)
    return {item_id: sorted(found) for item_id, found in years.items()}


def _of_actions(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    to_deliver = Action.status.in_(rules.TO_DELIVER)
    conditions = [
        Action.status.in_(wanted.statuses) if wanted.statuses is not None else Action.status != Status.SUPERSEDED,
        *(column == value for column, value in _equal(wanted) if value is not None),
    ]
    if wanted.overdue:
        conditions += [to_deliver, Action.due_on < today]
    if wanted.due_from is not None:
        conditions += [to_deliver, Action.due_on >= wanted.due_from]
    if wanted.due_by is not None:
        conditions += [to_deliver, Action.due_on <= wanted.due_by]
    return conditions


def _equal(wanted: Wanted) -> Sequence[tuple[InstrumentedAttribute[Any], object]]:
    return [
        (Action.lead_id, wanted.led_by),
        (Action.priority, wanted.priority),
        (Action.partner_id, wanted.partner),
        (Action.board_id, wanted.board),
    ]


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
