"""What is promised, by whom and for whom: adding an action, changing what it promises, its lead, superseding it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.actions import rules
from tracker.actions.commands.checks import (
    flush,
    require_colleague,
    require_dates,
    require_lead,
    require_move,
    require_order,
    require_planner,
    require_reason,
    require_still_leads,
    require_version,
    standing_of,
)
from tracker.actions.commands.milestones import require_milestone
from tracker.actions.commands.trail import say
from tracker.actions.models import Action, ActionUpdate, GovernanceBoard, Milestone
from tracker.actions.rules import Move, Priority, Status
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.people.models import Authority, PartnerOrganisation, Person
from tracker.platform import child_data, history
from tracker.platform.db import db
from tracker.platform.errors import NotAllowed, Refused


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What an action says besides who leads it and by when: those change with a reason, by commands of their own."""

    title: str
    success_measure: str = ""
    starts_on: date | None = None
    accountable: Person | None = None
    partner: PartnerOrganisation | None = None
    partner_contact: str = ""
    priority: Priority = Priority.MEDIUM
    board: GovernanceBoard | None = None


def add_action(
    item: ImprovementItem,
    *,
    title: str,
    lead: Person,
    due_on: date,
    starts_on: date | None = None,
    success_measure: str = "",
    accountable: Person | None = None,
    partner: PartnerOrganisation | None = None,
    partner_contact: str = "",
    priority: Priority = Priority.MEDIUM,
    board: GovernanceBoard | None = None,
    milestones: Sequence[tuple[str, date]] = (),
    by: Person,
    on: date,
) -> Action:
    """A new promise for an item that is open. ``milestones`` are titles with their days."""
    says = Particulars(
        title=title,
        success_measure=success_measure,
        starts_on=starts_on,
        accountable=accountable,
        partner=partner,
        partner_contact=partner_contact,
        priority=priority,
        board=board,
    )
    _require_planner_of(item, by, lead)
    _require_open(item)
    require_lead(lead, item.authority, partner=partner)
    require_dates(starts_on, due_on, on)
    _require_particulars(item.authority, says)
    for step, day in milestones:
        require_milestone(step, day, due_on)
    action = Action(
        authority_id=item.authority_id,
        item=item,
        lead=lead,
        due_on=due_on,
        first_due_on=due_on,
        status=Status.NOT_STARTED,
        milestones=[
            Milestone(position=place, title=step.strip(), due_on=day, first_due_on=day)
            for place, (step, day) in enumerate(milestones)
        ],
    )
    _take_down(action, says)
    db.session.add(action)
    db.session.flush()
    return action


def revise(action: Action, *, version: int, says: Particulars, by: Person) -> None:
    """Change what an action promises; what it promised before stays in the history."""
    require_planner(action, by)
    require_version(action, version)
    if action.status is Status.SUPERSEDED:
        raise Refused(f"{action.reference} is superseded. Change the action that took its place.")
    _require_particulars(action.authority, says)
    require_order(says.starts_on, action.due_on)
    if says.partner is not action.partner:
        require_still_leads(action, partner=says.partner)
    _take_down(action, says)
    flush(action.reference)


def reassign(action: Action, *, version: int, lead: Person, reason: str, by: Person) -> None:
    """Give an action to another lead."""
    require_planner(action, by)
    require_version(action, version)
    require_lead(lead, action.authority, partner=action.partner)
    require_reason(reason, "Say why somebody else leads it now.")
    if action.status in {Status.EMBEDDED, Status.SUPERSEDED}:
        raise Refused(f"{action.reference} is {action.status.value.lower()}, so there is nothing left to lead.")
    if lead.id == action.lead_id:
        raise Refused(f"{lead.name} leads {action.reference} already.")
    if lead.id == action.signed_off_by_id:
        raise Refused(f"{lead.name} signed {action.reference} off, so she cannot lead it. Choose somebody else.")
    with history.because(reason):
        action.lead = lead
        flush(action.reference)


def supersede(action: Action, *, version: int, reason: str, by: Person, on: date) -> ActionUpdate:
    """Stop an action that something else has taken the place of. It stays in the history, and in no count."""
    require_planner(action, by)
    require_move(action, Move.SUPERSEDE, Status.SUPERSEDED)
    require_version(action, version)
    require_reason(reason, "Say what takes its place, or why it is no longer needed.")
    return say(action, Status.SUPERSEDED, reason, by=by, on=on)


def _take_down(action: Action, says: Particulars) -> None:
    action.title, action.success_measure = says.title.strip(), says.success_measure.strip()
    action.starts_on, action.priority = says.starts_on, says.priority
    action.accountable, action.board = says.accountable, says.board
    action.partner, action.partner_contact = says.partner, says.partner_contact.strip()


def _require_particulars(authority: Authority, says: Particulars) -> None:
    require_reason(says.title, "Say what will be done.")
    if says.accountable is not None:
        require_colleague(says.accountable, authority)
    for of_authority in (says.partner, says.board):
        if of_authority is not None and of_authority.authority_id != authority.id:
            raise Refused(f"{of_authority.name} is not on {authority.name}’s list. Choose one that is.")
    if says.partner_contact.strip() and says.partner is None:
        raise Refused("Choose the partner organisation whose contact this is, or leave the contact empty.")
    if "@" in says.partner_contact or child_data.found_in({"": says.partner_contact}):
        raise Refused("Name the contact’s role, such as “Designated nurse”, and no number or address.")


def _require_planner_of(item: ImprovementItem, by: Person, lead: Person) -> None:
    who = standing_of(by, item.authority)
    if not rules.may_plan_for(who, owner=item.owner_id, lead=lead.id, areas=item.area_codes):
        raise NotAllowed(f"{item.reference} is not yours, so you can add only actions to it that you lead yourself.")


def _require_open(item: ImprovementItem) -> None:
    if item.state is ItemState.CLOSED:
        raise Refused(f"{item.reference} is closed. Open it again before you add an action to it.")
    if not item.is_open:
        raise Refused(f"{item.reference} was {item.became}. Add the action to an item that is open.")
