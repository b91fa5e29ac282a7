from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.fieldwork.checklist import queries as documents
from tracker.fieldwork.checklist.models import Document
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.notes import queries as notes
from tracker.fieldwork.notes.models import Note
from tracker.fieldwork.timetable import queries as timetable
from tracker.fieldwork.timetable.models import Meeting
from tracker.handover import queries
from tracker.handover.models import InspectorRequest
from tracker.packs import queries as packs
from tracker.packs.models import Pack
from tracker.packs.rules import PACK_NAMES, PackKind
from tracker.platform import clock


@dataclass(frozen=True)
class Brief:
    """One day of the week as leaders are told of it."""

    fieldwork: Fieldwork
    day: date
    said_today: Sequence[Note]
    still_open: Sequence[Note]
    """Said on an earlier day, and not settled."""
    unanswered: Sequence[InspectorRequest]
    """Asked by the end of the day, with nothing handed over; what is due first, first."""
    not_ready: Sequence[Document]
    """Due by the day, and in no request that is not answered: that is told of already."""
    next_day: date | None
    """On which somebody meets next."""
    next_meetings: Sequence[Meeting]

    @property
    def of(self) -> str:
        """ "N-1, Tuesday 24 November 2026"; of a rehearsal it says so."""
        practice = "rehearsal " if self.fieldwork.rehearsal else ""
        return f"{practice}{self.fieldwork.reference}, {self.day:%A %-d %B %Y}"


def brief(fieldwork: Fieldwork, day: date) -> Brief:
    """What is known now of a day; a fixed number of statements."""
    said = [one for one in notes.notes(fieldwork) if one.said_on <= day]
    held = timetable.timetable(fieldwork)
    next_day = min((one.day for one in held.on if one.day > day), default=None)
    unanswered = [
        one
        for one in queries.requests(fieldwork)
        if one.asked_at.astimezone(clock.LONDON).date() <= day and one.handed_at is None and one.withdrawn_at is None
    ]
    return Brief(
        fieldwork,
        day,
        said_today=[one for one in said if one.said_on == day],
        still_open=[one for one in said if one.said_on < day and one.settled_on is None],
        unanswered=unanswered,
        not_ready=[
            one
            for one in documents.documents(fieldwork)
            if one.due_on <= day and one.ready_on is None and queries.asked_in(one) not in unanswered
        ],
        next_day=next_day,
        next_meetings=[one for one in held.on if one.day == next_day],
    )


def kept(brief: Brief) -> Sequence[Pack]:
    """Packs that were made of this brief, the newest first."""
    title = f"{PACK_NAMES[PackKind.DAILY_BRIEF]}, {brief.of}"
    return packs.titled(brief.fieldwork.authority, PackKind.DAILY_BRIEF, title)
