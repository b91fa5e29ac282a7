"""Every question asked about single findings, and lists of them. The authority comes first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.audits.blind.queries import known_to, shown_to
from tracker.audits.blind.rules import Viewer
from tracker.audits.models import Audit, Finding
from tracker.audits.rules import FindingState
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Authority
from tracker.platform.db import db


@dataclass(frozen=True)
class Wanted:
    """What the list of findings is asked to show. ``show`` is a key of SHOWS."""

    show: str | None = None
    area_code: str | None = None
    item_number: int | None = None
    theme_code: str | None = None


SHOWS: Mapping[str | None, str] = {
    "open": "Open",
    "unanswered": "Without action",
    "late": "Overdue to agree",
    "mine": "Mine",
    "closed": "Closed",
    "past": "Past",
    "all": "All",
}


def finding(authority: Authority, number: int) -> Finding | None:
    """One finding with its audit, that audit's re-audits, and what it is tied to."""
    return db.session.scalars(
        select(Finding)
        .where(Finding.authority_id == authority.id, Finding.number == number)
        .options(
            joinedload(Finding.audit).options(
                joinedload(Audit.auditor), joinedload(Audit.team), selectinload(Audit.reaudits)
            ),
            joinedload(Finding.owner),
            joinedload(Finding.item),
            joinedload(Finding.action).joinedload(Action.lead),
            joinedload(Finding.closed_by_reaudit),
        )
    ).one_or_none()


def findings(authority: Authority, wanted: Wanted, *, viewer: Viewer, today: date) -> Select[Finding]:
    """The list of findings, soonest to agree first, with what its rows name; none of what ``viewer`` may moderate."""
    return (
        select(Finding)
        .join(Audit, Audit.id == Finding.audit_id)
        .outerjoin(ImprovementItem, ImprovementItem.id == Finding.item_id)
        .where(
            Finding.authority_id == authority.id,
            *_about_findings(wanted),
            known_to(viewer),
            shown_to(viewer),
            _finding_shown(wanted.show, viewer, today),
        )
        .options(
            joinedload(Finding.audit).joinedload(Audit.team),
            joinedload(Finding.owner),
            joinedload(Finding.action),
            joinedload(Finding.item),
        )
        .order_by(Finding.state.desc(), Finding.agree_by, Finding.number.desc())
    )


def finding_counts(authority: Authority, wanted: Wanted, *, viewer: Viewer, today: date) -> Mapping[str | None, int]:
    """How many findings each of SHOWS would list; one statement."""
    counts = [func.count().filter(_finding_shown(show, viewer, today)) for show in SHOWS]
    found = db.session.execute(
        select(*counts)
        .select_from(Finding)
        .join(Audit, Audit.id == Finding.audit_id)
        .outerjoin(ImprovementItem, ImprovementItem.id == Finding.item_id)
        .where(Finding.authority_id == authority.id, shown_to(viewer), *_about_findings(wanted))
    ).one()
    return dict(zip(SHOWS, found, strict=True))


def open_findings_of(audits: Sequence[Audit]) -> Mapping[UUID, int]:
    """Audit to its open findings; those that have none are left out."""
    found = db.session.execute(
        select(Finding.audit_id, func.count())
        .where(Finding.audit_id.in_([audit.id for audit in audits]), Finding.state == FindingState.OPEN)
        .group_by(Finding.audit_id)
    )
    return {audit_id: count for audit_id, count in found}  # noqa: C416  # rows are no pairs to the type checker


def joinable_actions(finding: Finding) -> Sequence[Action]:
    """Actions that could answer a finding, those of its item first, each with its item."""
    return db.session.scalars(
        select(Action)
        .where(Action.authority_id == finding.authority_id, Action.status != Status.SUPERSEDED)
        .options(joinedload(Action.item))
        .order_by((Action.item_id == finding.item_id).is_(False), Action.number.desc())
        .limit(200)
    ).all()


def _about_findings(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.area_code is not None:
        conditions.append(Audit.area_code == wanted.area_code)
    if wanted.item_number is not None:
        conditions.append(ImprovementItem.number == wanted.item_number)
    if wanted.theme_code is not None:
        conditions.append(Finding.theme_code == wanted.theme_code)
    return conditions


def _finding_shown(show: str | None, viewer: Viewer, today: date) -> ColumnElement[bool]:
    is_open = Finding.state == FindingState.OPEN
    unanswered = and_(is_open, Finding.action_id.is_(None))
    conditions: Mapping[str | None, ColumnElement[bool]] = {
        "open": is_open,
        "unanswered": unanswered,
        "late": and_(unanswered, Finding.agree_by < today),
        "mine": and_(is_open, Finding.owner_id == viewer.id),
        "closed": Finding.state == FindingState.CLOSED,
        "past": Finding.state == FindingState.PAST,
        "all": Finding.id.is_not(None),
    }
    return conditions[show]
