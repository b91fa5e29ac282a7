"""Pages on which a measure is broken down, and the files of its parts."""

from datetime import date

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.indicators import queries as measures
from tracker.indicators import rules
from tracker.indicators.breakdowns import commands, leaving, queries, sheet
from tracker.indicators.breakdowns.forms import PartsForm, headings, parts_form
from tracker.indicators.breakdowns.models import PartValue
from tracker.indicators.models import Measure
from tracker.indicators.reading import full_files
from tracker.indicators.rules import Period
from tracker.people.guards import allowed, here, recently_confirmed
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.days import read_day
from tracker.platform.errors import Refused
from tracker.web.spreadsheet import download

bp = Blueprint("breakdowns", __name__, url_prefix="/<authority>/measures/<int:number>/parts")


@bp.route("/record", methods=["GET", "POST"])
@allowed(Permission.RECORD_MEASURES)
def record(number: int) -> ResponseReturnValue:
    """One breakdown, ``?by=Team``, and one period; ``&period=2026-10-31`` shows the figures that it has."""
    measure = _measure(number)
    kind, end = request.args.get("by", ""), read_day(request.args.get("period", ""))
    parts = [part for part in queries.parts(measure) if part.kind == kind]
    if kind and not parts:
        abort(404)
    there = queries.values_at(measure, kind, end) if end else {}
    form = parts_form(measure, parts, there, kind=kind, end=end, today=clock.today())
    if form.carries_out(
        lambda: _record(measure, kind, end, form, {value.part.name: value for value in there.values()})
    ):
        flash(f"Figures of {measure.reference} by {kind or form.kind.data} recorded.", "saved")
        return redirect(url_for("indicators.show", number=number) + "#parts")
    return render_template(
        "indicators/breakdowns/record.html",
        form=form,
        measure=measure,
        kind=kind,
        headings=headings(measure),
        when=rules.period_name(rules.period_start(measure.period, end), end) if there and end else "",
        fixed=end if there else None,
    ), form.status


def _record(measure: Measure, kind: str, end: date | None, form: PartsForm, there: dict[str, PartValue]) -> None:
    end = end if there else form.end(measure)
    if end is None:
        raise Refused(
            "Choose the period that the figures are for.", about="day" if measure.period is Period.DAY else "period"
        )
    commands.record(
        measure,
        kind or form.kind.data or "",
        form.given(there),
        period_start=rules.period_start(measure.period, end),
        period_end=end,
        reason=form.reason.data or "",
        on=clock.today(),
    )


@bp.get("/spreadsheet.xlsx")
@allowed(Permission.READ)
def spreadsheet(number: int) -> ResponseReturnValue:
    """For outside the authority: parts that count few are hidden, and those that would tell them."""
    measure = _measure(number)
    hidden = leaving.hidden(here(), current_app.config["SMALL_NUMBER"])
    return download(sheet.written(measure, hidden=hidden), f"{here().slug}-{measure.reference}-parts-{clock.today()}")


@bp.post("/spreadsheet.xlsx")
@allowed(Permission.TAKE_SMALL_NUMBERS)
@recently_confirmed
def in_full(number: int) -> ResponseReturnValue:
    """With every figure, for inside the authority; posted, since it is put on record."""
    measure = _measure(number)
    full_files.record(here(), f"the parts of {measure.reference}")
    name = f"{here().slug}-{measure.reference}-parts-internal-{clock.today()}"
    return download(sheet.written(measure, hidden=None), name)


def _measure(number: int) -> Measure:
    return measures.measure(here(), number) or abort(404)
