"""Every way reminders change. What is told is written before anything is sent, in one transaction with the job."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, update
from sqlalchemy.exc import IntegrityError

from tracker.people.models import Authority, Person
from tracker.platform import jobs, sealing
from tracker.platform.db import add_first, db
from tracker.platform.errors import Conflict, Refused
from tracker.reminders import letters, queries, rules
from tracker.reminders.models import CalendarAddress, Reminder, ReminderChoice, ReminderLetter, ReminderNumbers
from tracker.reminders.queries import Reader
from tracker.reminders.rules import Choice, Kind, Line, Numbers

SEND = "reminders.send"
CHANGED_BY_HER = "You changed this in another window meanwhile. Look at it again, then save."
CHANGED_SINCE = "Somebody else changed this while you had it open. Look at it again, then save."


def remind(authority: Authority, *, now: datetime) -> Sequence[ReminderLetter]:
    """Write to everybody who is to be told something now, and queue the sending. Safe to repeat, and to run twice.

    What was left unsent on an earlier day is withdrawn first: it is told afresh, in one mail with today's.
    """
    numbers, today = queries.numbers(authority), now.astimezone(rules.LONDON).date()
    if rules.is_quiet(now, numbers):
        return []
    for letter in queries.left_unsent(authority, today):
        withdraw(letter, at=now)
    written = [_write(authority, each, now, numbers) for each in queries.readers(authority, today, numbers)]
    return [letter for letter in written if letter is not None]


def _write(authority: Authority, reader: Reader, now: datetime, numbers: Numbers) -> ReminderLetter | None:
    """One person's letter; None if there is nothing to say, it is too early, or another run was first."""
    today = now.astimezone(rules.LONDON).date()
    lines = letters.lines_told(reader, today, digest=reader.digest)
    if not lines or not rules.may_write(now, reader.choice, numbers, digest=reader.digest):
        return None
    try:
        with db.session.begin_nested():
            letter = _letter(authority, reader, lines, now)
            letter.job = jobs.enqueue(SEND, {"letter": str(letter.id)}, authority_id=authority.id)
    except IntegrityError:
        return None
    return letter


def _letter(authority: Authority, reader: Reader, lines: Sequence[Line], now: datetime) -> ReminderLetter:
    person, today = reader.membership.person, now.astimezone(rules.LONDON).date()
    written = letters.write(authority, person, lines, today, digest=reader.digest)
    letter = ReminderLetter(
        authority=authority,
        person=person,
        day=today,
        digest=reader.digest,
        subject=written.subject,
        text=written.text,
        html=written.html,
        unsubscribe=written.unsubscribe,
        written_at=now,
    )
    db.session.add(letter)
    db.session.flush()
    db.session.add_all(_reminders(letter, reader))
    db.session.flush()
    return letter


def _reminders(letter: ReminderLetter, reader: Reader) -> list[Reminder]:
    """A row for each thing told, and one for the digest."""
    told: list[tuple[Kind, UUID, date | None]] = [
        (kind, line.owed.thing_id, line.owed.about_on) for kind, lines in reader.news.items() for line in lines
    ]
    if letter.digest:
        told.append((Kind.DIGEST, letter.authority_id, None))
    return [
        Reminder(
            authority_id=letter.authority_id,
            letter_id=letter.id,
            person_id=letter.person_id,
            kind=kind,
            thing_id=thing_id,
            about_on=about_on,
            day=letter.day,
        )
        for kind, thing_id, about_on in told
    ]


def withdraw(letter: ReminderLetter, *, at: datetime) -> bool:
    """Do not send it any more, unless it is being sent; whether that was in time."""
    return _change_if_kept(letter, withdrawn_at=at)


def hand_over(letter: ReminderLetter, *, at: datetime) -> bool:
    """Say that it leaves now. Of two who try to send it, one alone may."""
    return _change_if_kept(letter, handed_over_at=at)


def _change_if_kept(letter: ReminderLetter, **values: datetime) -> bool:
    """Change a letter that is neither withdrawn nor handed over, decided by the database; whether it was."""
    done = db.session.execute(
        update(ReminderLetter)
        .where(
            ReminderLetter.id == letter.id,
            ReminderLetter.withdrawn_at.is_(None),
            ReminderLetter.handed_over_at.is_(None),
        )
        .values(**values)
    )
    return cast("CursorResult[Any]", done).rowcount == 1


def keep_sent(letter: ReminderLetter, *, at: datetime) -> None:
    letter.sent_at, letter.failed_at, letter.trouble = at, None, ""
    letter.handed_over_at = letter.handed_over_at or at
    db.session.flush()


def keep_unsent(letter: ReminderLetter, *, why: str) -> None:
    """It surely did not go: it may be handed over again."""
    letter.handed_over_at, letter.trouble = None, why
    letter.tries += 1
    db.session.flush()


def give_up(letter: ReminderLetter, *, why: str, at: datetime) -> None:
    """It is not tried again: it cannot be sent, or nobody can say whether it went."""
    letter.failed_at, letter.trouble = at, why
    db.session.flush()


def choose(authority: Authority, person: Person, *, choice: Choice, version: int) -> None:
    """Say which mails one wants. ``version`` is the one that the person saw; 0 while nothing was chosen."""
    if choice.digest_hour is not None and rules.is_quiet_hour(choice.digest_hour, queries.numbers(authority)):
        raise Refused("No mail is sent at that hour. Choose one outside the quiet hours.")
    row = queries.own_choice(authority, person)
    if (row.version if row else 0) != version:
        raise Conflict(CHANGED_BY_HER)
    if row is None:
        row = ReminderChoice(authority=authority, person=person, **asdict(choice))
        add_first(row, otherwise=Conflict(CHANGED_BY_HER))
        return
    for name, value in asdict(choice).items():
        setattr(row, name, value)
    db.session.flush()


def stop_digest(authority: Authority, person: Person, *, on: date) -> None:
    """No weekly digest any more; the other mails stay as chosen."""
    row = queries.own_choice(authority, person)
    kept = row.choice if row else Choice()
    choose(
        authority,
        person,
        choice=rules.without_digest(kept, on=on),
        version=row.version if row else 0,
    )


def set_numbers(authority: Authority, *, numbers: Numbers, version: int) -> None:
    """Say when this authority reminds."""
    if why_not := rules.why_not_numbers(numbers):
        raise Refused(why_not)
    row = queries.chosen_numbers(authority)
    if (row.version if row else 0) != version:
        raise Conflict(CHANGED_SINCE)
    values = {name: value for name, value in asdict(numbers).items() if name != "closed"}
    values["closed_days"] = sorted(day.isoformat() for day in numbers.closed)
    if row is None:
        add_first(ReminderNumbers(authority=authority, **values), otherwise=Conflict(CHANGED_SINCE))
        return
    for name, value in values.items():
        setattr(row, name, value)
    db.session.flush()


def new_calendar_address(authority: Authority, person: Person, *, at: datetime) -> str:
    """The token of a new address, known to nobody else and kept nowhere; an earlier address stops working."""
    revoke_calendar_address(authority, person, at=at)
    token = sealing.new_token()
    kept = CalendarAddress(authority=authority, person=person, token_sha256=sealing.hashed(token), made_at=at)
    add_first(
        kept, otherwise=Conflict("You made an address in another window at this moment. Use that one, or try again.")
    )
    return token


def revoke_calendar_address(authority: Authority, person: Person, *, at: datetime) -> None:
    """Whoever knows the address reads nothing any more."""
    address = queries.calendar_address(authority, person)
    if address is not None:
        address.revoked_at = at
        db.session.flush()
