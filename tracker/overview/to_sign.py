"""The part of My work that is a director's: what waits for a signature, who is late, how far the self-evaluation is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import func, select

from tracker.actions import queries as actions
from tracker.actions import rules as action_rules
from tracker.actions.models import Action
from tracker.frameworks.queries import library
from tracker.overview import waiting
from tracker.overview.waiting import Waiting
from tracker.people.models import Authority, Person
from tracker.platform.db import db
from tracker.self_evaluation import queries as self_evaluations
from tracker.self_evaluation.models import AreaView, SelfEvaluation, Statement
from tracker.self_evaluation.rules import StatementState, VersionState
from tracker.web.filters import count_of
from tracker.web.links import reference_url


@dataclass(frozen=True)
class OverdueOf:
    """How many overdue actions somebody leads, and by how much the oldest is late."""

    person: Person
    number: int
    oldest: str


@dataclass(frozen=True)
class AreaState:
    """How far the self-evaluation of one judgement area is."""

    name: str
    grade: str | None
    agreed: bool
    statements: int
    in_review: int
    signed: int


@dataclass(frozen=True)
class SigningWork:
    signatures: Sequence[Waiting]
    overdue: Sequence[OverdueOf]
    version: SelfEvaluation | None
    areas: Sequence[AreaState]

    @property
    def overdue_number(self) -> int:
        return sum(each.number for each in self.overdue)


def of_person(authority: Authority, person: Person, awaiting: Sequence[Action], today: date) -> SigningWork:
    version = self_evaluations.newest(authority)
    counts = _statement_counts(version) if version else {}
    return SigningWork(
        signatures=[
            *_version(version, counts),
            *_statements(version),
            *[waiting.to_sign_off(action) for action in awaiting if _asks(action, person)],
        ],
        overdue=_overdue(authority, today),
        version=version,
        areas=_areas(version, counts) if version else [],
    )


def _asks(action: Action, person: Person) -> bool:
    """A director is asked for what is hers to sign, and for what nobody else is named to sign."""
    return actions.signer(action) in {person, None} and person.id not in {action.lead_id, action.delivered_by_id}


def _version(version: SelfEvaluation | None, counts: dict[str, dict[StatementState, int]]) -> Sequence[Waiting]:
    if version is None or version.state is not VersionState.IN_REVIEW:
        return []
    number = sum(sum(states.values()) for states in counts.values())
    return [
        Waiting(
            f"Self-evaluation version {version.edition} to sign",
            url_for("self_evaluation.index"),
            f"{version.title}, {count_of(number, 'statement')}",
        )
    ]


def _statements(version: SelfEvaluation | None) -> Sequence[Waiting]:
    if version is None:
        return []
    found = db.session.scalars(
        select(Statement)
        .where(Statement.self_evaluation_id == version.id, Statement.state == StatementState.IN_REVIEW)
        .order_by(Statement.saved_at, Statement.number)
    )
    return [Waiting(f"{each.reference} to review", reference_url(each.reference), each.title) for each in found]


def _overdue(authority: Authority, today: date) -> Sequence[OverdueOf]:
    """People with overdue actions, the one with the oldest first."""
    found = db.session.execute(
        select(Person, func.count(), func.min(Action.due_on))
        .join(Action, Action.lead_id == Person.id)
        .where(
            Action.authority_id == authority.id,
            Action.status.in_(action_rules.TO_DELIVER),
            Action.due_on < today,
        )
        .group_by(Person.id)
        .order_by(func.min(Action.due_on), Person.name)
    )
    return [OverdueOf(person, number, action_rules.late((today - oldest).days)) for person, number, oldest in found]


def _statement_counts(version: SelfEvaluation) -> dict[str, dict[StatementState, int]]:
    counts: dict[str, dict[StatementState, int]] = {}
    for area, state, number in db.session.execute(
        select(Statement.area_code, Statement.state, func.count())
        .where(Statement.self_evaluation_id == version.id)
        .group_by(Statement.area_code, Statement.state)
    ):
        counts.setdefault(area, {})[state] = number
    return counts


def _areas(version: SelfEvaluation, counts: dict[str, dict[StatementState, int]]) -> Sequence[AreaState]:
    framework = library().framework(version.framework_id)
    views = {view.area_code: view for view in version.views}
    return [
        AreaState(
            name=area.short_name,
            grade=_grade(version, views.get(area.code)),
            agreed=area.code in views and views[area.code].agreed,
            statements=sum(counts.get(area.code, {}).values()),
            in_review=counts.get(area.code, {}).get(StatementState.IN_REVIEW, 0),
            signed=counts.get(area.code, {}).get(StatementState.SIGNED_OFF, 0),
        )
        for area in framework.judged_areas
    ]


def _grade(version: SelfEvaluation, view: AreaView | None) -> str | None:
    if view is None or view.grade_code is None:
        return None
    return library().framework(version.framework_id).grade(view.grade_code).short_label
