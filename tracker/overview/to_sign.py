"""The part of My work that is a director's: what waits for a signature, who is late, how far the self-evaluation is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for
from sqlalchemy import and_, exists, func, or_, select

from tracker.actions import rules as action_rules
from tracker.frameworks.queries import library
from tracker.overview.waiting import Found, WaitingRows
from tracker.overview.waiting_words import Waiting
from tracker.people.models import Authority, Person
from tracker.platform.db import db
from tracker.self_evaluation.models import AreaView, SelfEvaluation, Statement
from tracker.self_evaluation.rules import StatementState, VersionState
from tracker.self_evaluation.wordings.models import Wording
from tracker.web.filters import count_of
from tracker.web.links import reference_url


@dataclass(frozen=True)
class OverdueOf:
    """How many overdue actions somebody leads, and by how much the oldest is late."""

    person_id: UUID
    name: str
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
    hers: bool
    """She wrote in it, so that a colleague signs it off."""


@dataclass(frozen=True)
class _Newest:
    """The newest version of the self-evaluation, with its statements, the longest unsaved first."""

    version: SelfEvaluation
    views: Mapping[str, AreaView]
    """By the code of their area."""
    written: Sequence[_Written]


def of_person(
    authority: Authority, person: Person, found: WaitingRows, actions: Sequence[Waiting], today: date
) -> SigningWork:
    """``actions`` are those to sign off, of all that were ``found``. One statement."""
    newest = _newest(authority, person)
    review = [*_version(newest), *_statements(newest.written)] if newest else []
    return SigningWork(
        signatures=[*review, *actions],
        signatures_number=len(review) + (found.to_sign[0].total if found.to_sign else 0),
        overdue=_overdue(found.late, today),
        version=newest.version if newest else None,
        areas=_areas(newest) if newest else [],
    )


def _newest(authority: Authority, person: Person) -> _Newest | None:
    """None before the first. A version has a view of each area from its start, and statements only of those areas."""
    edition = select(func.max(SelfEvaluation.edition)).where(SelfEvaluation.authority_id == authority.id)
    written = and_(Statement.self_evaluation_id == SelfEvaluation.id, Statement.area_code == AreaView.area_code)
    hers = or_(
        Statement.author_id == person.id,
        Statement.saved_by_id == person.id,
        exists().where(Wording.statement_id == Statement.id, Wording.by_id == person.id),
    )
    of_statement = (Statement.area_code, Statement.state, Statement.number, Statement.title)
    rows = db.session.execute(
        select(SelfEvaluation, AreaView, *of_statement, func.coalesce(hers, False).label("hers"))
        .join(SelfEvaluation.views)
        .outerjoin(Statement, written)
        .where(SelfEvaluation.authority_id == authority.id, SelfEvaluation.edition == edition.scalar_subquery())
        .order_by(Statement.saved_at, Statement.number)
    ).all()
    if not rows:
        return None
    views = {view.area_code: view for _, view, *_ in rows}
    return _Newest(rows[0][0], views, [_Written(*row[2:]) for row in rows if row.number is not None])


def _version(newest: _Newest) -> Sequence[Waiting]:
    version = newest.version
    to_do = {VersionState.IN_REVIEW: "to pass on", VersionState.WITH_DIRECTOR: "to sign"}.get(version.state)
    if to_do is None:
        return []
    return [
        Waiting(
            f"Self-evaluation version {version.edition} {to_do}",
            url_for("self_evaluation.index"),
            f"{version.title}, {count_of(len(newest.written), 'statement')}",
        )
    ]


def to_pass_on(authority: Authority) -> Sequence[Waiting]:
    """A version that waits for a head of service. One statement."""
    found = db.session.execute(
        select(SelfEvaluation.edition, SelfEvaluation.title).where(
            SelfEvaluation.authority_id == authority.id, SelfEvaluation.state == VersionState.IN_REVIEW
        )
    )
    address = url_for("self_evaluation.index")
    return [
        Waiting(f"Self-evaluation version {edition} to review", address, f"{title}, for the director")
        for edition, title in found
    ]


def _statements(written: Sequence[_Written]) -> Sequence[Waiting]:
    """Those that she may sign off."""
    waiting = [
        (f"{Statement.prefix}-{one.number}", one)
        for one in written
        if one.state is StatementState.IN_REVIEW and not one.hers
    ]
    return [Waiting(f"{reference} to review", reference_url(reference), one.title) for reference, one in waiting]


def _overdue(late: Sequence[Found], today: date) -> Sequence[OverdueOf]:
    return [
        OverdueOf(each.about_id, each.title, each.number, action_rules.late((today - each.day).days))
        for each in late
        if each.day is not None and each.about_id is not None
    ]


def _areas(newest: _Newest) -> Sequence[AreaState]:
    framework, views = library().framework(newest.version.framework_id), newest.views
    states: Mapping[str, list[StatementState]] = {
        area.code: [one.state for one in newest.written if one.area_code == area.code]
        for area in framework.judged_areas
    }
    return [
        AreaState(
            name=area.short_name,
            grade=_grade(newest.version, views.get(area.code)),
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
