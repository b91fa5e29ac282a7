"""What the pages of this room share: their blueprint, finding what an address names, and the way back."""

from collections.abc import Callable, Sequence
from uuid import UUID

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tracker.actions import queries, rules
from tracker.actions.forms import ActionForm
from tracker.actions.models import Action, Milestone
from tracker.actions.views.two_versions import Compared, two_versions
from tracker.improvements.models import ImprovementItem
from tracker.people.guards import here

bp = Blueprint("actions", __name__, url_prefix="/<authority>")

BACK_TO_MY_WORK = "my-work"
"""Value of ``back``: the person is at work on My work, and returns there."""


def action_or_404(number: int) -> Action:
    """An action that whoever asks may see: a partner lead only those of her organisation."""
    action = queries.action(here(), number)
    if action is None or not rules.may_see(g.person.standing, action.hands):
        abort(404)
    return action


def item_or_404(number: int) -> ImprovementItem:
    return queries.item(here(), number) or abort(404)


def milestone_or_404(action: Action, milestone_id: UUID) -> Milestone:
    return queries.milestone_of(action, milestone_id) or abort(404)


def back_to(action: Action, message: str | Markup) -> ResponseReturnValue:
    flash(message, "saved")
    if request.form.get("back") == BACK_TO_MY_WORK:
        return redirect(url_for("overview.my_work"))
    return redirect(url_for("actions.show", number=action.number))


def take_step(
    action: Action,
    form: ActionForm,
    step: str,
    command: Callable[[], object],
    *,
    done: Callable[[], str | Markup],
    compared: Sequence[Compared],
) -> ResponseReturnValue:
    """One step with an action: ask, carry out, go back to where the person came from.

    ``compared`` is what she typed beside what is saved, for when somebody else was first.
    """
    if form.carries_out(command):
        return back_to(action, done())
    other = two_versions(action, form, compared)
    return render_template("actions/step.html", action=action, form=form, step=step, other=other), form.status
