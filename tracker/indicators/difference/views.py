"""Pages about who is treated differently: all pathways, one with its words and tables, and the forms that change it."""

from datetime import date
from typing import cast
from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from tracker.actions import queries as actions
from tracker.frameworks.queries import library as frameworks
from tracker.frameworks.schema import CHILDRENS_SERVICES, Framework
from tracker.improvements import queries as improvements
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import GAVE_WAY
from tracker.indicators import speaking
from tracker.indicators.difference import commands, page, queries, rules, tables, written
from tracker.indicators.difference.forms import (
    AddPathwayForm,
    BringInForm,
    CountsForm,
    OwnPathwayForm,
    RemoveForm,
    SettingsForm,
    SpeaksForForm,
    codes_of,
    counts_form,
    said_words,
    words_form,
)
from tracker.indicators.difference.library import library
from tracker.indicators.difference.models import Counting, Pathway
from tracker.indicators.difference.shape_form import shape_form
from tracker.indicators.difference.tables import Brought, Told
from tracker.indicators.importing.children import ChildLevel
from tracker.indicators.reading import full_files
from tracker.people.guards import allowed, here, recently_confirmed
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.platform.days import read_day
from tracker.platform.errors import Refused
from tracker.platform.workbooks import Sheet, read_pasted
from tracker.platform.workbooks import read as read_workbook
from tracker.web.spreadsheet import download

bp = Blueprint("difference", __name__, url_prefix="/<authority>/measures/difference")


@bp.record_once
def read_library(state: BlueprintSetupState) -> None:
    """Read the files as the application starts: a wrong one is met by the operator, not by a reader."""
    library()


@bp.get("")
@allowed(Permission.READ)
def index() -> ResponseReturnValue:
    found = [
        (one, page.period_of(last) if last else "", queries.statement(one, last) if last else None)
        for one, last in queries.pathways(here())
    ]
    return render_template("indicators/difference/index.html", pathways=found)


@bp.get("/<int:number>")
@allowed(Permission.READ)
def show(number: int) -> ResponseReturnValue:
    pathway = _pathway(number)
    return render_template(
        "indicators/difference/show.html", page=page.asked(pathway), happened=history.of(pathway, limit=20)
    )


@bp.get("/<int:number>.xlsx")
@allowed(Permission.READ)
def spreadsheet(number: int) -> ResponseReturnValue:
    """For outside the authority: counts that are few, and what tells them, are hidden."""
    pathway = _pathway(number)
    counting = queries.counting(pathway, read_day(request.args.get("period", ""))) or abort(404)
    smallest = current_app.config["SMALL_NUMBER"]
    file = written.sheet(pathway, counting, choice=page.choice_asked(pathway), smallest=smallest)
    return download(file, f"{here().slug}-{pathway.reference}-{counting.period_end}")


@bp.post("/<int:number>.xlsx")
@allowed(Permission.TAKE_SMALL_NUMBERS)
@recently_confirmed
def in_full(number: int) -> ResponseReturnValue:
    """With every count, for inside the authority; posted, since it is put on record."""
    pathway = _pathway(number)
    counting = queries.counting(pathway, read_day(request.args.get("period", ""))) or abort(404)
    file = written.sheet(pathway, counting, choice=page.choice_asked(pathway), smallest=None)
    full_files.record(here(), f"{pathway.reference}, counts of {page.period_of(counting)}")
    return download(file, f"{here().slug}-{pathway.reference}-internal-{counting.period_end}")


@bp.get("/<int:number>/empty.xlsx")
@allowed(Permission.RECORD_MEASURES)
def template(number: int) -> ResponseReturnValue:
    pathway = _pathway(number)
    return download(written.empty(pathway), f"{here().slug}-{pathway.reference}-to-fill-in")


@bp.route("/add", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def add() -> ResponseReturnValue:
    form, added = AddPathwayForm(), list[Pathway]()
    form.offer(library())
    if form.carries_out(lambda: added.append(_add(form))):
        flash(f"{added[0].reference} added. Enter its counts.", "saved")
        return redirect(url_for(".counts", number=added[0].number))
    return render_template("indicators/difference/add.html", form=form, library=library()), form.status


def _add(form: AddPathwayForm) -> Pathway:
    return commands.add_from_library(
        here(),
        pathway=library().pathways[form.pathway.data],
        characteristic=library().characteristics[form.characteristic.data],
    )


@bp.route("/add/own", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def add_own() -> ResponseReturnValue:
    form, added = OwnPathwayForm(), list[Pathway]()
    form.offer(_framework())
    if form.carries_out(lambda: added.append(commands.add_own(here(), means=form.means()))):
        flash(f"{added[0].reference} added. Enter its counts.", "saved")
        return redirect(url_for(".counts", number=added[0].number))
    return render_template("indicators/difference/own.html", form=form), form.status


@bp.route("/<int:number>/counts", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def counts(number: int) -> ResponseReturnValue:
    pathway = _pathway(number)
    there = _asked_counting(pathway)
    form = counts_form(pathway, there, _days(there), posted=True)
    if form.carries_out(lambda: _record(pathway, form)):
        return _to(pathway, "Counts recorded.", period=form.last_day.data)
    return _counts_page(pathway, form, there), form.status


def _record(pathway: Pathway, form: CountsForm) -> None:
    commands.record(
        pathway,
        form.period(),
        version=form.counting_version.data,
        reason=form.reason.data or "",
        on=clock.today(),
    )


def _counts_page(pathway: Pathway, form: CountsForm, there: Counting | None, told: Told | None = None) -> str:
    return render_template(
        "indicators/difference/counts.html",
        form=form,
        pathway=pathway,
        there=there,
        told=told,
        before=there.counts if there else {},
        codes=codes_of(pathway.shape),
        across=len(pathway.shape.groups) < page.ACROSS,
    )


@bp.route("/<int:number>/bring", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def bring_in(number: int) -> ResponseReturnValue:
    """Read a table and show it as the form of the counts: nothing of it is kept before somebody saves that."""
    pathway, form, read = _pathway(number), BringInForm(), list[Brought]()
    if form.carries_out(lambda: read.append(_read(form, pathway))):
        brought = read[0]
        if brought.told.is_clear:
            return _filled_page(pathway, brought)
        words = words_form(brought.told.unclear, brought.words)
        return render_template("indicators/difference/words.html", form=words, brought=brought, pathway=pathway)
    return render_template("indicators/difference/bring.html", form=form, pathway=pathway), form.status


def _read(form: BringInForm, pathway: Pathway) -> Brought:
    try:
        return tables.brought(_sheets(form), pathway.shape, pathway.words, said_words(request.form))
    except ChildLevel:
        form.pasted.empty()
        raise


def _sheets(form: BringInForm) -> tuple[Sheet, ...]:
    file, text = cast("FileStorage | None", form.file.data), form.pasted.as_pasted
    chosen = file is not None and bool(file.filename)
    if chosen == bool(text.strip()):
        raise Refused("Choose a file or paste its cells: one of the two.")
    if file is not None and chosen:
        return read_workbook(file.stream, as_shown=True)  # type: ignore[arg-type]  # Werkzeug's stream reads bytes and seeks
    return read_pasted(text, as_shown=True)


def _filled_page(pathway: Pathway, brought: Brought) -> str:
    """The form of the counts with what the table says in it; what words meant is kept for the next table."""
    if brought.said:
        commands.remember(pathway, brought.said)
    there = _asked_counting(pathway)
    before = there.counts if there else {}
    form = counts_form(pathway, there, _days(there), {**before, **brought.told.counts})
    return _counts_page(pathway, form, there, brought.told)


@bp.route("/<int:number>/counts/<uuid:counting_id>/remove", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def remove(number: int, counting_id: UUID) -> ResponseReturnValue:
    pathway, form = _pathway(number), RemoveForm()
    counting = next((one for one in pathway.countings if one.id == counting_id), None) or abort(404)
    period = page.period_of(counting)
    if form.carries_out(lambda: commands.remove(pathway, counting=counting, reason=form.reason.data or "")):
        return _to(pathway, f"Counts of {period} taken out.")
    return render_template("indicators/difference/remove.html", form=form, pathway=pathway, period=period), form.status


@bp.route("/<int:number>/settings", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def settings(number: int) -> ResponseReturnValue:
    pathway = _pathway(number)
    form = SettingsForm.of(pathway, _framework())
    if form.carries_out(
        lambda: commands.change(
            pathway,
            version=form.version.data or 0,
            name=form.name.data or "",
            source=form.source.data or "",
            compared_with=form.compared_with.data or "",
            least=form.least(),
            area_code=form.area.data or "",
        )
    ):
        return _to(pathway, f"{pathway.reference} changed.")
    return render_template("indicators/difference/settings.html", form=form, pathway=pathway), form.status


@bp.route("/<int:number>/stages", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def stages(number: int) -> ResponseReturnValue:
    pathway = _pathway(number)
    form = shape_form(pathway)
    if form.carries_out(
        lambda: commands.change_shape(
            pathway, version=form.version.data or 0, stages=form.stages(), groups=form.groups()
        )
    ):
        return _to(pathway, f"Stages and groups of {pathway.reference} changed.")
    return render_template("indicators/difference/stages.html", form=form, pathway=pathway), form.status


@bp.route("/<int:number>/items/new", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def link(number: int) -> ResponseReturnValue:
    pathway, form = _pathway(number), SpeaksForForm()
    may_be_linked = [item for item in improvements.items(here()) if item.state not in GAVE_WAY]
    form.offer([item for item in may_be_linked if item not in pathway.items])
    if form.carries_out(lambda: speaking.link_to_item(pathway, item=_item(form.item.data))):
        return _to(pathway, f"{pathway.reference} now speaks for I-{form.item.data}.")
    return render_template("indicators/difference/link.html", form=form, pathway=pathway), form.status


@bp.post("/<int:number>/items/<int:item_number>/remove")
@allowed(Permission.RECORD_MEASURES)
def unlink(number: int, item_number: int) -> ResponseReturnValue:
    pathway = _pathway(number)
    speaking.unlink(pathway, item=_item(item_number))
    return _to(pathway, f"{pathway.reference} no longer speaks for I-{item_number}.")


def _framework() -> Framework:
    return frameworks().current(CHILDRENS_SERVICES, clock.today())


def _pathway(number: int) -> Pathway:
    return queries.pathway(here(), number) or abort(404)


def _item(number: int) -> ImprovementItem:
    return actions.item(here(), number) or abort(404)


def _asked_counting(pathway: Pathway) -> Counting | None:
    """The counts of the period that the address names; none: a new period."""
    asked = read_day(request.args.get("period", ""))
    return next((one for one in pathway.countings if one.period_end == asked), None)


def _days(there: Counting | None) -> tuple[date, date]:
    return (there.period_start, there.period_end) if there else rules.last_period(clock.today())


def _to(pathway: Pathway, message: str, *, period: date | None = None) -> ResponseReturnValue:
    flash(message, "saved")
    return redirect(url_for(".show", number=pathway.number, period=period.isoformat() if period else None))
