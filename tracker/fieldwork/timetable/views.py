"""The timetable: all of it, one person's, one day's on one sheet of paper, and as a calendar."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.evidence import queries as evidence
from tracker.evidence.models import Evidence
from tracker.fieldwork.asked import asked, day_asked, staff, telling
from tracker.fieldwork.forms import PressedForm
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.timetable import commands, queries
from tracker.fieldwork.timetable.forms import BriefForm, CallOffForm, MeetingForm
from tracker.fieldwork.timetable.models import Meeting
from tracker.packs import queries as packs
from tracker.packs.models import Pack
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import history, references
from tracker.platform.errors import Refused
from tracker.reminders import calendar
from tracker.reminders.calendar import Appointment
from tracker.web.form import Form

bp = Blueprint("fieldwork_timetable", __name__, url_prefix="/<authority>/fieldwork/<int:number>/timetable")


@bp.get("")
@allowed(Permission.READ_FIELDWORK)
def index(number: int) -> ResponseReturnValue:
    fieldwork, whose = asked(number), _whose()
    shown = queries.timetable(fieldwork, person=whose)
    return render_template("fieldwork/timetable/index.html", fieldwork=fieldwork, timetable=shown, whose=whose, me=me())


@bp.get("/days/<day>")
@allowed(Permission.READ_FIELDWORK)
def of_day(number: int, day: str) -> ResponseReturnValue:
    """One day, to be looked at or printed."""
    fieldwork, on = asked(number), day_asked(day)
    shown = queries.timetable(fieldwork, day=on)
    days = sorted({one.day for one in shown.every})
    return render_template(
        "fieldwork/timetable/day.html",
        fieldwork=fieldwork,
        timetable=shown,
        day=on,
        before=max((one for one in days if one < on), default=None),
        after=min((one for one in days if one > on), default=None),
    )


@bp.get("/calendar.ics")
@allowed(Permission.READ_FIELDWORK)
def as_calendar(number: int) -> ResponseReturnValue:
    """Everything that is on, or one person's, for a calendar to take in."""
    fieldwork = asked(number)
    shown = queries.timetable(fieldwork, person=_whose())
    practice = "Rehearsal: " if fieldwork.rehearsal else ""
    appointments = [
        Appointment(
            id=one.id,
            changes=one.version,
            begins=one.begins,
            ends=one.ends,
            summary=f"{practice}{one.name}",
            place=one.where_held,
        )
        for one in shown.shown
        if not one.called_off_because
    ]
    content = calendar.of_appointments(f"{here().name}: {practice}{fieldwork.reference}", appointments)
    response = Response(content, mimetype="text/calendar")
    name = f"{here().slug}-{'rehearsal-' if fieldwork.rehearsal else ''}{fieldwork.reference.lower()}.ics"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.route("/new", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def add(number: int) -> ResponseReturnValue:
    fieldwork, form = asked(number), MeetingForm(version=0, minutes=60)
    form.offer(staff())
    made: list[Meeting] = []
    if form.carries_out(lambda: telling(fieldwork, lambda: made.append(commands.add(fieldwork, form.said)))):
        return _saved(made[0])
    return render_template("fieldwork/timetable/form.html", fieldwork=fieldwork, form=form, meeting=None), form.status


@bp.get("/meetings/<uuid:meeting_id>")
@allowed(Permission.READ_FIELDWORK)
def show(number: int, meeting_id: UUID) -> ResponseReturnValue:
    meeting = _meeting(number, meeting_id)
    return _show(meeting, BriefForm(version=meeting.version))


def _show(meeting: Meeting, form: Form) -> ResponseReturnValue:
    return render_template(
        "fieldwork/timetable/meeting.html",
        fieldwork=meeting.fieldwork,
        meeting=meeting,
        form=form,
        clashes=queries.timetable(meeting.fieldwork).clashes_of(meeting),
        made=[one for one in packs.packs(here(), limit=12) if one.file_sha256],
        happened=history.of(meeting),
    ), form.status


@bp.route("/meetings/<uuid:meeting_id>/change", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def change(number: int, meeting_id: UUID) -> ResponseReturnValue:
    meeting = _meeting(number, meeting_id)
    form = MeetingForm(
        obj=meeting,
        version=meeting.version,
        owner=meeting.owner_id,
        at_it=[str(seat.person_id) for seat in meeting.seats],
    )
    form.offer(staff())
    version = form.version.data or 0
    if form.carries_out(
        lambda: telling(meeting.fieldwork, lambda: commands.change(meeting, form.said, version=version))
    ):
        return _saved(meeting)
    return render_template(
        "fieldwork/timetable/form.html", fieldwork=meeting.fieldwork, form=form, meeting=meeting
    ), form.status


@bp.route("/meetings/<uuid:meeting_id>/call-off", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def call_off(number: int, meeting_id: UUID) -> ResponseReturnValue:
    meeting = _meeting(number, meeting_id)
    form = CallOffForm(version=meeting.version)
    because, version = form.because.data or "", form.version.data or 0
    if form.carries_out(
        lambda: telling(meeting.fieldwork, lambda: commands.call_off(meeting, because=because, version=version))
    ):
        return _saved(meeting)
    return render_template(
        "fieldwork/timetable/call_off.html", fieldwork=meeting.fieldwork, meeting=meeting, form=form
    ), form.status


@bp.post("/meetings/<uuid:meeting_id>/put-back")
@allowed(Permission.RUN_FIELDWORK)
def put_back(number: int, meeting_id: UUID) -> ResponseReturnValue:
    meeting, form = _meeting(number, meeting_id), PressedForm()
    version = request.form.get("version", 0, type=int)
    if form.carries_out(lambda: telling(meeting.fieldwork, lambda: commands.put_back(meeting, version=version))):
        return _saved(meeting)
    return _show(meeting, form)


@bp.post("/meetings/<uuid:meeting_id>/briefing")
@allowed(Permission.RUN_FIELDWORK)
def brief(number: int, meeting_id: UUID) -> ResponseReturnValue:
    meeting = _meeting(number, meeting_id)
    form = BriefForm(version=meeting.version)
    if form.carries_out(
        lambda: commands.brief_with(meeting, _thing(form.reference.data or ""), version=form.version.data or 0)
    ):
        return _saved(meeting)
    return _show(meeting, form)


@bp.post("/meetings/<uuid:meeting_id>/briefing/take-out")
@allowed(Permission.RUN_FIELDWORK)
def brief_without(number: int, meeting_id: UUID) -> ResponseReturnValue:
    meeting, form = _meeting(number, meeting_id), PressedForm()
    if form.carries_out(lambda: commands.brief_without(meeting, request.form.get("reference", ""))):
        return _saved(meeting)
    return _show(meeting, form)


def _thing(reference: str) -> Pack | Evidence:
    """What is read before a meeting."""
    found = references.parse(reference)
    thing: Pack | Evidence | None = None
    if found and found[0] == Pack.prefix:
        thing = packs.pack(here(), found[1])
    elif found and found[0] == Evidence.prefix:
        thing = evidence.evidence(here(), found[1])
    if thing is None:
        raise Refused("There is no such pack or evidence. Enter a reference such as P-3 or E-12.")
    return thing


def _saved(meeting: Meeting) -> ResponseReturnValue:
    flash(f"“{meeting.name}” saved.", "saved")
    return redirect(url_for(".show", number=meeting.fieldwork.number, meeting_id=meeting.id))


def _meeting(number: int, meeting_id: UUID) -> Meeting:
    fieldwork: Fieldwork = asked(number)
    return queries.meeting(fieldwork, meeting_id) or abort(404)


def _whose() -> UUID | None:
    """One person's, where the address says whose; what names nobody is left out."""
    try:
        return UUID(request.args.get("person", ""))
    except ValueError:
        return None
