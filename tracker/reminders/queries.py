"""Every question asked about reminders. The authority comes first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker.people import queries as people
from tracker.people.models import Authority, Membership, Person
from tracker.people.rules import Permission, may
from tracker.platform.db import db
from tracker.platform.history import HistoryEntry
from tracker.reminders import owed, rules
from tracker.reminders.models import CalendarAddress, Reminder, ReminderChoice, ReminderLetter, ReminderNumbers
from tracker.reminders.rules import Choice, Kind, LastTold, Line, Numbers, Owed, Told

A_YEAR = timedelta(days=366)
"""How long a reminder is remembered. Our choice: what is still owed after a year is told again."""


def chosen_numbers(authority: Authority) -> ReminderNumbers | None:
    return db.session.scalars(select(ReminderNumbers).where(ReminderNumbers.authority_id == authority.id)).one_or_none()


def numbers(authority: Authority) -> Numbers:
    """When this authority reminds."""
    chosen = chosen_numbers(authority)
    return chosen.numbers if chosen else Numbers()


def own_choice(authority: Authority, person: Person) -> ReminderChoice | None:
    return db.session.scalars(
        select(ReminderChoice).where(ReminderChoice.authority_id == authority.id, ReminderChoice.person_id == person.id)
    ).one_or_none()


def works_in(authority_id: UUID, person_id: UUID) -> Membership | None:
    """The person in the authority, both by id, with both loaded; None unless she works there."""
    return db.session.scalars(
        select(Membership)
        .where(Membership.authority_id == authority_id, Membership.person_id == person_id)
        .options(joinedload(Membership.person), joinedload(Membership.authority))
    ).one_or_none()


@dataclass(frozen=True)
class Reader:
    """Somebody who may be mailed today, and what she would be told."""

    membership: Membership
    choice: Choice
    digest: bool
    """Whether this week's digest is to go."""
    lines: Sequence[Line]
    """All that concerns her now, soonest first."""
    news: Mapping[Kind, Sequence[Line]]
    """What she has not been told yet, of the kinds that she wants."""


def readers(authority: Authority, today: date, numbers: Numbers) -> Sequence[Reader]:
    """Everybody who has not been written to today; a fixed number of statements."""
    colleagues = people.colleagues(authority)
    written = _written_to(authority, today)
    left = [each for each in colleagues if each.person_id not in written]
    if not left:
        return []
    until = today + timedelta(days=max(numbers.due_soon_days, numbers.statutory_soon_days, 7))
    everything = owed.of_everybody(authority, colleagues, today, until)
    choices, told = _choices(authority), _told(authority, today)
    return [
        _reader(each, choices.get(each.person_id, Choice()), everything, told.get(each.person_id, {}), today, numbers)
        for each in left
    ]


def _reader(
    membership: Membership,
    choice: Choice,
    everything: Sequence[Owed],
    told: LastTold,
    today: date,
    numbers: Numbers,
) -> Reader:
    lines = lines_of(membership, everything, today, numbers)
    news: dict[Kind, list[Line]] = {}
    for line in lines:
        kind = rules.kind_of(line, today, numbers)
        if kind and choice.wants(kind) and rules.is_news(line, kind, today, numbers, told):
            news.setdefault(kind, []).append(line)
    last = told.get(Told(Kind.DIGEST, membership.authority_id, None))
    return Reader(membership, choice, rules.digest_is_due(today, choice, numbers, last=last), lines, news)


def lines_of(membership: Membership, everything: Sequence[Owed], today: date, numbers: Numbers) -> list[Line]:
    """What concerns one person, soonest first."""
    directs = may(membership.role, Permission.SIGN_SELF_EVALUATION)
    parts = (
        (each, rules.part_of(each, membership.person_id, directs=directs, today=today, numbers=numbers))
        for each in everything
    )
    return rules.soonest_first([Line(each, part) for each, part in parts if part is not None])


def _written_to(authority: Authority, today: date) -> Collection[UUID]:
    return set(
        db.session.scalars(
            select(ReminderLetter.person_id).where(
                ReminderLetter.authority_id == authority.id,
                ReminderLetter.day == today,
                ReminderLetter.about_id.is_(None),
            )
        )
    )


def _choices(authority: Authority) -> Mapping[UUID, Choice]:
    found = db.session.scalars(select(ReminderChoice).where(ReminderChoice.authority_id == authority.id))
    return {each.person_id: each.choice for each in found}


def _told(authority: Authority, today: date) -> Mapping[UUID, LastTold]:
    """What everybody was told and when last; letters that were withdrawn told nothing."""
    found = db.session.execute(
        select(Reminder.person_id, Reminder.kind, Reminder.thing_id, Reminder.about_on, func.max(Reminder.day))
        .join(Reminder.letter)
        .where(
            Reminder.authority_id == authority.id,
            Reminder.day > today - A_YEAR,
            ReminderLetter.withdrawn_at.is_(None),
        )
        .group_by(Reminder.person_id, Reminder.kind, Reminder.thing_id, Reminder.about_on)
    )
    told: dict[UUID, dict[Told, date]] = {}
    for person_id, kind, thing_id, about_on, day in found:
        told.setdefault(person_id, {})[Told(kind, thing_id, about_on)] = day
    return told


def left_unsent(authority: Authority, today: date) -> Sequence[ReminderLetter]:
    """Letters of earlier days that were never handed over: what they said is to be told afresh."""
    return db.session.scalars(
        select(ReminderLetter).where(
            ReminderLetter.authority_id == authority.id,
            ReminderLetter.day < today,
            ReminderLetter.about_id.is_(None),
            ReminderLetter.sent_at.is_(None),
            ReminderLetter.withdrawn_at.is_(None),
            ReminderLetter.handed_over_at.is_(None),
            ReminderLetter.failed_at.is_(None),
        )
    ).all()


def letters_to(authority: Authority, person: Person, *, limit: int = 20) -> Sequence[ReminderLetter]:
    """What a person was sent, newest first."""
    return db.session.scalars(
        select(ReminderLetter)
        .where(ReminderLetter.authority_id == authority.id, ReminderLetter.person_id == person.id)
        .order_by(ReminderLetter.day.desc())
        .limit(limit)
    ).all()


def letter_to(authority: Authority, person: Person, letter_id: UUID) -> ReminderLetter | None:
    return db.session.scalars(
        select(ReminderLetter).where(
            ReminderLetter.id == letter_id,
            ReminderLetter.authority_id == authority.id,
            ReminderLetter.person_id == person.id,
        )
    ).one_or_none()


def calendar_address(authority: Authority, person: Person) -> CalendarAddress | None:
    """The address that works now."""
    return db.session.scalars(
        select(CalendarAddress).where(
            CalendarAddress.authority_id == authority.id,
            CalendarAddress.person_id == person.id,
            CalendarAddress.revoked_at.is_(None),
        )
    ).one_or_none()


def address_of(token_sha256: str) -> CalendarAddress | None:
    """The address with this hash, unless it was revoked or its person has left."""
    found = db.session.scalars(
        select(CalendarAddress)
        .where(CalendarAddress.token_sha256 == token_sha256, CalendarAddress.revoked_at.is_(None))
        .options(joinedload(CalendarAddress.person), joinedload(CalendarAddress.authority))
    ).one_or_none()
    if found is None or not compare_digest(found.token_sha256, token_sha256):
        return None
    return found if found.person.active else None


@dataclass(frozen=True)
class Entry:
    """One day in a calendar."""

    owed: Owed
    changed_at: datetime | None
    """When the thing last changed; None if its history does not go back so far."""
    changes: int
    """How often it has: a calendar takes the entry with the higher number for the newer."""


def calendar_of(address: CalendarAddress, today: date) -> Sequence[Entry] | None:
    """What a person owes by a day, soonest first; None once she has left the authority."""
    membership = people.membership(address.person, address.authority)
    if membership is None:
        return None
    hers = owed.of_person(address.authority, membership, today)
    changed = _changed({each.trail or each.thing_id for each in hers})
    entries = [Entry(each, *changed.get(each.trail or each.thing_id, (None, 0))) for each in hers]
    return sorted(entries, key=lambda entry: (entry.owed.due_on or date.max, entry.owed.reference))


def _changed(things: Collection[UUID]) -> Mapping[UUID, tuple[datetime, int]]:
    found = db.session.execute(
        select(HistoryEntry.thing_id, func.max(HistoryEntry.at), func.count())
        .where(HistoryEntry.thing_id.in_(things))
        .group_by(HistoryEntry.thing_id)
    )
    return {thing: (at, count) for thing, at, count in found}
