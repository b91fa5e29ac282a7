"""The call. The page from which all of an inspection is reached, and the dates that move, are in ``handover.week``."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.fieldwork import beginning, queries, rules
from tracker.fieldwork.beginning import Call
from tracker.fieldwork.forms import Sort, StartForm
from tracker.fieldwork.models import Fieldwork
from tracker.fieldwork.plan import queries as plan
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock

NOTHING_USUAL = "Nothing usual is written down for this kind of visit yet"

bp = Blueprint("fieldwork", __name__, url_prefix="/<authority>/fieldwork")


@bp.get("")
@allowed(Permission.READ_FIELDWORK)
def index() -> ResponseReturnValue:
    return render_template("fieldwork/index.html", every=queries.of_authority(here()), today=clock.today())


@bp.route("/start", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def start() -> ResponseReturnValue:
    form = StartForm(called_on=clock.today(), with_packs=True)
    framework = queries.framework(clock.today())
    unwritten = {
        one.code: NOTHING_USUAL for one in framework.activities if not plan.lines(here(), framework.id, one.code)
    }
    form.offer(framework.activities, hints=unwritten)
    begun: list[Fieldwork] = []
    if form.carries_out(lambda: begun.append(_start(form))):
        there = f"{begun[0].reference} begun{_what_is_there(begun[0])}"
        odd = "".join(f" {one}" for one in rules.odd_days(begun[0].dates))
        packs = " The packs are being made." if form.with_packs.data else ""
        flash(f"{there}{packs} The inspectors’ room stands ready, closed until somebody opens it.{odd}", "saved")
        return redirect(url_for(".show", number=begun[0].number))
    return render_template("fieldwork/start.html", form=form), form.status


def _what_is_there(begun: Fieldwork) -> str:
    """After its name, in a sentence."""
    if plan.lines(here(), begun.framework_id, begun.activity):
        return ": the timetable and the checklist are there."
    return f". {NOTHING_USUAL}, so its timetable and its checklist are empty."


def _start(form: StartForm) -> Fieldwork:
    call = Call(
        activity=form.activity.data or "",
        dates=form.dates,
        lead_inspector=form.lead_inspector.data or "",
        rehearsal=form.sort.data is Sort.REHEARSAL,
        with_packs=bool(form.with_packs.data),
    )
    return beginning.begin(here(), call, by=me(), now=clock.now())
