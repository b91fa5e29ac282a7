"""Every question about who is signed in where."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from tracker.people.codes.models import CodeKey
from tracker.people.models import Authority, Membership, Person
from tracker.people.passkeys.models import Passkey
from tracker.people.queries import counts_on
from tracker.people.sessions.models import PersonSession
from tracker.platform import clock, sealing, walls
from tracker.platform.db import db


def session_at(token: str, slug: str | None) -> tuple[PersonSession, Membership | None, bool] | None:
    """The session of this secret with its person, what she is in the authority of this slug, and whether she works in
    several; None if it ended.

    One statement, since every page begins with it. On PostgreSQL the transaction is for that authority's rows from
    then on.
    """
    asked = _who_asks(narrows=walls.narrows())
    said = {"slug": slug, "token": sealing.hashed(token), "today": clock.today()}
    found = db.session.execute(asked, said).one_or_none()
    return (found[0], found[1], bool(found[2])) if found else None


@cache
def _who_asks(*, narrows: bool) -> Select[*tuple[Any, ...]]:
    """Put together once: that takes longer than asking it, and every page asks it."""
    of_slug = select(Authority.id).where(Authority.slug == bindparam("slug")).scalar_subquery()
    elsewhere = aliased(Membership)
    several = (
        select(func.count() > 1)
        .where(elsewhere.person_id == PersonSession.person_id, counts_on(bindparam("today"), elsewhere))
        .correlate(PersonSession)
        .scalar_subquery()
    )
    asked = select(PersonSession, Membership, several)
    return (
        (asked.add_columns(walls.narrowing(Membership.authority_id)) if narrows else asked)
        .join(PersonSession.person)
        .outerjoin(Membership, and_(Membership.person_id == Person.id, Membership.authority_id == of_slug))
        .options(contains_eager(PersonSession.person), joinedload(Membership.authority), joinedload(Membership.partner))
        .where(PersonSession.token_sha256 == bindparam("token"), PersonSession.ended_at.is_(None), Person.active)
    )


def open_sessions(person: Person, *, now: datetime, longest: timedelta) -> Sequence[PersonSession]:
    """Where somebody is signed in, the newest first. One may have ended by itself, unused: its cookie alone knows."""
    return db.session.scalars(
        select(PersonSession)
        .where(
            PersonSession.person_id == person.id,
            PersonSession.ended_at.is_(None),
            PersonSession.began_at >= now - longest,
        )
        .order_by(PersonSession.began_at.desc())
    ).all()


def open_session(person: Person, session_id: UUID) -> PersonSession | None:
    found = db.session.get(PersonSession, session_id)
    return found if found and found.person_id == person.id and found.ended_at is None else None


def besides_password(person: Person) -> tuple[bool, int]:
    """Whether she is asked for codes, and how many passkeys she has: one question, since her page asks many."""
    coded = select(CodeKey.id).where(CodeKey.person_id == person.id, CodeKey.confirmed_at.is_not(None)).exists()
    passkeys = select(func.count()).where(Passkey.person_id == person.id).scalar_subquery()
    has_codes, count = db.session.execute(select(coded, passkeys)).one()
    return bool(has_codes), count
