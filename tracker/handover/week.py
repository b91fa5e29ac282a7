"""The page from which everything of an inspection is reached, its dates and its end.

They read what was asked for and who comes into the room too, so they stand here.
"""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.fieldwork import beginning, commands, moving, queries, rules
from tracker.fieldwork.afterwards import queries as afterwards
from tracker.fieldwork.asked import asked, telling
from tracker.fieldwork.checklist import queries as documents
from tracker.fieldwork.forms import CloseForm, DatesForm, PressedForm, ReopenForm
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.notes import queries as notes
from tracker.fieldwork.plan import queries as plan
from tracker.fieldwork.timetable import queries as timetable
from tracker.fieldwork.timetable.rules import Move
from tracker.fieldwork.views import bp
from tracker.handover import closing
from tracker.handover import queries as handover
from tracker.handover.room import queries as rooms
from tracker.packs.ready import queries as ready
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock, history
from tracker.platform.errors import Refused
from tracker.web.filters import count_of

__all__ = ["bp"]


@bp.get("/<int:number>")
@allowed(Permission.READ_FIELDWORK)
def show(number: int) -> ResponseReturnValue:
    return _show(asked(number), PressedForm())


def _show(fieldwork: Fieldwork, form: PressedForm) -> ResponseReturnValue:
    standing = handover.standing(fieldwork, clock.now())
    held, owed = timetable.timetable(fieldwork), documents.documents(fieldwork)
    usual = bool(held.every or owed) or bool(plan.lines(here(), fieldwork.framework_id, fieldwork.activity))
    return render_template(
        "fieldwork/show.html",
        fieldwork=fieldwork,
        form=form,
        happened=history.of(fieldwork),
        told=queries.told(fieldwork),
        to_tell=moving.waiting(fieldwork),
        timetable=held,
        documents=owed,
        usual=usual,
        odd=rules.odd_days(fieldwork.dates),
        notes=notes.notes(fieldwork),
        packs=queries.pack_sets(fieldwork),
        ahead=ready.ahead(here()) if fieldwork.is_open else None,
        report=afterwards.report(fieldwork),
        requests=standing.counts,
        unowned=standing.unowned,
        to_look_at=handover.to_look_at(fieldwork) if fieldwork.is_open else [],
        room=rooms.open_in(here()),
        inspectors=rooms.inspectors(fieldwork),
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
    out = rooms.inspectors(fieldwork).out_before(form.dates.last_day) if seen else []
    return render_template(
        "fieldwork/dates.html",
        fieldwork=fieldwork,
        form=form,
        moves=moves,
        seen=seen,
        out=out,
        odd=rules.odd_days(form.dates) if seen else [],
    ), form.status


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


@bp.route("/<int:number>/close", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def close(number: int) -> ResponseReturnValue:
    """Asked once more, with all that is still open."""
    fieldwork, form = asked(number), CloseForm(with_room=request.method == "GET")
    found, out = closing.still_open(fieldwork, clock.now()), list[int | None]()
    if form.carries_out(lambda: out.append(_close(fieldwork, form))):
        flash(f"{fieldwork.reference} closed. Everything in it stays and can be read.{_room_words(out[0])}", "saved")
        return redirect(url_for(".show", number=number))
    return render_template("fieldwork/close.html", fieldwork=fieldwork, form=form, open=found), form.status


def _room_words(out: int | None) -> str:
    return "" if out is None else f" The inspectors’ room is closed: {count_of(out, 'inspector')} out."


def _close(fieldwork: Fieldwork, form: CloseForm) -> int | None:
    return closing.close(fieldwork, with_room=bool(form.with_room.data), by=me(), at=clock.now())


@bp.route("/<int:number>/reopen", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def reopen(number: int) -> ResponseReturnValue:
    fieldwork, form = asked(number), ReopenForm()
    if form.carries_out(lambda: commands.reopen(fieldwork, reason=form.reason.data or "")):
        flash(f"{fieldwork.reference} is open again. Its room stays closed until somebody opens it.", "saved")
        return redirect(url_for(".show", number=number))
    return render_template("fieldwork/reopen.html", fieldwork=fieldwork, form=form), form.status
