"""What an authority has said about how long evidence can be relied on."""

from sqlalchemy import select

from tracker.evidence.freshness.models import StaleAfter
from tracker.people.models import Authority
from tracker.platform.db import db


def stale_after(authority: Authority) -> StaleAfter | None:
    """None until it has said so: then the days of ``rules.STALE_AFTER_DAYS`` hold."""
    return db.session.scalars(select(StaleAfter).where(StaleAfter.authority_id == authority.id)).one_or_none()
