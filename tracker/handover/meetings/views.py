"""The page of one meeting, changing it, and what is read before it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions.queries import one as actions
from tracker.audits import finding_queries as findings
from tracker.evidence import queries as evidence
from tracker.fieldwork import queries as fieldworks
from tracker.fieldwork.asked import staff, telling
from tracker.fieldwork.checklist import queries as checklist
from tracker.fieldwork.forms import PressedForm
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.notes import queries as notes
from tracker.fieldwork.timetable import commands, queries
from tracker.fieldwork.timetable.forms import BriefForm, MeetingForm
from tracker.fieldwork.timetable.models import Meeting
from tracker.fieldwork.timetable.views import bp, meeting_asked, saved
from tracker.handover import queries as handover
from tracker.handover.meetings import briefing, suggesting
from tracker.handover.meetings.suggesting import Suggestion
from tracker.improvements import queries as improvements
from tracker.packs import queries as packs
from tracker.packs import telling as words
from tracker.packs.commands import Asked
from tracker.people.guards import allowed, here, me
from tracker.people.models import Authority
from tracker.people.rules import Permission
from tracker.platform import clock, history, references
from tracker.platform.errors import Refused
from tracker.web.form import Form

__all__ = ["bp"]


@bp.get("/meetings/<uuid:meeting_id>")
@allowed(Permission.READ_FIELDWORK)
def show(number: int, meeting_id: UUID) -> ResponseReturnValue:
    meeting = meeting_asked(number, meeting_id)
    return _show(meeting, BriefForm(version=meeting.version))


def _show(meeting: Meeting, form: Form) -> ResponseReturnValue:
    runs = _runs()
    return render_template(
        "fieldwork/timetable/meeting.html",
        fieldwork=meeting.fieldwork,
        meeting=meeting,
        form=form,
        about=briefing.place(meeting),
        suggested=_suggested(meeting) if runs else [],
        clashes=queries.timetable(meeting.fieldwork).clashes_of(meeting),
        kept=briefing.kept(meeting) if runs else [],
        happened=history.of(meeting),
    ), form.status


def _runs() -> bool:
    return bool(g.person.may(Permission.RUN_FIELDWORK.name))


def _suggested(meeting: Meeting) -> list[Suggestion]:
    if not meeting.fieldwork.is_open:
        return []
    return list(suggesting.suggestions(meeting, viewer=g.person))


@bp.route("/meetings/<uuid:meeting_id>/change", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def change(number: int, meeting_id: UUID) -> ResponseReturnValue:
    """What it is; and what is suggested to be read before it can be ticked at once."""
    meeting = meeting_asked(number, meeting_id)
    suggested = {one.key: one for one in _suggested(meeting)}
    form = MeetingForm(
        obj=meeting,
        version=meeting.version,
        owner=meeting.owner_id,
        about="/".join(code for code in (meeting.area_code, meeting.theme_code) if code),
        at_it=[str(seat.person_id) for seat in meeting.seats],
    )
    form.offer(fieldworks.areas(meeting.fieldwork), staff())
    form.offer_to_read({key: (one.words, one.because) for key, one in suggested.items()})
    if form.carries_out(lambda: telling(meeting.fieldwork, partial(_change, meeting, form, suggested))):
        return saved(meeting)
    return render_template(
        "fieldwork/timetable/form.html", fieldwork=meeting.fieldwork, form=form, meeting=meeting
    ), form.status


def _change(meeting: Meeting, form: MeetingForm, suggested: Mapping[str, Suggestion]) -> None:
    commands.change(meeting, form.said, version=form.version.data or 0)
    for key in form.read.data or []:
        commands.brief_with(meeting, suggested[key].thing, version=meeting.version)


@bp.post("/meetings/<uuid:meeting_id>/put-back")
@allowed(Permission.RUN_FIELDWORK)
def put_back(number: int, meeting_id: UUID) -> ResponseReturnValue:
    meeting, form = meeting_asked(number, meeting_id), PressedForm()
    version = request.form.get("version", 0, type=int)
    if form.carries_out(lambda: telling(meeting.fieldwork, lambda: commands.put_back(meeting, version=version))):
        return saved(meeting)
    return _show(meeting, form)


@bp.post("/meetings/<uuid:meeting_id>/briefing")
@allowed(Permission.RUN_FIELDWORK)
def brief(number: int, meeting_id: UUID) -> ResponseReturnValue:
    meeting = meeting_asked(number, meeting_id)
    form = BriefForm(version=meeting.version)
    if form.carries_out(
        lambda: commands.brief_with(
            meeting, _thing(meeting.fieldwork, form.reference.data or ""), version=form.version.data or 0
        )
    ):
        return saved(meeting)
    return _show(meeting, form)


@bp.post("/meetings/<uuid:meeting_id>/briefing/take-out")
@allowed(Permission.RUN_FIELDWORK)
def brief_without(number: int, meeting_id: UUID) -> ResponseReturnValue:
    meeting, form = meeting_asked(number, meeting_id), PressedForm()
    if form.carries_out(lambda: commands.brief_without(meeting, request.form.get("reference", ""))):
        return saved(meeting)
    return _show(meeting, form)


@bp.post("/meetings/<uuid:meeting_id>/briefing/pack")
@allowed(Permission.RUN_FIELDWORK)
def make(number: int, meeting_id: UUID) -> ResponseReturnValue:
    """The one page, as a pack."""
    meeting, form, made = meeting_asked(number, meeting_id), PressedForm(), list[Asked]()
    if form.carries_out(lambda: made.append(briefing.make(meeting, by=me(), at=clock.now()))):
        if made[0].kept:
            flash(words.still_says(made[0].pack), "saved")
        return redirect(url_for("packs.show", number=made[0].pack.number))
    return _show(meeting, form)


BY_REFERENCE: Mapping[str, Callable[[Authority, int], Any]] = {
    "P": packs.pack,
    "E": evidence.evidence,
    "I": improvements.item,
    "A": actions.action,
    "F": findings.finding,
    "H": handover.by_number,
}
BY_ID: Mapping[str, Callable[[Fieldwork, UUID], Any]] = {"note": notes.note, "document": checklist.document}


def _thing(fieldwork: Fieldwork, key: str) -> Any:
    """What is read before a meeting: by its reference, or as a suggestion names what has none."""
    found, (sort, _, identity) = references.parse(key), key.partition(" ")
    thing = None
    if found and found[0] in BY_REFERENCE:
        thing = BY_REFERENCE[found[0]](here(), found[1])
    elif sort in BY_ID:
        try:
            thing = BY_ID[sort](fieldwork, UUID(identity))
        except ValueError:
            thing = None
    if thing is None:
        raise Refused("There is no such thing here. Enter a reference such as P-3, E-12, I-4, A-10, F-2 or H-1.")
    return thing
