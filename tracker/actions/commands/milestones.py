"""The steps on the way to delivering an action: agreed, reached, moved with a reason, or dropped with one."""

from datetime import date

from sqlalchemy import func, select

from tracker.actions.commands.checks import require_reason, require_to_deliver, require_updater, require_version
from tracker.actions.commands.trail import note, say
from tracker.actions.models import Action, ActionUpdate, Milestone
from tracker.actions.rules import Confidence, Status
from tracker.people.models import Person
from tracker.platform.db import db
from tracker.platform.errors import Refused


def add_milestone(action: Action, *, version: int, title: str, due_on: date, by: Person, on: date) -> Milestone:
    """Agree one more step, by a day that is not past and not after the action's own."""
    _require_changeable(action, by, version)
    require_milestone(title, due_on, action.due_on)
    if due_on < on:
        raise Refused(f"The day of a milestone is past. Choose {on:%-d %B %Y} or later.")
    milestone = Milestone(
        position=_next_position(action), title=title.strip(), due_on=due_on, first_due_on=due_on, action=action
    )
    db.session.add(milestone)
    note(action, f"given the milestone “{milestone.title}”, due {due_on:%-d %B %Y}")
    return milestone


def reach_milestone(
    action: Action,
    milestone: Milestone,
    *,
    version: int,
    done: str,
    difference: str = "",
    next_step: str = "",
    confidence: Confidence | None = None,
    by: Person,
    on: date,
) -> ActionUpdate:
    """Say that a milestone is reached, as an update of the action: work that had not started is then on track."""
    _require_changeable(action, by, version)
    require_to_reach(action, milestone)
    milestone.reached_on = on
    status = Status.ON_TRACK if action.status is Status.NOT_STARTED else action.status
    return say(
        action, status, done.strip() or f"Reached: {milestone.title}", by=by, on=on,
        difference=difference, next_step=next_step, confidence=confidence, milestone=milestone,
    )  # fmt: skip


def move_milestone(
    action: Action, milestone: Milestone, *, version: int, due_on: date, reason: str, by: Person, on: date
) -> ActionUpdate:
    """Promise another day for a milestone, with a reason. The day first promised is never lost."""
    _require_changeable(action, by, version)
    require_to_reach(action, milestone)
    if due_on == milestone.due_on:
        raise Refused(f"“{milestone.title}” is already due on {due_on:%-d %B %Y}.")
    require_milestone(milestone.title, due_on, action.due_on)
    if due_on < on:
        raise Refused(f"The day of a milestone is past. Choose {on:%-d %B %Y} or later.")
    require_reason(reason, "Give the reason for the new date.")
    due_from, milestone.due_on = milestone.due_on, due_on
    return say(
        action, action.status, "", by=by, on=on, milestone=milestone,
        milestone_due_from=due_from, milestone_due_to=due_on, due_reason=reason,
    )  # fmt: skip


def drop_milestone(action: Action, milestone: Milestone, *, version: int, reason: str, by: Person, on: date) -> None:
    """Do without a step that is no longer needed. It stays in the history."""
    _require_changeable(action, by, version)
    require_to_reach(action, milestone)
    require_reason(reason, "Say why it is no longer needed.")
    milestone.dropped_on = on
    note(action, f"does without the milestone “{milestone.title}”", why=reason.strip())


def require_milestone(title: str, due_on: date, action_due_on: date) -> None:
    require_reason(title, "Say what the milestone is.")
    if due_on > action_due_on:
        raise Refused(
            f"“{title.strip()}” would be due on {due_on:%-d %B %Y}, after the action itself, "
            f"which is due on {action_due_on:%-d %B %Y}. Choose an earlier day, or move the action first."
        )


def require_to_reach(action: Action, milestone: Milestone) -> None:
    if milestone.action_id != action.id:
        raise Refused(f"“{milestone.title}” is not a milestone of {action.reference}.")
    if milestone.reached_on is not None:
        raise Refused(f"“{milestone.title}” was reached on {milestone.reached_on:%-d %B %Y}.")
    if milestone.dropped_on is not None:
        raise Refused(f"“{milestone.title}” was dropped on {milestone.dropped_on:%-d %B %Y}.")


def _require_changeable(action: Action, by: Person, version: int) -> None:
    require_updater(action, by)
    require_version(action, version)
    require_to_deliver(action, "its milestones cannot change")


def _next_position(action: Action) -> int:
    last = db.session.scalar(select(func.max(Milestone.position)).where(Milestone.action_id == action.id))
    return 0 if last is None else last + 1
