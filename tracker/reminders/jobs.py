"""Work of the workers: looking who is to be reminded, and sending one letter. Nothing is sent twice.

A letter is handed over by one worker only, and only on its own day outside quiet hours. What surely did not go is tried
again, later each time; what was cut off while it went is asked for where the service can tell, and else left: one mail
too few does less harm than one too many, and the next digest says the same.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select

from tracker.people import queries as people
from tracker.people.models import Authority
from tracker.platform import clock, jobs, mail
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.platform.jobs import TryLater
from tracker.platform.mail import Letter, NotSent, Sender, Unknown
from tracker.reminders import commands, queries, rules, safety
from tracker.reminders.models import ReminderLetter

log = structlog.get_logger()

STILL_GOING = timedelta(minutes=2)
"""How long handing over may take before it counts as cut off. Our choice: four times a server's time to answer."""
CUT_OFF = "It was cut off while it was handed over, so it may or may not have arrived. It is not sent again."


class TakenByAnother(Exception):
    """Another worker is handing the letter over at this moment."""


def run(payload: Mapping[str, Any]) -> Mapping[str, int]:
    """Write the reminders that are due now; how many, by the authority's name. Each authority is a step of its own."""
    if not mail.is_on():
        return {}
    written = {}
    for authority in db.session.scalars(select(Authority).order_by(Authority.name)).all():
        now = clock.now()
        written[authority.name] = len([*safety.tell(authority, now=now), *commands.remind(authority, now=now)])
        jobs.let_others_write()
    return written


def report() -> Sequence[str]:
    """Look now, and say what was written, for the command line. Raises Refused while mail is off."""
    if not mail.is_on():
        raise Refused("Mail is off, so nobody is reminded. Set TRACKER_MAIL: docs/operating.md says how.")
    written = run({})
    return [f"{name}: {number} letter{'' if number == 1 else 's'} to send" for name, number in written.items()]


def send(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Send one letter, unless it has gone, was withdrawn, or its day is over."""
    letter = db.session.get_one(ReminderLetter, UUID(payload["letter"]))
    sender = mail.sender()
    if letter.sent_at or letter.withdrawn_at or letter.failed_at:
        return {"letter": str(letter.fate)}
    if letter.handed_over_at is not None and sender is not None:
        return _settle(letter, sender)
    if sender is None or not _is_still_wanted(letter):
        commands.withdraw(letter, at=clock.now())
        return {"letter": "Replaced"}
    _wait_out_the_quiet(letter)
    return _send(letter, sender)


def _is_still_wanted(letter: ReminderLetter) -> bool:
    """Whether its reader still works there, and it is still its day, or nobody has answered what it is about."""
    today = clock.now().astimezone(rules.LONDON).date()
    works_there = letter.person.active and people.membership(letter.person, letter.authority) is not None
    if letter.about_id is None:
        return works_there and letter.day == today
    return works_there and (letter.made or safety.is_open(letter))


def _wait_out_the_quiet(letter: ReminderLetter) -> None:
    if letter.about_id is not None:
        return  # a child's safety waits for no morning, and whoever has just asked for a pack is awake
    now, numbers = clock.now(), queries.numbers(letter.authority)
    if rules.is_quiet(now, numbers):
        raise TryLater("Nobody is mailed now", at=rules.next_morning(now, numbers))


def _send(letter: ReminderLetter, sender: Sender) -> Mapping[str, Any]:
    written, letter_id = _as_it_travels(letter), letter.id
    jobs.let_others_write()
    try:
        sender.send(written, handing_over=lambda: _hand_over(letter_id))
    except TakenByAnother:
        return {"letter": "Taken by another worker"}
    except NotSent as fault:
        return _not_sent(_letter(letter_id), fault)
    except Unknown as cut_off:
        return _settle(_letter(letter_id), sender, why=str(cut_off))
    return _sent(_letter(letter_id))


def _hand_over(letter_id: UUID) -> None:
    """Committed before the letter leaves, so that a worker that dies now leaves word of it."""
    taken = commands.hand_over(_letter(letter_id), at=clock.now())
    jobs.let_others_write()
    if not taken:
        raise TakenByAnother


def _sent(letter: ReminderLetter) -> Mapping[str, Any]:
    commands.keep_sent(letter, at=clock.now())
    return {"letter": str(letter.fate)}


def _not_sent(letter: ReminderLetter, fault: NotSent) -> Mapping[str, Any]:
    """It did not go: later again, or never."""
    commands.keep_unsent(letter, why=str(fault))
    if not fault.again:
        return _give_up(letter, str(fault))
    delay = rules.delay(letter.tries)
    jobs.let_others_write()
    raise TryLater(str(fault), at=clock.now() + delay)


def _settle(letter: ReminderLetter, sender: Sender, *, why: str = CUT_OFF) -> Mapping[str, Any]:
    """A try was cut off while the letter went: ask whether it did, where somebody can say."""
    begun = letter.handed_over_at or clock.now()
    if why == CUT_OFF and clock.now() < begun + STILL_GOING:
        raise TryLater("Another worker may still be sending it", at=begun + STILL_GOING)
    written = _as_it_travels(letter)
    jobs.let_others_write()
    try:
        went = sender.has(written)
    except NotSent as fault:
        raise TryLater(str(fault), at=clock.now() + STILL_GOING) from fault
    letter = _letter(UUID(written.identity))
    if went is None:
        return _give_up(letter, CUT_OFF)
    return _sent(letter) if went else _not_sent(letter, NotSent(why))


def _give_up(letter: ReminderLetter, why: str) -> Mapping[str, Any]:
    """Kept, then refused: the job has failed, with a sentence that the operator can read."""
    commands.give_up(letter, why=why, at=clock.now())
    log.warning("reminder not sent", letter=str(letter.id), why=why)
    jobs.let_others_write()
    raise Refused(why)


def _letter(letter_id: UUID) -> ReminderLetter:
    """As the database has it now."""
    return db.session.get_one(ReminderLetter, letter_id, populate_existing=True)


def _as_it_travels(letter: ReminderLetter) -> Letter:
    return Letter(
        identity=str(letter.id),
        written_at=letter.written_at,
        to=letter.person.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        unsubscribe=letter.unsubscribe,
    )
