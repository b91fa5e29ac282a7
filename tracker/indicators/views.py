"""Pages of measures: all of them by judgement area, one with its figures, and the forms that change it."""

from decimal import Decimal

from flask import Blueprint, abort, current_app, flash, g, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.frameworks.queries import library
from tracker.frameworks.schema import CHILDRENS_SERVICES, Framework
from tracker.improvements import queries as improvements
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import GAVE_WAY
from tracker.indicators import commands, measure_page, measures_page, queries, rules, speaking
from tracker.indicators.forms import (
    AddMeasureForm,
    OwnMeasureForm,
    RenameForm,
    SpeaksForForm,
    TakeOutForm,
    ValueForm,
)
from tracker.indicators.library import definitions
from tracker.indicators.models import Measure, MeasureValue
from tracker.indicators.reading import full_files, scorecard_sheet
from tracker.indicators.reading import scorecard as scorecards
from tracker.indicators.resting import page
from tracker.indicators.rules import Period
from tracker.people.guards import allowed, here, recently_confirmed
from tracker.people.rules import Permission
from tracker.platform import clock, history, references
from tracker.platform.days import read_day
from tracker.platform.errors import Refused
from tracker.web.spreadsheet import download

bp = Blueprint("indicators", __name__, url_prefix="/<authority>/measures")


@bp.record_once
def read_definitions(state: BlueprintSetupState) -> None:
    """Read the files as the application starts: a wrong one is met by the operator, not by a reader."""
    definitions()


@bp.get("")
@allowed(Permission.READ)
def index() -> ResponseReturnValue:
    return render_template("indicators/index.html", page=measures_page.asked(here(), _framework(), clock.today()))


@bp.get("/scorecard")
@allowed(Permission.READ)
def scorecard() -> ResponseReturnValue:
    page = scorecards.asked(here(), _framework(), clock.today(), smallest=current_app.config["SMALL_NUMBER"])
    return render_template("indicators/scorecard.html", page=page, taken=full_files.last_taken(here()))


@bp.get("/scorecard.xlsx")
@allowed(Permission.READ)
def scorecard_spreadsheet() -> ResponseReturnValue:
    """For outside the authority: figures that count few are hidden."""
    smallest, today = current_app.config["SMALL_NUMBER"], clock.today()
    file = scorecard_sheet.sheet(here(), _framework(), today, smallest=smallest)
    return download(file, f"{here().slug}-scorecard-{today}")


@bp.post("/scorecard.xlsx")
@allowed(Permission.TAKE_SMALL_NUMBERS)
@recently_confirmed
def scorecard_in_full() -> ResponseReturnValue:
    """With every figure, for inside the authority; posted, since it is put on record."""
    today = clock.today()
    file = scorecard_sheet.sheet(here(), _framework(), today, smallest=None)
    full_files.record(here(), "the scorecard")
    return download(file, f"{here().slug}-scorecard-internal-{today}")


@bp.get("/<int:number>")
@allowed(Permission.READ)
def show(number: int) -> ResponseReturnValue:
    measure = _measure(number)
    return render_template(
        "indicators/show.html",
        measure=measure,
        page=measure_page.of(measure, clock.today()),
        place=measures_page.place(measure, _framework()),
        happened=history.of(measure, limit=20),
        rests=page.rests(measure, clock.today(), may_plan=g.person.may("PLAN")),
        period_name=rules.period_name,
        written=rules.written,
        out_of=rules.out_of,
    )


@bp.route("/add", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def add() -> ResponseReturnValue:
    form, item = AddMeasureForm(), _asked_item()
    form.offer(definitions(), _framework(), queries.definitions_in_use(here()))
    added: list[Measure] = []
    if form.carries_out(lambda: added.append(_add(form, item))):
        return _to(added[0], f"{added[0].reference} added. Record its first figure.")
    return render_template("indicators/add.html", form=form, item=item), form.status


def _add(form: AddMeasureForm, item: ImprovementItem | None) -> Measure:
    definition = definitions()[form.definition.data]
    measure = commands.add_from_definition(here(), definition=definition, basis=form.basis.data or "")
    if item is not None:
        speaking.link_to_item(measure, item=item)
    return measure


@bp.route("/add/own", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def add_own() -> ResponseReturnValue:
    form = OwnMeasureForm()
    form.offer(_framework())
    added: list[Measure] = []
    if form.carries_out(lambda: added.append(commands.add_own(here(), means=form.means()))):
        return _to(added[0], f"{added[0].reference} added. Record its first figure.")
    return render_template("indicators/own.html", form=form), form.status


@bp.route("/<int:number>/record", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def record(number: int) -> ResponseReturnValue:
    measure, today = _measure(number), clock.today()
    form = ValueForm()
    form.fit(measure, today)
    if request.method == "GET":
        _choose_period(form, measure)
    if form.carries_out(lambda: _record(measure, form)):
        return _to(measure, f"Figure of {measure.reference} recorded.")
    return render_template(
        "indicators/record.html",
        form=form,
        measure=measure,
        counts=form.asks_counts(measure),
        there=_value_at(measure, request.args.get("period", "")),
    ), form.status


@bp.route("/<int:number>/figures/<period>/take-out", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def take_out(number: int, period: str) -> ResponseReturnValue:
    """``period``: the last day of the one that the figure is of."""
    measure, form = _measure(number), TakeOutForm()
    value = _value_at(measure, period) or abort(404)
    name = rules.period_name(value.period_start, value.period_end)
    figure = rules.written(value.value, measure.counted_at(value.period_start).unit)
    if form.carries_out(lambda: commands.take_out_value(measure, value, reason=form.reason.data or "")):
        return _to(measure, f"Figure of {measure.reference} for {name} taken out.")
    return render_template(
        "indicators/take_out.html", form=form, measure=measure, period=name, figure=figure
    ), form.status


def _value_at(measure: Measure, day: str) -> MeasureValue | None:
    """The figure of the period that ends on a day, as an address writes it."""
    end = read_day(day)
    return next((value for value in measure.values if value.period_end == end), None)


def _choose_period(form: ValueForm, measure: Measure) -> None:
    """The period that the address names, with its figure; else the next one that is over."""
    there = _value_at(measure, request.args.get("period", ""))
    if there is not None:
        form.period.data = form.day.data = there.period_end
        form.numerator.data, form.denominator.data = _decimal(there.numerator), _decimal(there.denominator)
        form.value.data = None if there.denominator else there.value
        form.provisional.data = there.provisional or not rules.has_ended(
            there.period_start, there.period_end, clock.today()
        )
        form.source.data, form.source_date.data = there.source, there.source_date
    else:
        form.period.data = measures_page.next_end(measure, clock.today())
        form.source.data = measure.latest.source if measure.latest else measure.origin


def _decimal(count: int | None) -> Decimal | None:
    return None if count is None else Decimal(count)


def _record(measure: Measure, form: ValueForm) -> None:
    end = form.end(measure)
    if end is None:
        raise Refused(
            "Choose the period that the figure is for.", about="day" if measure.period is Period.DAY else "period"
        )
    commands.record_value(
        measure,
        period_start=rules.period_start(measure.period, end),
        period_end=end,
        figure=form.figure(),
        reason=form.reason.data or "",
        on=clock.today(),
    )


@bp.route("/<int:number>/name", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def rename(number: int) -> ResponseReturnValue:
    measure = _measure(number)
    form = RenameForm(obj=measure)
    if form.carries_out(
        lambda: commands.rename(
            measure, version=form.version.data or 0, name=form.name.data or "", short_name=form.short_name.data or ""
        )
    ):
        return _to(measure, f"{measure.reference} renamed.")
    return render_template("indicators/name.html", form=form, measure=measure), form.status


@bp.route("/<int:number>/items/new", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def link(number: int) -> ResponseReturnValue:
    measure, form = _measure(number), SpeaksForForm()
    may_be_linked = [item for item in improvements.items(here()) if item.state not in GAVE_WAY]
    form.offer([item for item in may_be_linked if item not in measure.items])
    if form.carries_out(lambda: speaking.link_to_item(measure, item=_item(form.item.data))):
        return _to(measure, f"{measure.reference} now speaks for I-{form.item.data}.")
    return render_template("indicators/link.html", form=form, measure=measure), form.status


@bp.post("/<int:number>/items/<int:item_number>/remove")
@allowed(Permission.RECORD_MEASURES)
def unlink(number: int, item_number: int) -> ResponseReturnValue:
    measure = _measure(number)
    speaking.unlink(measure, item=_item(item_number))
    return _to(measure, f"{measure.reference} no longer speaks for I-{item_number}.")


def _framework() -> Framework:
    """The framework whose areas and themes pages offer."""
    return library().current(CHILDRENS_SERVICES, clock.today())


def _asked_item() -> ImprovementItem | None:
    """The item that the address names by ``?item=I-9``."""
    found = references.parse(request.args.get("item", ""))
    return actions.item(here(), found[1]) if found and found[0] == ImprovementItem.prefix else None


def _measure(number: int) -> Measure:
    return queries.measure(here(), number) or abort(404)


def _item(number: int) -> ImprovementItem:
    return actions.item(here(), number) or abort(404)


def _to(measure: Measure, message: str) -> ResponseReturnValue:
    flash(message, "saved")
    return redirect(url_for(".show", number=measure.number))
