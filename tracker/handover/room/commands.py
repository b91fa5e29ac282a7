"""Opening the room, closing it at once, and what inspectors do in it, all of it on record."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError

from tracker.fieldwork import queries as fieldworks
from tracker.fieldwork.models import Fieldwork
from tracker.handover.models import HandedFile, InspectorsRoom, LetIn
from tracker.handover.room import queries
from tracker.handover.room.queries import ENTERED, TAKEN
from tracker.people import queries as people
from tracker.people.models import Membership, Person
from tracker.people.rules import Role
from tracker.platform import clock, history
from tracker.platform.db import add_first, db
from tracker.platform.errors import Refused


def open_room(fieldwork: Fieldwork, *, by: Person, at: datetime) -> InspectorsRoom:
    """Let inspectors read what is handed over. Raises Refused while another room is open, a rehearsal's too."""
    if not fieldwork.is_open:
        raise Refused(f"{fieldwork.reference} is closed, so its room stays closed.")
    other = queries.open_in(fieldwork.authority)
    if other is not None:
        raise Refused(f"The room of {other.fieldwork.reference} is open. Close it first: inspectors see one room only.")
    room = InspectorsRoom(authority=fieldwork.authority, fieldwork=fieldwork, opened_at=at, opened_by=by)
    add_first(room, otherwise=Refused("A colleague opened a room at this moment. Look at it again."))
    return room


def close_room(room: InspectorsRoom, *, by: Person, at: datetime) -> int:
    """Close it at once, and end the access of the inspectors of this inspection; how many there were.

    Whoever was let into another that is open, or into a rehearsal, keeps her access to that.
    """
    if room.closed_at is not None:
        raise Refused("The room is closed already.")
    room.closed_at, room.closed_by = at, by
    stay = queries.let_in_elsewhere(room.fieldwork)
    inspectors = [one for one in queries.inspectors(room.fieldwork).let_in if one.person_id not in stay]
    for one in inspectors:
        one.last_day = at.astimezone(clock.LONDON).date() - timedelta(days=1)
    db.session.flush()
    return len(inspectors)


def let_in(fieldwork: Fieldwork, person: Person, *, by: Person) -> None:
    """Let an inspector into the room of an inspection, and into no other. Raises Refused for anybody else."""
    if not fieldwork.is_open:
        raise Refused(f"{fieldwork.reference} is closed, so nobody is let into its room.")
    membership = people.membership(person, fieldwork.authority)
    if membership is None or membership.role is not Role.INSPECTOR or not membership.counts_on(clock.today()):
        raise Refused("Only an inspector with access here is let in. Add her first, with a last day.")
    if queries.is_let_in(fieldwork, person):
        return
    try:
        with db.session.begin_nested():
            db.session.add(LetIn(authority_id=fieldwork.authority_id, fieldwork=fieldwork, person=person, let_in_by=by))
    except IntegrityError:
        return  # a colleague did the same at this moment


def extend(fieldwork: Fieldwork, *, on: date) -> Sequence[Membership]:
    """Every inspector of it comes in until its last day on site; who came in for less. Nobody’s access gets shorter."""
    if not fieldwork.is_open:
        raise Refused(f"{fieldwork.reference} is closed, so nobody is let into its room.")
    if fieldwork.last_day < on:
        raise Refused("The last day on site is past. Change the dates first, or name a last day for each inspector.")
    found = queries.inspectors(fieldwork).out_before(fieldwork.last_day)
    if not found:
        raise Refused("Every inspector comes in until the last day on site already.")
    for one in found:
        one.last_day = fieldwork.last_day
    db.session.flush()
    return found


def let_into_the_only_one(membership: Membership, *, by: Person) -> Fieldwork | None:
    """A new inspector is of the inspection that is open; of none, where a rehearsal is open beside it."""
    running = [one for one in fieldworks.of_authority(membership.authority) if one.is_open]
    if len(running) != 1:
        return None
    let_in(running[0], membership.person, by=by)
    return running[0]


def enter(room: InspectorsRoom) -> None:
    """Put on record that somebody goes in."""
    history.record(room, ENTERED)


def take(file: HandedFile) -> None:
    """Put on record that an inspector takes a file."""
    history.record(file, TAKEN)
