"""The checklist of documents."""

from uuid import UUID

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.fieldwork.asked import asked, person, staff, telling
from tracker.fieldwork.checklist import commands, queries
from tracker.fieldwork.checklist.forms import DocumentForm
from tracker.fieldwork.checklist.models import Document
from tracker.fieldwork.forms import PressedForm
from tracker.fieldwork.models import Fieldwork
from tracker.people.guards import allowed, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.errors import NotAllowed

bp = Blueprint("fieldwork_documents", __name__, url_prefix="/<authority>/fieldwork/<int:number>/documents")


@bp.get("")
@allowed(Permission.READ_FIELDWORK)
def index(number: int) -> ResponseReturnValue:
    return _index(asked(number), PressedForm())


def _index(fieldwork: Fieldwork, form: PressedForm) -> ResponseReturnValue:
    return render_template(
        "fieldwork/checklist/index.html",
        fieldwork=fieldwork,
        form=form,
        documents=queries.documents(fieldwork),
        today=clock.today(),
        me=me(),
    ), form.status


@bp.route("/new", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def add(number: int) -> ResponseReturnValue:
    fieldwork, form = asked(number), DocumentForm(version=0)
    form.owner.offer(staff())
    if form.carries_out(lambda: telling(fieldwork, lambda: _add(fieldwork, form))):
        return _saved(fieldwork, form.name.data or "")
    return render_template("fieldwork/checklist/form.html", fieldwork=fieldwork, form=form, document=None), form.status


def _add(fieldwork: Fieldwork, form: DocumentForm) -> None:
    commands.add(
        fieldwork,
        name=form.name.data or "",
        due_on=form.due_on.data or abort(422),
        owner=person(form.owner.data),
        note=form.note.data or "",
    )


@bp.route("/<uuid:document_id>", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def change(number: int, document_id: UUID) -> ResponseReturnValue:
    document = _document(number, document_id)
    form = DocumentForm(obj=document, version=document.version, owner=document.owner_id)
    form.owner.offer(staff())
    if form.carries_out(lambda: telling(document.fieldwork, lambda: _change(document, form))):
        return _saved(document.fieldwork, document.name)
    return render_template(
        "fieldwork/checklist/form.html", fieldwork=document.fieldwork, form=form, document=document
    ), form.status


def _change(document: Document, form: DocumentForm) -> None:
    commands.change(
        document,
        name=form.name.data or "",
        due_on=form.due_on.data or abort(422),
        owner=person(form.owner.data),
        note=form.note.data or "",
        version=form.version.data or 0,
    )


@bp.post("/<uuid:document_id>/ready")
@allowed(Permission.READ_FIELDWORK)
def ready(number: int, document_id: UUID) -> ResponseReturnValue:
    """By who has it, or by who runs the week."""
    document, form = _document(number, document_id), PressedForm()
    if form.carries_out(lambda: _ready(document)):
        return _saved(document.fieldwork, document.name)
    return _index(document.fieldwork, form)


def _ready(document: Document) -> None:
    _require_hers(document)
    commands.say_ready(document, on=clock.today(), by=me(), version=_version())


@bp.post("/<uuid:document_id>/not-ready")
@allowed(Permission.READ_FIELDWORK)
def not_ready(number: int, document_id: UUID) -> ResponseReturnValue:
    document, form = _document(number, document_id), PressedForm()
    if form.carries_out(lambda: _not_ready(document)):
        return _saved(document.fieldwork, document.name)
    return _index(document.fieldwork, form)


def _not_ready(document: Document) -> None:
    _require_hers(document)
    commands.say_not_ready(document, version=_version())


def _require_hers(document: Document) -> None:
    if document.owner_id != me().id and not g.person.may(Permission.RUN_FIELDWORK.name):
        raise NotAllowed("Only who has it, or who runs the week, says whether it is ready.")


def _version() -> int:
    return request.form.get("version", 0, type=int)


def _saved(fieldwork: Fieldwork, name: str) -> ResponseReturnValue:
    flash(f"“{name}” saved.", "saved")
    return redirect(url_for(".index", number=fieldwork.number))


def _document(number: int, document_id: UUID) -> Document:
    return queries.document(asked(number), document_id) or abort(404)
