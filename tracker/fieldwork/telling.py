"""The mail that an inspection was announced, to everybody who has something to do in it, and to the directors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.fieldwork.checklist import queries as documents
from tracker.fieldwork.checklist.models import Document
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.timetable import queries as meetings
from tracker.fieldwork.timetable.models import Meeting
from tracker.people import queries as people
from tracker.people.models import Person
from tracker.people.rules import Permission
from tracker.reminders import made

WHY = "You get this mail because something of it is yours to do, or because you direct children’s services."


@dataclass(frozen=True)
class Share:
    """What one person has to do."""

    person: Person
    meetings: Sequence[Meeting]
    documents: Sequence[Document]

    @property
    def first(self) -> date | None:
        days = [*(one.day for one in self.meetings), *(one.due_on for one in self.documents)]
        return min(days, default=None)

    @property
    def words(self) -> str:
        """
        "2 meetings and 1 document are yours, the first on 3 June 2026."
        """
        counts = [
            f"{count} {name}{'' if count == 1 else 's'}"
            for count, name in ((len(self.meetings), "meeting"), (len(self.documents), "document"))
            if count
        ]
        if not counts or self.first is None:
            return "Nothing of it is given to you by name yet."
        count = len(self.meetings) + len(self.documents)
        return f"{' and '.join(counts)} {'is' if count == 1 else 'are'} yours, the first on {self.first:%-d %B %Y}."


def shares(fieldwork: Fieldwork) -> Sequence[Share]:
    """Of everybody who has something to do and of every director, by name."""
    timetable, checklist = meetings.timetable(fieldwork).on, documents.documents(fieldwork)
    directors = people.colleagues(fieldwork.authority, who_may=Permission.SIGN_SELF_EVALUATION)
    at_it = {person for one in timetable for person in one.people}
    owners = {one.owner for one in checklist if one.owner is not None}
    everybody = sorted({*at_it, *owners, *(each.person for each in directors)}, key=lambda one: one.name)
    return [
        Share(
            person,
            [one for one in timetable if person in one.people],
            [one for one in checklist if one.owner == person],
        )
        for person in everybody
    ]


def tell(fieldwork: Fieldwork) -> int:
    """Write to each of them who was not written to before, while it is open; how many people it is about."""
    found = shares(fieldwork) if fieldwork.is_open else []
    for share in found:
        made.tell(
            fieldwork.authority,
            share.person,
            about=fieldwork.id,
            subject="a rehearsal of an inspection has begun" if fieldwork.rehearsal else "an inspection is announced",
            sentence=_sentence(fieldwork, share),
            page=("fieldwork.show", {"number": fieldwork.number}),
            why=WHY,
        )
    return len(found)


def _sentence(fieldwork: Fieldwork, share: Share) -> str:
    days = f"On site from {fieldwork.first_day:%-d %B} to {fieldwork.last_day:%-d %B %Y}."
    practice = " This is practice: no inspector is coming." if fieldwork.rehearsal else ""
    return f"{fieldwork.name}. {days} {share.words}{practice}"
