"""What a lead says as the work goes on: each command adds one entry to the trail."""

from datetime import date

from tracker.actions import queries, rules
from tracker.actions.commands.checks import (
    require_dates,
    require_move,
    require_reason,
    require_to_deliver,
    require_updater,
    require_version,
)
from tracker.actions.commands.milestones import require_to_reach
from tracker.actions.commands.trail import say
from tracker.actions.models import Action, ActionUpdate, Milestone
from tracker.actions.rules import Confidence, Move, Status
from tracker.people.models import Person
from tracker.platform import clock
from tracker.platform.errors import NotAllowed, Refused


def update(
    action: Action,
    *,
    version: int,
    status: Status,
    done: str,
    difference: str = "",
    next_step: str = "",
    confidence: Confidence | None = None,
    due_on: date | None = None,
    due_reason: str = "",
    reached: Milestone | None = None,
    by: Person,
    on: date,
) -> ActionUpdate:
    """Say where an action is now and what has happened; ``AWAITING_SIGN_OFF`` says that it is delivered.

    A new ``due_on`` needs a reason; None, or the date it has, leaves it. ``reached`` is a milestone reached by ``on``.
    """
    require_updater(action, by)
    require_version(action, version)
    delivering = status is Status.AWAITING_SIGN_OFF
    require_move(action, Move.DELIVER if delivering else Move.REPORT, status)
    require_reason(done, "Say what has happened since the last update.")
    moved = _new_due(action, due_on, due_reason, delivering=delivering, on=on)
    if reached is not None:
        require_to_reach(action, reached)
        reached.reached_on = on
    due_from, due_reason = (action.due_on, due_reason) if moved else (None, "")
    action.due_on = moved or action.due_on
    if delivering:
        action.delivered_on, action.delivered_by_id = on, by.id
    return say(
        action, status, done, by=by, on=on, difference=difference, next_step=next_step, confidence=confidence,
        due_from=due_from, due_to=moved, due_reason=due_reason, milestone=reached,
    )  # fmt: skip


def deliver(action: Action, *, version: int, done: str, difference: str = "", by: Person, on: date) -> ActionUpdate:
    """Say that an action is delivered. Somebody else has to sign it off."""
    return update(
        action, version=version, status=Status.AWAITING_SIGN_OFF, done=done, difference=difference, by=by, on=on
    )


def reschedule(action: Action, *, version: int, due_on: date, reason: str, by: Person, on: date) -> ActionUpdate:
    """Promise another day, with a reason. The day first promised is never lost."""
    require_updater(action, by)
    require_version(action, version)
    require_to_deliver(action, "its due date cannot change")
    moved = _new_due(action, due_on, reason, delivering=False, on=on)
    if moved is None:
        raise Refused(f"{action.reference} is already due on {due_on:%-d %B %Y}.")
    due_from, action.due_on = action.due_on, moved
    return say(action, action.status, "", by=by, on=on, due_from=due_from, due_to=moved, due_reason=reason)


def say_difference(action: Action, *, version: int, difference: str, by: Person, on: date) -> ActionUpdate:
    """Put into the trail what a delivered action changed, before there is evidence that shows it."""
    require_difference_owed(action, by=by)
    require_version(action, version)
    require_reason(difference, "Say what difference it made for children.")
    return say(action, action.status, "", by=by, on=on, difference=difference)


def take_back(action: Action, *, said: ActionUpdate, by: Person, on: date) -> ActionUpdate:
    """Undo one's own last update of today: all is again as it was before. Both stay in the trail."""
    _require_last_of_today(action, said, by, on)
    _restore_milestone(said)
    if said.due_from is not None:
        action.due_on = said.due_from
    if said.status_to is Status.AWAITING_SIGN_OFF:
        action.delivered_on = action.delivered_by_id = None
    if said.status_to is Status.IMPACT_NOT_EVIDENCED and said.status_from is Status.AWAITING_SIGN_OFF:
        action.signed_off_on = action.signed_off_by = action.difference_due_on = None
    return say(
        action,
        said.status_from,
        f"Took back: {said.done or said.difference or said.due_reason}",
        by=by,
        on=on,
        takes_back=said,
        due_from=said.due_to,
        due_to=said.due_from,
        due_reason="Took back the new date" if said.due_to else "",
    )


def require_updatable(action: Action, *, by: Person) -> None:
    """Refuse before the form is shown what ``update`` would refuse whatever is typed."""
    require_updater(action, by)
    require_move(action, Move.DELIVER, Status.AWAITING_SIGN_OFF)


def require_difference_owed(action: Action, *, by: Person) -> None:
    """Refuse what ``say_difference`` would refuse whatever is typed."""
    require_updater(action, by)
    require_move(action, Move.EMBED, Status.EMBEDDED)


def _new_due(action: Action, due_on: date | None, reason: str, *, delivering: bool, on: date) -> date | None:
    """The day to move to, checked; None when the due date stays."""
    if due_on is None or due_on == action.due_on:
        return None
    if delivering:
        raise Refused("What is delivered needs no new due date. Leave the due date as it was.")
    require_dates(action.starts_on, due_on, on)
    require_reason(reason, "Give the reason for the new due date.")
    return due_on


def _restore_milestone(said: ActionUpdate) -> None:
    if said.milestone is None:
        return
    if said.milestone_due_from is not None:
        said.milestone.due_on = said.milestone_due_from
    else:
        said.milestone.reached_on = None


def _require_last_of_today(action: Action, said: ActionUpdate, by: Person, on: date) -> None:
    if said.by_id != by.id:
        raise NotAllowed("Only the person who saved an update can take it back.")
    newest = queries.newest_update(action)
    if newest is None or newest.id != said.id or not said.stands:
        raise Refused(f"{action.reference} has been changed since, so this can no longer be taken back. Add an update.")
    if said.at.astimezone(clock.LONDON).date() != on:
        raise Refused("An update can be taken back on the day it was saved. Add a new update instead.")
    if not rules.can_be_taken_back(said.status_from, said.status_to):
        raise Refused("This cannot be taken back, because others have been told. Add an update instead.")
