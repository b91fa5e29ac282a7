"""Showing who one is with a passkey: at the door, and again before what matters."""

from flask import current_app

from tracker.people import door
from tracker.people.models import Person
from tracker.people.passkeys import ceremony, challenges, commands, queries
from tracker.people.passkeys.ceremony import DoesNotHold, Shown
from tracker.people.passkeys.challenges import Asked
from tracker.people.passkeys.models import Passkey
from tracker.people.passkeys.rules import RelyingParty, relying_party
from tracker.people.sessions import commands as sessions
from tracker.people.sessions import cookies
from tracker.people.throttling.rules import Outcome
from tracker.platform import clock
from tracker.platform.errors import Refused

NOT_TAKEN = "That passkey does not let you in here. Try again, or give your password."


def service() -> RelyingParty | None:
    """What passkeys are made for; None where none is taken: people sign in elsewhere, or the address does not do."""
    return relying_party(current_app.config["PUBLIC_ADDRESS"]) if current_app.config["LOCAL_SIGN_IN"] else None


def may_have(person: Person) -> bool:
    """Whoever comes only by the organisation's account has no second door here, where its groups would count for
    nothing.
    """
    return service() is not None and bool(person.password_hash)


def may_show(person: Person) -> bool:
    """Whether she can show with a passkey of hers that it is she."""
    return may_have(person) and bool(queries.count(person))


def by_passkey(sent: str) -> Person:
    """Whose passkey answered, of anybody. Raises Refused in the same words, whatever it is that does not hold."""
    return _by_passkey(sent, Asked.SIGN_IN, whose=None)


def confirm(sent: str) -> None:
    """Who is signed in shows again with a passkey of hers that it is she. Raises Refused."""
    here = cookies.current()
    if here is None:
        raise Refused("Sign in first.")
    _by_passkey(sent, Asked.CONFIRM, whose=here.person)
    sessions.confirm(here, at=clock.now())


def _by_passkey(sent: str, asked: Asked, *, whose: Person | None) -> Person:
    challenge = challenges.take(asked)
    try:
        shown = ceremony.shown(sent)
    except DoesNotHold as fault:
        raise Refused(NOT_TAKEN) from fault
    passkey = queries.by_credential(shown.credential_id)
    tried = whose or (passkey.person if passkey is not None else None)
    account = tried.email if tried is not None else shown.credential_id
    door.refuse_while_held(account, tried)
    if passkey is None or not _holds(shown, passkey, challenge, whose):
        door.failed(account, tried, Outcome.WRONG_PASSKEY)
        raise Refused(NOT_TAKEN)
    return passkey.person


def _holds(shown: Shown, passkey: Passkey, challenge: bytes, whose: Person | None) -> bool:
    person, party = passkey.person, service()
    if party is None or not person.active or not person.password_hash:
        return False
    if whose is not None and whose.id != person.id:
        return False
    try:
        count = ceremony.checked_use(shown, passkey, party, challenge, is_named=whose is None)
    except DoesNotHold:
        return False
    return commands.note_use(passkey, count, at=clock.now())
