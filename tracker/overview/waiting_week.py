"""What waits for somebody while inspectors are there: meetings of today, requests, second looks and documents."""

from sqlalchemy import DateTime, String, case, cast, func, literal, or_, select, type_coerce

from tracker.fieldwork.checklist.models import Document
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.timetable.models import Meeting, Seat
from tracker.handover import queries as handover
from tracker.handover.models import AskedDocument, HandedFile, InspectorRequest
from tracker.overview.waiting_parts import AUTHORITY, NO_DAY, NO_ITEM, NOTHING, PERSON, REHEARSAL, TODAY, Part

_practice = case((Fieldwork.rehearsal, literal(REHEARSAL)), else_=NOTHING)


def meetings() -> Part:
    at_it = select(Seat.meeting_id).where(Seat.person_id == PERSON)
    starts = cast(Meeting.starts_at, String) + literal(" ") + cast(Meeting.minutes, String)
    return (
        select(Fieldwork.number, Meeting.name, Meeting.day, starts, Meeting.id, _practice)
        .join(Fieldwork, Fieldwork.id == Meeting.fieldwork_id)
        .where(
            Meeting.authority_id == AUTHORITY,
            Fieldwork.closed_at.is_(None),
            Meeting.day == TODAY,
            Meeting.called_off_because == "",
            or_(Meeting.owner_id == PERSON, Meeting.id.in_(at_it)),
        )
    ), (Meeting.starts_at, Meeting.name)


def requests() -> Part:
    one, due = InspectorRequest, cast(type_coerce(InspectorRequest.due_at, DateTime), String)
    return (
        select(one.number, one.words, NO_DAY, func.coalesce(due, ""), NO_ITEM, _practice)
        .join(Fieldwork, Fieldwork.id == one.fieldwork_id)
        .where(
            one.authority_id == AUTHORITY,
            Fieldwork.closed_at.is_(None),
            one.owner_id == PERSON,
            one.handed_at.is_(None),
            one.withdrawn_at.is_(None),
        )
    ), (one.due_at.is_(None), one.due_at, one.number)


def looks() -> Part:
    one, file, due = InspectorRequest, HandedFile, cast(type_coerce(InspectorRequest.due_at, DateTime), String)
    return (
        select(one.number, file.called + literal(" ") + file.title, NO_DAY, func.coalesce(due, ""), NO_ITEM, _practice)
        .join(one, one.id == file.request_id)
        .join(Fieldwork, Fieldwork.id == one.fieldwork_id)
        .where(
            file.authority_id == AUTHORITY,
            one.authority_id == AUTHORITY,
            file.chosen_by_id != PERSON,
            handover.waits_for_look(),
        )
    ), (one.due_at.is_(None), one.due_at, file.called)


def documents() -> Part:
    """Without those of a request that she sees to herself: that is listed."""
    request, asked = InspectorRequest, AskedDocument
    hers = (
        select(asked.document_id)
        .join(request, request.id == asked.request_id)
        .where(request.authority_id == AUTHORITY, request.owner_id == PERSON, request.handed_at.is_(None))
    )
    return (
        select(Fieldwork.number, Document.name, Document.due_on, NOTHING, NO_ITEM, _practice)
        .join(Fieldwork, Fieldwork.id == Document.fieldwork_id)
        .where(
            Document.authority_id == AUTHORITY,
            Fieldwork.closed_at.is_(None),
            Document.owner_id == PERSON,
            Document.ready_on.is_(None),
            Document.id.not_in(hers),
        )
    ), (Document.due_on, Document.name)
