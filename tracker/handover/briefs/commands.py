"""Making the page of a day."""

from collections.abc import Mapping
from datetime import datetime

from flask import current_app

from tracker.fieldwork.notes import queries as notes
from tracker.fieldwork.notes.models import Note
from tracker.handover.briefs.queries import Brief
from tracker.handover.models import InspectorRequest
from tracker.packs import commands as packs
from tracker.packs.commands import Asked
from tracker.packs.gathering.brief import Part, Told, gather_brief
from tracker.packs.rules import PackKind
from tracker.people.models import Person
from tracker.platform import clock
from tracker.platform.errors import Refused


def make(brief: Brief, *, by: Person, at: datetime) -> Asked:
    """Freeze what is known now of a day and queue its page. Raises Refused for a day to come."""
    today = at.astimezone(clock.LONDON).date()
    if brief.day > today:
        raise Refused(f"{brief.day:%-d %B %Y} is still to come. Make its page on that day.")
    contents = gather_brief(_told(brief), today=today, demonstration=bool(current_app.config["DEMONSTRATION"]))
    return packs.ask_of_page(brief.fieldwork.authority, contents, kind=PackKind.DAILY_BRIEF, by=by, at=at)


def _told(brief: Brief) -> Told:
    fieldwork = brief.fieldwork
    places = {**{area.code: area.short_name for area in notes.areas(fieldwork)}, **notes.theme_names(fieldwork)}
    on_site = f"{fieldwork.first_day:%-d %B} to {fieldwork.last_day:%-d %B %Y}"
    following = f"{brief.next_day:%A %-d %B}" if brief.next_day else ""
    return Told(
        authority=fieldwork.authority.name,
        of=brief.of,
        title=f"Brief of {brief.day:%A %-d %B %Y}",
        facts=[
            ("Inspection", f"{fieldwork.name}, {fieldwork.reference}. On site {on_site}"),
            ("Rehearsal", "This is practice. No inspector is coming." if fieldwork.rehearsal else ""),
            ("Lead inspector", fieldwork.lead_inspector),
        ],
        parts=[
            Part("Said on this day", [_said(one, places) for one in brief.said_today], "Nothing is written down."),
            Part("Not answered yet", [_asked(one) for one in brief.unanswered], "Every request is answered."),
            Part("Still open from before", [_said(one, places) for one in brief.still_open]),
            Part(
                "Not ready",
                [
                    f"{one.name}, due {one.due_on:%-d %B}: {one.owner.name if one.owner else 'nobody has it'}"
                    for one in brief.not_ready
                ],
            ),
            Part(
                f"Next: {following}",
                [
                    f"{one.times}: {one.name}, {', '.join(each.name for each in one.people) or 'nobody of us yet'}"
                    for one in brief.next_meetings
                ],
            ),
        ],
    )


def _said(note: Note, places: Mapping[str, str]) -> str:
    """Who finds the answer and what is offered comes first: the words of a long note are cut at their end."""
    offered = f", {' '.join(f'[{one.evidence.reference}]' for one in note.offers)}" if note.offers else ""
    who = "settled" if note.settled_on else note.owner.name if note.owner else "nobody has it"
    return f"{note.kind_name}, {places.get(note.theme_code or note.area_code, '')} ({who}{offered}): {note.text}"


def _asked(request: InspectorRequest) -> str:
    due = f"due {request.due_at.astimezone(clock.LONDON):%-d %B, %-H:%M}" if request.due_at else "no time given"
    return f"{request.reference}, {due} ({request.owner.name if request.owner else 'nobody has it'}): {request.words}"
