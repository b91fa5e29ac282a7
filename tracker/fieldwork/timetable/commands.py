"""Every way the meetings of an inspection change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from tracker.fieldwork import queries as fieldworks
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.plan.rules import Line, MeetingKind, owner_of
from tracker.fieldwork.rules import Dates, Every, RunsFrom, counted, days_of
from tracker.fieldwork.timetable import queries, rules
from tracker.fieldwork.timetable.models import DAYS_MOVED, READ, Briefing, Meeting, Seat, called
from tracker.packs.models import Pack
from tracker.people import queries as people
from tracker.people.models import Person
from tracker.people.rules import Permission, may
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused

CLOSED = "It is closed, so nothing in it changes any more."
NO_SUCH_PLACE = "Choose an area or a theme of the framework that this inspection follows."
SORTS = {"ImprovementItem": "item", "InspectorRequest": "request"} | {
    one.capitalize(): one for one in READ if one not in ("item", "request")
}
"""What may be read before a meeting, by the name of its model: some stand in rooms that know this one."""
CHANGED_SINCE = "Somebody else changed this meeting while you had it open. Look at it again, then save."


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a person says of a meeting."""

    name: str
    kind: MeetingKind
    day: date
    starts_at: time
    minutes: int
    where_held: str
    others: str
    owner: Person | None
    at_it: Sequence[Person]
    """Besides the owner."""
    area_code: str | None = None
    theme_code: str | None = None


def make(fieldwork: Fieldwork, lines: Sequence[Line], holders: Mapping[str, Sequence[UUID]]) -> Sequence[Meeting]:
    """The meetings of what usually happens, on the days of this inspection."""
    made = [one for line in lines for one in _made(fieldwork, line, owner_of(line, holders))]
    db.session.add_all(made)
    db.session.flush()
    return made


def _made(fieldwork: Fieldwork, line: Line, owner: UUID | None) -> Sequence[Meeting]:
    dates = fieldwork.dates
    once = line.every is Every.ONCE
    area, _, theme = line.about.partition("/")
    days = [counted(dates, line.runs_from, line.working_days)] if once else days_of(dates, line.every)
    return [
        Meeting(
            authority_id=fieldwork.authority_id,
            fieldwork=fieldwork,
            code=line.code,
            every=line.every,
            place=place,
            runs_from=line.runs_from,
            working_days=line.working_days,
            name=line.name,
            kind=line.kind,
            day=day,
            starts_at=time.fromisoformat(line.starts_at),
            minutes=line.minutes,
            area_code=area or None,
            theme_code=theme or None,
            owner_id=owner,
        )
        for place, day in enumerate(days)
    ]


def add(fieldwork: Fieldwork, said: Said) -> Meeting:
    """One more meeting, on a day of its own."""
    _require_open(fieldwork)
    meeting = Meeting(
        authority_id=fieldwork.authority_id, fieldwork=fieldwork, every=Every.ONCE, runs_from=None, seats=[]
    )
    _say(meeting, said)
    db.session.add(meeting)
    db.session.flush()
    return meeting


def change(meeting: Meeting, said: Said, *, version: int) -> None:
    """Say it anew. On another day than before it stays there, whatever the dates of the inspection do."""
    _require(meeting, version)
    if said.day != meeting.day:
        meeting.runs_from = None
    _say(meeting, said)
    db.session.flush()


def _say(meeting: Meeting, said: Said) -> None:
    for one in [*([said.owner] if said.owner else []), *said.at_it]:
        _require_staff(meeting, one)
    if not fieldworks.has_place(meeting.fieldwork, said.area_code, said.theme_code):
        raise Refused(NO_SUCH_PLACE)
    meeting.area_code, meeting.theme_code = said.area_code, said.theme_code
    meeting.name, meeting.kind, meeting.day, meeting.starts_at = said.name, said.kind, said.day, said.starts_at
    meeting.minutes, meeting.where_held, meeting.others = said.minutes, said.where_held, said.others
    meeting.owner_id = said.owner.id if said.owner else None
    wanted = {one.id for one in said.at_it} - {meeting.owner_id}
    meeting.seats = [seat for seat in meeting.seats if seat.person_id in wanted]
    there = {seat.person_id for seat in meeting.seats}
    for one in said.at_it:
        if one.id in wanted - there:
            meeting.seats.append(Seat(authority_id=meeting.authority_id, person_id=one.id))


def _require_staff(meeting: Meeting, person: Person) -> None:
    found = people.membership(person, meeting.fieldwork.authority)
    if found is None or not may(found.role, Permission.READ_FIELDWORK):
        raise Refused(f"{person.name} cannot open the timetable. Write the name under who else instead.")


def call_off(meeting: Meeting, *, because: str, version: int) -> None:
    _require(meeting, version)
    if meeting.called_off_because:
        raise Refused("It is called off already.")
    if not because:
        raise Refused("Say why it is called off.")
    meeting.called_off_because = because
    db.session.flush()


def put_back(meeting: Meeting, *, version: int) -> None:
    _require(meeting, version)
    if not meeting.called_off_because:
        raise Refused("It is not called off.")
    meeting.called_off_because = ""
    db.session.flush()


def brief_with(meeting: Meeting, thing: Any, *, version: int) -> None:
    """Have something read before it: a pack, evidence, or anything else of ``READ``."""
    _require(meeting, version)
    sort = SORTS[type(thing).__name__]
    if thing.authority_id != meeting.authority_id or getattr(thing, "fieldwork_id", None) not in (
        None,
        meeting.fieldwork_id,
    ):
        raise Refused("Choose something of this inspection or of this authority.")
    if thing.id in {one.thing.id for one in meeting.briefings}:
        raise Refused(f"{called(sort, thing)} is in the briefing already.")
    place = max((one.position for one in meeting.briefings), default=-1) + 1
    kept = Briefing(authority_id=meeting.authority_id, position=place)
    setattr(kept, sort, thing)
    if isinstance(thing, Pack):
        thing.kept_ready = False  # somebody took it: it is not put away with what was made ahead
    meeting.briefings.append(kept)
    db.session.flush()


def brief_without(meeting: Meeting, key: str) -> None:
    _require_open(meeting.fieldwork)
    found = [one for one in meeting.briefings if one.key == key]
    if not found:
        raise Refused("It is not in the briefing any more. Look at the page again.")
    meeting.briefings.remove(found[0])
    db.session.flush()


def follow(fieldwork: Fieldwork, dates: Dates) -> None:
    """Put every meeting where it belongs under other dates: what is on each day gains and loses days."""
    held = {str(one.id): one for one in queries.timetable(fieldwork).every}
    found = rules.changes([one.timed for one in held.values()], dates)
    for move in found.moves:
        meeting = held[move.key]
        meeting.day = move.after or meeting.day
        meeting.called_off_because = DAYS_MOVED if move.after is None else ""
    db.session.add_all(_copy(held[thing.key], place, day) for thing, place, day in found.added)
    db.session.flush()


def _copy(meeting: Meeting, place: int, day: date) -> Meeting:
    return Meeting(
        authority_id=meeting.authority_id,
        fieldwork=meeting.fieldwork,
        code=meeting.code,
        every=meeting.every,
        place=place,
        runs_from=meeting.runs_from or RunsFrom.FIRST_DAY,
        working_days=meeting.working_days,
        name=meeting.name,
        kind=meeting.kind,
        day=day,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        where_held=meeting.where_held,
        others=meeting.others,
        owner_id=meeting.owner_id,
        area_code=meeting.area_code,
        theme_code=meeting.theme_code,
    )


def _require(meeting: Meeting, version: int) -> None:
    _require_open(meeting.fieldwork)
    if meeting.version != version:
        raise Conflict(CHANGED_SINCE)


def _require_open(fieldwork: Fieldwork) -> None:
    if not fieldwork.is_open:
        raise Refused(CLOSED)
