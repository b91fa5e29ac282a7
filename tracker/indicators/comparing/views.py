"""Pages on which it is said what was published beside a measure, and who the neighbours are."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.indicators import queries as indicators
from tracker.indicators import rules
from tracker.indicators.comparing import commands, queries, tables
from tracker.indicators.comparing.forms import ChangeNeighboursForm, NeighboursForm, PublishedForm
from tracker.indicators.comparing.models import NeighbourSet
from tracker.indicators.comparing.tables import Line
from tracker.indicators.models import Measure
from tracker.indicators.rules import Unit
from tracker.people.guards import allowed, here
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.platform.days import read_day
from tracker.platform.errors import Refused

bp = Blueprint("comparing", __name__, url_prefix="/<authority>/measures")


@bp.get("/<int:number>/published")
@allowed(Permission.READ)
def published(number: int) -> ResponseReturnValue:
    measure = _measure(number)
    return render_template(
        "indicators/comparing/published.html",
        measure=measure,
        periods=queries.by_period(measure, queries.published(measure)),
        written=rules.written,
    )


@bp.route("/<int:number>/published/new", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def add(number: int) -> ResponseReturnValue:
    """Asks, shows what would be kept, and keeps it once that was looked at."""
    measure, form = _measure(number), PublishedForm()
    if request.method == "GET":
        form.basis.data = measure.basis
    looked_at, lines = request.form.get("step") == "keep", list[Line]()

    def carry_out() -> None:
        lines.extend(tables.lines(form.sheets(), measure.unit, ours=here().name))
        commands.require_sound(measure, lines, published=form.publication(), on=clock.today())
        if looked_at:
            commands.record(measure, lines, published=form.publication(), on=clock.today())

    done = form.carries_out(carry_out)
    if done and looked_at:
        flash(f"Published figures of {measure.reference} kept.", "saved")
        return redirect(url_for("indicators.show", number=number) + "#beside")
    shown = "preview.html" if done else "add.html"
    return render_template(
        f"indicators/comparing/{shown}",
        form=form,
        measure=measure,
        lines=lines,
        table_text=_as_table(lines, measure),
        publication=form.publication() if done else None,
        written=rules.written,
    ), form.status


def _as_table(lines: Sequence[Line], measure: Measure) -> str:
    """What is to be kept, as it is posted again: one name and figure in a row."""
    sign = "%" if measure.unit is Unit.PER_CENT else ""
    taken = [line for line in lines if line.taken]
    return "\n".join(
        f"{line.name}\t{'n/a' if line.value is None else f'{line.value.normalize():f}{sign}'}" for line in taken
    )


@bp.post("/<int:number>/published/take-out")
@allowed(Permission.RECORD_MEASURES)
def take_out(number: int) -> ResponseReturnValue:
    measure = _measure(number)
    start, end = (read_day(request.form.get(name, "")) for name in ("start", "end"))
    if start is None or end is None:
        raise Refused("Say which period is meant.")
    count = commands.take_out(measure, start=start, end=end, basis=request.form.get("basis", ""))
    flash(f"{count} published figures of {measure.reference} taken out.", "saved")
    return redirect(url_for(".published", number=number))


@bp.get("/neighbours")
@allowed(Permission.READ)
def neighbours() -> ResponseReturnValue:
    return render_template("indicators/comparing/neighbours.html", sets=queries.neighbour_sets(here()))


@bp.route("/neighbours/new", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def add_neighbours() -> ResponseReturnValue:
    form = NeighboursForm()
    if form.carries_out(
        lambda: commands.add_neighbours(
            here(),
            year=None if form.year.data is None else int(form.year.data),
            names=form.named(),
            source=form.source.data or "",
            source_date=form.source_date.data,
        )
    ):
        return _to_neighbours(f"Neighbours from {form.year.data:.0f} kept.")
    return render_template("indicators/comparing/add_neighbours.html", form=form), form.status


@bp.route("/neighbours/<uuid:set_id>", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def change_neighbours(set_id: UUID) -> ResponseReturnValue:
    there = _set(set_id)
    names = "\n".join(one.name for one in there.neighbours)
    form = ChangeNeighboursForm(version=there.version, names=names, source=there.source, source_date=there.source_date)
    del form.year
    if form.carries_out(
        lambda: commands.change_neighbours(
            there,
            version=form.version.data or 0,
            names=form.named(),
            source=form.source.data or "",
            source_date=form.source_date.data,
        )
    ):
        return _to_neighbours(f"Neighbours from {there.year} saved.")
    return render_template(
        "indicators/comparing/change_neighbours.html", form=form, there=there, happened=history.of(there, limit=10)
    ), form.status


def _measure(number: int) -> Measure:
    return indicators.measure(here(), number) or abort(404)


def _set(set_id: UUID) -> NeighbourSet:
    return queries.neighbour_set(here(), set_id) or abort(404)


def _to_neighbours(message: str) -> ResponseReturnValue:
    flash(message, "saved")
    return redirect(url_for(".neighbours"))
