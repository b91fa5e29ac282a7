"""Saying what an action waits for, and that it no longer does."""

from flask import request
from flask.typing import ResponseReturnValue

from tracker.actions import queries
from tracker.actions.dependencies import commands
from tracker.actions.dependencies import queries as waiting
from tracker.actions.dependencies.forms import WaitForm
from tracker.actions.models import Action
from tracker.actions.views.blueprint import action_or_404, back_to, bp, take_step
from tracker.actions.views.two_versions import Compared
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform.errors import Refused


@bp.route("/actions/<int:number>/waits-for", methods=["GET", "POST"])
@allowed(Permission.TIE_ACTIONS)
def wait_for(number: int) -> ResponseReturnValue:
    action = action_or_404(number)
    form = WaitForm(version=action.version)
    form.offer(waiting.could_wait_for(action))
    return take_step(
        action, form, "Say what it waits for",
        lambda: commands.wait_for(action, _other(form.other.data or 0), version=form.version.data or 0, by=me()),
        done=lambda: f"{action.reference} now waits for {Action.prefix}-{form.other.data}.",
        compared=[Compared("Waits for", lambda: None, lambda: f"{Action.prefix}-{form.other.data}")],
    )  # fmt: skip


@bp.post("/actions/<int:number>/waits-for/<int:other>/remove")
@allowed(Permission.TIE_ACTIONS)
def wait_no_longer(number: int, other: int) -> ResponseReturnValue:
    action = action_or_404(number)
    commands.wait_no_longer(action, action_or_404(other), version=request.form.get("version", 0, type=int), by=me())
    return back_to(action, f"{action.reference} no longer waits for {Action.prefix}-{other}.")


def _other(number: int) -> Action:
    other = queries.action(here(), number)
    if other is None:
        raise Refused(f"There is no action {Action.prefix}-{number}. Check the reference.")
    return other
