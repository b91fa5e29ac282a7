"""What each standing check finds. A few statements each, however much is found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tracker.checks import owners, resting
from tracker.checks.faults import Fault
from tracker.checks.models import NightlyCheck
from tracker.checks.rules import Check
from tracker.people.models import Authority
from tracker.platform.db import db

Found = Mapping[Check, Sequence[Fault]]


@dataclass(frozen=True)
class LastNight:
    on: date
    keys: Mapping[Check, Sequence[str]]


def found(authority: Authority, today: date) -> Found:
    """Everything that each check finds today, worst first, in the order of ``Check``."""
    from_statements = resting.statements(authority, today)
    return {
        Check.CLAIMS: from_statements.claims,
        Check.KINDER: from_statements.kinder,
        Check.EMBEDDED: resting.embedded(authority),
        Check.NOT_AUDITED_AGAIN: resting.not_audited_again(authority, today),
        Check.STALE: resting.stale(authority, today),
        Check.SILENT: resting.silent(authority, today),
        Check.NOBODY: owners.nobody(authority),
        Check.LEFT: owners.left(authority),
    }


def last_night(authority: Authority) -> LastNight | None:
    """The newest night on which the checks ran; None before the first."""
    newest = (
        select(NightlyCheck.found_on)
        .where(NightlyCheck.authority_id == authority.id)
        .order_by(NightlyCheck.found_on.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = db.session.scalars(
        select(NightlyCheck).where(NightlyCheck.authority_id == authority.id, NightlyCheck.found_on == newest)
    ).all()
    return LastNight(rows[0].found_on, {row.kind: row.keys for row in rows}) if rows else None
