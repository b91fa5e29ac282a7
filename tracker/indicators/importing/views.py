"""Pages on which figures are brought in: choose the file, say what its columns and words mean, look, decide."""

from typing import cast
from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from tracker.indicators.importing import asking, commands, queries, rules, written
from tracker.indicators.importing.children import ChildLevel
from tracker.indicators.importing.forms import ApplyForm, BringInForm, columns_form_of, words_form_of
from tracker.indicators.importing.models import FigureSheet
from tracker.indicators.importing.rules import PERIODS, Field, Layout
from tracker.indicators.reading import full_files, leaving
from tracker.people.guards import allowed, here, me, recently_confirmed
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.errors import Refused
from tracker.web import preview_page
from tracker.web.fields import Form
from tracker.web.spreadsheet import download

bp = Blueprint("figure_sheets", __name__, url_prefix="/<authority>/measures/figures")


@bp.get("")
@allowed(Permission.RECORD_MEASURES)
def index() -> ResponseReturnValue:
    return _index(BringInForm())


@bp.post("")
@allowed(Permission.RECORD_MEASURES)
def bring_in() -> ResponseReturnValue:
    form, brought = BringInForm(), list[FigureSheet]()
    if form.carries_out_whole(lambda: brought.append(_bring_in(form))):
        return redirect(url_for(".columns", sheet_id=brought[0].id))
    return _index(form)


def _bring_in(form: BringInForm) -> FigureSheet:
    file, table = cast("FileStorage | None", form.file.data), form.table.as_pasted
    chosen = file is not None and bool(file.filename)
    if chosen == bool(table.strip()):
        raise Refused("Choose a file or paste its cells: one of the two.")
    try:
        if file is not None and chosen:
            return commands.bring_in(here(), file.stream, file_name=file.filename or "", by=me())  # type: ignore[arg-type]  # Werkzeug's stream reads bytes and seeks
        return commands.bring_in_pasted(here(), table, by=me())
    except ChildLevel:
        form.table.empty()
        raise


def _index(form: BringInForm) -> ResponseReturnValue:
    sheets = queries.last_sheets(here())
    return render_template("indicators/importing/index.html", form=form, sheets=sheets), form.status


@bp.get("/figures.xlsx")
@allowed(Permission.READ)
def spreadsheet() -> ResponseReturnValue:
    """Every measure with its figures, for outside the authority: those that count few are hidden."""
    hidden = leaving.hidden(here(), current_app.config["SMALL_NUMBER"])
    content = written.figures(queries.measures(here(), {}).all, clock.today(), hidden=hidden)
    return download(content, f"{here().slug}-figures-{clock.today():%Y-%m-%d}")


@bp.post("/figures.xlsx")
@allowed(Permission.TAKE_SMALL_NUMBERS)
@recently_confirmed
def in_full() -> ResponseReturnValue:
    """With every figure, for inside the authority: it can be changed and brought in again. It is put on record."""
    content = written.figures(queries.measures(here(), {}).all, clock.today(), hidden=None)
    full_files.record(here(), "all figures of measures")
    return download(content, f"{here().slug}-figures-internal-{clock.today():%Y-%m-%d}")


@bp.route("/<uuid:sheet_id>/columns", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def columns(sheet_id: UUID) -> ResponseReturnValue:
    sheet = _sheet(sheet_id)
    if sheet.applied_at is not None:
        return redirect(url_for(".preview", sheet_id=sheet.id))
    sheets, rows = queries.content(sheet), queries.chosen(sheet)
    form = columns_form_of(sheet, rows)
    period = form["period"].data if "period" in form else ""
    if form.carries_out(
        lambda: commands.choose_columns(
            sheet, chosen=form.chosen(), period=period or "", provisional=form["provisional"].data
        )
    ):
        return redirect(url_for(".words", sheet_id=sheet.id))
    over = rules.period_columns(rows, sheet.headings_row, sheet.columns) if sheet.layout is Layout.WIDE else []
    other = Layout.LONG if sheet.layout is Layout.WIDE else Layout.WIDE
    return render_template(
        "indicators/importing/columns.html", form=form, sheet=sheet, sheets=sheets, over=over, other=other
    ), form.status


@bp.post("/<uuid:sheet_id>/sheet")
@allowed(Permission.RECORD_MEASURES)
def choose_sheet(sheet_id: UUID) -> ResponseReturnValue:
    sheet = _sheet(sheet_id)
    commands.choose_sheet(sheet, name=request.form.get("name", ""))
    return redirect(url_for(".columns", sheet_id=sheet.id))


@bp.post("/<uuid:sheet_id>/layout")
@allowed(Permission.RECORD_MEASURES)
def choose_layout(sheet_id: UUID) -> ResponseReturnValue:
    sheet, name = _sheet(sheet_id), request.form.get("layout", "")
    if name not in set(Layout):
        raise Refused("Choose one of the two layouts.")
    commands.choose_layout(sheet, layout=Layout(name))
    return redirect(url_for(".columns", sheet_id=sheet.id))


@bp.route("/<uuid:sheet_id>/words", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def words(sheet_id: UUID) -> ResponseReturnValue:
    sheet = _sheet(sheet_id)
    if sheet.applied_at is not None:
        return redirect(url_for(".preview", sheet_id=sheet.id))
    measures = queries.measures(here(), sheet.meanings)
    asked = asking.words(commands.said_by(sheet), measures, sheet.meanings.get(PERIODS, {}))
    again = bool(asked) and "again" in request.args
    if request.method == "GET" and not again and not any(one.is_open for one in asked):
        return redirect(url_for(".preview", sheet_id=sheet.id))
    form = words_form_of(asked, measures)
    if form.carries_out(lambda: commands.explain(sheet, meanings=form.meanings())):
        return redirect(url_for(".preview", sheet_id=sheet.id))
    by_kind = form.by_column()
    about = {"about_periods": by_kind.get(PERIODS), "about_measures": by_kind.get(Field.MEASURE)}
    return render_template("indicators/importing/words.html", form=form, sheet=sheet, **about), form.status


@bp.get("/<uuid:sheet_id>")
@allowed(Permission.RECORD_MEASURES)
def preview(sheet_id: UUID) -> ResponseReturnValue:
    return _preview(_sheet(sheet_id), ApplyForm())


@bp.post("/<uuid:sheet_id>/choices")
@allowed(Permission.RECORD_MEASURES)
def leave_out(sheet_id: UUID) -> ResponseReturnValue:
    sheet, form = _sheet(sheet_id), Form()
    shown, left_out = preview_page.rows_posted("shown"), preview_page.rows_posted("leave_out")
    if form.carries_out(lambda: commands.leave_out(sheet, shown=shown, left_out=left_out)):
        return redirect(url_for(".preview", sheet_id=sheet.id))
    return _preview(sheet, form)


@bp.post("/<uuid:sheet_id>/forget")
@allowed(Permission.RECORD_MEASURES)
def forget(sheet_id: UUID) -> ResponseReturnValue:
    sheet = _sheet(sheet_id)
    commands.forget(sheet)
    flash(f"{sheet.file_name} is forgotten. No figure changed.", "saved")
    return redirect(url_for(".index"))


@bp.post("/<uuid:sheet_id>")
@allowed(Permission.RECORD_MEASURES)
def apply(sheet_id: UUID) -> ResponseReturnValue:
    sheet, form = _sheet(sheet_id), ApplyForm()
    digest, reason = request.form.get("digest", ""), form.reason.data or ""
    if form.carries_out_whole(lambda: commands.apply(sheet, digest=digest, reason=reason, on=clock.today())):
        count = (sheet.applied or {}).get("figures", 0)
        flash(f"{sheet.file_name} applied: {'1 figure' if count == 1 else f'{count} figures'} recorded.", "saved")
        return redirect(url_for("indicators.index"))
    return _preview(sheet, form)


def _preview(sheet: FigureSheet, form: Form) -> ResponseReturnValue:
    if sheet.applied_at is not None:
        return render_template("indicators/importing/applied.html", sheet=sheet, form=form), form.status
    found, measures = commands.preview(sheet, on=clock.today()), queries.measures(here(), sheet.meanings)
    asked = asking.words(commands.said_by(sheet), measures, sheet.meanings.get(PERIODS, {}))
    return render_template(
        "indicators/importing/preview.html",
        form=form,
        sheet=sheet,
        page=preview_page.of(found),
        has_words=bool(asked),
        final=commands.final_figures(found),
    ), form.status


def _sheet(sheet_id: UUID) -> FigureSheet:
    return queries.sheet(here(), sheet_id) or abort(404)
