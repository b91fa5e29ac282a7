"""What one person owes in an inspection that is open, or in a rehearsal: her meetings of today, requests, documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import url_for

from tracker.handover import rules
from tracker.handover.models import InspectorRequest
from tracker.overview.waiting import Found, WaitingRows
from tracker.overview.waiting_parts import REHEARSAL
from tracker.platform import clock
from tracker.web.filters import count_of, moment, short_day


@dataclass(frozen=True)
class Owed:
    """One thing, with its clock."""

    text: str
    url: str
    when: str
    clock: str
    late: bool
    rehearsal: bool


def of_person(found: WaitingRows, now: datetime) -> Sequence[Owed]:
    """Meetings by their hour, then requests, second looks and documents, each what is due first first.

    Nothing without an inspection.
    """
    return [
        *_meetings(found.meetings, now),
        *_requests(found.requests, now),
        *_looks(found.looks, now),
        *_documents(found.documents, now),
    ]


def _meetings(rows: Sequence[Found], now: datetime) -> Iterator[Owed]:
    for one in rows:
        starts, minutes = one.words.split(" ")
        hour, minute = (int(part) for part in starts.split(":")[:2])
        begins = now.astimezone(clock.LONDON).replace(hour=hour, minute=minute, second=0, microsecond=0)
        over = begins + timedelta(minutes=int(minutes)) <= now
        left = f"Begins in {rules.lasting(begins - now)}" if begins > now else "Over" if over else "Has begun"
        yield Owed(
            one.title,
            url_for("fieldwork_timetable.show", number=one.number, meeting_id=one.about_id),
            f"Meeting, today at {hour}:{minute:02}",
            left,
            late=False,
            rehearsal=one.asks == REHEARSAL,
        )


def _requests(rows: Sequence[Found], now: datetime) -> Iterator[Owed]:
    for one in rows:
        yield _due(one, f"{InspectorRequest.prefix}-{one.number} {one.title}", "Request", now)


def _looks(rows: Sequence[Found], now: datetime) -> Iterator[Owed]:
    for one in rows:
        asked = f"Second look, for {InspectorRequest.prefix}-{one.number}"
        yield _due(one, f"Take the second look at {one.title}", asked, now)


def _due(one: Found, text: str, what: str, now: datetime) -> Owed:
    """Something of a request, with the request’s clock."""
    due = datetime.fromisoformat(one.words).replace(tzinfo=UTC) if one.words else None
    stands = rules.clock(due, None, withdrawn=False, now=now, soon=rules.SOON_UNLESS_SAID)
    return Owed(
        text,
        url_for("handover.show", number=one.number),
        f"{what}, due {moment(due)}" if due else what,
        stands.words,
        late=stands.state is rules.State.LATE,
        rehearsal=one.asks == REHEARSAL,
    )


def _documents(rows: Sequence[Found], now: datetime) -> Iterator[Owed]:
    today = now.astimezone(clock.LONDON).date()
    for one in rows:
        days = ((one.day or today) - today).days
        yield Owed(
            one.title,
            url_for("fieldwork_documents.index", number=one.number),
            f"Document, due {short_day(one.day)}",
            _left(days),
            late=days < 0,
            rehearsal=one.asks == REHEARSAL,
        )


def _left(days: int) -> str:
    """
    >>> _left(-1), _left(0), _left(2)
    ('Late by 1 day', 'Due today', '2 days left')
    """
    if days < 0:
        return f"Late by {count_of(-days, 'day')}"
    return f"{count_of(days, 'day')} left" if days else "Due today"
