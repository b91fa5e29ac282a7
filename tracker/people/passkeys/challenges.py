"""What a browser has to sign: made for one press of a button, in this browser, for a few minutes, and taken once.

The signed cookie holds it, so that a stranger who presses the button writes nothing. Since an old cookie can be sent
again, a challenge that was answered is remembered for as long as it could still be.
"""

import secrets
from enum import StrEnum

from flask import session
from itsdangerous import BadSignature

from tracker.people.passkeys import commands
from tracker.people.passkeys.rules import HOLDS_FOR
from tracker.people.sessions import cookies
from tracker.platform import clock, sealing
from tracker.platform.errors import Refused

KEY = "passkey"
PURPOSE = "people: a passkey was asked for"
BYTES = 32
TOO_OLD = "That was begun too long ago, or in another tab. Try again."


class Asked(StrEnum):
    """What for: an answer to one is none to another."""

    MAKE = "make"
    SIGN_IN = "sign in"
    CONFIRM = "confirm"


def ask(what: Asked) -> bytes:
    """A new one, in place of any that this browser still has."""
    challenge = secrets.token_bytes(BYTES)
    session[KEY] = sealing.timed_signer(PURPOSE).dumps([what, _session(), challenge.hex()])
    return challenge


def take(what: Asked) -> bytes:
    """The one that this browser was given for this. Raises Refused where there is none, or it was answered before."""
    try:
        kept = sealing.timed_signer(PURPOSE).loads(session.pop(KEY, ""), max_age=int(HOLDS_FOR.total_seconds()))
    except BadSignature:
        kept = None
    if kept is None or kept[:2] != [what, _session()]:
        raise Refused(TOO_OLD)
    commands.spend(kept[2], at=clock.now())
    return bytes.fromhex(kept[2])


def _session() -> str:
    """The session in which it was asked; empty before signing in."""
    here = cookies.current()
    return here.id.hex if here is not None else ""
