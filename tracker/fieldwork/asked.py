"""What an address names, and what every change in an inspection has in common: it is told to whom it moves."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from flask import abort

from tracker.fieldwork import moving, owed, queries
from tracker.fieldwork.models import Fieldwork
from tracker.people import queries as people
from tracker.people.guards import here, me
from tracker.people.models import Person
from tracker.people.rules import Permission
from tracker.platform import clock


def asked(number: int) -> Fieldwork:
    """Not found, where this authority has none of that number."""
    return queries.by_number(here(), number) or abort(404)


def day_asked(text: str) -> date:
    """The day that an address names, as 2026-11-30."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        abort(404)


def staff() -> Sequence[tuple[UUID, str]]:
    """Whom something of an inspection can be given to, as fields offer them."""
    return [(one.person_id, one.person.name) for one in people.colleagues(here(), who_may=Permission.READ_FIELDWORK)]


def person(person_id: UUID | None) -> Person | None:
    return people.person(person_id) if person_id else None


def telling(fieldwork: Fieldwork, change: Callable[[], object], *, look: moving.Looked = owed.of_week) -> None:
    """Carry a change out, and tell everybody else for whom something moves by it."""
    with moving.told(fieldwork, by=me(), at=clock.now(), look=look):
        change()
