"""What an inspector sees, and the page on which colleagues open and close it."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from tracker.fieldwork import queries as fieldworks
from tracker.fieldwork.models import Fieldwork
from tracker.handover.models import InspectorsRoom
from tracker.handover.room import commands, queries
from tracker.handover.views import sent
from tracker.people.guards import allowed, here, me, recently_confirmed
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.errors import Refused

bp = Blueprint("inspectors_room", __name__, url_prefix="/<authority>")

INSIDE_FOR = timedelta(hours=1)
"""How long somebody is inside before she goes in again, on record. Our choice, as for files that are marked."""
KEY = "inspectors_room"


@bp.get("/inspectors-room")
@allowed(Permission.OPEN_INSPECTORS_ROOM)
def index() -> ResponseReturnValue:
    """Going in is posted and on record; until then the page shows nothing."""
    room = queries.open_to(here(), me())
    inside = room is not None and _is_inside(room)
    return render_template("handover/room.html", room=room, shown=queries.shown(room) if room and inside else None)


@bp.post("/inspectors-room/enter")
@allowed(Permission.OPEN_INSPECTORS_ROOM)
def enter() -> ResponseReturnValue:
    room = _open_room()
    commands.enter(room)
    session[KEY] = [room.id.hex, (clock.now() + INSIDE_FOR).timestamp()]
    return redirect(url_for(".index"))


@bp.post("/inspectors-room/files/<uuid:file_id>")
@allowed(Permission.OPEN_INSPECTORS_ROOM)
def take(file_id: UUID) -> ResponseReturnValue:
    """A file that was handed over, and not taken back, in the inspection whose room is open."""
    file = queries.file(_open_room(), file_id) or abort(404)
    commands.take(file)
    return sent(file)


@bp.get("/fieldwork/<int:number>/room")
@allowed(Permission.READ_FIELDWORK)
def manage(number: int) -> ResponseReturnValue:
    fieldwork = _fieldwork(number)
    rooms = queries.rooms(fieldwork)
    return render_template(
        "handover/manage_room.html", fieldwork=fieldwork, rooms=rooms, inspectors=queries.inspectors(fieldwork),
        visits=queries.visits(rooms), room=queries.open_in(here()),
    )  # fmt: skip


@bp.post("/fieldwork/<int:number>/room/open")
@allowed(Permission.RUN_FIELDWORK)
def open_room(number: int) -> ResponseReturnValue:
    fieldwork = _fieldwork(number)
    try:
        commands.open_room(fieldwork, by=me(), at=clock.now())
    except Refused as refusal:
        flash(str(refusal), "refused")
    else:
        named = "Inspectors see what is handed over from now on, and what was before."
        nobody = "It is open for nobody yet: name an inspector, with her last day, or let one in."
        flash(f"The room is open. {named if queries.inspectors(fieldwork).let_in else nobody}", "saved")
    return redirect(url_for(".manage", number=number))


@bp.post("/fieldwork/<int:number>/room/let-in")
@allowed(Permission.RUN_FIELDWORK)
def let_in(number: int) -> ResponseReturnValue:
    fieldwork = _fieldwork(number)
    others = {str(one.person_id): one.person for one in queries.inspectors(fieldwork).others}
    person = others.get(request.form.get("person", ""))
    try:
        if person is None:
            raise Refused("Choose an inspector who is not let in yet.")
        commands.let_in(fieldwork, person, by=me())
    except Refused as refusal:
        flash(str(refusal), "refused")
    else:
        flash(f"{person.name} comes into the room of {fieldwork.reference} while it is open.", "saved")
    return redirect(url_for(".manage", number=number))


@bp.post("/fieldwork/<int:number>/room/extend")
@allowed(Permission.MANAGE_PEOPLE)
@recently_confirmed
def extend(number: int) -> ResponseReturnValue:
    """Let the inspectors in until the last day on site, which moved."""
    fieldwork = _fieldwork(number)
    try:
        longer = commands.extend(fieldwork, on=clock.today())
    except Refused as refusal:
        flash(str(refusal), "refused")
    else:
        names = ", ".join(one.person.name for one in longer)
        flash(f"The access of {names} lasts until {fieldwork.last_day:%-d %B %Y}.", "saved")
    return redirect(url_for(".manage", number=number))


@bp.post("/fieldwork/<int:number>/room/close")
@allowed(Permission.RUN_FIELDWORK)
def close_room(number: int) -> ResponseReturnValue:
    room = next((one for one in queries.rooms(_fieldwork(number)) if one.closed_at is None), None)
    if room is None:
        flash("The room is closed already.", "refused")
    else:
        ended = commands.close_room(room, by=me(), at=clock.now())
        who = "nobody’s access was left to end" if not ended else f"{ended} inspector{'' if ended == 1 else 's'} out"
        flash(f"The room is closed: {who}.", "saved")
    return redirect(url_for(".manage", number=number))


def _is_inside(room: InspectorsRoom) -> bool:
    which, until = session.get(KEY) or ("", 0.0)
    return which == room.id.hex and until > clock.now().timestamp()


def _open_room() -> InspectorsRoom:
    room = queries.open_to(here(), me())
    if room is None:
        raise Refused("The room is closed.")
    return room


def _fieldwork(number: int) -> Fieldwork:
    return fieldworks.by_number(here(), number) or abort(404)
