"""Agreeing that an action is delivered, and that it made a difference: never the word of one person alone."""

from datetime import date

from tracker.actions import rules
from tracker.actions.commands.checks import (
    require_move,
    require_reason,
    require_signer,
    require_updater,
    require_version,
)
from tracker.actions.commands.trail import say
from tracker.actions.models import Action, ActionUpdate
from tracker.actions.rules import Move, Status
from tracker.people.models import Person
from tracker.platform.errors import Refused


def sign_off(
    action: Action, *, version: int, by: Person, on: date, note: str = "", difference_due_on: date | None = None
) -> ActionUpdate:
    """Agree that an action is delivered. Its lead then owes what difference it made, by ``difference_due_on``."""
    require_move(action, Move.SIGN_OFF, Status.IMPACT_NOT_EVIDENCED)
    require_signer(action, by)
    require_version(action, version)
    if difference_due_on is not None and difference_due_on < on:
        raise Refused("The day to say what difference it made by cannot be in the past.")
    action.signed_off_on, action.signed_off_by = on, by
    action.difference_due_on = difference_due_on or on + rules.DIFFERENCE_DUE
    return say(action, Status.IMPACT_NOT_EVIDENCED, note or "Signed off as delivered.", by=by, on=on)


def send_back(action: Action, *, version: int, reason: str, by: Person, on: date) -> ActionUpdate:
    """Do not agree that it is delivered, and say what is missing."""
    status = rules.sent_back_to(action.due_on, on)
    require_move(action, Move.SEND_BACK, status)
    require_signer(action, by)
    require_version(action, version)
    require_reason(reason, "Say what is missing, so that the lead knows what to do.")
    action.delivered_on = action.delivered_by_id = None
    return say(action, status, reason, by=by, on=on)


def mark_embedded(action: Action, *, difference: str, by: Person, on: date) -> ActionUpdate:
    """Record that a delivered action made a difference that has been shown.

    Whether the evidence shows it is for ``evidence.commands.embed`` to judge, which calls this.
    """
    require_updater(action, by)
    require_move(action, Move.EMBED, Status.EMBEDDED)
    require_reason(difference, "Say what difference it made for children.")
    action.difference = difference
    return say(action, Status.EMBEDDED, "", by=by, on=on, difference=difference)


def doubt(action: Action, *, because: str, by: Person | None, on: date) -> ActionUpdate:
    """Take back that it made a difference: nothing shows it any more. Its lead owes it again at once.

    That nothing does is for ``evidence.commands.withdraw`` to judge, which calls this.
    """
    require_move(action, Move.DOUBT, Status.IMPACT_NOT_EVIDENCED)
    action.difference, action.difference_due_on = "", on
    return say(action, Status.IMPACT_NOT_EVIDENCED, because, by=by, on=on)


def require_signable(action: Action, *, by: Person) -> None:
    """Refuse before the form is shown what ``sign_off`` would refuse whatever is typed."""
    require_move(action, Move.SIGN_OFF, Status.IMPACT_NOT_EVIDENCED)
    require_signer(action, by)
