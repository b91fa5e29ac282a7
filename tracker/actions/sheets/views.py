"""A plan that somebody keeps in a spreadsheet: brought in step by step; ours sent out to be edited and taken back."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions.sheets import asking, commands, queries, written
from tracker.actions.sheets.forms import BringInForm, columns_form_of, words_form_of
from tracker.actions.sheets.models import PlanSheet
from tracker.actions.sheets.words import Words
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.previews import Outcome
from tracker.web import preview_page
from tracker.web.chosen_file import taken_in
from tracker.web.fields import Form
from tracker.web.spreadsheet import download

bp = Blueprint("plan_sheets", __name__, url_prefix="/<authority>/plan/sheets")


@bp.get("")
@allowed(Permission.PLAN)
def index() -> ResponseReturnValue:
    return _index(BringInForm())


@bp.post("")
@allowed(Permission.PLAN)
def bring_in() -> ResponseReturnValue:
    form = BringInForm()
    sheet = taken_in(form, lambda stream, name: commands.bring_in(here(), stream, file_name=name, by=me()))
    if sheet is None:
        return _index(form)
    step = ".preview" if sheet.export_id else ".columns"
    return redirect(url_for(step, sheet_id=sheet.id))


def _index(form: BringInForm) -> ResponseReturnValue:
    return render_template("actions/sheets/index.html", form=form, sheets=queries.last_sheets(here())), form.status


@bp.post("/download")
@allowed(Permission.PLAN)
def export() -> ResponseReturnValue:
    """A POST, because what each cell says now is remembered."""
    made, actions = commands.export_plan(here(), by=me())
    title = f"Improvement plan to edit, {clock.today():%-d %B %Y}"
    content = written.workbook(actions, queries.plan(here()), number=made.id, title=title)
    return download(content, f"{here().slug}-plan-to-edit-{clock.today():%Y-%m-%d}")


@bp.route("/<uuid:sheet_id>/columns", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def columns(sheet_id: UUID) -> ResponseReturnValue:
    sheet = _sheet(sheet_id)
    sheets = queries.content(sheet)
    form = columns_form_of(sheet, sheet.among(sheets))
    if form.carries_out(lambda: commands.choose_columns(sheet, chosen=form.chosen())):
        return redirect(url_for(".words", sheet_id=sheet.id))
    return render_template("actions/sheets/columns.html", form=form, sheet=sheet, sheets=sheets), form.status


@bp.post("/<uuid:sheet_id>/sheet")
@allowed(Permission.PLAN)
def choose_sheet(sheet_id: UUID) -> ResponseReturnValue:
    sheet = _sheet(sheet_id)
    commands.choose_sheet(sheet, name=request.form.get("name", ""))
    return redirect(url_for(".columns", sheet_id=sheet.id))


@bp.route("/<uuid:sheet_id>/words", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def words(sheet_id: UUID) -> ResponseReturnValue:
    sheet = _sheet(sheet_id)
    plan = queries.plan(here())
    unknown = asking.unknown(commands.said_by(sheet), plan, Words(plan, sheet.meanings))
    if not unknown and request.method == "GET":
        return redirect(url_for(".preview", sheet_id=sheet.id))
    form = words_form_of(sheet, unknown, plan)
    if form.carries_out(lambda: commands.explain(sheet, meanings=form.meanings(), source=form["source"].data)):
        return redirect(url_for(".preview", sheet_id=sheet.id))
    return render_template("actions/sheets/words.html", form=form, sheet=sheet), form.status


@bp.get("/<uuid:sheet_id>")
@allowed(Permission.PLAN)
def preview(sheet_id: UUID) -> ResponseReturnValue:
    return _preview(_sheet(sheet_id), Form())


@bp.post("/<uuid:sheet_id>/choices")
@allowed(Permission.PLAN)
def settle(sheet_id: UUID) -> ResponseReturnValue:
    """Which rows to leave out, and whose value stands."""
    sheet, form = _sheet(sheet_id), Form()
    shown, left_out = preview_page.rows_posted("shown"), preview_page.rows_posted("leave_out")
    sides = preview_page.sides_posted("stands-")
    if form.carries_out(lambda: commands.settle(sheet, shown=shown, left_out=left_out, settled=sides)):
        return redirect(url_for(".preview", sheet_id=sheet.id))
    return _preview(sheet, form)


@bp.post("/<uuid:sheet_id>")
@allowed(Permission.PLAN)
def apply(sheet_id: UUID) -> ResponseReturnValue:
    sheet, form = _sheet(sheet_id), Form()
    digest = request.form.get("digest", "")
    if form.carries_out_whole(lambda: commands.apply(sheet, digest=digest, by=me(), on=clock.today())):
        flash(_said(sheet), "saved")
        return redirect(url_for("actions.plan"))
    return _preview(sheet, form)


def _preview(sheet: PlanSheet, form: Form) -> ResponseReturnValue:
    if sheet.applied_at is not None:
        return render_template("actions/sheets/applied.html", sheet=sheet), form.status
    found = commands.preview(sheet, by=me(), on=clock.today())
    page = preview_page.of(found)
    return render_template("actions/sheets/preview.html", form=form, sheet=sheet, page=page), form.status


def _said(sheet: PlanSheet) -> str:
    """What was applied, in a sentence."""
    applied = sheet.applied or {}
    new, changed = applied.get(Outcome.NEW, 0), applied.get(Outcome.CHANGED, 0)
    return f"{sheet.file_name} applied: {_actions(new)} added, {_actions(changed)} changed."


def _actions(count: int) -> str:
    return "1 action" if count == 1 else f"{count} actions"


def _sheet(sheet_id: UUID) -> PlanSheet:
    return queries.sheet(here(), sheet_id) or abort(404)
