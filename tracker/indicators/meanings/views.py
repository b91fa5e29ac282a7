"""Pages on which it is said that a measure counts otherwise, of an authority's own accord or as the files now say."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.indicators import queries
from tracker.indicators.library import definitions
from tracker.indicators.meanings import commands, rules
from tracker.indicators.meanings.forms import AdoptForm, ChangeMeaningForm, KeepForm
from tracker.indicators.meanings.rules import Difference
from tracker.indicators.models import Measure
from tracker.indicators.schema import Definition
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock

bp = Blueprint("measure_meanings", __name__, url_prefix="/<authority>/measures/<int:number>")


@bp.route("/counts", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def change(number: int) -> ResponseReturnValue:
    measure = _measure(number)
    form = ChangeMeaningForm(version=measure.version, **vars(rules.of(measure)))
    if form.carries_out(
        lambda: commands.change(
            measure,
            version=form.version.data or 0,
            counted=form.counted(),
            from_day=form.from_day.data,
            reason=form.reason.data or "",
            comparable_because=form.comparable_because(),
            by=me(),
            on=clock.today(),
        )
    ):
        return _to(measure, f"What {measure.reference} counts is changed.")
    return render_template("indicators/meanings/change.html", form=form, measure=measure), form.status


@bp.route("/release", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def release(number: int) -> ResponseReturnValue:
    measure = _measure(number)
    definition, form = _definition(measure), AdoptForm(version=measure.version)
    if form.carries_out(
        lambda: commands.adopt(
            measure,
            version=form.version.data or 0,
            definition=definition,
            from_day=form.from_day.data,
            reason=form.reason.data or "",
            comparable_because=form.comparable_because(),
            by=me(),
            on=clock.today(),
        )
    ):
        return _to(measure, f"{measure.reference} follows the new definition.")
    return render_template(
        "indicators/meanings/release.html", form=form, measure=measure, differences=_differences(measure, definition)
    ), form.status


@bp.route("/release/keep", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def keep(number: int) -> ResponseReturnValue:
    measure = _measure(number)
    definition, form = _definition(measure), KeepForm(version=measure.version)
    if form.carries_out(
        lambda: commands.keep(
            measure, version=form.version.data or 0, definition=definition, reason=form.reason.data or ""
        )
    ):
        return _to(measure, f"{measure.reference} goes on being counted as before.")
    return render_template(
        "indicators/meanings/keep.html", form=form, measure=measure, differences=_differences(measure, definition)
    ), form.status


def _measure(number: int) -> Measure:
    return queries.measure(here(), number) or abort(404)


def _definition(measure: Measure) -> Definition:
    """What the files say now, where that is still to be decided about."""
    definition = definitions().get(measure.definition_id or "")
    if definition is None or rules.released(rules.of(measure), measure.shipped, definition) is None:
        abort(404)
    return definition


def _differences(measure: Measure, definition: Definition) -> Sequence[Difference]:
    now = rules.of(measure)
    after = rules.released(now, measure.shipped, definition)
    return rules.differences(now, after) if after else []


def _to(measure: Measure, message: str) -> ResponseReturnValue:
    flash(message, "saved")
    return redirect(url_for("indicators.show", number=measure.number) + "#meaning")
