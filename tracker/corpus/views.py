"""Published reports: searched by words and filters, one by one, their pages, and those with doubts to settle."""

from collections.abc import Iterable
from contextlib import closing
from typing import BinaryIO, cast
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from tracker.corpus import commands, queries, report_page, search_page, spreadsheet
from tracker.corpus.commands import Kept
from tracker.corpus.forms import AddReportsForm
from tracker.corpus.models import DoubtfulReport, Passage, PublishedReport
from tracker.inspections import pictures
from tracker.people.guards import allowed, here
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.web.fields import Form
from tracker.web.spreadsheet import download

bp = Blueprint("corpus", __name__, url_prefix="/<authority>/published")


@bp.get("")
@allowed(Permission.READ_REPORTS)
def search() -> ResponseReturnValue:
    """Passages that have the words and pass the filters. A whole question is put into both first."""
    query = search_page.understood()
    if query is not None:
        return redirect(url_for(".search", **query))
    return render_template("corpus/search.html", page=search_page.asked(here()), most=search_page.MOST_EXPORTED)


@bp.get("/passages.xlsx")
@allowed(Permission.READ_REPORTS)
def export() -> ResponseReturnValue:
    """What the search finds with the same words, filters and order, every page of it."""
    content = spreadsheet.written(search_page.asked_passages(here()), search_page.typed())
    return download(content, f"what-inspectors-wrote-{clock.today()}")


@bp.get("/passages/<uuid:passage_id>")
@allowed(Permission.READ_REPORTS)
def passage(passage_id: UUID) -> ResponseReturnValue:
    """One passage where it is printed: the page of the report with the place marked."""
    return render_template("corpus/passage.html", page=report_page.printed(_passage(passage_id)))


@bp.get("/reports")
@allowed(Permission.READ_REPORTS)
def reports() -> ResponseReturnValue:
    return _reports(AddReportsForm())


@bp.post("/reports")
@allowed(Permission.IMPORT_REPORTS)
def add_reports() -> ResponseReturnValue:
    """Read every file that was chosen; one bad file stops none of the others."""
    form = AddReportsForm()
    chosen = [file for file in form.files.data if file.filename] if form.validate_on_submit() else []
    if not chosen:
        form.refuse("Choose a PDF file first.", on="files")
        return _reports(form)
    kept, refused = _kept(chosen)
    if not kept:
        for sentence in refused:
            form.refuse(sentence)
        return _reports(form)
    for sentence in refused:
        flash(sentence, "refused")
    flash(report_page.became(kept), "saved")
    return redirect(url_for(".reports"))


def _kept(files: Iterable[FileStorage]) -> tuple[list[Kept], list[str]]:
    """What became of each file, and a sentence for each that was refused."""
    kept, refused = [], []
    for file in files:
        name = file.filename or "file"
        try:
            with closing(file), db.session.begin_nested():
                kept.append(commands.keep_file(here(), cast("BinaryIO", file.stream), file_name=name))
        except Refused as refusal:
            refused.append(f"{name}: {refusal}")
    return kept, refused


def _reports(form: AddReportsForm) -> ResponseReturnValue:
    page = {"reports": report_page.listed(here()), "doubtful": queries.doubtful_reports(here())}
    return render_template("corpus/reports.html", form=form, **page), form.status


@bp.get("/reports/<uuid:report_id>")
@allowed(Permission.READ_REPORTS)
def report(report_id: UUID) -> ResponseReturnValue:
    """A published report; one that the authority has recorded as its own inspection is shown as that."""
    found = _report(report_id)
    if found.inspection is not None:
        return redirect(url_for("inspections.show", number=found.inspection.number))
    return render_template("corpus/report.html", page=report_page.of(found), happened=history.of(found, limit=20))


@bp.post("/reports/<uuid:report_id>/take-out")
@allowed(Permission.IMPORT_REPORTS)
def take_out(report_id: UUID) -> ResponseReturnValue:
    found = _report(report_id)
    commands.take_out(found)
    flash(f"The report about {found.about} can no longer be searched.", "saved")
    return redirect(url_for(".reports"))


@bp.get("/reports/<uuid:report_id>/pages/<int:page>.png")
@allowed(Permission.READ_REPORTS)
def picture(report_id: UUID, page: int) -> ResponseReturnValue:
    return pictures.picture(_report(report_id).file_sha256, page)


@bp.get("/doubtful/<uuid:doubtful_id>")
@allowed(Permission.IMPORT_REPORTS)
def check(doubtful_id: UUID) -> ResponseReturnValue:
    return _check(_doubtful(doubtful_id), Form())


@bp.post("/doubtful/<uuid:doubtful_id>")
@allowed(Permission.IMPORT_REPORTS)
def settle(doubtful_id: UUID) -> ResponseReturnValue:
    """Add the report once every doubt is settled, or say on its page what is left."""
    doubtful, form, added = _doubtful(doubtful_id), Form(), []
    decisions = {name.removeprefix("decide-"): request.form[name] for name in request.form}
    if not form.carries_out(lambda: added.append(commands.settle(doubtful, decisions=decisions))):
        return _check(doubtful, form)
    flash(f"{added[0].called} can be searched now.", "saved")
    return redirect(url_for(".reports"))


@bp.post("/doubtful/<uuid:doubtful_id>/leave-out")
@allowed(Permission.IMPORT_REPORTS)
def leave_out(doubtful_id: UUID) -> ResponseReturnValue:
    doubtful = _doubtful(doubtful_id)
    commands.leave_out(doubtful)
    flash(f"{doubtful.file_name} is left out.", "saved")
    return redirect(url_for(".reports"))


@bp.get("/doubtful/<uuid:doubtful_id>/pages/<int:page>.png")
@allowed(Permission.IMPORT_REPORTS)
def doubtful_picture(doubtful_id: UUID, page: int) -> ResponseReturnValue:
    return pictures.picture(_doubtful(doubtful_id).file_sha256, page)


def _check(doubtful: DoubtfulReport, form: Form) -> ResponseReturnValue:
    return render_template("corpus/check.html", page=report_page.to_check(doubtful), form=form), form.status


def _report(report_id: UUID) -> PublishedReport:
    return queries.report(here(), report_id) or abort(404)


def _passage(passage_id: UUID) -> Passage:
    return queries.passage(here(), passage_id) or abort(404)


def _doubtful(doubtful_id: UUID) -> DoubtfulReport:
    return queries.doubtful_report(here(), doubtful_id) or abort(404)
