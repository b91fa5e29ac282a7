"""What a call sets going, and what a date that moves carries along: meetings, documents, packs, and one mail to each.

``commands`` changes the inspection itself; here is what hangs on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tracker.fieldwork import commands
from tracker.fieldwork.checklist import commands as checklist
from tracker.fieldwork.checklist import queries as documents
from tracker.fieldwork.models import Fieldwork, PacksOfFieldwork
from tracker.fieldwork.plan import queries as plan
from tracker.fieldwork.plan.rules import LineSort
from tracker.fieldwork.rules import Dates
from tracker.fieldwork.timetable import commands as timetable
from tracker.fieldwork.timetable import queries as meetings
from tracker.fieldwork.timetable import rules
from tracker.fieldwork.timetable.rules import Move
from tracker.packs.rules import OF_THE_WHOLE_AUTHORITY
from tracker.packs.sets import commands as sets
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.people.rules import Permission
from tracker.platform import jobs
from tracker.platform.db import db

TELL = "fieldwork.tell"


@dataclass(frozen=True, kw_only=True)
class Call:
    """What was said on the telephone, and whether the packs are to be made at once."""

    activity: str
    dates: Dates
    lead_inspector: str
    rehearsal: bool
    with_packs: bool = True
    with_mail: bool = True
    """Whether everybody who has something to do is told; of what was played long ago nobody is."""


def begin(authority: Authority, call: Call, *, by: Person, now: datetime) -> Fieldwork:
    """Everything that a call sets going: the timetable, the checklist, the packs, and the telling. Raises Refused."""
    begun = commands.start(
        authority,
        activity=call.activity,
        dates=call.dates,
        lead_inspector=call.lead_inspector,
        rehearsal=call.rehearsal,
        by=by,
        now=now,
    )
    lines, holders = plan.lines(authority, begun.framework_id, begun.activity), holders_of(authority)
    timetable.make(begun, [one for one in lines if one.sort is LineSort.MEETING], holders)
    checklist.make(begun, [one for one in lines if one.sort is LineSort.DOCUMENT], holders)
    if call.with_packs:
        ask_for_packs(begun, by=by, at=now)
    if call.with_mail:
        jobs.enqueue(TELL, {"fieldwork": str(begun.id)}, authority_id=authority.id)
    return begun


def holders_of(authority: Authority) -> Mapping[str, Sequence[UUID]]:
    """By role, everybody who can be given something of an inspection."""
    found: dict[str, list[UUID]] = {}
    for one in people.colleagues(authority, who_may=Permission.READ_FIELDWORK):
        found.setdefault(one.role.value, []).append(one.person_id)
    return found


def ask_for_packs(fieldwork: Fieldwork, *, by: Person, at: datetime) -> None:
    """Queue every pack as at now, in one zip. They tell of the authority as it is, in a rehearsal as well."""
    made = sets.ask(fieldwork.authority, OF_THE_WHOLE_AUTHORITY, by=by, at=at)
    db.session.add(PacksOfFieldwork(authority_id=fieldwork.authority_id, fieldwork=fieldwork, pack_set=made))
    db.session.flush()


def would_move(fieldwork: Fieldwork, dates: Dates) -> Sequence[Move]:
    """All that other dates would change, for somebody to look at before they are saved."""
    held, owed = meetings.timetable(fieldwork).every, documents.documents(fieldwork)
    things = [*(one.timed for one in held), *(one.timed for one in owed)]
    return rules.changes(things, dates).told


def move(fieldwork: Fieldwork, *, dates: Dates, lead_inspector: str, reason: str, version: int) -> None:
    """Change the dates, and with them every day that is counted from one."""
    commands.say_dates(fieldwork, dates=dates, lead_inspector=lead_inspector, reason=reason, version=version)
    timetable.follow(fieldwork, dates)
    checklist.follow(fieldwork, dates)
