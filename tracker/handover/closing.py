"""What is still open in an inspection, for whoever is about to close it; and closing it with its room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.fieldwork import commands
from tracker.fieldwork.checklist import queries as documents
from tracker.fieldwork.checklist.models import Document
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.timetable import queries as meetings
from tracker.fieldwork.timetable.models import Meeting
from tracker.handover import queries
from tracker.handover.models import HandedFile, InspectorRequest, InspectorsRoom
from tracker.handover.room import commands as rooms
from tracker.handover.room import queries as room_queries
from tracker.people.models import Person
from tracker.platform import clock


@dataclass(frozen=True, kw_only=True)
class StillOpen:
    days_to_come: bool
    """Its last day on site has not passed."""
    meetings: Sequence[Meeting]
    """To come, that of today too."""
    not_ready: Sequence[Document]
    unanswered: Sequence[InspectorRequest]
    chosen: Sequence[HandedFile]
    """Chosen, and not handed over."""
    room: InspectorsRoom | None

    @property
    def nothing(self) -> bool:
        return not (self.days_to_come or self.meetings or self.not_ready or self.unanswered or self.chosen or self.room)


def still_open(fieldwork: Fieldwork, now: datetime) -> StillOpen:
    """A fixed number of statements."""
    today, room = now.astimezone(clock.LONDON).date(), room_queries.open_in(fieldwork.authority)
    asked = [one for one in queries.requests(fieldwork) if one.withdrawn_at is None]
    return StillOpen(
        days_to_come=today <= fieldwork.last_day,
        meetings=[one for one in meetings.timetable(fieldwork).on if one.day >= today],
        not_ready=[one for one in documents.documents(fieldwork) if one.ready_on is None],
        unanswered=[one for one in asked if one.handed_at is None],
        chosen=[file for one in asked for file in one.chosen],
        room=room if room is not None and room.fieldwork_id == fieldwork.id else None,
    )


def close(fieldwork: Fieldwork, *, with_room: bool, by: Person, at: datetime) -> int | None:
    """It is over; how many inspectors are out with their room, or None: no room was closed with it."""
    commands.close(fieldwork, at=at)
    room = room_queries.open_in(fieldwork.authority)
    if not with_room or room is None or room.fieldwork_id != fieldwork.id:
        return None
    return rooms.close_room(room, by=by, at=at)
