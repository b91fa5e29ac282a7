from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from tracker.actions.saved_views.models import SavedView
from tracker.people.models import Authority, Person
from tracker.platform.db import db


def view(authority: Authority, view_id: UUID) -> SavedView | None:
    return db.session.scalars(
        select(SavedView)
        .where(SavedView.authority_id == authority.id, SavedView.id == view_id)
        .options(joinedload(SavedView.owner))
    ).one_or_none()


def named(authority: Authority, owner: Person, name: str) -> SavedView | None:
    return db.session.scalars(
        select(SavedView).where(
            SavedView.authority_id == authority.id, SavedView.owner_id == owner.id, SavedView.name == name
        )
    ).one_or_none()


def count_of(authority: Authority, owner: Person) -> int:
    mine = (SavedView.authority_id == authority.id) & (SavedView.owner_id == owner.id)
    return db.session.scalar(select(func.count()).where(mine)) or 0


def views_for(authority: Authority, person: Person) -> Sequence[SavedView]:
    """One's own and those that colleagues share, by name, each with its owner; one statement."""
    return db.session.scalars(
        select(SavedView)
        .where(SavedView.authority_id == authority.id, or_(SavedView.owner_id == person.id, SavedView.shared))
        .options(joinedload(SavedView.owner))
        .order_by(SavedView.name)
    ).all()
