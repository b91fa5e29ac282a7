from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from tracker.people.codes.models import CodeKey, RecoveryCode
from tracker.people.models import Membership, Person
from tracker.platform.db import db


def key(person: Person) -> CodeKey | None:
    """The key of somebody's app, confirmed or not."""
    return db.session.scalars(select(CodeKey).where(CodeKey.person_id == person.id)).one_or_none()


def has_codes(person: Person) -> bool:
    """Whether she is asked for a code when she signs in."""
    found = key(person)
    return found is not None and found.confirmed_at is not None


def recovery_codes_left(person: Person) -> int:
    return (
        db.session.scalar(
            select(func.count()).where(RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None))
        )
        or 0
    )


def roles(person_id: UUID) -> Sequence[str]:
    """Every role that somebody has, in any authority."""
    return db.session.scalars(select(Membership.role).where(Membership.person_id == person_id)).all()


def every_key() -> Sequence[CodeKey]:
    return db.session.scalars(select(CodeKey)).all()
