"""Between the password and the code: the cookie says whose password was right, for a few minutes and one browser."""

from datetime import timedelta
from uuid import UUID

from flask import session
from itsdangerous import BadSignature

from tracker.people import queries
from tracker.people.models import Person
from tracker.platform import sealing

KEY = "waiting"
PURPOSE = "people: a password was right, a code is due"
WAITS_FOR = timedelta(minutes=10)
"""Our choice: long enough to look for the phone."""


def wait_for(person: Person) -> None:
    session[KEY] = sealing.timed_signer(PURPOSE).dumps([person.id.hex, _of_password(person)])


def who() -> Person | None:
    """Whose code is due in this browser; None after ten minutes, or once her password was changed."""
    try:
        found = sealing.timed_signer(PURPOSE).loads(session.get(KEY, ""), max_age=int(WAITS_FOR.total_seconds()))
    except BadSignature:
        return None
    person = queries.person(UUID(found[0]))
    same = person is not None and person.active and _of_password(person) == found[1]
    return person if same else None


def _of_password(person: Person) -> str:
    """Differs once the password does. The cookie is signed but can be read, so nothing of the hash is in it."""
    return sealing.fingerprint(person.password_hash, PURPOSE)
