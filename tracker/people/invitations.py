"""Letting somebody choose her first password: a link that opens once, within a week, and can be taken back."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from tracker.people.models import Invitation, Membership, Person
from tracker.people.passwords import commands as passwords
from tracker.platform import sealing
from tracker.platform.db import db
from tracker.platform.errors import Refused

GOOD_FOR = timedelta(days=7)
"""How long a link opens. Our choice: over a weekend and a short leave, and no longer."""


def invite(membership: Membership, *, by: Person, at: datetime) -> str:
    """The secret of a new link, which is kept nowhere; every earlier one of hers is taken back."""
    require_no_password(membership)
    revoke(membership, at=at)
    token = sealing.new_token()
    db.session.add(Invitation(membership=membership, token_sha256=sealing.hashed(token), made_at=at, made_by_id=by.id))
    db.session.flush()
    return token


def require_no_password(membership: Membership) -> None:
    if membership.person.password_hash:
        raise Refused(f"{membership.person.name} has a password already and signs in with it.")


def revoke(membership: Membership, *, at: datetime) -> None:
    """What was sent to her and not used opens nothing any more."""
    db.session.execute(
        update(Invitation)
        .where(Invitation.membership_id == membership.id, Invitation.used_at.is_(None), Invitation.revoked_at.is_(None))
        .values(revoked_at=at)
    )


def waiting(membership: Membership, *, at: datetime) -> Invitation | None:
    """The link that she was sent, while it still opens."""
    return db.session.scalars(
        select(Invitation).where(Invitation.membership_id == membership.id, *still_open(at))
    ).one_or_none()


def opened(token: str, *, at: datetime) -> Invitation | None:
    """The invitation of a link; None for one that never was, was used, was taken back or has run out: all the same."""
    return db.session.scalars(
        select(Invitation).where(Invitation.token_sha256 == sealing.hashed(token), *still_open(at))
    ).one_or_none()


def accept(invitation: Invitation, *, name: str, password: str, at: datetime) -> UUID:
    """Choose a password, and say how her name is written; the link opens no more. Gives the person's id."""
    person = invitation.membership.person
    if not name.strip():
        raise Refused("Enter your name as colleagues know it.")
    if not invitation.membership.counts_on(at.date()) or not person.active:
        raise Refused("You do not work there any more. Ask whoever invited you.")
    passwords.set_password(person, password=password)
    person.name, invitation.used_at = name.strip(), at
    db.session.flush()
    return person.id


def still_open(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Conditions of an invitation whose link opens."""
    return Invitation.used_at.is_(None), Invitation.revoked_at.is_(None), Invitation.made_at > at - GOOD_FOR
