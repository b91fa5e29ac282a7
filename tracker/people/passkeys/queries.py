from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select

from tracker.people.models import Person
from tracker.people.passkeys.models import Passkey
from tracker.platform.db import db


def of(person: Person) -> Sequence[Passkey]:
    """Somebody's passkeys, in the order in which she added them."""
    asked = select(Passkey).where(Passkey.person_id == person.id).order_by(Passkey.added_at, Passkey.id)
    return db.session.scalars(asked).all()


def count(person: Person) -> int:
    return db.session.scalar(select(func.count()).where(Passkey.person_id == person.id)) or 0


def one(person: Person, passkey_id: UUID) -> Passkey | None:
    """Hers, with this key."""
    found = db.session.get(Passkey, passkey_id)
    return found if found is not None and found.person_id == person.id else None


def by_credential(credential_id: str) -> Passkey | None:
    return db.session.scalars(select(Passkey).where(Passkey.credential_id == credential_id)).one_or_none()
