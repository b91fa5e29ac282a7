"""The call, the dates that move, and the page from which everything of an inspection is reached."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.fieldwork import beginning, commands, queries
from tracker.fieldwork.afterwards import queries as afterwards
from tracker.fieldwork.asked import asked, telling
from tracker.fieldwork.beginning import Call
from tracker.fieldwork.checklist import queries as documents
from tracker.fieldwork.forms import DatesForm, PressedForm, Sort, StartForm
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.notes import queries as notes
from tracker.fieldwork.timetable import queries as timetable
from tracker.fieldwork.timetable.rules import Move
from tracker.packs.ready import queries as ready
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.platform.errors import Refused

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
        flash(f"{begun[0].reference} begun: the timetable and the checklist are there.", "saved")
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


@bp.get("/<int:number>")
@allowed(Permission.READ_FIELDWORK)
def show(number: int) -> ResponseReturnValue:
    return _show(asked(number), PressedForm())


def _show(fieldwork: Fieldwork, form: PressedForm) -> ResponseReturnValue:
    return render_template(
        "fieldwork/show.html",
        fieldwork=fieldwork,
        form=form,
        happened=history.of(fieldwork),
        told=queries.told(fieldwork),
        timetable=timetable.timetable(fieldwork),
        documents=documents.documents(fieldwork),
        notes=notes.notes(fieldwork),
        packs=queries.pack_sets(fieldwork),
        ahead=ready.ahead(here()) if fieldwork.is_open else None,
        report=afterwards.report(fieldwork),
        today=clock.today(),
        me=me(),
    ), form.status


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


@bp.post("/<int:number>/packs")
@allowed(Permission.MAKE_PACKS)
def packs(number: int) -> ResponseReturnValue:
    fieldwork, form = asked(number), PressedForm()
    if form.carries_out(lambda: _packs(fieldwork)):
        flash("Every pack as at now is being made. You are mailed when the zip is there.", "saved")
        return redirect(url_for(".show", number=number))
    return _show(fieldwork, form)


def _packs(fieldwork: Fieldwork) -> None:
    if not fieldwork.is_open:
        raise Refused(f"{fieldwork.reference} is closed. Make packs from the Packs page.")
    beginning.ask_for_packs(fieldwork, by=me(), at=clock.now())


@bp.post("/<int:number>/close")
@allowed(Permission.RUN_FIELDWORK)
def close(number: int) -> ResponseReturnValue:
    fieldwork, form = asked(number), PressedForm()
    if form.carries_out(lambda: commands.close(fieldwork, at=clock.now())):
        flash(f"{fieldwork.reference} closed. Everything in it stays and can be read.", "saved")
        return redirect(url_for(".show", number=number))
    return _show(fieldwork, form)
