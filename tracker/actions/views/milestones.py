"""The milestones of an action: agreeing one, reaching it, moving it, doing without it."""

from datetime import date
from typing import cast
from uuid import UUID

from flask.typing import ResponseReturnValue

from tracker.actions import commands
from tracker.actions.forms import MilestoneForm, ReachForm, ReasonForm, RescheduleForm
from tracker.actions.models import Milestone
from tracker.actions.views.blueprint import action_or_404, bp, milestone_or_404, take_step
from tracker.actions.views.two_versions import Compared
from tracker.people.guards import allowed, me
from tracker.people.rules import Permission
from tracker.platform import clock


@bp.route("/actions/<int:number>/milestones/new", methods=["GET", "POST"])
@allowed(Permission.UPDATE_OWN_WORK)
def add_milestone(number: int) -> ResponseReturnValue:
    action = action_or_404(number)
    form = MilestoneForm(version=action.version)
    return take_step(
        action, form, "Add a milestone",
        lambda: commands.add_milestone(
            action,
            version=form.version.data or 0,
            title=form.title.data,
            due_on=cast("date", form.due_on.data),  # required by the form
            by=me(),
            on=clock.today(),
        ),
        done=lambda: f"Milestone added to {action.reference}.",
        compared=[
            Compared("Due date of the action", lambda: action.due_on, lambda: None),
            Compared("Milestone", lambda: None, lambda: form.title.data),
        ],
    )  # fmt: skip


@bp.route("/actions/<int:number>/milestones/<uuid:milestone_id>/reached", methods=["GET", "POST"])
@allowed(Permission.UPDATE_OWN_WORK)
def reach_milestone(number: int, milestone_id: UUID) -> ResponseReturnValue:
    action = action_or_404(number)
    milestone = milestone_or_404(action, milestone_id)
    form = ReachForm(version=action.version)
    return take_step(
        action, form, f"Reached: {milestone.title}",
        lambda: commands.reach_milestone(
            action,
            milestone,
            version=form.version.data or 0,
            done=form.done.data,
            difference=form.difference.data or "",
            next_step=form.next_step.data or "",
            confidence=form.confidence.data,
            by=me(),
            on=clock.today(),
        ),
        done=lambda: f"“{milestone.title}” of {action.reference} is reached.",
        compared=[
            _state(milestone, "Reached"),
            Compared("What has happened", lambda: None, lambda: form.done.data),
        ],
    )  # fmt: skip


@bp.route("/actions/<int:number>/milestones/<uuid:milestone_id>/due-date", methods=["GET", "POST"])
@allowed(Permission.UPDATE_OWN_WORK)
def move_milestone(number: int, milestone_id: UUID) -> ResponseReturnValue:
    action = action_or_404(number)
    milestone = milestone_or_404(action, milestone_id)
    form = RescheduleForm(version=action.version)
    return take_step(
        action, form, f"Move “{milestone.title}”",
        lambda: commands.move_milestone(
            action,
            milestone,
            version=form.version.data or 0,
            due_on=cast("date", form.due_on.data),  # required by the form
            reason=form.reason.data,
            by=me(),
            on=clock.today(),
        ),
        done=lambda: f"“{milestone.title}” of {action.reference} is now due on {milestone.due_on:%-d %B %Y}.",
        compared=[Compared("Due date of the milestone", lambda: milestone.due_on, lambda: form.due_on.data)],
    )  # fmt: skip


@bp.route("/actions/<int:number>/milestones/<uuid:milestone_id>/drop", methods=["GET", "POST"])
@allowed(Permission.UPDATE_OWN_WORK)
def drop_milestone(number: int, milestone_id: UUID) -> ResponseReturnValue:
    action = action_or_404(number)
    milestone = milestone_or_404(action, milestone_id)
    form = ReasonForm.asking("Why is it no longer needed?", "It stays in the history.", version=action.version)
    return take_step(
        action, form, f"Do without “{milestone.title}”",
        lambda: commands.drop_milestone(
            action, milestone, version=form.version.data or 0, reason=form.reason.data, by=me(), on=clock.today()
        ),
        done=lambda: f"{action.reference} does without “{milestone.title}”.",
        compared=[_state(milestone, "Dropped")],
    )  # fmt: skip


def _state(milestone: Milestone, yours: str) -> Compared:
    return Compared(
        "The milestone",
        lambda: "Reached" if milestone.reached_on else "Dropped" if milestone.dropped_on else "Not reached yet",
        lambda: yours,
    )
