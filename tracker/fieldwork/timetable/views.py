"""The timetable: all of it, one person's, one day's on one sheet of paper, and as a calendar.

The page of one meeting is in ``handover.meetings``: it reads what was asked for too.
"""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.fieldwork import queries as fieldworks
from tracker.fieldwork.asked import asked, day_asked, staff, telling
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.timetable import commands, queries
from tracker.fieldwork.timetable.forms import CallOffForm, MeetingForm
from tracker.fieldwork.timetable.models import Meeting
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.reminders import calendar
from tracker.reminders.calendar import Appointment

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
    form.offer(fieldworks.areas(fieldwork), staff())
    made: list[Meeting] = []
    if form.carries_out(lambda: telling(fieldwork, lambda: made.append(commands.add(fieldwork, form.said)))):
        return saved(made[0])
    return render_template("fieldwork/timetable/form.html", fieldwork=fieldwork, form=form, meeting=None), form.status


@bp.route("/meetings/<uuid:meeting_id>/call-off", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def call_off(number: int, meeting_id: UUID) -> ResponseReturnValue:
    meeting = meeting_asked(number, meeting_id)
    form = CallOffForm(version=meeting.version)
    because, version = form.because.data or "", form.version.data or 0
    if form.carries_out(
        lambda: telling(meeting.fieldwork, lambda: commands.call_off(meeting, because=because, version=version))
    ):
        return saved(meeting)
    return render_template(
        "fieldwork/timetable/call_off.html", fieldwork=meeting.fieldwork, meeting=meeting, form=form
    ), form.status


def saved(meeting: Meeting) -> ResponseReturnValue:
    flash(f"“{meeting.name}” saved.", "saved")
    return redirect(url_for(".show", number=meeting.fieldwork.number, meeting_id=meeting.id))


def meeting_asked(number: int, meeting_id: UUID) -> Meeting:
    fieldwork: Fieldwork = asked(number)
    return queries.meeting(fieldwork, meeting_id) or abort(404)


def _whose() -> UUID | None:
    """One person's, where the address says whose; what names nobody is left out."""
    try:
        return UUID(request.args.get("person", ""))
    except ValueError:
        return None
