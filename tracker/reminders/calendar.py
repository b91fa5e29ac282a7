"""A person's calendar as a file that calendars subscribe to: the one door to ``icalendar``.

It holds due dates, references and titles, and nothing else. The same things make the same bytes, so that a calendar
that asks again is told that nothing changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from icalendar import Calendar, Event

from tracker.people.models import Authority, Person
from tracker.reminders.addresses import Addresses
from tracker.reminders.queries import Entry
from tracker.reminders.rules import LONDON

REFRESH = timedelta(hours=4)
"""How often a calendar is asked to look again. Our choice: due dates seldom move twice a day."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""When something changed whose history does not say; the standard wants a moment."""
MAKER = "-//Inspection readiness tracker//EN"
DOMAIN = "inspection-readiness-tracker"


def written(authority: Authority, person: Person, entries: Sequence[Entry]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{authority.name} tracker: {person.name}")
    calendar.add("x-wr-timezone", str(LONDON))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    addresses = Addresses(authority)
    for entry in entries:
        calendar.add_component(_event(entry, addresses))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry, addresses: Addresses) -> Event:
    """A whole day without a clock time, so that it is the same day in every time zone; it makes nobody look busy."""
    owed, event = entry.owed, Event()
    changed_at = entry.changed_at or LONG_AGO
    day = owed.due_on
    if day is None:
        raise ValueError(f"{owed.reference} has no day")
    event.add("uid", f"{owed.thing.name.lower()}-{owed.thing_id}@{DOMAIN}")
    event.add("sequence", entry.changes)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{owed.asks}: {owed.title}")
    event.add("url", addresses.of(owed))
    event.add("transp", "TRANSPARENT")
    return event


@dataclass(frozen=True)
class Appointment:
    """Something that takes up a person's time."""

    id: UUID
    changes: int
    """How often it was changed: calendars take the newest."""
    begins: datetime
    ends: datetime
    summary: str
    place: str


def of_appointments(name: str, appointments: Sequence[Appointment]) -> bytes:
    """A file for a calendar to take in once: what it holds is told, and nothing is asked again."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for one in appointments:
        event = Event()
        event.add("uid", f"meeting-{one.id}@{DOMAIN}")
        event.add("sequence", one.changes)
        event.add("dtstamp", LONG_AGO)
        event.add("dtstart", one.begins.astimezone(UTC))
        event.add("dtend", one.ends.astimezone(UTC))
        event.add("summary", one.summary)
        if one.place:
            event.add("location", one.place)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
