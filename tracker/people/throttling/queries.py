"""What was tried."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from tracker.people.models import Person
from tracker.people.throttling.models import SignInAttempt
from tracker.people.throttling.rules import COUNTED_FOR, FAILURES, Outcome, Try
from tracker.platform.db import db

MOST = 500
"""Tries of one hour that are looked at; waits keep them far below."""


def recent(account: str, *, now: datetime) -> list[Try]:
    """What counts of the tries with one fingerprint of an address, oldest first."""
    found = db.session.execute(
        select(SignInAttempt.at, SignInAttempt.address, SignInAttempt.browser_id, SignInAttempt.outcome)
        .where(
            SignInAttempt.account == account,
            SignInAttempt.at > now - COUNTED_FOR,
            SignInAttempt.outcome != Outcome.HELD,
        )
        .order_by(SignInAttempt.at.desc())
        .limit(MOST)
    ).all()
    return [Try(at, address, browser, outcome in FAILURES) for at, address, browser, outcome in reversed(found)]


def attempts_on(person: Person, *, limit: int = 10) -> Sequence[SignInAttempt]:
    """The newest tries to sign in as somebody."""
    return db.session.scalars(
        select(SignInAttempt).where(SignInAttempt.person_id == person.id).order_by(SignInAttempt.at.desc()).limit(limit)
    ).all()
