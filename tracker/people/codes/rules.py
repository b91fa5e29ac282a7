"""What a one-time code is, who must have one, and what recovery codes look like."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import pyotp

STEP = 30
"""Seconds for which a code is shown, as every app has it."""
DRIFT = 1
"""Steps that a phone's clock may be off, as RFC 6238 advises."""
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are mistaken for another: i, l, o, 0, 1."""
ISSUER = "Inspection readiness tracker"


class SecondStep(StrEnum):
    """What the operator asks of people who sign in with a password."""

    OFF = "off"
    OFFERED = "offered"
    REQUIRED = "required"


def must_have(setting: SecondStep, roles_asked: frozenset[str], roles: Iterable[str]) -> bool:
    """Whether somebody with these roles must have codes; ``roles_asked`` empty: everybody.

    >>> must_have(SecondStep.REQUIRED, frozenset({"director"}), ["qa_officer"])
    False
    >>> must_have(SecondStep.REQUIRED, frozenset(), [])
    True
    """
    return setting is SecondStep.REQUIRED and (not roles_asked or bool(roles_asked & set(roles)))


def new_key() -> str:
    """A key of 160 bits, as an app takes it: RFC 4226 advises that length."""
    return pyotp.random_base32(32)


def address(key: str, account: str) -> str:
    """What the picture for an app's camera says."""
    return str(pyotp.TOTP(key).provisioning_uri(name=account, issuer_name=ISSUER))


def step_of(key: str, typed: str, *, now: datetime, after: int) -> int | None:
    """The step whose code was typed: this one, the one before or the next, and later than ``after``; else None.

    Each is compared, however early one is right, in time that does not depend on what was typed.
    """
    current = int(now.timestamp()) // STEP
    code, clock = "".join(typed.split()), pyotp.TOTP(key, interval=STEP)
    matching = [step for step in range(current - DRIFT, current + DRIFT + 1) if _same(clock.generate_otp(step), code)]
    return next((step for step in matching if step > after), None)


def _same(expected: str, typed: str) -> bool:
    return secrets.compare_digest(expected.encode(), typed.encode())


def in_fours(key: str) -> str:
    """
    >>> in_fours("ABCDEFGHIJ")
    'ABCD EFGH IJ'
    """
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))


def new_recovery_code() -> str:
    """Twelve letters in three groups, of some 59 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def plain_recovery_code(typed: str) -> str:
    """As it is compared: whatever case and spaces it was typed with.

    >>> plain_recovery_code(" ABCD efgh-2345 ")
    'abcdefgh2345'
    """
    return "".join(letter for letter in typed.lower() if letter.isalnum())
