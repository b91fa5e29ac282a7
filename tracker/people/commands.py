"""Every way people, roles and authorities change."""

import re
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tracker.people import queries
from tracker.people.models import Authority, Membership, Person, Team
from tracker.people.rules import Role
from tracker.platform.db import Model, db
from tracker.platform.errors import Refused

SHORTEST_PASSWORD = 12
"""Characters. Our choice: the National Cyber Security Centre's three random words are seldom shorter."""
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
RESERVED = frozenset({"static", "health", "sign-in", "sign-out", "help", "accessibility", "unsubscribe", "calendar"})

Thing = TypeVar("Thing", bound=Model)

_hasher = PasswordHasher()
_NOBODYS_HASH = _hasher.hash("a password that nobody has")
"""Checked when the address is unknown, so that a wrong address takes as long as a wrong password."""


def create_authority(*, slug: str, name: str) -> Authority:
    if not SLUG.fullmatch(slug) or slug in RESERVED:
        raise Refused(f"“{slug}” cannot be part of an address. Use lower-case letters, digits and hyphens.")
    if queries.authority(slug) is not None:
        raise Refused(f"There is an authority at /{slug}/ already")
    return _added(Authority(slug=slug, name=name))


def create_team(authority: Authority, *, name: str, service: str) -> Team:
    return _added(Team(authority=authority, name=name, service=service))


def create_person(*, email: str, name: str, password: str = "") -> Person:
    """Somebody new; without a password she cannot sign in."""
    if queries.person_by_email(email) is not None:
        raise Refused(f"Somebody signs in as {email} already")
    person = _added(Person(email=email.strip().lower(), name=name, password_hash=""))
    if password:
        set_password(person, password=password)
    return person


def give_role(person: Person, *, authority: Authority, role: Role, job_title: str = "") -> Membership:
    """Let ``person`` work in ``authority``; a second call changes the role."""
    membership = queries.membership(person, authority)
    if membership is None:
        return _added(Membership(person=person, authority=authority, role=role, job_title=job_title))
    membership.role, membership.job_title = role, job_title
    db.session.flush()
    return membership


def set_password(person: Person, *, password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(f"The password must have {SHORTEST_PASSWORD} characters or more. Three random words are enough.")
    person.password_hash = _hasher.hash(password)
    db.session.flush()


def authenticate(*, email: str, password: str) -> Person | None:
    """The person these belong to, or None; as slow for an unknown address as for a wrong password."""
    person = queries.person_by_email(email)
    known = person is not None and person.active and bool(person.password_hash)
    matches = _matches(person.password_hash if person is not None and known else _NOBODYS_HASH, password)
    return person if known and matches else None


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _added(thing: Thing) -> Thing:
    db.session.add(thing)
    db.session.flush()
    return thing
