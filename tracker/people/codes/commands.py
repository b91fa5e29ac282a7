"""Setting one-time codes up, proving one, and what replaces them when the phone is gone."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update

from tracker.people.codes import queries, rules
from tracker.people.codes.models import CodeKey, RecoveryCode
from tracker.people.models import Person
from tracker.platform import history, sealing
from tracker.platform.db import db
from tracker.platform.errors import Refused

PURPOSE = "people: keys of one-time codes"
WRONG = "That code is not right. Wait for the next one, and check that the clock of your phone sets itself."
NOT_READABLE = "Your key cannot be read any more, since the service's secret key was changed. Ask to have it removed."


def begin(person: Person) -> None:
    """A new key, which counts once a code of it was right. Raises Refused where codes are on already."""
    if queries.has_codes(person):
        raise Refused("You have one-time codes already. Remove them first, to use another phone.")
    db.session.execute(delete(CodeKey).where(CodeKey.person_id == person.id))
    db.session.add(CodeKey(person=person, sealed=sealing.seal(rules.new_key(), PURPOSE)))
    db.session.flush()


def opened(key: CodeKey) -> str:
    found = sealing.opened(key.sealed, PURPOSE)
    if found is None:
        raise Refused(NOT_READABLE)
    return found


def confirm(key: CodeKey, typed: str, *, at: datetime) -> list[str]:
    """Codes count from now on; the recovery codes, which are shown this once."""
    if not take(key, typed, at=at):
        raise Refused(WRONG)
    key.confirmed_at = at
    history.record(key.person, "set one-time codes up")
    return _new_recovery_codes(key.person)


def take(key: CodeKey, typed: str, *, at: datetime) -> bool:
    """Whether a code is right; then neither it nor an earlier one is taken again, even of two who send it at once."""
    step = rules.step_of(opened(key), typed, now=at, after=key.last_step)
    if step is None:
        return False
    taken = db.session.execute(
        update(CodeKey)
        .where(CodeKey.id == key.id, CodeKey.last_step < step)
        .values(last_step=step)
        .returning(CodeKey.id)
    ).one_or_none()
    return taken is not None


def take_recovery_code(person: Person, typed: str, *, at: datetime) -> bool:
    """Whether a recovery code is right and was not used; it is used then."""
    taken = db.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person.id,
            RecoveryCode.code_sha256 == _hashed(person, typed),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=at)
        .returning(RecoveryCode.id)
    ).one_or_none()
    if taken is not None:
        history.record(person, "used a recovery code")
    return taken is not None


def renew_recovery_codes(person: Person) -> list[str]:
    """Ten new ones, shown this once; the old ones are worth nothing."""
    history.record(person, "made new recovery codes")
    return _new_recovery_codes(person)


def remove(person: Person) -> None:
    """No code is asked for any more."""
    found = queries.key(person)
    if found is None:
        raise Refused("There are no one-time codes to remove.")
    db.session.delete(found)
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    history.record(person, "removed one-time codes")


@dataclass(frozen=True)
class SealedAnew:
    keys: int
    unreadable: int
    """Which no secret key opens: their owners have to set codes up again."""


def seal_anew() -> SealedAnew:
    """Encrypt every key with the newest secret key, and leave as it is what none opens."""
    keys = queries.every_key()
    readable = [one for one in keys if sealing.opened(one.sealed, PURPOSE) is not None]
    for one in readable:
        one.sealed = sealing.sealed_anew(one.sealed, PURPOSE)
    db.session.flush()
    return SealedAnew(len(readable), len(keys) - len(readable))


def _new_recovery_codes(person: Person) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = [rules.new_recovery_code() for _ in range(rules.RECOVERY_CODES)]
    db.session.add_all(RecoveryCode(person_id=person.id, code_sha256=_hashed(person, code)) for code in codes)
    db.session.flush()
    return codes


def _hashed(person: Person, code: str) -> str:
    """Made of 59 bits of chance, so a plain hash is enough: nobody can try them all."""
    return hashlib.sha256(f"{person.id}:{rules.plain_recovery_code(code)}".encode()).hexdigest()
