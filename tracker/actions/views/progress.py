"""Saying how an action goes, and taking back what was just said."""

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from tracker.actions import commands, queries
from tracker.actions.dependencies import queries as dependencies
from tracker.actions.dependencies.queries import Delayed
from tracker.actions.forms import UpdateForm
from tracker.actions.models import Action, ActionUpdate
from tracker.actions.views.blueprint import action_or_404, back_to, bp, milestone_or_404
from tracker.actions.views.two_versions import two_versions_of_update
from tracker.people.guards import allowed, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.errors import Refused


@bp.route("/actions/<int:number>/update", methods=["GET", "POST"])
@allowed(Permission.UPDATE_OWN_WORK)
def update(number: int) -> ResponseReturnValue:
    action = action_or_404(number)
    if request.method == "GET":
        commands.require_updatable(action, by=me())
    form = update_form(action)
    said = save_update(action, form)
    if said is not None:
        flash(saved(action, said, back=""), "saved")
        return redirect(url_for(".show", number=number))
    other = two_versions_of_update(action, form)
    return render_template("actions/update.html", action=action, form=form, other=other), form.status


def update_form(action: Action) -> UpdateForm:
    """The form of one action, with what was posted if something was. My work uses it too."""
    milestones = queries.next_milestones([action.id]).get(action.id, ())
    return UpdateForm.of(action, queries.last_said([action]).get(action.id), milestones).distinct(f"a{action.number}")


def save_update(action: Action, form: UpdateForm) -> ActionUpdate | None:
    """Carry out a posted update; None if it was not posted or is refused. My work uses it too."""
    said: list[ActionUpdate] = []
    if form.is_submitted() and not _refused_whatever_is_typed(action, form):
        form.carries_out(lambda: said.append(_update(action, form)))
    return said[0] if said else None


def _refused_whatever_is_typed(action: Action, form: UpdateForm) -> bool:
    """Where nothing can be said of the action any more there is no answer to find fault with."""
    try:
        commands.require_updatable(action, by=me())
    except Refused as refused:
        form.refuse(refused)
        return True
    return False


def _update(action: Action, form: UpdateForm) -> ActionUpdate:
    return commands.update(
        action,
        version=form.version.data or 0,
        status=form.now.data,
        done=form.done.data,
        difference=form.difference.data or "",
        next_step=form.next_step.data or "",
        confidence=form.confidence.data,
        due_on=form.due_on.data,
        due_reason=form.due_reason.data or "",
        reached=milestone_or_404(action, form.reached.data) if form.reached.data else None,
        by=me(),
        on=clock.today(),
    )


def saved(action: Action, said: ActionUpdate, *, back: str) -> Markup:
    """What was saved and who has it now, with a button that undoes it."""
    return Markup(  # noqa: S704  # rendered by Jinja, which escapes
        render_template(
            "actions/_saved.html",
            action=action,
            said=said,
            signer=queries.signer(action),
            holding=holding(action) if said.due_to else None,
            back=back,
        )
    )


def holding(action: Action) -> Delayed | None:
    """What an action holds up, for whoever may see the other actions."""
    reads_plan = g.person.may(Permission.READ_PLAN.name)
    return dependencies.delayed(action, clock.today()) if reads_plan else None


def rescheduled(action: Action) -> Markup:
    """The new due date, and what it holds up."""
    return Markup(  # noqa: S704  # rendered by Jinja, which escapes
        render_template("actions/_rescheduled.html", action=action, holding=holding(action))
    )


@bp.post("/actions/<int:number>/updates/<uuid:update_id>/take-back")
@allowed(Permission.UPDATE_OWN_WORK)
def take_back(number: int, update_id: UUID) -> ResponseReturnValue:
    action = action_or_404(number)
    said = queries.update_of(action, update_id) or abort(404)
    commands.take_back(action, said=said, by=me(), on=clock.today())
    return back_to(action, f"Taken back. {action.reference} is {action.delivery.value} again.")
