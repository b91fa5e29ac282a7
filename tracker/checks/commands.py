"""Keeping what a night found."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import delete, select

from tracker.checks import queries
from tracker.checks.models import NightlyCheck
from tracker.people.models import Authority
from tracker.platform.db import db

KEPT_FOR = timedelta(days=31)
"""How long a night is kept. Our choice: the page compares with the last one; a month shows what came when."""


def keep_night(authority: Authority, today: date) -> queries.Found:
    """Run every check of an authority and keep what it found; a second time on one day takes the place of the first."""
    found = queries.found(authority, today)
    mine = NightlyCheck.authority_id == authority.id
    db.session.execute(
        delete(NightlyCheck).where(mine, (NightlyCheck.found_on == today) | (NightlyCheck.found_on < today - KEPT_FOR))
    )
    db.session.add_all(
        NightlyCheck(authority_id=authority.id, found_on=today, kind=check, keys=[fault.key for fault in faults])
        for check, faults in found.items()
    )
    db.session.flush()
    return found


def due(today: date) -> Sequence[Authority]:
    """Authorities whose checks have not run on this day yet."""
    done = select(NightlyCheck.authority_id).where(NightlyCheck.found_on == today)
    return db.session.scalars(select(Authority).where(Authority.id.not_in(done)).order_by(Authority.slug)).all()
