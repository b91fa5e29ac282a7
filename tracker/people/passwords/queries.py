from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from tracker.people.models import Authority, Membership, Person
from tracker.people.passwords.models import LinkFor, OneTimeLink
from tracker.platform import sealing
from tracker.platform.db import db


def link(token: str, purpose: LinkFor, *, now: datetime) -> OneTimeLink | None:
    """The link of this secret, while it may be used."""
    found = db.session.scalars(
        select(OneTimeLink)
        .join(OneTimeLink.person)
        .where(
            OneTimeLink.token_sha256 == sealing.hashed(token),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
            Person.active,
        )
    ).one_or_none()
    return found if found is not None and found.ends_at > now else None


def links_made(person: Person, *, since: datetime) -> int:
    return (
        db.session.scalar(select(func.count()).where(OneTimeLink.person_id == person.id, OneTimeLink.made_at > since))
        or 0
    )


def own_words(person: Person) -> Sequence[str]:
    """Names and addresses that anybody would guess a password from."""
    places = db.session.execute(
        select(Authority.name, Authority.slug)
        .join(Membership, Membership.authority_id == Authority.id)
        .where(Membership.person_id == person.id)
    )
    return [person.name, person.email, *(word for place in places for word in place)]
