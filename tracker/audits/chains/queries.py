"""The findings of an audit, of an item, or one alone, each with the audits that looked at its case again."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from tracker.actions.models import Action
from tracker.audits.models import Audit, Finding
from tracker.improvements.models import ImprovementItem
from tracker.platform.db import db

MOST = 30
"""Findings of an item that are told; the newest. Our choice: a page is a page."""


def of_item(item: ImprovementItem) -> Sequence[Finding]:
    """Findings for an item, or answered by one of its actions, newest first, at most MOST."""
    return db.session.scalars(
        select(Finding)
        .outerjoin(Action, Action.id == Finding.action_id)
        .where(
            Finding.authority_id == item.authority_id,
            or_(Finding.item_id == item.id, Action.item_id == item.id),
        )
        .options(
            joinedload(Finding.audit),
            joinedload(Finding.action),
            joinedload(Finding.closed_by_reaudit),
        )
        .order_by(Finding.number.desc())
        .limit(MOST)
    ).all()


def again(findings: Sequence[Finding]) -> Mapping[UUID, Audit]:
    """Audit to the newest finished or draft audit that repeats it, directly or by way of others.

    One statement for each look further along; a case is seldom looked at more than twice.
    """
    newest: dict[UUID, Audit] = {}
    first_of = {finding.audit_id: finding.audit_id for finding in findings}
    while first_of:
        repeats = db.session.scalars(
            select(Audit).where(Audit.reaudit_of_id.in_(list(first_of))).order_by(Audit.number)
        ).all()
        later = {}
        for audit in repeats:
            first = first_of[audit.reaudit_of_id] if audit.reaudit_of_id else audit.id
            newest[first], later[audit.id] = audit, first
        first_of = later
    return newest
