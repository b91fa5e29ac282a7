"""Changing several actions together, and handing a colleague's work over: looked at first, then done."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.actions import plan_page, rules
from tracker.actions.models import Action
from tracker.actions.several import commands
from tracker.actions.several.commands import Done
from tracker.actions.several.forms import HandOverForm, SeveralForm
from tracker.actions.several.rules import Change
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me
from tracker.people.models import Person
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.errors import Refused

bp = Blueprint("plan_several", __name__, url_prefix="/<authority>/plan")


class OnlyLooking(Exception):
    """Raised to take back what was tried."""


@bp.get("/several")
@allowed(Permission.PLAN)
def choose() -> ResponseReturnValue:
    """The actions that the plan shows with the same filters, each with a box to tick."""
    form = SeveralForm(formdata=None)
    form.offer(people.colleagues(here(), who_may=Permission.UPDATE_OWN_WORK))
    return _choose(form, None)


@bp.post("/several")
@allowed(Permission.PLAN)
def change() -> ResponseReturnValue:
    form = SeveralForm()
    form.offer(people.colleagues(here(), who_may=Permission.UPDATE_OWN_WORK))
    done = _tried(form, lambda: _changed(form))
    if done is None or done.refused or "apply" not in request.form:
        return _choose(form, done)
    flash(f"{_things(done, 'action')} changed. Reason: {form.reason.data}", "saved")
    return redirect(url_for("actions.plan", **_filters()))


@bp.route("/hand-over", methods=["GET", "POST"])
@allowed(Permission.PLAN)
def hand_over() -> ResponseReturnValue:
    form = HandOverForm()
    form.offer(people.colleagues(here(), who_may=Permission.UPDATE_OWN_WORK))
    done = _tried(form, lambda: _handed_over(form)) if request.method == "POST" else None
    if done is None or done.refused or "apply" not in request.form:
        return render_template("actions/several/hand_over.html", form=form, done=done), _status(form, done)
    flash(f"{_things(done, 'thing')} handed over to {_colleague(form.to.data).name}.", "saved")
    return redirect(url_for("actions.plan"))


def _tried(form: SeveralForm | HandOverForm, work: Callable[[], Done]) -> Done | None:
    """What was done; taken back when the person only looks, or when something is refused. None: the form is wrong."""
    found: list[Done] = []

    def carry_out() -> None:
        found.append(work())
        if found[0].refused or "apply" not in request.form:
            raise OnlyLooking

    try:
        with db.session.begin_nested():
            if not form.carries_out(carry_out):
                raise OnlyLooking
    except OnlyLooking:
        pass
    return found[0] if found else None


def _changed(form: SeveralForm) -> Done:
    chosen = _chosen()
    reason = form.reason.data or ""
    if form.change.data is Change.LEAD:
        if form.lead.data is None:
            raise Refused("Choose the new lead.")
        return commands.give_to(here(), chosen, lead=_colleague(form.lead.data), reason=reason, by=me())
    days = int(form.days.data) if form.days.data is not None else None
    return commands.move_due_dates(
        here(), chosen, to=form.to.data, by_days=days, reason=reason, by=me(), on=clock.today()
    )


def _handed_over(form: HandOverForm) -> Done:
    leaver, to = _colleague(form.leaver.data), _colleague(form.to.data)
    return commands.hand_over(here(), leaver=leaver, to=to, reason=form.reason.data or "", by=me())


def _choose(form: SeveralForm, done: Done | None) -> ResponseReturnValue:
    today = clock.today()
    shown = [row.action for row in plan_page.asked_rows(here(), me(), today) if row.action is not None]
    ticked = set(_chosen()) if request.method == "POST" else _ticked_first(shown[: commands.MOST])
    page = render_template(
        "actions/several/choose.html",
        form=form,
        done=done,
        actions=shown[: commands.MOST],
        total=len(shown),
        ticked=ticked,
        ticked_for_her=request.method == "GET" and "tick" not in request.args,
        filters=_filters(),
        today=today,
    )
    return page, _status(form, done)


def _ticked_first(shown: Sequence[Action]) -> set[int]:
    """What can change in either way and is hers to change, unless she asked for all or none."""
    asked = request.args.get("tick")
    if asked == "none":
        return set()
    return {action.number for action in shown if asked == "all" or _may_change(action)}


def _may_change(action: Action) -> bool:
    may = rules.steps(g.person.standing, action.hands, action.status, reference=action.reference)
    return may.reschedule and may.reassign


def _status(form: SeveralForm | HandOverForm, done: Done | None) -> int:
    return 422 if form.errors or (done and done.refused) else 200


def _chosen() -> dict[int, int]:
    """Number of each ticked action -> the version that the page showed: boxes hold "104:3".

    Those that she leaves out, because they were refused, are in one field: "A-104 A-107".
    """
    found = {}
    left_out = set(request.form.get("leave-out", "").split())
    for value in request.form.getlist("action"):
        number, _, version = value.partition(":")
        named = number.isdecimal() and version.isdecimal() and len(value) < 20
        if named and f"{Action.prefix}-{int(number)}" not in left_out:
            found[int(number)] = int(version)
    return found


def _colleague(person_id: UUID | None) -> Person:
    found = (member.person for member in people.colleagues(here()) if member.person_id == person_id)
    return next(found, None) or abort(404)


def _filters() -> dict[str, Any]:
    """The filters of the plan that the person came from."""
    return {name: value for name, value in request.args.items() if name not in {"tick", "page", "authority"}}


def _things(done: Done, word: str) -> str:
    count = len(done.verdicts)
    return f"{count} {word}{'' if count == 1 else 's'}"
