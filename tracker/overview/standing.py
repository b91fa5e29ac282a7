"""Where things stand, counted for many items at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.actions import rules as action_rules
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.frameworks.schema import Area, Grade
from tracker.improvements import queries as improvements
from tracker.indicators import rules as indicator_rules
from tracker.indicators.models import Measure
from tracker.inspections.models import Inspection
from tracker.people import queries as people
from tracker.people.models import Authority, Membership
from tracker.platform.db import db
from tracker.self_evaluation.queries import Reading
from tracker.self_evaluation.rules import Question


@dataclass(frozen=True)
class ActionsOf:
    """The actions of an item or an area, superseded ones left out."""

    open: int = 0
    overdue: int = 0
    delivered: int = 0
    shown: int = 0

    @property
    def any(self) -> bool:
        return bool(self.open or self.delivered)


@dataclass(frozen=True)
class Late:
    """An action past its day."""

    action: Action
    days: int


def actions_by_item(authority: Authority, today: date) -> Mapping[UUID, ActionsOf]:
    """One statement."""
    counts: dict[UUID, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    rows = db.session.execute(
        select(Action.item_id, Action.status, Action.due_on).where(
            Action.authority_id == authority.id, Action.status != Status.SUPERSEDED
        )
    )
    for item_id, status, due_on in rows:
        counted = counts[item_id]
        counted[0] += status in action_rules.OPEN
        counted[1] += status in action_rules.TO_DELIVER and due_on < today
        counted[2] += status in action_rules.DELIVERED
        counted[3] += status is Status.EMBEDDED
    return {item_id: ActionsOf(*counted) for item_id, counted in counts.items()}


def total(counts: Iterable[ActionsOf]) -> ActionsOf:
    every = list(counts)
    return ActionsOf(
        open=sum(one.open for one in every),
        overdue=sum(one.overdue for one in every),
        delivered=sum(one.delivered for one in every),
        shown=sum(one.shown for one in every),
    )


def late(authority: Authority, today: date) -> list[Late]:
    """Actions past their day, longest first, each with its lead."""
    actions = db.session.scalars(
        select(Action)
        .where(Action.authority_id == authority.id, Action.status.in_(action_rules.TO_DELIVER), Action.due_on < today)
        .options(joinedload(Action.lead))
        .order_by(Action.due_on, Action.number)
    )
    return [Late(action, (today - action.due_on).days) for action in actions]


def inspections(authority: Authority) -> Sequence[Inspection]:
    """Newest first, with their judgements."""
    return db.session.scalars(
        select(Inspection)
        .where(Inspection.authority_id == authority.id)
        .options(selectinload(Inspection.judgements))
        .order_by(Inspection.fieldwork_from.desc())
    ).all()


def last_judged(inspections: Sequence[Inspection], area: Area, grades: Mapping[str, Grade]) -> tuple[Grade | None, str]:
    """The grade that inspectors last gave an area by itself, and the year; nothing where they never did."""
    for inspection in inspections:
        for judgement in inspection.judgements:
            grade = grades.get(judgement.grade_code or "")
            if judgement.area_code == area.code and grade is not None:
                return grade, f"{inspection.fieldwork_from:%Y}"
    return None, ""


def area_owners(authority: Authority) -> Mapping[str, Membership]:
    """Who answers for each area, by its code, with the job title. Two statements."""
    owners = improvements.area_owners(authority)
    memberships = {each.person_id: each for each in people.colleagues(authority, among=owners.values())}
    return {code: memberships[person.id] for code, person in owners.items() if person.id in memberships}


def measures(authority: Authority) -> Sequence[Measure]:
    """By number, with their values and the items they speak for."""
    return db.session.scalars(
        select(Measure)
        .where(Measure.authority_id == authority.id)
        .options(selectinload(Measure.values), selectinload(Measure.items))
        .order_by(Measure.number)
    ).all()


def at_target(measure: Measure) -> bool | None:
    """Whether the latest figure is at target; None where there is nothing to compare."""
    if measure.latest is None:
        return None
    distance = indicator_rules.distance(measure.latest.value, measure.target, measure.unit, measure.direction)
    return distance.at_target if distance else None


def uncited(readings: Iterable[Reading], area_code: str) -> int:
    """Statements about an area that claim something and cite nothing at all."""
    return sum(
        reading.statement.area_code == area_code
        and reading.statement.question is not Question.PLANS
        and not reading.cited
        for reading in readings
    )
