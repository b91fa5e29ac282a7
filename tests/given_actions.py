"""What a test about actions is given."""

from datetime import date, timedelta

from tests.given import a_person, an_action, an_authority, stored
from tracker.actions.dependencies.models import Dependency
from tracker.actions.dependencies.rules import given
from tracker.actions.models import Action, ActionUpdate, GovernanceBoard, Milestone
from tracker.actions.rules import Status
from tracker.improvements.models import ImprovementItem
from tracker.people import queries as people
from tracker.people.models import Authority, PartnerOrganisation, Person
from tracker.people.rules import PartnerKind
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
    action.difference_due_on = on + timedelta(days=90)
    return stored(action)


def an_action_awaiting_sign_off(
    *, item: ImprovementItem | None = None, lead: Person | None = None, on: date = date(2026, 11, 16)
) -> Action:
    action = an_action(item=item, lead=lead, status=Status.AWAITING_SIGN_OFF, due_on=on)
    action.delivered_on, action.delivered_by_id = on, action.lead_id
    return stored(action)


def a_milestone(action: Action, *, title: str = "Two of four teams do it", due_on: date | None = None) -> Milestone:
    day = due_on or action.due_on
    number = len(action.milestones)
    return stored(Milestone(action=action, position=number, title=title, due_on=day, first_due_on=day))


def a_board(*, name: str = "Improvement board", authority: Authority | None = None) -> GovernanceBoard:
    return stored(GovernanceBoard(authority=authority or an_authority(), name=name))


def a_partner(
    *, name: str = "Metropolitan Police", kind: PartnerKind = PartnerKind.POLICE, authority: Authority | None = None
) -> PartnerOrganisation:
    return stored(PartnerOrganisation(authority=authority or an_authority(), name=name, kind=kind))


def waiting(action: Action, other: Action) -> Dependency:
    """``action`` waits for ``other``."""
    days = given(action.due_on, other.due_on)
    return stored(Dependency(authority_id=action.authority_id, action=action, waits_for=other, days=days))


def named(name: str) -> Person:
    return next(each.person for each in people.colleagues(an_authority()) if each.person.name == name)


def samira() -> Person:
    """Who is signed in as ``head_of_service``."""
    return named("Samira Okafor")
