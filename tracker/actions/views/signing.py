"""Agreeing that an action is delivered, or saying what is missing."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.actions import commands, queries, rules
from tracker.actions.forms import ReasonForm, SignOffForm
from tracker.actions.models import Action, ActionUpdate
from tracker.actions.views.blueprint import action_or_404, back_to, bp, take_step
from tracker.actions.views.progress import saved
from tracker.actions.views.two_versions import Compared, two_versions
from tracker.people.guards import allowed, me
from tracker.people.rules import Permission
from tracker.platform import clock


@bp.route("/actions/<int:number>/sign-off", methods=["GET", "POST"])
@allowed(Permission.SIGN_OFF_ACTIONS)
def sign_off(number: int) -> ResponseReturnValue:
    action = action_or_404(number)
    if request.method == "GET":
        commands.require_signable(action, by=me())
    form = SignOffForm(version=action.version, difference_due_on=clock.today() + rules.DIFFERENCE_DUE)
    signed: list[ActionUpdate] = []
    if form.carries_out(lambda: signed.append(_sign(action, form))):
        return back_to(action, saved(action, signed[0], back=""))
    return render_template(
        "actions/sign_off.html",
        action=action,
        form=form,
        delivered=queries.last_said([action]).get(action.id),
        other=two_versions(action, form, [_where(action, "Signed off")]),
    ), form.status


def _sign(action: Action, form: SignOffForm) -> ActionUpdate:
    return commands.sign_off(
        action,
        version=form.version.data or 0,
        by=me(),
        on=clock.today(),
        note=form.note.data or "",
        difference_due_on=form.difference_due_on.data,
    )


@bp.route("/actions/<int:number>/send-back", methods=["GET", "POST"])
@allowed(Permission.SIGN_OFF_ACTIONS)
def send_back(number: int) -> ResponseReturnValue:
    action = action_or_404(number)
    if request.method == "GET":
        commands.require_signable(action, by=me())
    form = ReasonForm.asking("What is missing?", "Its lead reads this on the action’s page.", version=action.version)
    return take_step(
        action, form, "Send back",
        lambda: commands.send_back(
            action, version=form.version.data or 0, reason=form.reason.data, by=me(), on=clock.today()
        ),
        done=lambda: f"{action.reference} sent back to {action.lead.name}.",
        compared=[_where(action, "Sent back")],
    )  # fmt: skip


def _where(action: Action, yours: str) -> Compared:
    return Compared("Where it is", lambda: action.status, lambda: yours)
