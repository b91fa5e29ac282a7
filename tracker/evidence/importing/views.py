"""Pages on which a zip of evidence is brought in: choose it, say which column holds what, look at every row, decide."""

from typing import cast
from uuid import UUID

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from tracker.evidence.importing import commands, preview_page, queries, written
from tracker.evidence.importing.forms import BringInForm, columns_form_of
from tracker.evidence.importing.models import EvidenceImport
from tracker.evidence.importing.rules import LookedThrough, Step
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.db import db
from tracker.web.fields import Form
from tracker.web.spreadsheet import download

bp = Blueprint("evidence_import", __name__, url_prefix="/<authority>/evidence/import")


@bp.get("")
@allowed(Permission.ADD_EVIDENCE)
def index() -> ResponseReturnValue:
    return _index(BringInForm())


@bp.post("")
@allowed(Permission.ADD_EVIDENCE)
def bring_in() -> ResponseReturnValue:
    form, brought = BringInForm(), list[EvidenceImport]()
    if form.carries_out(lambda: brought.append(_bring_in(form))):
        return redirect(url_for(".columns", import_id=brought[0].id))
    return _index(form)


def _bring_in(form: BringInForm) -> EvidenceImport:
    chosen, beside = cast("FileStorage", form.zip.data), cast("FileStorage | None", form.manifest.data)
    with db.session.begin_nested():
        return commands.bring_in(
            here(),
            chosen.stream,  # type: ignore[arg-type]  # Werkzeug's stream reads bytes and seeks
            file_name=chosen.filename or "evidence.zip",
            manifest=(beside.stream, beside.filename) if beside and beside.filename else None,  # type: ignore[arg-type]  # as above
            largest=current_app.config["LARGEST_UPLOAD"],
            by=me(),
            at=clock.now(),
        )


def _index(form: BringInForm) -> ResponseReturnValue:
    imports = queries.last_imports(here())
    return render_template("evidence/importing/index.html", form=form, imports=imports), form.status


@bp.get("/manifest.xlsx")
@allowed(Permission.ADD_EVIDENCE)
def template() -> ResponseReturnValue:
    owners = [colleague.person.email for colleague in people.colleagues(here(), who_may=Permission.ADD_EVIDENCE)]
    return download(written.template(clock.today(), owners), "manifest")


@bp.route("/<uuid:import_id>/columns", methods=["GET", "POST"])
@allowed(Permission.ADD_EVIDENCE)
def columns(import_id: UUID) -> ResponseReturnValue:
    imported = _imported(import_id)
    if imported.step in {Step.DONE, Step.GIVEN_UP}:
        return redirect(url_for(".show", import_id=import_id))
    form = columns_form_of(imported, commands.read_manifest(imported))
    if form.carries_out(lambda: commands.choose_columns(imported, chosen=form.chosen())):
        return redirect(url_for(".show", import_id=import_id))
    return render_template("evidence/importing/columns.html", form=form, imported=imported), form.status


@bp.get("/<uuid:import_id>")
@allowed(Permission.ADD_EVIDENCE)
def show(import_id: UUID) -> ResponseReturnValue:
    return _show(_imported(import_id), Form())


@bp.post("/<uuid:import_id>")
@allowed(Permission.ADD_EVIDENCE)
def confirm(import_id: UUID) -> ResponseReturnValue:
    imported, form = _imported(import_id), Form()
    if form.carries_out(lambda: commands.confirm(imported, digest=request.form.get("digest", ""))):
        return redirect(url_for(".show", import_id=import_id))
    return _show(imported, form)


@bp.post("/<uuid:import_id>/give-up")
@allowed(Permission.ADD_EVIDENCE)
def give_up(import_id: UUID) -> ResponseReturnValue:
    imported, form = _imported(import_id), Form()
    if form.carries_out(lambda: commands.give_up(imported, at=clock.now())):
        return redirect(url_for(".index"))
    return _show(imported, form)


def _show(imported: EvidenceImport, form: Form) -> ResponseReturnValue:
    """How far it is while a job works; then what every row would do, or did."""
    page = preview_page.of(LookedThrough.from_kept(imported.looked)) if imported.looked else None
    return (
        render_template("evidence/importing/show.html", form=form, imported=imported, page=page, Step=Step),
        form.status,
    )


def _imported(import_id: UUID) -> EvidenceImport:
    return queries.imported(here(), import_id) or abort(404)
