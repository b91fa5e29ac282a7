"""Every question asked about people and authorities."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, select, text
from sqlalchemy.orm import joinedload

from tracker.people.models import Authority, Membership, Person, Team
from tracker.platform.db import db
from tracker.platform.errors import Refused


def answer() -> None:
    """Ask the database for nothing in particular; raises when it cannot answer."""
    db.session.execute(text("SELECT 1"))


def authority(slug: str) -> Authority | None:
    return db.session.scalars(select(Authority).where(Authority.slug == slug)).one_or_none()


def authorities() -> Sequence[Authority]:
    """Every authority that is served here, by name."""
    return db.session.scalars(select(Authority).order_by(Authority.name)).all()


def only_authority() -> Authority:
    """The authority of a database that serves one. Raises Refused when there is none, or a choice."""
    found = db.session.scalars(select(Authority).order_by(Authority.name)).all()
    if len(found) != 1:
        names = ", ".join(authority.slug for authority in found)
        raise Refused(f"Say which authority: {names}" if found else "Add an authority first: tracker add-authority")
    return found[0]


def person(person_id: UUID) -> Person | None:
    return db.session.get(Person, person_id)


def person_at(person_id: UUID, slug: str | None) -> tuple[Person | None, Membership | None]:
    """Who asks, and what she is in the authority of this slug; one statement, since every page begins with it."""
    of_slug = select(Authority.id).where(Authority.slug == slug).scalar_subquery()
    found = db.session.execute(
        select(Person, Membership)
        .outerjoin(Membership, and_(Membership.person_id == Person.id, Membership.authority_id == of_slug))
        .options(joinedload(Membership.authority))
        .where(Person.id == person_id)
    ).one_or_none()
    return (found[0], found[1]) if found else (None, None)


def person_by_email(email: str) -> Person | None:
    return db.session.scalars(select(Person).where(Person.email == email.strip().lower())).one_or_none()


def membership(person: Person, authority: Authority) -> Membership | None:
    return db.session.scalars(
        select(Membership).where(Membership.person_id == person.id, Membership.authority_id == authority.id)
    ).one_or_none()


def authorities_of(person: Person) -> Sequence[Authority]:
    """Where a person works, by name."""
    return db.session.scalars(
        select(Authority)
        .join(Membership, Membership.authority_id == Authority.id)
        .where(Membership.person_id == person.id)
        .order_by(Authority.name)
    ).all()


def colleagues(authority: Authority) -> Sequence[Membership]:
    """Everybody active in an authority, by name, each with the person loaded."""
    return db.session.scalars(
        select(Membership)
        .join(Membership.person)
        .options(joinedload(Membership.person))
        .where(Membership.authority_id == authority.id, Person.active)
        .order_by(Person.name)
    ).all()


def teams(authority: Authority) -> Sequence[Team]:
    return db.session.scalars(
        select(Team).where(Team.authority_id == authority.id).order_by(Team.service, Team.name)
    ).all()
