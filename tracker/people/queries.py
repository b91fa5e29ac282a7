"""Every question asked about people and authorities."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, or_, select, text
from sqlalchemy.orm import contains_eager, joinedload

from tracker.people import rules
from tracker.people.models import Authority, Membership, Person, Team
from tracker.people.rules import Permission, those_who_may
from tracker.platform import clock
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


def person_by_email(email: str) -> Person | None:
    return db.session.scalars(select(Person).where(Person.email == email.strip().lower())).one_or_none()


def membership(person: Person, authority: Authority) -> Membership | None:
    return db.session.scalars(
        select(Membership).where(Membership.person_id == person.id, Membership.authority_id == authority.id)
    ).one_or_none()


def memberships_of(person: Person) -> Sequence[Membership]:
    """What a person is where she gets in today, by the authority's name, each with it loaded."""
    return db.session.scalars(
        select(Membership)
        .join(Membership.authority)
        .options(joinedload(Membership.authority))
        .where(Membership.person_id == person.id, counts_today())
        .order_by(Authority.name)
    ).all()


def colleagues(
    authority: Authority, *, who_may: Permission | None = None, among: Collection[Person] | None = None
) -> Sequence[Membership]:
    """Everybody whose work is seen to here, by name, each with the person loaded; of those, who may do a thing.

    Who has no work of her own here, such as an inspector, is not among them: nothing is given to her, nor mailed.
    """
    roles = those_who_may(Permission.SEE_OWN_WORK)
    if who_may is not None:
        roles &= those_who_may(who_may)
    wanted = [Membership.authority_id == authority.id, Person.active, Membership.role.in_(roles), counts_today()]
    if among is not None:
        wanted.append(Person.id.in_([person.id for person in among]))
    return db.session.scalars(
        select(Membership)
        .join(Membership.person)
        .options(contains_eager(Membership.person))
        .where(*wanted)
        .order_by(Person.name)
    ).all()


def named(authority: Authority, words: Sequence[str], *, most: int) -> Sequence[Membership]:
    """Colleagues in whose name each of these words begins a part, by name, each with the person loaded."""
    holds = [Person.name.icontains(word, autoescape=True) for word in words]
    found = db.session.scalars(
        select(Membership)
        .join(Membership.person)
        .options(contains_eager(Membership.person))
        .where(
            Membership.authority_id == authority.id,
            Membership.role.in_(those_who_may(Permission.SEE_OWN_WORK)),
            Person.active,
            counts_today(),
            *holds,
        )
        .order_by(Person.name)
    )
    return [each for each in found if rules.is_named(each.person.name, words)][:most]


def counts_today(membership: type[Membership] = Membership) -> ColumnElement[bool]:
    """Of a membership: its last day, if it has one, has not passed."""
    return counts_on(clock.today(), membership)


def counts_on(day: date | BindParameter[date], membership: type[Membership] = Membership) -> ColumnElement[bool]:
    """As ``counts_today``, on any day."""
    return or_(membership.last_day.is_(None), membership.last_day >= day)


def teams(authority: Authority) -> Sequence[Team]:
    return db.session.scalars(
        select(Team).where(Team.authority_id == authority.id).order_by(Team.service, Team.name)
    ).all()
