"""Notes of the week: for those who run it."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.evidence import queries as evidence
from tracker.evidence.models import Evidence
from tracker.fieldwork.asked import asked, staff
from tracker.fieldwork.forms import PressedForm
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.notes import commands, queries
from tracker.fieldwork.notes.forms import NoteForm, OfferForm, SettleForm
from tracker.fieldwork.notes.models import Note
from tracker.fieldwork.notes.rules import NOTE_NAMES, NoteKind
from tracker.fieldwork.timetable import queries as timetable
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.platform.errors import Refused
from tracker.web.form import Form
from tracker.web.links import filters

bp = Blueprint("fieldwork_notes", __name__, url_prefix="/<authority>/fieldwork/<int:number>/notes")


@bp.get("")
@allowed(Permission.RUN_FIELDWORK)
def index(number: int) -> ResponseReturnValue:
    fieldwork = asked(number)
    wanted = request.args.get("kind", "")
    kinds = [(None, "All"), *((kind.value, NOTE_NAMES[kind]) for kind in NoteKind)]
    return render_template(
        "fieldwork/notes/index.html",
        fieldwork=fieldwork,
        areas=[
            (area, [note for note in found if wanted not in set(NoteKind) or note.kind == wanted])
            for area, found in queries.by_area(fieldwork)
        ],
        filters=filters("kind", kinds),
        themes=queries.theme_names(fieldwork),
        today=clock.today(),
    )


@bp.route("/new", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def add(number: int) -> ResponseReturnValue:
    fieldwork = asked(number)
    form = NoteForm(version=0, said_on=clock.today(), meeting=request.args.get("meeting") or None)
    _offer(form, fieldwork)
    if form.carries_out(lambda: commands.add(fieldwork, _said(form, fieldwork), by=me())):
        flash("The note is kept.", "saved")
        return redirect(url_for(".index", number=number))
    return render_template("fieldwork/notes/form.html", fieldwork=fieldwork, form=form, note=None), form.status


@bp.get("/<uuid:note_id>")
@allowed(Permission.RUN_FIELDWORK)
def show(number: int, note_id: UUID) -> ResponseReturnValue:
    note = _note(number, note_id)
    return _show(note, OfferForm(version=note.version))


def _show(note: Note, form: Form) -> ResponseReturnValue:
    return render_template(
        "fieldwork/notes/show.html",
        fieldwork=note.fieldwork,
        note=note,
        form=form,
        area=next(area for area in queries.areas(note.fieldwork) if area.code == note.area_code),
        theme=queries.theme_names(note.fieldwork).get(note.theme_code or ""),
        could_be=queries.evidence_for(note),
        happened=history.of(note),
        today=clock.today(),
    ), form.status


@bp.route("/<uuid:note_id>/change", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def change(number: int, note_id: UUID) -> ResponseReturnValue:
    note = _note(number, note_id)
    place = f"{note.area_code}/{note.theme_code}" if note.theme_code else note.area_code
    form = NoteForm(obj=note, version=note.version, place=place, meeting=note.meeting_id, owner=note.owner_id)
    _offer(form, note.fieldwork)
    if form.carries_out(lambda: commands.change(note, _said(form, note.fieldwork), version=form.version.data or 0)):
        return _saved(note)
    return render_template("fieldwork/notes/form.html", fieldwork=note.fieldwork, form=form, note=note), form.status


@bp.route("/<uuid:note_id>/settle", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def settle(number: int, note_id: UUID) -> ResponseReturnValue:
    note = _note(number, note_id)
    form = SettleForm(version=note.version)
    if form.carries_out(
        lambda: commands.settle(note, outcome=form.outcome.data or "", on=clock.today(), version=form.version.data or 0)
    ):
        return _saved(note)
    return render_template("fieldwork/notes/settle.html", fieldwork=note.fieldwork, form=form, note=note), form.status


@bp.post("/<uuid:note_id>/open-again")
@allowed(Permission.RUN_FIELDWORK)
def open_again(number: int, note_id: UUID) -> ResponseReturnValue:
    note, form = _note(number, note_id), PressedForm()
    if form.carries_out(lambda: commands.open_again(note, version=request.form.get("version", 0, type=int))):
        return _saved(note)
    return _show(note, form)


@bp.post("/<uuid:note_id>/evidence")
@allowed(Permission.RUN_FIELDWORK)
def offer(number: int, note_id: UUID) -> ResponseReturnValue:
    note = _note(number, note_id)
    form = OfferForm(version=note.version)
    if form.carries_out(lambda: commands.offer(note, _evidence(form.evidence.data), version=form.version.data or 0)):
        return _saved(note)
    return _show(note, form)


@bp.post("/<uuid:note_id>/evidence/take-out")
@allowed(Permission.RUN_FIELDWORK)
def offer_no_more(number: int, note_id: UUID) -> ResponseReturnValue:
    note, form = _note(number, note_id), PressedForm()
    if form.carries_out(lambda: commands.offer_no_more(note, _evidence(request.form.get("evidence", type=int)))):
        return _saved(note)
    return _show(note, form)


def _offer(form: NoteForm, fieldwork: Fieldwork) -> None:
    form.offer(queries.areas(fieldwork), timetable.timetable(fieldwork).on, staff())


def _said(form: NoteForm, fieldwork: Fieldwork) -> commands.Said:
    meeting = timetable.meeting(fieldwork, form.meeting.data) if form.meeting.data else None
    return form.said(meeting)


def _evidence(number: int | None) -> Evidence:
    found = evidence.evidence(here(), number) if number else None
    if found is None:
        raise Refused("There is no such evidence. Enter a reference such as E-9.")
    return found


def _saved(note: Note) -> ResponseReturnValue:
    flash("The note is saved.", "saved")
    return redirect(url_for(".show", number=note.fieldwork.number, note_id=note.id))


def _note(number: int, note_id: UUID) -> Note:
    return queries.note(asked(number), note_id) or abort(404)
