"""The part of My work that is a director's: what waits for a signature, who is late, how far the self-evaluation is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.actions import rules as action_rules
from tracker.actions.models import Action
from tracker.frameworks.queries import library
from tracker.overview.waiting import Waiting
from tracker.people.models import Authority, Person
from tracker.platform.db import db
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
    signatures_number: int
    """All that there are, also those that are not listed."""
    overdue: Sequence[OverdueOf]
    version: SelfEvaluation | None
    areas: Sequence[AreaState]

    @property
    def overdue_number(self) -> int:
        return sum(each.number for each in self.overdue)


@dataclass(frozen=True)
class _Written:
    """A statement as far as this page needs it."""

    area_code: str
    state: StatementState
    number: int
    title: str


def of_person(authority: Authority, actions: Sequence[Waiting], number: int, today: date) -> SigningWork:
    """``actions`` are those to sign off, of ``number`` that there are. Three statements."""
    version = _newest(authority)
    written = _written(version) if version else []
    review = [*_version(version, written), *_statements(written)]
    return SigningWork(
        signatures=[*review, *actions],
        signatures_number=len(review) + number,
        overdue=_overdue(authority, today),
        version=version,
        areas=_areas(version, written) if version else [],
    )


def _newest(authority: Authority) -> SelfEvaluation | None:
    newest = select(func.max(SelfEvaluation.edition)).where(SelfEvaluation.authority_id == authority.id)
    return (
        db.session.scalars(
            select(SelfEvaluation)
            .where(SelfEvaluation.authority_id == authority.id, SelfEvaluation.edition == newest.scalar_subquery())
            .options(joinedload(SelfEvaluation.views))
        )
        .unique()
        .one_or_none()
    )


def _written(version: SelfEvaluation) -> Sequence[_Written]:
    """Every statement of a version, the longest unsaved first."""
    rows = db.session.execute(
        select(Statement.area_code, Statement.state, Statement.number, Statement.title)
        .where(Statement.self_evaluation_id == version.id)
        .order_by(Statement.saved_at, Statement.number)
    )
    return [_Written(*row) for row in rows]


def _version(version: SelfEvaluation | None, written: Sequence[_Written]) -> Sequence[Waiting]:
    if version is None or version.state is not VersionState.IN_REVIEW:
        return []
    return [
        Waiting(
            f"Self-evaluation version {version.edition} to sign",
            url_for("self_evaluation.index"),
            f"{version.title}, {count_of(len(written), 'statement')}",
        )
    ]


def _statements(written: Sequence[_Written]) -> Sequence[Waiting]:
    waiting = [(f"{Statement.prefix}-{one.number}", one) for one in written if one.state is StatementState.IN_REVIEW]
    return [Waiting(f"{reference} to review", reference_url(reference), one.title) for reference, one in waiting]


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


def _areas(version: SelfEvaluation, written: Sequence[_Written]) -> Sequence[AreaState]:
    framework = library().framework(version.framework_id)
    views = {view.area_code: view for view in version.views}
    states: Mapping[str, list[StatementState]] = {
        area.code: [one.state for one in written if one.area_code == area.code] for area in framework.judged_areas
    }
    return [
        AreaState(
            name=area.short_name,
            grade=_grade(version, views.get(area.code)),
            agreed=area.code in views and views[area.code].agreed,
            statements=len(states[area.code]),
            in_review=states[area.code].count(StatementState.IN_REVIEW),
            signed=states[area.code].count(StatementState.SIGNED_OFF),
        )
        for area in framework.judged_areas
    ]


def _grade(version: SelfEvaluation, view: AreaView | None) -> str | None:
    if view is None or view.grade_code is None:
        return None
    return library().framework(version.framework_id).grade(view.grade_code).short_label
