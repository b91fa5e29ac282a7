"""What is found of the week of an inspection: requests with their answers, notes, and meetings."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.notes.models import Note
from tracker.fieldwork.notes.rules import NOTE_NAMES
from tracker.fieldwork.timetable.models import Meeting
from tracker.handover.models import Handing, InspectorRequest
from tracker.platform import clock
from tracker.platform.db import db
from tracker.search.rules import Entry, Found, text_of
from tracker.search.sources.source import Ids, Source, at

LONGEST_TITLE = 120
"""Letters of what was said that stand as the name of a note or a request. Our choice: a line and a half."""


def _titled(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= LONGEST_TITLE else f"{plain[:LONGEST_TITLE].rsplit(' ', 1)[0]}…"


def _requests(ids: Ids) -> Iterator[Entry]:
    answers: defaultdict[Any, list[str]] = defaultdict(list)
    told = select(Handing.request_id, Handing.answer).where(Handing.request_id.in_(ids)).order_by(Handing.handed_at)
    for request_id, answer in db.session.execute(told):
        answers[request_id].append(answer)
    one = InspectorRequest
    found = select(one.id, one.authority_id, one.number, one.words, one.asked_by, one.asked_at, one.owner_id)
    for row in db.session.execute(found.where(one.id.in_(ids))):
        yield Entry(
            authority_id=row.authority_id,
            kind=Found.REQUEST,
            root_id=row.id,
            thing_id=row.id,
            number=row.number,
            title=_titled(row.words),
            text=text_of(row.words, row.asked_by, *answers[row.id]),
            dated=row.asked_at.astimezone(clock.LONDON).date(),
            owner_id=row.owner_id,
        )


def _notes(ids: Ids) -> Iterator[Entry]:
    found = select(
        Note.id, Note.authority_id, Note.kind, Note.text, Note.outcome, Note.area_code, Note.theme_code, Note.said_on,
        Note.owner_id, Fieldwork.number,
    ).join(Fieldwork, Fieldwork.id == Note.fieldwork_id)  # fmt: skip
    for row in db.session.execute(found.where(Note.id.in_(ids))):
        yield Entry(
            authority_id=row.authority_id,
            kind=Found.NOTE,
            root_id=row.id,
            thing_id=row.id,
            number=row.number,
            title=_titled(row.text),
            text=text_of(row.text, row.outcome, NOTE_NAMES[row.kind]),
            dated=row.said_on,
            owner_id=row.owner_id,
            **at(row.area_code, row.theme_code),
        )


def _meetings(ids: Ids) -> Iterator[Entry]:
    found = select(
        Meeting.id, Meeting.authority_id, Meeting.name, Meeting.where_held, Meeting.others, Meeting.called_off_because,
        Meeting.day, Meeting.owner_id, Fieldwork.number,
    ).join(Fieldwork, Fieldwork.id == Meeting.fieldwork_id)  # fmt: skip
    for row in db.session.execute(found.where(Meeting.id.in_(ids))):
        yield Entry(
            authority_id=row.authority_id,
            kind=Found.MEETING,
            root_id=row.id,
            thing_id=row.id,
            number=row.number,
            title=row.name,
            text=text_of(row.where_held, row.others, row.called_off_because),
            dated=row.day,
            owner_id=row.owner_id,
        )


SOURCES: Sequence[Source] = (
    Source(InspectorRequest, frozenset({Found.REQUEST}), _requests, {Handing: "request_id"}),
    Source(Note, frozenset({Found.NOTE}), _notes),
    Source(Meeting, frozenset({Found.MEETING}), _meetings),
)
