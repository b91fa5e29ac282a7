"""The rehearsal of an inspection in the demonstration: played, noted, and closed. There is no real one."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial

from tracker.demonstration.schema import Past, Told
from tracker.demonstration.stage import Scene, Stage
from tracker.evidence.models import Evidence
from tracker.fieldwork import beginning, commands, queries
from tracker.fieldwork.afterwards import commands as afterwards
from tracker.fieldwork.afterwards import queries as reports
from tracker.fieldwork.afterwards.models import Comment
from tracker.fieldwork.beginning import Call
from tracker.fieldwork.checklist import commands as checklist
from tracker.fieldwork.checklist import queries as documents
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.notes import commands as notes
from tracker.fieldwork.notes.rules import NoteKind
from tracker.fieldwork.plan import commands as plan
from tracker.fieldwork.plan import queries as lines
from tracker.fieldwork.rules import Dates
from tracker.fieldwork.timetable import commands as timetable
from tracker.fieldwork.timetable import queries as meetings
from tracker.fieldwork.timetable.models import Meeting
from tracker.platform import clock, working_days


class NoteTold(Told):
    meeting: str
    """Code of its line."""
    kind: NoteKind
    area: str
    theme: str = ""
    text: str
    owner: str = ""
    evidence: tuple[str, ...] = ()
    outcome: str = ""
    """Empty: it stays open."""


class CommentTold(Told):
    place: str
    passage: str
    inaccurate: str
    proposed: str = ""
    proof: str = ""
    answer: str


class RehearsalFile(Told):
    called: Past
    called_at: time
    activity: str
    lead: str
    by: str
    owners: Mapping[str, str]
    """Code of a line to who has it: the authority's own way, said before the call."""
    where: Mapping[str, str]
    """Code of a line to where it was held."""
    at_it: Mapping[str, tuple[str, ...]]
    briefings: Mapping[str, tuple[str, ...]]
    moved_days: int
    """By how many working days the last day on site came later, when it was moved."""
    notes: tuple[NoteTold, ...]
    comments: tuple[CommentTold, ...]
    sent_to: str


def scenes(stage: Stage, told: RehearsalFile) -> Iterator[Scene]:
    called = working_days.on_or_after(stage.day(told.called))
    day = partial(_offset, stage, called)
    yield Scene(day(0) - 5, told.by, partial(_own_lines, stage, told, called))
    yield Scene(day(0), told.by, partial(_begin, stage, told, called))
    yield Scene(day(1), told.by, partial(_staff, stage, told))
    yield Scene(day(2), "amina", partial(_ready, stage))
    yield Scene(day(4), told.by, partial(_move, stage, told))
    yield Scene(day(11), "amina", partial(_note, stage, told))
    yield Scene(day(14), told.by, partial(_afterwards, stage, told))
    yield Scene(day(20), told.by, partial(_close, stage, told))


def _offset(stage: Stage, called: date, days: int) -> int:
    return stage.offset(working_days.add(called, days) if days else called)


def _dates(told: RehearsalFile, called: date) -> Dates:
    remote = working_days.add(called, 1)
    first = working_days.add(remote, 4)
    at = datetime.combine(called, told.called_at, tzinfo=clock.LONDON)
    return Dates(called_at=at, remote_from=remote, first_day=first, last_day=working_days.add(first, 3))


def _own_lines(stage: Stage, told: RehearsalFile, called: date) -> None:
    framework = queries.framework(_dates(told, called).first_day)
    plan.make_own(stage.council, framework.id, told.activity)
    for row in lines.rows(stage.council, framework.id, told.activity):
        if row.code in told.owners:
            owner = stage.person(told.owners[row.code])
            plan.change(row, line=replace(row.line, owner=owner.id), version=row.version)


def _begin(stage: Stage, told: RehearsalFile, called: date) -> None:
    call = Call(
        activity=told.activity,
        dates=_dates(told, called),
        lead_inspector=told.lead,
        rehearsal=True,
        with_packs=False,
        with_mail=False,
    )
    stage.keep("rehearsal", beginning.begin(stage.council, call, by=stage.person(told.by), now=clock.now()))


def _fieldwork(stage: Stage) -> Fieldwork:
    return stage.get(Fieldwork, "rehearsal")


def _staff(stage: Stage, told: RehearsalFile) -> None:
    """Say where, who else, and what is read before."""
    for meeting in meetings.timetable(_fieldwork(stage)).every:
        said = timetable.Said(
            name=meeting.name,
            kind=meeting.kind,
            day=meeting.day,
            starts_at=meeting.starts_at,
            minutes=meeting.minutes,
            where_held=told.where.get(meeting.code, ""),
            others="the lead inspector" if meeting.kind.value != "visit" else "two inspectors",
            owner=meeting.owner,
            at_it=[stage.person(key) for key in told.at_it.get(meeting.code, ())],
        )
        timetable.change(meeting, said, version=meeting.version)
        for key in told.briefings.get(meeting.code, ()):
            timetable.brief_with(meeting, stage.get(Evidence, key), version=meeting.version)


def _ready(stage: Stage) -> None:
    for document in documents.documents(_fieldwork(stage)):
        if document.owner is not None:
            checklist.say_ready(document, on=clock.today(), by=document.owner, version=document.version)


def _move(stage: Stage, told: RehearsalFile) -> None:
    fieldwork = _fieldwork(stage)
    later = working_days.add(fieldwork.last_day, told.moved_days)
    beginning.move(
        fieldwork,
        dates=replace(fieldwork.dates, last_day=later),
        lead_inspector=fieldwork.lead_inspector,
        reason="The visitors asked for one more day on site.",
        version=fieldwork.version,
    )


def _note(stage: Stage, told: RehearsalFile) -> None:
    by_code: dict[str, Meeting] = {}
    for meeting in meetings.timetable(_fieldwork(stage)).on:
        by_code.setdefault(meeting.code, meeting)
    for one in told.notes:
        _keep(stage, one, by_code[one.meeting])


def _keep(stage: Stage, one: NoteTold, meeting: Meeting) -> None:
    said = notes.Said(
        kind=one.kind,
        text=one.text,
        area_code=one.area,
        theme_code=one.theme or None,
        said_on=meeting.day,
        meeting=meeting,
        owner=stage.person(one.owner) if one.owner else None,
    )
    note = notes.add(_fieldwork(stage), said, by=stage.person("amina"))
    for key in one.evidence:
        notes.offer(note, stage.get(Evidence, key), version=note.version)
    if one.outcome:
        notes.settle(note, outcome=one.outcome, on=clock.today(), version=note.version)


def _afterwards(stage: Stage, told: RehearsalFile) -> None:
    """A draft letter of the visitors, to practise on."""
    fieldwork, today = _fieldwork(stage), clock.today()
    due_on = working_days.add(today, 5)
    afterwards.record_draft(fieldwork, received_on=today, due_on=due_on, version=0, today=today)
    for one in told.comments:
        said = afterwards.Said(
            place=one.place,
            passage=one.passage,
            inaccurate=one.inaccurate,
            proposed=one.proposed,
            proof=one.proof,
            evidence=None,
        )
        stage.keep(f"comment {one.place}", afterwards.add_comment(fieldwork, said, by=stage.person(told.by)))


def _close(stage: Stage, told: RehearsalFile) -> None:
    fieldwork, today = _fieldwork(stage), clock.today()
    kept = reports.report(fieldwork)
    version = kept.version if kept else 0
    afterwards.record_sent(fieldwork, sent_on=today, sent_to=told.sent_to, version=version, today=today)
    for one in told.comments:
        comment = stage.get(Comment, f"comment {one.place}")
        afterwards.record_answer(comment, answer=one.answer, version=comment.version)
    commands.close(fieldwork, at=clock.now())
