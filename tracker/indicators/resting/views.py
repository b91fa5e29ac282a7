"""Pages on which somebody says what rests on a measure, and the list of what actions are judged by."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import queries as actions
from tracker.actions import rules as action_rules
from tracker.actions.commands.checks import require_planner
from tracker.actions.models import Action
from tracker.frameworks.queries import library
from tracker.frameworks.schema import CHILDRENS_SERVICES
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import GAVE_WAY
from tracker.indicators import queries as indicator_queries
from tracker.indicators import speaking
from tracker.indicators.models import Measure
from tracker.indicators.reading import full_files, leaving
from tracker.indicators.resting import commands, listed, queries
from tracker.indicators.resting.forms import PromiseForm, ThemeForm, WhichActionForm, WhichMeasureForm
from tracker.indicators.resting.models import SuccessMeasure
from tracker.people.guards import allowed, here, me, recently_confirmed
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.errors import Refused
from tracker.web.spreadsheet import download

bp = Blueprint("resting", __name__, url_prefix="/<authority>")


@bp.get("/measures/actions")
@allowed(Permission.READ)
def judged() -> ResponseReturnValue:
    return render_template("indicators/resting/judged.html", page=listed.page(here(), clock.today()))


@bp.get("/measures/actions.xlsx")
@allowed(Permission.READ)
def judged_spreadsheet() -> ResponseReturnValue:
    """For outside the authority: figures that count few are hidden."""
    today, hidden = clock.today(), leaving.hidden(here(), current_app.config["SMALL_NUMBER"])
    return download(listed.sheet(here(), today, hidden=hidden), f"{here().slug}-actions-and-measures-{today}")


@bp.post("/measures/actions.xlsx")
@allowed(Permission.TAKE_SMALL_NUMBERS)
@recently_confirmed
def judged_in_full() -> ResponseReturnValue:
    """With every figure, for inside the authority; posted, since it is put on record."""
    today = clock.today()
    full_files.record(here(), "actions and their measures")
    return download(listed.sheet(here(), today, hidden=None), f"{here().slug}-actions-and-measures-internal-{today}")


@bp.route("/actions/<int:number>/measures/new", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def choose(number: int) -> ResponseReturnValue:
    """Which measure an action is judged by: those that speak for its item stand first."""
    action, form = _action(number), WhichMeasureForm()
    require_planner(action, me())
    taken = {one.measure_id for one in queries.of_action(action)}
    speak_already = {one.measure.id for one in indicator_queries.measures_of_item(action.item)}
    free = [one for one in queries.to_choose(here()) if one.id not in taken]
    form.offer(sorted(free, key=lambda one: one.id not in speak_already))
    if form.validate_on_submit():
        return redirect(url_for(".judge", number=number, measure_number=form.measure.data))
    return render_template("indicators/resting/choose.html", form=form, action=action), form.status


@bp.route("/actions/<int:number>/measures/<int:measure_number>/new", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def judge(number: int, measure_number: int) -> ResponseReturnValue:
    action, measure = _action(number), _measure(measure_number)
    require_planner(action, me())
    form = PromiseForm()
    form.fit(measure, action.delivered_on)
    if request.method == "GET":
        aimed = measure.aimed
        form.aim_at(measure.target, (aimed.by if aimed else None) or action.due_on)
        form.baseline.data = form.baseline.choices[1].value if len(form.baseline.choices) > 2 else None
    if form.carries_out(
        lambda: commands.judge_by(action, measure=measure, promise=form.promise(measure), by=me(), on=clock.today())
    ):
        flash(f"{action.reference} is judged by {measure.reference}.", "saved")
        return _to_action(action)
    return render_template(
        "indicators/resting/promise.html", form=form, action=action, measure=measure, success=None
    ), form.status


@bp.route("/actions/<int:number>/measures/<int:measure_number>", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def change(number: int, measure_number: int) -> ResponseReturnValue:
    success = _success(number, measure_number)
    action, measure, form = success.action, success.measure, PromiseForm()
    require_planner(action, me())
    form.fit(measure, action.delivered_on)
    if request.method == "GET":
        form.start_with(success)
    if form.carries_out(
        lambda: commands.change(
            success, version=form.version.data or 0, promise=form.promise(measure), by=me(), on=clock.today()
        )
    ):
        flash(f"{measure.reference} as a measure of {action.reference} changed.", "saved")
        return _to_action(action)
    return render_template(
        "indicators/resting/promise.html", form=form, action=action, measure=measure, success=success
    ), form.status


@bp.post("/actions/<int:number>/measures/<int:measure_number>/remove")
@allowed(Permission.PLAN)
def take_out(number: int, measure_number: int) -> ResponseReturnValue:
    success = _success(number, measure_number)
    action, measure = success.action, success.measure
    commands.take_out(success, by=me())
    flash(f"{action.reference} is no longer judged by {measure.reference}.", "saved")
    return _to_action(action)


@bp.route("/measures/<int:number>/actions/new", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def choose_action(number: int) -> ResponseReturnValue:
    """The way from a measure: which action is judged by it."""
    measure, form = _measure(number), WhichActionForm()
    form.offer(_by_item(measure))
    if form.validate_on_submit():
        return redirect(url_for(".judge", number=form.action.data, measure_number=number))
    return render_template("indicators/resting/choose_action.html", form=form, measure=measure), form.status


def _by_item(measure: Measure) -> Mapping[str, Sequence[Action]]:
    """Actions that this person may plan and that are not judged by the measure yet, by item."""
    taken = {one.action_id for one in queries.of_measure(measure)}
    found: dict[str, list[Action]] = defaultdict(list)
    for action in queries.may_be_judged(here()):
        if action.id not in taken and _may_plan(action):
            found[f"{action.item.reference} {action.item.title}"].append(action)
    return found


def _may_plan(action: Action) -> bool:
    return action_rules.may_update(g.person.standing, action.hands)


@bp.route("/measures/<int:number>/themes/new", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def choose_theme(number: int) -> ResponseReturnValue:
    measure, form = _measure(number), ThemeForm()
    taken = [*queries.theme_codes(measure), *filter(None, [measure.theme_code])]
    form.offer(library().current(CHILDRENS_SERVICES, clock.today()), taken)
    if form.carries_out(lambda: commands.speak_for_theme(measure, theme_code=form.theme.data)):
        flash(f"{measure.reference} now speaks for {form.theme.data}.", "saved")
        return redirect(url_for("indicators.show", number=number))
    return render_template("indicators/resting/theme.html", form=form, measure=measure), form.status


@bp.post("/measures/<int:number>/themes/<theme_code>/remove")
@allowed(Permission.RECORD_MEASURES)
def no_longer_for_theme(number: int, theme_code: str) -> ResponseReturnValue:
    measure = _measure(number)
    commands.no_longer_for_theme(measure, theme_code=theme_code)
    flash(f"{measure.reference} no longer speaks for {theme_code}.", "saved")
    return redirect(url_for("indicators.show", number=number))


@bp.route("/items/<int:number>/measures/new", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def choose_for_item(number: int) -> ResponseReturnValue:
    """The way from an item: which measure speaks for it."""
    item, form = _item(number), WhichMeasureForm()
    if item.state in GAVE_WAY:
        raise Refused(f"{item.reference} is {item.state.lower()}, so no measure can speak for it any more.")
    speak_already = {one.measure.id for one in indicator_queries.measures_of_item(item)}
    form.offer([one for one in queries.to_choose(here()) if one.id not in speak_already])
    if form.carries_out(lambda: speaking.link_to_item(_measure(form.measure.data), item=item)):
        flash(f"M-{form.measure.data} now speaks for {item.reference}.", "saved")
        return _to_item(item)
    return render_template("indicators/resting/choose_for_item.html", form=form, item=item), form.status


@bp.post("/items/<int:number>/measures/<int:measure_number>/remove")
@allowed(Permission.RECORD_MEASURES)
def take_out_of_item(number: int, measure_number: int) -> ResponseReturnValue:
    item, measure = _item(number), _measure(measure_number)
    speaking.unlink(measure, item=item)
    flash(f"{measure.reference} no longer speaks for {item.reference}.", "saved")
    return _to_item(item)


def _action(number: int) -> Action:
    return actions.action(here(), number) or abort(404)


def _measure(number: int) -> Measure:
    return indicator_queries.measure(here(), number) or abort(404)


def _item(number: int) -> ImprovementItem:
    return actions.item(here(), number) or abort(404)


def _success(number: int, measure_number: int) -> SuccessMeasure:
    return queries.one(here(), number, measure_number) or abort(404)


def _to_action(action: Action) -> ResponseReturnValue:
    return redirect(url_for("actions.show", number=action.number, _anchor="judged-by"))


def _to_item(item: ImprovementItem) -> ResponseReturnValue:
    return redirect(url_for("overview.item", number=item.number, _anchor="measure"))
