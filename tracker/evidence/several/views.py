"""Pages that add several files at once and then ask what each of them shows."""

from dataclasses import dataclass, field
from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.evidence.commands import Upload
from tracker.evidence.files import queries as files
from tracker.evidence.models import Evidence
from tracker.evidence.several import commands, queries, rules
from tracker.evidence.several.forms import DescribeForm, FilesForm, TogetherForm
from tracker.evidence.several.models import UndescribedFile
from tracker.evidence.views import link_places, offer_places
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.platform.lists import listed
from tracker.web.filters import count_of, size

bp = Blueprint("evidence_several", __name__, url_prefix="/<authority>/evidence/several")


@bp.get("")
@allowed(Permission.ADD_EVIDENCE)
def add() -> ResponseReturnValue:
    return _add_page(FilesForm(formdata=None)), 200


@bp.post("")
@allowed(Permission.ADD_EVIDENCE)
def upload() -> ResponseReturnValue:
    """The files of a form; or one of them, sent by the page's script, which is answered in JSON."""
    form = FilesForm()
    if request.accept_mimetypes.best == "application/json":
        return _answered(form)
    if not form.validate() or not form.uploads:
        form.refuse("Choose the files to add.", on="files")
        return _add_page(form), form.status
    refused = [sentence for one in form.uploads if (sentence := _refusal(one))]
    added = len(form.uploads) - len(refused)
    if added:
        flash(f"{count_of(added, 'file')} added. Say what each of them shows.", "saved")
    for sentence in refused:
        flash(sentence, "refused")
    return redirect(url_for(".describe") if added else url_for(".add"))


def _answered(form: FilesForm) -> ResponseReturnValue:
    """What the page's script is told of the one file that it sent."""
    if len(form.uploads) != 1:
        return {"refused": "Send one file at a time."}, 422
    [one] = form.uploads
    try:
        added = commands.add_file(here(), upload=one, by=me())
    except Refused as refused:
        return {"refused": str(refused)}, 422
    return {"name": added.file_name, "size": size(added.file_size)}, 201


def _refusal(one: Upload) -> str:
    """Why a file was not added, with its name; empty once it was."""
    try:
        commands.add_file(here(), upload=one, by=me())
    except Refused as refused:
        return f"“{one.name}” was not added. {refused}"
    return ""


def _add_page(form: FilesForm) -> str:
    largest, waiting = current_app.config["LARGEST_UPLOAD"], queries.number_of(here(), me())
    return render_template("evidence/several/add.html", form=form, waiting=waiting, largest=largest)


@dataclass
class Described:
    """One file with its form, and what became of it."""

    file: UndescribedFile
    form: DescribeForm
    why_shut: str = ""
    """Why nobody may open it, in a sentence; empty when one may."""
    added: Evidence | None = None
    refused: list[str] = field(default_factory=list)


@bp.route("/describe", methods=["GET", "POST"])
@allowed(Permission.ADD_EVIDENCE)
def describe() -> ResponseReturnValue:
    """What each of several files shows, said of some of them at a time."""
    together = TogetherForm()
    offer_places(together)
    each = _each()
    if together.validate_on_submit():
        for one in each:
            _describe(one, together)
        if not any(one.added or one.refused for one in each):
            flash("Nothing was said about any file, so nothing is saved.", "refused")
            return redirect(url_for(".describe"))
        return _after(each, together)
    return _describe_page(each, together), together.status


def _after(each: list[Described], together: TogetherForm) -> ResponseReturnValue:
    """On to the next files once all is well; else the same page with what was refused, and the rest is saved."""
    added = [one.added.reference for one in each if one.added]
    if added:
        flash(f"{listed(added)} added to the register.", "saved")
    if not any(one.refused for one in each):
        more = queries.number_of(here(), me())
        return redirect(url_for(".describe") if more else url_for("evidence.index", show="mine"))
    return _describe_page([one for one in each if not one.added], together), 200 if added else 422


def _each() -> list[Described]:
    found = queries.files_of(here(), me(), most=rules.AT_ONCE)
    shut = files.shut([one.file_sha256 for one in found])
    return [Described(one, DescribeForm.of(one), shut.get(one.file_sha256, "")) for one in found]


def _describe(one: Described, together: TogetherForm) -> None:
    """Saved whole or not at all; a refusal stays with its file and touches no other."""
    if not one.form.says_something:
        return
    if not one.form.validate():
        one.refused = [str(error) for errors in one.form.errors.values() for error in errors]
        return
    try:
        with db.session.begin_nested():
            said = one.form.says(together.marking.data)
            one.added = commands.describe(one.file, kind=one.form.kind.data, says=said, by=me(), on=clock.today())
            link_places(one.added, together)
    except Refused as refused:
        one.form.refuse(refused)
        one.refused = [str(refused)]


def _describe_page(each: list[Described], together: TogetherForm) -> str:
    faults = [
        {"text": f"{one.file.file_name}: {sentence}", "href": f"#{one.form.title.id}"}
        for one in each
        for sentence in one.refused
    ]
    waiting = queries.number_of(here(), me())
    return render_template(
        "evidence/several/describe.html", each=each, together=together, faults=faults, waiting=waiting
    )


@bp.post("/<uuid:file_id>/throw-away")
@allowed(Permission.ADD_EVIDENCE)
def throw_away(file_id: UUID) -> ResponseReturnValue:
    file = queries.file(here(), me(), file_id) or abort(404)
    commands.throw_away(file)
    flash(f"{file.file_name} thrown away. It was never in the register.", "saved")
    return redirect(url_for(".describe"))
