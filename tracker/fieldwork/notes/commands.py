"""Every way the notes of a week change."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError

from tracker.evidence.models import Evidence
from tracker.fieldwork import queries as fieldworks
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.notes.models import Note, Offer
from tracker.fieldwork.notes.rules import NoteKind
from tracker.fieldwork.timetable.models import Meeting
from tracker.people import queries as people
from tracker.people.models import Person
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused

CLOSED = "It is closed, so nothing in it changes any more."


@dataclass(frozen=True, kw_only=True)
class Said:
    kind: NoteKind
    text: str
    area_code: str
    theme_code: str | None
    said_on: date
    meeting: Meeting | None
    owner: Person | None


def add(fieldwork: Fieldwork, said: Said, *, by: Person) -> Note:
    note = Note(authority_id=fieldwork.authority_id, fieldwork=fieldwork, by=by, offers=[])
    _say(note, said)
    db.session.add(note)
    db.session.flush()
    return note


def change(note: Note, said: Said, *, version: int) -> None:
    _require(note, version)
    _say(note, said)
    db.session.flush()


def _say(note: Note, said: Said) -> None:
    _require_open(note.fieldwork)
    if not fieldworks.has_place(note.fieldwork, said.area_code, said.theme_code):
        raise Refused("Choose an area or a theme of the framework that this inspection follows.")
    if said.meeting is not None and said.meeting.fieldwork_id != note.fieldwork.id:
        raise Refused("Choose a meeting of this inspection.")
    if said.owner is not None and people.membership(said.owner, note.fieldwork.authority) is None:
        raise Refused("Choose somebody who works in this authority.")
    note.kind, note.text, note.said_on = said.kind, said.text, said.said_on
    note.area_code, note.theme_code = said.area_code, said.theme_code
    note.meeting, note.owner = said.meeting, said.owner


def settle(note: Note, *, outcome: str, on: date, version: int) -> None:
    """Say what became of it."""
    _require(note, version)
    if note.settled_on is not None:
        raise Refused("It is settled already. Open it again first.")
    if not outcome:
        raise Refused("Say what became of it.")
    note.settled_on, note.outcome = on, outcome
    db.session.flush()


def open_again(note: Note, *, version: int) -> None:
    _require(note, version)
    note.settled_on, note.outcome = None, ""
    db.session.flush()


def offer(note: Note, evidence: Evidence, *, version: int) -> None:
    """Evidence to show to inspectors about it."""
    _require(note, version)
    if evidence.authority_id != note.authority_id:
        raise Refused("Choose evidence of this authority.")
    if evidence.withdrawn_on is not None:
        raise Refused(f"{evidence.reference} was withdrawn, so it cannot be offered.")
    if evidence.id in {one.evidence_id for one in note.offers}:
        raise Refused(f"{evidence.reference} is offered for it already.")
    place = max((one.position for one in note.offers), default=-1) + 1
    try:
        with db.session.begin_nested():
            note.offers.append(Offer(authority_id=note.authority_id, evidence=evidence, position=place))
    except IntegrityError:
        raise Conflict(f"Somebody else has just offered {evidence.reference}. Look at the page again.") from None


def offer_no_more(note: Note, evidence: Evidence) -> None:
    _require_open(note.fieldwork)
    found = [one for one in note.offers if one.evidence_id == evidence.id]
    if not found:
        raise Refused("It is not offered any more. Look at the page again.")
    note.offers.remove(found[0])
    db.session.flush()


def _require(note: Note, version: int) -> None:
    _require_open(note.fieldwork)
    if note.version != version:
        raise Conflict("Somebody else changed this note while you had it open. Look at it again, then save.")


def _require_open(fieldwork: Fieldwork) -> None:
    if not fieldwork.is_open:
        raise Refused(CLOSED)
