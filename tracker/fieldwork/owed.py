"""What somebody has to do in an inspection, and by when: compared before and after a change, to say what moved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from tracker.fieldwork.checklist import queries as documents
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.timetable import queries as meetings


@dataclass(frozen=True)
class Owed:
    """One thing as far as a person's share of it goes."""

    key: str
    """Which it is, whoever has it."""
    name: str
    when: str
    people: frozenset[UUID]


def of_week(fieldwork: Fieldwork) -> Iterator[Owed]:
    """Every meeting that is on, with all who are at it, and every document that is not ready yet."""
    for meeting in meetings.timetable(fieldwork).on:
        people = {seat.person_id for seat in meeting.seats} | ({meeting.owner_id} if meeting.owner_id else set())
        when = f"{meeting.day:%A %-d %B %Y}, {meeting.times}"
        yield Owed(f"meeting {meeting.id}", f"“{meeting.name}”", when, frozenset(people))
    for document in documents.documents(fieldwork):
        if document.ready_on is None:
            has = frozenset({document.owner_id} if document.owner_id else ())
            yield Owed(f"document {document.id}", f"“{document.name}”", f"due {document.due_on:%A %-d %B %Y}", has)


def moved(before: Sequence[Owed], after: Sequence[Owed]) -> Mapping[UUID, Sequence[str]]:
    """What is to be told to whom, in sentences; nothing to those for whom all stays as it was."""
    then, now = {one.key: one for one in before}, {one.key: one for one in after}
    told: dict[UUID, list[str]] = {}
    for key in [*then, *(key for key in now if key not in then)]:
        was, is_now = then.get(key), now.get(key)
        everybody = (was.people if was else frozenset()) | (is_now.people if is_now else frozenset())
        for person in everybody:
            if words := _words(person, was, is_now):
                told.setdefault(person, []).append(words)
    return told


def _words(person: UUID, was: Owed | None, is_now: Owed | None) -> str:
    if is_now is None:
        return f"{was.name} of {was.when} is no longer on." if was else ""
    if person not in is_now.people:
        return f"{is_now.name} is no longer yours."
    if was is None or person not in was.people:
        return f"{is_now.name} is yours now: {is_now.when}."
    return f"{is_now.name} moved: {is_now.when}. It was {was.when}." if was.when != is_now.when else ""
