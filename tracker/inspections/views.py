"""Reports: those that are recorded, those that wait to be checked, their pages as pictures and their files."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from typing import BinaryIO, cast
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from tracker.inspections import commands, history_page, pictures, queries, review_page
from tracker.inspections.checking.rules import ITEMS, JUDGEMENTS, Value
from tracker.inspections.commands import Kept
from tracker.inspections.forms import DatesForm, ImportForm
from tracker.inspections.models import Inspection, Review
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import history, jobs, storage
from tracker.platform.errors import Refused
from tracker.web.fields import Form

bp = Blueprint("inspections", __name__, url_prefix="/<authority>/inspections")


@bp.get("")
@allowed(Permission.READ_REPORTS)
def index() -> ResponseReturnValue:
    return _index(ImportForm())


@bp.post("")
@allowed(Permission.IMPORT_REPORTS)
def import_reports() -> ResponseReturnValue:
    """Read every file that was chosen; one bad file stops none of the others."""
    form = ImportForm()
    if not form.validate_on_submit():
        return _index(form)
    chosen = [file for file in form.files.data if file.filename]
    if not chosen:
        form.refuse("Choose a PDF file first.", on="files")
        return _index(form)
    kept, refused = _kept(chosen)
    if not kept:
        for sentence in refused:
            form.refuse(sentence)
        return _index(form)
    for sentence in refused:
        flash(sentence, "refused")
    return _after_import(kept)


def _kept(files: Sequence[FileStorage]) -> tuple[list[Kept], list[str]]:
    """What became of each file, and a sentence for each that was refused."""
    jobs.let_others_write()  # reading takes seconds, and nothing is changed yet
    with ExitStack() as open_files:
        streams = [cast("BinaryIO", open_files.enter_context(closing(file)).stream) for file in files]
        received = commands.receive(zip([file.filename or "file" for file in files], streams, strict=True))
    kept, refused = [], []
    for file in received:
        try:
            kept.append(commands.keep_received(here(), file, by=me()))
        except Refused as refusal:
            refused.append(f"{file.file_name}: {refusal}")
    return kept, refused


def _after_import(kept: list[Kept]) -> ResponseReturnValue:
    if len(kept) > 1:
        flash(f"{len(kept)} reports are read. Check each, then accept it.", "saved")
        return redirect(url_for(".index"))
    only = kept[0]
    if only.inspection is not None:
        flash("This file was imported before. This is what was recorded from it.", "saved")
        return redirect(url_for(".show", number=only.inspection.number))
    if only.review is None:
        abort(500)
    if only.known:
        flash("This file was read before and waits to be checked.", "saved")
    return redirect(url_for(".review", review_id=only.review.id))


def _index(form: ImportForm) -> ResponseReturnValue:
    page = history_page.of(here())
    return render_template("inspections/index.html", page=page, form=form), form.status


@bp.get("/<int:number>")
@allowed(Permission.READ_REPORTS)
def show(number: int) -> ResponseReturnValue:
    inspection = _inspection(number)
    return render_template(
        "inspections/show.html",
        inspection=inspection,
        report=history_page.report_of(inspection),
        happened=history.of(inspection, limit=20),
    )


@bp.route("/<int:number>/dates", methods=["GET", "POST"])
@allowed(Permission.IMPORT_REPORTS)
def dates(number: int) -> ResponseReturnValue:
    inspection = _inspection(number)
    form = DatesForm(published_on=inspection.published_on, received_on=inspection.received_on)
    if form.carries_out(
        lambda: commands.set_dates(inspection, published_on=form.published_on.data, received_on=form.received_on.data)
    ):
        flash(f"{inspection.reference} saved.", "saved")
        return redirect(url_for(".show", number=number))
    return render_template("inspections/dates.html", inspection=inspection, form=form), form.status


@bp.get("/reviews/<uuid:review_id>")
@allowed(Permission.IMPORT_REPORTS)
def review(review_id: UUID) -> ResponseReturnValue:
    found = _review(review_id)
    if found.state != "To check":
        return _not_open(found)
    return review_shown(found)


def review_shown(review: Review, *, refused: Refused | None = None) -> ResponseReturnValue:
    """The page that checks a review. With a refusal it says why nothing was recorded, and nothing is committed."""
    page = review_page.page_of(
        review,
        page=request.args.get("page", type=int),
        change=request.values.get("change") or None,
        show=request.args.get("show"),
    )
    form = page.form or Form()
    if refused is not None:
        form.refuse(refused)
    return render_template("inspections/review.html", page=page, form=form), form.status


def _not_open(review: Review) -> ResponseReturnValue:
    inspection = queries.inspection_of_file(here(), review.file_sha256)
    if inspection is None:
        flash("This report was discarded. Import the file again to check it.", "refused")
        return redirect(url_for(".index"))
    return redirect(url_for(".show", number=inspection.number))


@bp.post("/reviews/<uuid:review_id>/decide")
@allowed(Permission.IMPORT_REPORTS)
def decide(review_id: UUID) -> ResponseReturnValue:
    """Keep for later, with what was decided so far."""
    review = _review(review_id)
    try:
        commands.decide(review, decisions=decisions_in(request.form))
    except Refused as refused:
        return review_shown(review, refused=refused)
    flash("Kept for later, with what you decided. Nothing is recorded yet.", "saved")
    return redirect(url_for(".index"))


def decisions_in(posted: Iterable[str]) -> dict[str, str]:
    """What was decided on each unsure entry: fields named ``decide-<path>``."""
    return {name.removeprefix("decide-"): request.form[name] for name in posted if name.startswith("decide-")}


@bp.post("/reviews/<uuid:review_id>/change")
@allowed(Permission.IMPORT_REPORTS)
def change(review_id: UUID) -> ResponseReturnValue:
    """Put one entry right, or add one."""
    review = _review(review_id)
    page = review_page.page_of(review, page=None, change=request.form.get("change"))
    entry, form = page.change, page.form
    if entry is None or form is None:
        return review_shown(review, refused=Refused("That is not on the report any more. Look again."))
    if form.carries_out(lambda: commands.correct(review, path=entry.path, value=form.value(entry))):
        return _back_to(review, entry.path)
    return render_template("inspections/review.html", page=page, form=form), form.status


@bp.post("/reviews/<uuid:review_id>/take-out")
@allowed(Permission.IMPORT_REPORTS)
def take_out(review_id: UUID) -> ResponseReturnValue:
    return _corrected(_review(review_id), request.form.get("path", ""), None)


@bp.post("/reviews/<uuid:review_id>/put-back")
@allowed(Permission.IMPORT_REPORTS)
def put_back(review_id: UUID) -> ResponseReturnValue:
    review, path = _review(review_id), request.form.get("path", "")
    commands.put_back(review, path=path)
    return _back_to(review, path)


@bp.post("/reviews/<uuid:review_id>/discard")
@allowed(Permission.IMPORT_REPORTS)
def discard(review_id: UUID) -> ResponseReturnValue:
    review = _review(review_id)
    commands.discard(review)
    flash(f"{review.file_name} is discarded. Nothing was recorded.", "saved")
    return redirect(url_for(".index"))


@bp.get("/reviews/<uuid:review_id>/pages/<int:page>.png")
@allowed(Permission.IMPORT_REPORTS)
def review_picture(review_id: UUID, page: int) -> ResponseReturnValue:
    review = _review(review_id)
    return pictures.picture(review.file_sha256, page)


@bp.get("/<int:number>/pages/<int:page>.png")
@allowed(Permission.READ_REPORTS)
def picture(number: int, page: int) -> ResponseReturnValue:
    return pictures.picture(_inspection(number).file_sha256, page)


@bp.get("/reviews/<uuid:review_id>/report.pdf")
@allowed(Permission.IMPORT_REPORTS)
def review_file(review_id: UUID) -> ResponseReturnValue:
    return _file(_review(review_id).file_sha256)


@bp.get("/<int:number>/report.pdf")
@allowed(Permission.READ_REPORTS)
def file(number: int) -> ResponseReturnValue:
    return _file(_inspection(number).file_sha256)


def _file(sha256: str) -> Response:
    """The report itself, always as a download: a PDF may hold scripts."""
    return Response(
        storage.pieces(sha256),
        mimetype="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="report-{sha256[:12]}.pdf"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _corrected(review: Review, path: str, value: Value) -> ResponseReturnValue:
    try:
        commands.correct(review, path=path, value=value)
    except Refused as refused:
        return review_shown(review, refused=refused)
    return _back_to(review, path)


def _back_to(review: Review, path: str) -> ResponseReturnValue:
    """To the entry on the page, unfolded for those who have no script."""
    page, kind = request.args.get("page", type=int), path.partition(".")[0]
    folded = None if kind in (ITEMS, JUDGEMENTS) else 1
    return redirect(url_for(".review", review_id=review.id, page=page, open=folded, _anchor=path.replace(".", "-")))


def _inspection(number: int) -> Inspection:
    return queries.inspection(here(), number) or abort(404)


def _review(review_id: UUID) -> Review:
    return queries.review(here(), review_id) or abort(404)
