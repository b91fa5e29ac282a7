"""Pages on which it is said what a measure aims at."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.indicators import queries
from tracker.indicators.models import Measure, MeasureTarget
from tracker.indicators.rules import written
from tracker.indicators.targets import commands
from tracker.indicators.targets.forms import ChangeTargetForm, TakeBackForm, TargetForm, ToleranceForm
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock

bp = Blueprint("measure_targets", __name__, url_prefix="/<authority>/measures/<int:number>")


@bp.route("/targets/new", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def add(number: int) -> ResponseReturnValue:
    measure, form = _measure(number), TargetForm()
    form.fit(measure)
    if form.carries_out(lambda: commands.add(measure, aimed=form.aimed(), by=me(), on=clock.today())):
        return _to(measure, f"{form.ambition.data} of {measure.reference} set.")
    return render_template("indicators/targets/add.html", form=form, measure=measure), form.status


@bp.route("/targets/<uuid:target_id>", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def change(number: int, target_id: UUID) -> ResponseReturnValue:
    measure = _measure(number)
    target = _target(measure, target_id)
    form = ChangeTargetForm(
        version=target.version, ambition=target.ambition, figure=target.figure, by=target.by, reason=target.why
    )
    form.fit(measure)
    if form.carries_out(
        lambda: commands.change(
            measure, target, version=form.version.data or 0, aimed=form.aimed(), by=me(), on=clock.today()
        )
    ):
        return _to(measure, f"{form.ambition.data} of {measure.reference} changed.")
    return render_template("indicators/targets/change.html", form=form, measure=measure, target=target), form.status


@bp.route("/targets/<uuid:target_id>/take-back", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def take_back(number: int, target_id: UUID) -> ResponseReturnValue:
    measure = _measure(number)
    target = _target(measure, target_id)
    form = TakeBackForm(version=target.version)
    if form.carries_out(
        lambda: commands.take_back(measure, target, version=form.version.data or 0, why=form.reason.data or "")
    ):
        return _to(measure, f"{measure.reference} no longer aims at it.")
    return render_template(
        "indicators/targets/take_back.html", form=form, measure=measure, target=target, written=written
    ), form.status


@bp.route("/tolerance", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def tolerance(number: int) -> ResponseReturnValue:
    measure = _measure(number)
    form = ToleranceForm(version=measure.version, tolerance=measure.tolerance)
    form.fit(measure)
    if form.carries_out(
        lambda: commands.tolerate(measure, version=form.version.data or 0, tolerance=form.tolerance.data)
    ):
        return _to(measure, f"What counts as near of {measure.reference} is saved.")
    return render_template("indicators/targets/tolerance.html", form=form, measure=measure), form.status


def _measure(number: int) -> Measure:
    return queries.measure(here(), number) or abort(404)


def _target(measure: Measure, target_id: UUID) -> MeasureTarget:
    return next((one for one in measure.targets if one.id == target_id), None) or abort(404)


def _to(measure: Measure, message: str) -> ResponseReturnValue:
    flash(message, "saved")
    return redirect(url_for("indicators.show", number=measure.number) + "#targets")
