"""What a test about actions is given."""

from datetime import date

from tests.given import a_person, an_action, stored
from tracker.actions.models import Action, ActionUpdate
from tracker.actions.rules import Status
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Person
from tracker.platform import clock


def an_update(
    action: Action,
    *,
    done: str = "Two of four teams started.",
    by: Person | None = None,
    status_to: Status | None = None,
) -> ActionUpdate:
    """Something said about an action just now, without going through a command."""
    return stored(
        ActionUpdate(
            action=action,
            at=clock.now(),
            by=by or action.lead,
            status_from=action.status,
            status_to=status_to or action.status,
            done=done,
        )
    )


def a_delivered_action(
    *, item: ImprovementItem | None = None, lead: Person | None = None, on: date = date(2026, 9, 2)
) -> Action:
    """Delivered and signed off, with no difference shown yet."""
    action = an_action(item=item, lead=lead, status=Status.AWAITING_SIGN_OFF, due_on=on)
    action.delivered_on, action.delivered_by_id = on, action.lead_id
    action.signed_off_on, action.signed_off_by = on, a_person(name="Helen Marsh", authority=action.authority)
    action.status = Status.IMPACT_NOT_EVIDENCED
    action.difference_due_on = date(on.year, on.month + 3, on.day)
    return stored(action)


def an_action_awaiting_sign_off(
    *, item: ImprovementItem | None = None, lead: Person | None = None, on: date = date(2026, 11, 16)
) -> Action:
    action = an_action(item=item, lead=lead, status=Status.AWAITING_SIGN_OFF, due_on=on)
    action.delivered_on, action.delivered_by_id = on, action.lead_id
    return stored(action)
