"""Every way a session begins, goes on and ends."""

from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, delete, select, update

from tracker.people.models import Person
from tracker.people.sessions.models import PersonSession
from tracker.people.sessions.rules import Way
from tracker.platform import sealing
from tracker.platform.db import db

TO_THE_MINUTE = timedelta(minutes=1)
KEPT = timedelta(days=90)
"""For how long a session that has ended is kept. Our choice: long enough to answer who was signed in."""


def begin(
    person: Person, *, way: Way, browser: str, at: datetime, must_set_codes_up: bool = False
) -> tuple[PersonSession, str]:
    """A new session and its secret, which is nowhere else."""
    token = sealing.new_token()
    begun = PersonSession(
        person=person,
        token_sha256=sealing.hashed(token),
        way=way,
        browser=browser,
        began_at=at,
        confirmed_at=at,
        saved_at=at,
        must_set_codes_up=must_set_codes_up,
    )
    db.session.add(begun)
    db.session.flush()
    return begun, token


def note_saving(session: PersonSession, *, at: datetime) -> None:
    """Remember that something was saved there; at most once a minute, so that few requests write it."""
    if at - session.saved_at > TO_THE_MINUTE:
        session.saved_at = at


def confirm(session: PersonSession, *, at: datetime) -> None:
    """She has shown again who she is."""
    session.confirmed_at = at
    db.session.flush()


def end(session: PersonSession, *, at: datetime) -> None:
    session.ended_at = session.ended_at or at
    db.session.flush()


def end_of_token(token: str, *, at: datetime) -> UUID | None:
    """End the session of this secret, if it has not ended; whose it was."""
    found = db.session.scalars(
        select(PersonSession).where(
            PersonSession.token_sha256 == sealing.hashed(token), PersonSession.ended_at.is_(None)
        )
    ).one_or_none()
    if found is None:
        return None
    end(found, at=at)
    return found.person_id


def end_all(person: Person, *, at: datetime, but: PersonSession | None = None) -> int:
    """Sign somebody out everywhere, or everywhere else; how many sessions that ended."""
    still_open = [PersonSession.person_id == person.id, PersonSession.ended_at.is_(None)]
    if but is not None:
        still_open.append(PersonSession.id != but.id)
    ended = db.session.execute(update(PersonSession).where(*still_open).values(ended_at=at))
    return cast("CursorResult[Any]", ended).rowcount


def forget_old(*, now: datetime) -> None:
    """Remove sessions that began long ago and have long been over."""
    db.session.execute(delete(PersonSession).where(PersonSession.began_at < now - KEPT))
