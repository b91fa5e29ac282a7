"""Pages on which past audits come in from a spreadsheet: chosen, matched, looked at, applied."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits.past import asking, commands, queries, taking_out, uses
from tracker.audits.past.asking import Unknown
from tracker.audits.past.forms import BringInForm, TakeOutForm, words_form_of
from tracker.audits.past.models import PastSheet
from tracker.audits.past.queries import Known
from tracker.audits.past.words import Words
from tracker.audits.views.blueprint import bp
from tracker.frameworks.schema import Area
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.platform.previews import Outcome
from tracker.platform.workbooks import Sheet
from tracker.web import preview_page
from tracker.web.chosen_file import taken_in
from tracker.web.columns_form import columns_form
from tracker.web.fields import Form


@bp.get("/audits/past")
@allowed(Permission.BRING_IN_PAST_AUDITS)
def past() -> ResponseReturnValue:
    return _index(BringInForm())


@bp.post("/audits/past")
@allowed(Permission.BRING_IN_PAST_AUDITS)
def bring_past_in() -> ResponseReturnValue:
    form = BringInForm()
    _offer(form)
    sheet = taken_in(
        form,
        lambda stream, name: commands.bring_in(
            here(), stream, file_name=name, tool_id=form.tool.data, area_code=form.area.data, by=me()
        ),
    )
    if sheet is None:
        return _index(form)
    return redirect(url_for(".past_columns", sheet_id=sheet.id))


@bp.route("/audits/past/<uuid:sheet_id>/columns", methods=["GET", "POST"])
@allowed(Permission.BRING_IN_PAST_AUDITS)
def past_columns(sheet_id: UUID) -> ResponseReturnValue:
    sheet = _sheet(sheet_id)
    sheets, known = queries.content(sheet), queries.known(here())
    chosen = sheet.among(sheets)
    wanted = commands.asked_columns(sheet, chosen, known)
    given = {key: place for key, place in sheet.columns.items() if key in {one.key for one in wanted}}
    form = columns_form(wanted, chosen, headings=sheet.headings, headings_row=sheet.headings_row, chosen=given)
    if form.carries_out(lambda: commands.choose_columns(sheet, wanted=wanted, chosen=form.chosen())):
        return redirect(_after_columns(sheet, wanted_before=len(wanted), content=chosen, known=known))
    return render_template("audits/past/columns.html", form=form, sheet=sheet, sheets=sheets), form.status


@bp.post("/audits/past/<uuid:sheet_id>/sheet")
@allowed(Permission.BRING_IN_PAST_AUDITS)
def choose_past_sheet(sheet_id: UUID) -> ResponseReturnValue:
    sheet = _sheet(sheet_id)
    commands.choose_sheet(sheet, name=request.form.get("name", ""))
    return redirect(url_for(".past_columns", sheet_id=sheet.id))


@bp.route("/audits/past/<uuid:sheet_id>/words", methods=["GET", "POST"])
@allowed(Permission.BRING_IN_PAST_AUDITS)
def past_words(sheet_id: UUID) -> ResponseReturnValue:
    sheet = _sheet(sheet_id)
    content, known = sheet.among(queries.content(sheet)), queries.known(here())
    again = "again" in request.args
    unknown = _unknown(sheet, content, known, again=again)
    if not unknown and request.method == "GET":
        if again:
            flash("Every word of this file is one that is known here, so there is nothing to say.", "saved")
        return redirect(url_for(".past_preview", sheet_id=sheet.id))
    form, before = words_form_of(unknown), len(commands.asked_columns(sheet, content, known))
    if form.carries_out(lambda: commands.explain(sheet, meanings=form.meanings())):
        return redirect(_after_words(sheet, unknown, wanted_before=before, content=content, known=known))
    page = render_template("audits/past/words.html", form=form, sheet=sheet, again=again)
    return page, form.status


@bp.get("/audits/past/<uuid:sheet_id>")
@allowed(Permission.BRING_IN_PAST_AUDITS)
def past_preview(sheet_id: UUID) -> ResponseReturnValue:
    return _preview(_sheet(sheet_id), Form())


@bp.post("/audits/past/<uuid:sheet_id>/choices")
@allowed(Permission.BRING_IN_PAST_AUDITS)
def settle_past(sheet_id: UUID) -> ResponseReturnValue:
    """Which rows to leave out."""
    sheet, form = _sheet(sheet_id), Form()
    shown, left_out = preview_page.rows_posted("shown"), preview_page.rows_posted("leave_out")
    if form.carries_out(lambda: commands.settle(sheet, shown=shown, left_out=left_out)):
        return redirect(url_for(".past_preview", sheet_id=sheet.id))
    return _preview(sheet, form)


@bp.post("/audits/past/<uuid:sheet_id>")
@allowed(Permission.BRING_IN_PAST_AUDITS)
def apply_past(sheet_id: UUID) -> ResponseReturnValue:
    sheet, form = _sheet(sheet_id), Form()
    digest = request.form.get("digest", "")
    if form.carries_out_whole(lambda: commands.apply(sheet, digest=digest, by=me(), on=clock.today())):
        applied = sheet.applied or {}
        new, changed = applied.get(Outcome.NEW, 0), applied.get(Outcome.CHANGED, 0)
        flash(f"{sheet.file_name}: {_audits(new)} brought in, {_audits(changed)} changed.", "saved")
        return redirect(url_for(".index", year="all"))
    return _preview(sheet, form)


@bp.route("/audits/past/<uuid:sheet_id>/out", methods=["GET", "POST"])
@allowed(Permission.BRING_IN_PAST_AUDITS)
def take_past_out(sheet_id: UUID) -> ResponseReturnValue:
    sheet, form = _sheet(sheet_id), TakeOutForm()
    if sheet.applied_at is None or sheet.taken_out_at is not None:
        return redirect(url_for(".past_preview", sheet_id=sheet.id))
    if form.carries_out_whole(lambda: taking_out.take_out(sheet, because=form.because.data or "", by=me())):
        flash(f"{sheet.file_name} was taken out, with all that it had brought in.", "saved")
        return redirect(url_for(".past_preview", sheet_id=sheet.id))
    there, used = uses.number_of_audits(sheet), uses.uses(sheet)
    page = render_template("audits/past/out.html", form=form, sheet=sheet, there=there, used=used)
    return page, form.status


def _after_columns(sheet: PastSheet, *, wanted_before: int, content: Sheet, known: Known) -> str:
    """The columns again once the one that names tools was chosen: their domains can then be chosen too."""
    more = len(commands.asked_columns(sheet, content, known)) > wanted_before
    return url_for(".past_columns" if more else ".past_words", sheet_id=sheet.id)


def _after_words(
    sheet: PastSheet, asked: Sequence[Unknown], *, wanted_before: int, content: Sheet, known: Known
) -> str:
    """A tool that is now known has domains to choose columns for and words of its own; else what every row would do."""
    if len(commands.asked_columns(sheet, content, known)) > wanted_before:
        return url_for(".past_columns", sheet_id=sheet.id)
    before = {(one.column, one.key) for one in asked if not one.told}
    more = any((one.column, one.key) not in before for one in _unknown(sheet, content, known))
    return url_for(".past_words" if more else ".past_preview", sheet_id=sheet.id)


def _unknown(sheet: PastSheet, content: Sheet, known: Known, *, again: bool = False) -> list[Unknown]:
    words = Words(known, sheet.meanings, sheet.tool_id)
    return asking.unknown(commands.said_by(sheet, content), known, words, again=again)


def _index(form: BringInForm) -> ResponseReturnValue:
    _offer(form)
    return render_template("audits/past/index.html", form=form, sheets=queries.last_sheets(here())), form.status


def _offer(form: BringInForm) -> None:
    known = queries.known(here())
    areas: dict[str, Area] = {}
    for tool in known.box.latest:
        areas.update({area.code: area for area in known.areas(tool)})
    form.offer(known.box.latest, list(areas.values()))


def _preview(sheet: PastSheet, form: Form) -> ResponseReturnValue:
    if sheet.applied_at is not None:
        happened = history.of(sheet, limit=20)
        return render_template("audits/past/applied.html", sheet=sheet, happened=happened), form.status
    page = preview_page.of(commands.preview(sheet, on=clock.today()))
    return render_template("audits/past/preview.html", form=form, sheet=sheet, page=page), form.status


def _audits(count: int) -> str:
    return "1 audit" if count == 1 else f"{count:,} audits"


def _sheet(sheet_id: UUID) -> PastSheet:
    return queries.sheet(here(), sheet_id) or abort(404)
