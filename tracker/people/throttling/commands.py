"""Putting tries on record, and forgetting them."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from tracker.people.models import Person
from tracker.people.throttling.models import SignInAttempt
from tracker.people.throttling.rules import Outcome
from tracker.platform import sealing
from tracker.platform.db import db

KEPT = timedelta(days=90)
"""For how long tries are on record. Our choice: long enough to look into one, and they hold network addresses."""


def account(email: str) -> str:
    """A fingerprint of an e-mail address, whether anybody has it or not."""
    return sealing.fingerprint(email.strip().lower(), "sign-in attempts")


def note(
    email: str,
    person: Person | None,
    outcome: Outcome,
    *,
    address: str,
    browser_id: str | None,
    browser: str,
    at: datetime,
) -> None:
    attempt = SignInAttempt(
        at=at,
        account=account(email),
        person_id=person.id if person else None,
        address=address,
        browser_id=browser_id,
        browser=browser,
        outcome=outcome,
    )
    db.session.add(attempt)
    db.session.flush()


def forget_old(*, now: datetime) -> None:
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - KEPT))
