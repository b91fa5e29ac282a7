"""Which files wait to be described. Nobody sees those of a colleague."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from tracker.evidence.several.models import UndescribedFile
from tracker.people.models import Authority, Person
from tracker.platform.db import db


def files_of(authority: Authority, person: Person, *, most: int | None = None) -> Sequence[UndescribedFile]:
    """What one person added and has not described yet, in the order in which she added it."""
    return db.session.scalars(
        select(UndescribedFile)
        .where(UndescribedFile.authority_id == authority.id, UndescribedFile.added_by_id == person.id)
        .order_by(UndescribedFile.added_at, UndescribedFile.id)
        .limit(most)
    ).all()


def number_of(authority: Authority, person: Person) -> int:
    """How many files she has to describe."""
    mine = (UndescribedFile.authority_id == authority.id) & (UndescribedFile.added_by_id == person.id)
    return db.session.scalar(select(func.count()).select_from(UndescribedFile).where(mine)) or 0


def file(authority: Authority, person: Person, file_id: UUID) -> UndescribedFile | None:
    return db.session.scalars(
        select(UndescribedFile).where(
            UndescribedFile.id == file_id,
            UndescribedFile.authority_id == authority.id,
            UndescribedFile.added_by_id == person.id,
        )
    ).one_or_none()
