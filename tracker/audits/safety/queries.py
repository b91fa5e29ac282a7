"""Whom a grade is passed up to, and what still waits for an answer. The authority comes first."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, or_, select, true
from sqlalchemy.orm import joinedload

from tracker.audits.models import Audit
from tracker.audits.safety.models import SafetyEscalation
from tracker.audits.safety.rules import EscalationState
from tracker.improvements import queries as improvements
from tracker.improvements.models import AreaOwner
from tracker.people import queries as people
from tracker.people.models import Authority, Membership, Person
from tracker.people.rules import Permission, Role, may
from tracker.platform.db import db


def of_audit(audit: Audit) -> SafetyEscalation | None:
    return db.session.scalars(
        select(SafetyEscalation)
        .where(SafetyEscalation.audit_id == audit.id)
        .options(joinedload(SafetyEscalation.answered_by))
    ).one_or_none()


def open_ones(authority: Authority) -> Sequence[SafetyEscalation]:
    """Those that nobody has answered, oldest first, each with its audit, auditor and team."""
    return db.session.scalars(
        select(SafetyEscalation)
        .where(SafetyEscalation.authority_id == authority.id, SafetyEscalation.state == EscalationState.OPEN)
        .options(joinedload(SafetyEscalation.audit).options(joinedload(Audit.auditor), joinedload(Audit.team)))
        .order_by(SafetyEscalation.raised_at)
    ).all()


def is_told(person_id: BindParameter[UUID], role: Role) -> ColumnElement[bool]:
    """Of an audit: whether it is passed up to this person; a head of service answers for the areas she owns.

    What nobody owns is passed up to all of them.
    """
    if role is Role.DIRECTOR:
        return true()
    owned = select(AreaOwner.person_id).where(
        AreaOwner.authority_id == Audit.authority_id, AreaOwner.area_code == Audit.area_code
    )
    return or_(~owned.exists(), owned.where(AreaOwner.person_id == person_id).exists())


def told(audit: Audit) -> Sequence[Membership]:
    """Every director, and the head of service who answers for the audit's area; all of them while nobody does."""
    owner = improvements.area_owners(audit.authority).get(audit.area_code)
    return [
        each
        for each in people.colleagues(audit.authority)
        if may(each.role, Permission.ANSWER_FOR_SAFETY)
        and (each.role is Role.DIRECTOR or _is_told(each.role, each.person, owner))
    ]


def _is_told(role: Role, person: Person, owner: Person | None) -> bool:
    return role is Role.DIRECTOR or owner is None or owner.id == person.id
