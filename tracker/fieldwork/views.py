"""The call, and the dates that move. The page from which all of an inspection is reached is in ``handover.week``."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.fieldwork import beginning, commands, queries
from tracker.fieldwork.asked import asked, telling
from tracker.fieldwork.beginning import Call
from tracker.fieldwork.forms import DatesForm, Sort, StartForm
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.timetable.rules import Move
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock

bp = Blueprint("fieldwork", __name__, url_prefix="/<authority>/fieldwork")


@bp.get("")
@allowed(Permission.READ_FIELDWORK)
def index() -> ResponseReturnValue:
    return render_template("fieldwork/index.html", every=queries.of_authority(here()), today=clock.today())


@bp.route("/start", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def start() -> ResponseReturnValue:
    form = StartForm(called_on=clock.today(), with_packs=True)
    form.offer(queries.framework(clock.today()).activities)
    begun: list[Fieldwork] = []
    if form.carries_out(lambda: begun.append(_start(form))):
        there = f"{begun[0].reference} begun: the timetable and the checklist are there."
        packs = " The packs are being made." if form.with_packs.data else ""
        flash(f"{there}{packs} The inspectors’ room stands ready, closed until somebody opens it.", "saved")
        return redirect(url_for(".show", number=begun[0].number))
    return render_template("fieldwork/start.html", form=form), form.status


def _start(form: StartForm) -> Fieldwork:
    call = Call(
        activity=form.activity.data or "",
        dates=form.dates,
        lead_inspector=form.lead_inspector.data or "",
        rehearsal=form.sort.data is Sort.REHEARSAL,
        with_packs=bool(form.with_packs.data),
    )
    return beginning.begin(here(), call, by=me(), now=clock.now())


@bp.route("/<int:number>/dates", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def dates(number: int) -> ResponseReturnValue:
    """Asked twice: first what would change is shown, and then it is saved, if the days are still those."""
    fieldwork = asked(number)
    form = DatesForm(
        version=fieldwork.version,
        called_on=fieldwork.dates.called_on,
        called_at=fieldwork.called_at.astimezone(clock.LONDON).time(),
        remote_from=fieldwork.remote_from,
        first_day=fieldwork.first_day,
        last_day=fieldwork.last_day,
        lead_inspector=fieldwork.lead_inspector,
    )
    moves: list[Move] = []
    if form.carries_out(lambda: _check(fieldwork, form)):
        if request.form.get("seen") == str(form.dates):
            return _save_dates(fieldwork, form)
        moves.extend(beginning.would_move(fieldwork, form.dates))
    seen = str(form.dates) if form.is_submitted() and not form.errors else ""
    return render_template("fieldwork/dates.html", fieldwork=fieldwork, form=form, moves=moves, seen=seen), form.status


def _check(fieldwork: Fieldwork, form: DatesForm) -> None:
    commands.check_dates(fieldwork, dates=form.dates, reason=form.reason.data or "", version=form.version.data or 0)


def _save_dates(fieldwork: Fieldwork, form: DatesForm) -> ResponseReturnValue:
    telling(
        fieldwork,
        lambda: beginning.move(
            fieldwork,
            dates=form.dates,
            lead_inspector=form.lead_inspector.data or "",
            reason=form.reason.data or "",
            version=form.version.data or 0,
        ),
    )
    flash(f"{fieldwork.reference} saved: every day that is counted from these dates is counted anew.", "saved")
    return redirect(url_for(".show", number=fieldwork.number))
