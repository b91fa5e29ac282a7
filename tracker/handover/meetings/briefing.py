"""The one page that is read before a meeting, as a pack: who, where, when, what to read, and what touches it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from flask import current_app

from tracker.fieldwork import queries as fieldworks
from tracker.fieldwork.notes import queries as notes
from tracker.fieldwork.notes.models import Note
from tracker.fieldwork.notes.rules import NoteKind
from tracker.fieldwork.timetable.models import Briefing, Meeting
from tracker.handover import queries as handover
from tracker.handover.meetings import suggesting
from tracker.handover.meetings.suggesting import Around
from tracker.handover.models import Handing, InspectorRequest
from tracker.packs import commands as packs
from tracker.packs import queries as made
from tracker.packs.commands import Asked
from tracker.packs.gathering.brief import Part, Told, gather_brief
from tracker.packs.models import Pack
from tracker.packs.rules import PACK_NAMES, PackKind
from tracker.people.models import Person
from tracker.platform import clock
from tracker.platform.errors import Refused


def make(meeting: Meeting, *, by: Person, at: datetime) -> Asked:
    """Freeze what is known now of a meeting and queue its page. Raises Refused for one that is called off."""
    if meeting.called_off_because:
        raise Refused("It is called off, so nobody is briefed for it. Put it back first.")
    contents = gather_brief(
        _told(meeting),
        kind=PackKind.MEETING_BRIEFING,
        today=at.astimezone(clock.LONDON).date(),
        demonstration=bool(current_app.config["DEMONSTRATION"]),
    )
    return packs.ask_of_page(meeting.fieldwork.authority, contents, kind=PackKind.MEETING_BRIEFING, by=by, at=at)


def kept(meeting: Meeting) -> Sequence[Pack]:
    """Packs that were made of it as it stands in the timetable now, the newest first."""
    title = f"{PACK_NAMES[PackKind.MEETING_BRIEFING]}, {of(meeting)}"
    return made.titled(meeting.fieldwork.authority, PackKind.MEETING_BRIEFING, title)


def of(meeting: Meeting) -> str:
    """ "N-1, Feedback, Friday 27 November 2026, 15:00"; of a rehearsal it says so."""
    practice = "rehearsal " if meeting.fieldwork.rehearsal else ""
    return f"{practice}{meeting.fieldwork.reference}, {meeting.name}, {meeting.begins:%A %-d %B %Y, %-H:%M}"


def place(meeting: Meeting) -> str:
    """The name of what it is about, where somebody said so."""
    for area in fieldworks.areas(meeting.fieldwork):
        if area.code == meeting.area_code:
            themes = {theme.code: theme.name for theme in area.themes}
            return themes.get(meeting.theme_code or "", area.short_name)
    return ""


def _told(meeting: Meeting) -> Told:
    fieldwork, said = meeting.fieldwork, notes.notes(meeting.fieldwork)
    it, asked = suggesting.around(meeting, said), handover.requests(meeting.fieldwork)
    chosen = {one.thing.id for one in meeting.briefings}
    touching = [one for one in asked if one.withdrawn_at is None and _touches(one, it, chosen)]
    return Told(
        authority=fieldwork.authority.name,
        of=of(meeting),
        title=f"Briefing for “{meeting.name}”",
        facts=[
            ("When", f"{meeting.begins:%A %-d %B %Y}, {meeting.times}"),
            ("Where", meeting.where_held or "Not said"),
            ("Of us", ", ".join(one.name for one in meeting.people) or "Nobody is named yet"),
            ("With", meeting.others),
            ("About", place(meeting)),
            ("Inspection", f"{fieldwork.name}, {fieldwork.reference}"),
            ("Lead inspector", fieldwork.lead_inspector),
            ("Rehearsal", "This is practice. No inspector is coming." if fieldwork.rehearsal else ""),
        ],
        parts=[
            Part("To read before", [_read(one) for one in meeting.briefings], "Nothing is chosen."),
            Part(
                "Open lines of enquiry",
                [_line(one, it) for one in said if _is_open_here(one, it, chosen)],
                "None that is open touches this meeting.",
            ),
            Part("Not answered yet", [_waits(one) for one in touching if one.handed_at is None]),
            Part(
                "Handed over",
                [_handed(one, handing) for one in touching for handing in one.handings if handing.withdrawn_at is None],
                "Nothing that touches this meeting.",
            ),
        ],
    )


def _is_open_here(note: Note, it: Around, chosen: Collection[UUID]) -> bool:
    if note.settled_on is not None or note.kind is not NoteKind.LINE_OF_ENQUIRY:
        return False
    touches = note.meeting_id == it.meeting.id or it.touches(note.area_code, note.theme_code)
    return bool(touches) or note.owner_id in it.people or note.id in chosen


def _touches(request: InspectorRequest, it: Around, chosen: Collection[UUID]) -> bool:
    """It is read before the meeting, or what was given for it is; or somebody who is there sees to it or asked."""
    given = {one for file in request.files for one in (file.evidence_id, file.pack_id) if one}
    at_it = request.owner_id in it.people or request.asked_by in it.meeting.others
    return at_it or request.id in chosen or bool(given & set(chosen))


def _read(one: Briefing) -> str:
    if one.sort in ("note", "document"):
        return f"{one.reference}: {one.title}"
    return f"[{one.reference}] {one.title}"


def _line(note: Note, it: Around) -> str:
    offered = f", {' '.join(f'[{one.evidence.reference}]' for one in note.offers)}" if note.offers else ""
    where = it.touches(note.area_code, note.theme_code)
    return f"{f'{where} ' if where else ''}({note.owner.name if note.owner else 'nobody has it'}{offered}): {note.text}"


def _waits(request: InspectorRequest) -> str:
    due = f"due {request.due_at.astimezone(clock.LONDON):%-d %B, %-H:%M}" if request.due_at else "no time given"
    return f"{request.reference}, {due} ({request.owner.name if request.owner else 'nobody has it'}): {request.words}"


def _handed(request: InspectorRequest, handing: Handing) -> str:
    files = " ".join(f"[{one.called}]" for one in request.files if one.handing_id == handing.id)
    when = f"{handing.handed_at.astimezone(clock.LONDON):%-d %B, %-H:%M}"
    return f"{request.reference}, {when}, to {handing.handed_to}{f' ({files})' if files else ''}: {request.words}"
