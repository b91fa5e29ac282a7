"""The mail about an audit whose grade means that a child may not be safe.

It goes to everybody to whom the grade was passed up, once for an audit, at any hour of any day, whatever mails she has
chosen: quiet hours and weekends hold back what can wait. It says nothing of the case.
"""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tracker.audits.safety import queries as safety
from tracker.audits.safety.models import SafetyEscalation
from tracker.audits.safety.rules import EscalationState, may_be_told
from tracker.people.models import Authority, Membership
from tracker.platform import jobs
from tracker.platform.db import db
from tracker.reminders import rules
from tracker.reminders.addresses import Addresses
from tracker.reminders.models import ReminderLetter

SEND = "reminders.send"


def tell(authority: Authority, *, now: datetime) -> Sequence[ReminderLetter]:
    """Write to everybody who has not been told yet, and queue the sending. Safe to repeat, and to run twice."""
    waiting = [one for one in safety.open_ones(authority) if may_be_told(one.raised_at, now)]
    letters = [_write(one, each, now) for one in waiting for each in _untold(one)]
    return [letter for letter in letters if letter is not None]


def is_open(letter: ReminderLetter) -> bool:
    """Whether nobody has answered yet what a letter is about."""
    state = db.session.scalars(
        select(SafetyEscalation.state).where(SafetyEscalation.audit_id == letter.about_id)
    ).one_or_none()
    return state is EscalationState.OPEN


def _untold(one: SafetyEscalation) -> list[Membership]:
    told = set(db.session.scalars(select(ReminderLetter.person_id).where(ReminderLetter.about_id == one.audit_id)))
    return [each for each in safety.told(one.audit) if each.person_id not in told]


def _write(one: SafetyEscalation, reader: Membership, now: datetime) -> ReminderLetter | None:
    """One person's letter; None if another run was first."""
    try:
        with db.session.begin_nested():
            letter = _letter(one, reader, now)
            db.session.add(letter)
            db.session.flush()
            letter.job = jobs.enqueue(SEND, {"letter": str(letter.id)}, authority_id=one.authority_id)
    except IntegrityError:
        return None
    return letter


def _letter(one: SafetyEscalation, reader: Membership, now: datetime) -> ReminderLetter:
    addresses, audit = Addresses(one.authority), one.audit
    words = {
        "authority": one.authority.name,
        "audit": audit,
        "raised_at": one.raised_at,
        "answer": addresses.page("audits.safety", number=audit.number),
        "demonstration": current_app.config["DEMONSTRATION"],
    }
    environment = current_app.jinja_env
    return ReminderLetter(
        authority=one.authority,
        person=reader.person,
        day=now.astimezone(rules.LONDON).date(),
        about_id=audit.id,
        digest=False,
        subject=f"{one.authority.name}: a child may not be safe, {audit.reference}",
        text=environment.get_template("reminders/safety.txt").render(words),
        html=environment.get_template("reminders/safety.html").render(words),
        unsubscribe="",
        written_at=now,
    )
