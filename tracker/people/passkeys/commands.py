"""Every way passkeys come, change and go, and noting that one was used."""

from datetime import datetime

from sqlalchemy import delete, update

from tracker.people.models import Person
from tracker.people.passkeys import queries
from tracker.people.passkeys.ceremony import Made
from tracker.people.passkeys.models import Passkey, SpentChallenge
from tracker.people.passkeys.rules import HOLDS_FOR, MOST
from tracker.people.sessions import commands as sessions
from tracker.people.sessions.models import PersonSession
from tracker.platform import history, sealing
from tracker.platform.db import add_first, db
from tracker.platform.errors import Refused

NO_NAME = "Give the passkey a name, such as “My work laptop”."


def require_room(person: Person, name: str) -> None:
    """Raises Refused where another passkey of this name cannot be added."""
    _require_name(person, name)
    if queries.count(person) >= MOST:
        raise Refused(f"You have {MOST} passkeys already. Remove one that you do not use first.")


def add(person: Person, made: Made, *, name: str, at: datetime) -> Passkey:
    require_room(person, name)
    added = Passkey(
        person=person,
        name=name.strip(),
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        added_at=at,
    )
    add_first(
        added,
        otherwise=Refused("That passkey is here already. Choose another device, or another password manager."),
    )
    history.record(person, f"added the passkey “{added.name}”")
    return added


def rename(passkey: Passkey, *, name: str) -> None:
    if name.strip() == passkey.name:
        return
    _require_name(passkey.person, name)
    history.record(passkey.person, f"renamed the passkey “{passkey.name}” to “{name.strip()}”")
    passkey.name = name.strip()
    db.session.flush()


def remove(passkey: Passkey, *, at: datetime, here: PersonSession) -> None:
    """It lets nobody in any more, and whoever came in elsewhere has to come in anew: the device may be gone."""
    history.record(passkey.person, f"removed the passkey “{passkey.name}”")
    sessions.end_all(passkey.person, at=at, but=here)
    db.session.delete(passkey)
    db.session.flush()


def remove_all(person: Person, *, at: datetime) -> int:
    """Every one of somebody's, and she is signed out everywhere; how many there were."""
    found = queries.of(person)
    if not found:
        raise Refused("There are no passkeys to remove.")
    db.session.execute(delete(Passkey).where(Passkey.person_id == person.id))
    sessions.end_all(person, at=at)
    history.record(person, "removed every passkey")
    return len(found)


def note_use(passkey: Passkey, sign_count: int, *, at: datetime) -> bool:
    """Whether its count is later than the last one, even of two who send the same at once; 0 is of one without."""
    later = Passkey.sign_count < sign_count if sign_count else Passkey.sign_count == 0
    noted = db.session.execute(
        update(Passkey)
        .where(Passkey.id == passkey.id, later)
        .values(sign_count=sign_count, last_used_at=at)
        .returning(Passkey.id)
    ).one_or_none()
    return noted is not None


def spend(challenge: str, *, at: datetime) -> None:
    """Remember at once that it was answered, whatever becomes of the answer. Raises Refused the second time."""
    spent = SpentChallenge(challenge_sha256=sealing.hashed(challenge), spent_at=at)
    add_first(spent, otherwise=Refused("That was used already. Try again."))
    db.session.commit()


def forget_spent(*, now: datetime) -> None:
    """Those that are too old to be taken anyway; twice the time, since clocks of several machines differ."""
    db.session.execute(delete(SpentChallenge).where(SpentChallenge.spent_at < now - 2 * HOLDS_FOR))


def _require_name(person: Person, name: str) -> None:
    if not name.strip():
        raise Refused(NO_NAME)
    if any(one.name.casefold() == name.strip().casefold() for one in queries.of(person)):
        raise Refused(f"You have a passkey called “{name.strip()}” already. Give this one another name.")
