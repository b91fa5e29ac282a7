"""Opening the room, closing it at once, and what inspectors do in it, all of it on record."""

from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from tracker.fieldwork.models import Fieldwork
from tracker.handover.models import HandedFile, InspectorsRoom
from tracker.handover.room import queries
from tracker.handover.room.queries import ENTERED, TAKEN
from tracker.people.models import Person
from tracker.platform import clock, history
from tracker.platform.db import db
from tracker.platform.errors import Refused


def open_room(fieldwork: Fieldwork, *, by: Person, at: datetime) -> InspectorsRoom:
    """Let inspectors read what is handed over. Raises Refused while another room is open, a rehearsal's too."""
    if not fieldwork.is_open:
        raise Refused(f"{fieldwork.reference} is closed, so its room stays closed.")
    other = queries.open_in(fieldwork.authority)
    if other is not None:
        raise Refused(f"The room of {other.fieldwork.reference} is open. Close it first: inspectors see one room only.")
    room = InspectorsRoom(authority=fieldwork.authority, fieldwork=fieldwork, opened_at=at, opened_by=by)
    try:
        with db.session.begin_nested():
            db.session.add(room)
    except IntegrityError:
        raise Refused("A colleague opened a room at this moment. Look at it again.") from None
    return room


def close_room(room: InspectorsRoom, *, by: Person, at: datetime) -> int:
    """Close it at once, and end the access of every inspector here; how many there were."""
    if room.closed_at is not None:
        raise Refused("The room is closed already.")
    room.closed_at, room.closed_by = at, by
    inspectors = queries.inspectors(room.authority)
    for one in inspectors:
        one.last_day = at.astimezone(clock.LONDON).date() - timedelta(days=1)
    db.session.flush()
    return len(inspectors)


def enter(room: InspectorsRoom) -> None:
    """Put on record that somebody goes in."""
    history.record(room, ENTERED)


def take(file: HandedFile) -> None:
    """Put on record that an inspector takes a file."""
    history.record(file, TAKEN)
