"""The clock of one inspection, and the forms that record what was received and what was done."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.deadlines import commands, queries
from tracker.deadlines.forms import DoneForm, LeadForm, NotRequiredForm, ReceiptForm, TakeBackForm
from tracker.deadlines.queries import Clock, Line
from tracker.inspections.models import Inspection
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me
from tracker.people.models import Person
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.web.form import Form

bp = Blueprint("deadlines", __name__, url_prefix="/<authority>/inspections")


@bp.app_template_global("statutory_clock")
def statutory_clock(inspection: Inspection) -> Clock:
    """The card of another room's page asks for it: ``{{ clock_card(statutory_clock(inspection)) }}``."""
    return queries.clock(inspection, clock.today())


@bp.get("/<int:number>/clock")
@allowed(Permission.READ_PLAN)
def show(number: int) -> ResponseReturnValue:
    inspection = _inspection(number)
    shown = queries.clock(inspection, clock.today())
    return render_template("deadlines/clock.html", inspection=inspection, clock=shown, happened=queries.trail(shown))


@bp.route("/<int:number>/clock/receipt", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def receipt(number: int) -> ResponseReturnValue:
    inspection, today = _inspection(number), clock.today()
    form, moved = ReceiptForm(received_on=inspection.received_on), list[str]()
    if form.carries_out(lambda: moved.extend(_received(inspection, form))):
        flash(" ".join([f"{inspection.reference} saved.", *moved]), "saved")
        return redirect(url_for(".show", number=number))
    return render_template(
        "deadlines/receipt.html", inspection=inspection, clock=queries.clock(inspection, today), form=form
    ), form.status


def _received(inspection: Inspection, form: ReceiptForm) -> list[str]:
    """Records the day, and says what it moves."""
    moved = commands.record_receipt(
        inspection,
        received_on=form.received_on.data or abort(422),
        reason=form.reason.data or "",
        today=clock.today(),
    )
    return [f"{each.words}." for each in moved]


@bp.route("/<int:number>/clock/<code>/lead", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def lead(number: int, code: str) -> ResponseReturnValue:
    line = _line(number, code)
    form = LeadForm(version=line.version, lead=line.lead.id if line.lead else None)
    form.lead.offer(
        [(each.person_id, each.person.name) for each in people.colleagues(here(), who_may=Permission.READ_PLAN)]
    )
    if form.carries_out(lambda: commands.give_to(line, to=_person(form.lead.data), version=form.version.data or 0)):
        return _saved(line)
    return _ask(line, form, "Who sees to it", "Save")


@bp.route("/<int:number>/clock/<code>/done", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def done(number: int, code: str) -> ResponseReturnValue:
    line = _line(number, code)
    form = DoneForm(version=line.version)
    if form.carries_out(lambda: _done(line, form)):
        return _saved(line)
    return _ask(line, form, "Record that it is done", "Record it")


def _done(line: Line, form: DoneForm) -> None:
    commands.record_done(
        line,
        done_on=form.done_on.data or abort(422),
        sent_to=form.sent_to.data or "",
        by=me(),
        version=form.version.data or 0,
        today=clock.today(),
    )


@bp.route("/<int:number>/clock/<code>/not-required", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def not_required(number: int, code: str) -> ResponseReturnValue:
    line = _line(number, code)
    form = NotRequiredForm(version=line.version)
    if form.carries_out(
        lambda: commands.record_not_required(
            line, because=form.because.data or "", by=me(), version=form.version.data or 0
        )
    ):
        return _saved(line)
    return _ask(line, form, "Say that it is not required", "Save")


@bp.route("/<int:number>/clock/<code>/take-back", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def take_back(number: int, code: str) -> ResponseReturnValue:
    line = _line(number, code)
    form = TakeBackForm(version=line.version)
    if form.carries_out(
        lambda: commands.take_back(line, reason=form.reason.data or "", version=form.version.data or 0)
    ):
        return _saved(line)
    return _ask(line, form, "Take the record back", "Take it back")


def _ask(line: Line, form: Form, heading: str, button: str) -> ResponseReturnValue:
    return render_template("deadlines/ask.html", line=line, form=form, heading=heading, button=button), form.status


def _saved(line: Line) -> ResponseReturnValue:
    flash(f"“{line.deadline.name}” for {line.inspection.reference} saved.", "saved")
    return redirect(url_for(".show", number=line.inspection.number))


def _inspection(number: int) -> Inspection:
    return queries.inspection(here(), number) or abort(404)


def _line(number: int, code: str) -> Line:
    return queries.line(_inspection(number), code, clock.today()) or abort(404)


def _person(person_id: UUID | None) -> Person | None:
    return people.person(person_id) if person_id else None
