"""Every way an action changes. Each command checks who asks and what is so, changes, flushes; the edge commits.

``version`` is the one the person saw when she opened the form: if it is no longer the action's, she gets a Conflict
and nothing changes. ``on`` is the day it is done.
"""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm.exc import StaleDataError

from tracker.actions import queries, rules
from tracker.actions.models import Action, ActionUpdate
from tracker.actions.rules import Move, Status
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.people import queries as people
from tracker.people.models import Authority, Person
from tracker.people.rules import Permission, Role, may
from tracker.platform import clock, history
from tracker.platform.db import db
from tracker.platform.errors import Conflict, NotAllowed, Refused

NOON = time(12, tzinfo=clock.LONDON)


def add_action(
    item: ImprovementItem,
    *,
    title: str,
    lead: Person,
    due_on: date,
    starts_on: date | None = None,
    success_measure: str = "",
    by: Person,
    on: date,
) -> Action:
    """A new promise for an item that is open."""
    _require_planner_of(item, by, lead)
    _require_open(item)
    _require_colleague(lead, item.authority)
    _require_dates(starts_on, due_on, on)
    action = Action(
        authority_id=item.authority_id,
        item=item,
        title=title,
        lead=lead,
        due_on=due_on,
        first_due_on=due_on,
        starts_on=starts_on,
        status=Status.NOT_STARTED,
        success_measure=success_measure,
    )
    db.session.add(action)
    db.session.flush()
    return action


def update(
    action: Action,
    *,
    version: int,
    status: Status,
    done: str,
    difference: str = "",
    due_on: date | None = None,
    due_reason: str = "",
    by: Person,
    on: date,
) -> ActionUpdate:
    """Say where an action is now and what has happened; ``AWAITING_SIGN_OFF`` says that it is delivered.

    A new ``due_on`` needs a reason; None, or the date it has, leaves it.
    """
    _require_updater(action, by)
    require_version(action, version)
    delivering = status is Status.AWAITING_SIGN_OFF
    _require_move(action, Move.DELIVER if delivering else Move.REPORT, status)
    if not done.strip():
        raise Refused("Say what has happened since the last update.")
    moved = _new_due(action, due_on, due_reason, delivering=delivering, on=on)
    said = _said(action, status, done, by=by, on=on, difference=difference)
    if moved is not None:
        said.due_from, said.due_to, said.due_reason = action.due_on, moved, due_reason
        action.due_on = moved
    if delivering:
        action.delivered_on, action.delivered_by_id = on, by.id
    _save(action, said)
    return said


def deliver(action: Action, *, version: int, done: str, difference: str = "", by: Person, on: date) -> ActionUpdate:
    """Say that an action is delivered. Somebody else has to sign it off."""
    return update(
        action, version=version, status=Status.AWAITING_SIGN_OFF, done=done, difference=difference, by=by, on=on
    )


def sign_off(
    action: Action, *, version: int, by: Person, on: date, note: str = "", difference_due_on: date | None = None
) -> ActionUpdate:
    """Agree that an action is delivered. Its lead then owes what difference it made, by ``difference_due_on``."""
    _require_move(action, Move.SIGN_OFF, Status.IMPACT_NOT_EVIDENCED)
    _require_signer(action, by)
    require_version(action, version)
    if difference_due_on is not None and difference_due_on < on:
        raise Refused("The day to say what difference it made by cannot be in the past.")
    said = _said(action, Status.IMPACT_NOT_EVIDENCED, note or "Signed off as delivered.", by=by, on=on)
    action.signed_off_on, action.signed_off_by = on, by
    action.difference_due_on = difference_due_on or on + rules.DIFFERENCE_DUE
    _save(action, said)
    return said


def send_back(action: Action, *, version: int, reason: str, by: Person, on: date) -> ActionUpdate:
    """Do not agree that it is delivered, and say what is missing."""
    status = rules.sent_back_to(action.due_on, on)
    _require_move(action, Move.SEND_BACK, status)
    _require_signer(action, by)
    require_version(action, version)
    _require_reason(reason, "Say what is missing, so that the lead knows what to do.")
    said = _said(action, status, reason, by=by, on=on)
    action.delivered_on = action.delivered_by_id = None
    _save(action, said)
    return said


def say_difference(action: Action, *, version: int, difference: str, by: Person, on: date) -> ActionUpdate:
    """Put into the trail what a delivered action changed, before there is evidence that shows it."""
    _require_updater(action, by)
    _require_move(action, Move.EMBED, Status.EMBEDDED)
    require_version(action, version)
    _require_reason(difference, "Say what difference it made for children.")
    said = _said(action, action.status, "", by=by, on=on, difference=difference)
    _save(action, said)
    return said


def mark_embedded(action: Action, *, difference: str, by: Person, on: date) -> ActionUpdate:
    """Record that a delivered action made a difference that has been shown.

    Whether the evidence shows it is for ``evidence.commands.embed`` to judge, which calls this.
    """
    _require_updater(action, by)
    _require_move(action, Move.EMBED, Status.EMBEDDED)
    _require_reason(difference, "Say what difference it made for children.")
    said = _said(action, Status.EMBEDDED, "", by=by, on=on, difference=difference)
    action.difference = difference
    _save(action, said)
    return said


def reschedule(action: Action, *, version: int, due_on: date, reason: str, by: Person, on: date) -> ActionUpdate:
    """Promise another day, with a reason. The day first promised is never lost."""
    _require_updater(action, by)
    require_version(action, version)
    if action.status not in rules.TO_DELIVER:
        raise Refused(_not_to_deliver(action, "its due date cannot change"))
    moved = _new_due(action, due_on, reason, delivering=False, on=on)
    if moved is None:
        raise Refused(f"{action.reference} is already due on {due_on:%-d %B %Y}.")
    said = _said(action, action.status, "", by=by, on=on)
    said.due_from, said.due_to, said.due_reason = action.due_on, moved, reason
    action.due_on = moved
    _save(action, said)
    return said


def reassign(action: Action, *, version: int, lead: Person, reason: str, by: Person) -> None:
    """Give an action to another lead."""
    _require_planner(action, by)
    require_version(action, version)
    _require_colleague(lead, action.authority)
    _require_reason(reason, "Say why somebody else leads it now.")
    if action.status in {Status.EMBEDDED, Status.SUPERSEDED}:
        raise Refused(f"{action.reference} is {action.status.value.lower()}, so there is nothing left to lead.")
    if lead.id == action.lead_id:
        raise Refused(f"{lead.name} leads {action.reference} already.")
    if lead.id == action.signed_off_by_id:
        raise Refused(f"{lead.name} signed {action.reference} off, so she cannot lead it. Choose somebody else.")
    with history.because(reason):
        action.lead = lead
        _flush(action.reference)


def supersede(action: Action, *, version: int, reason: str, by: Person, on: date) -> ActionUpdate:
    """Stop an action that something else has taken the place of. It stays in the history, and in no count."""
    _require_planner(action, by)
    _require_move(action, Move.SUPERSEDE, Status.SUPERSEDED)
    require_version(action, version)
    _require_reason(reason, "Say what takes its place, or why it is no longer needed.")
    said = _said(action, Status.SUPERSEDED, reason, by=by, on=on)
    _save(action, said)
    return said


def take_back(action: Action, *, said: ActionUpdate, by: Person, on: date) -> ActionUpdate:
    """Undo one's own last update of today: status and due date are again as they were. Both stay in the trail."""
    _require_last_of_today(action, said, by, on)
    undone = _said(
        action, said.status_from, f"Took back: {said.done or said.difference or said.due_reason}", by=by, on=on
    )
    undone.takes_back = said
    if said.due_from is not None and said.due_to is not None:
        undone.due_from, undone.due_to, undone.due_reason = said.due_to, said.due_from, "Took back the new date"
        action.due_on = said.due_from
    if said.status_to is Status.AWAITING_SIGN_OFF:
        action.delivered_on = action.delivered_by_id = None
    if said.status_to is Status.IMPACT_NOT_EVIDENCED and said.status_from is Status.AWAITING_SIGN_OFF:
        action.signed_off_on = action.signed_off_by = action.difference_due_on = None
    _save(action, undone)
    return undone


def require_updatable(action: Action, *, by: Person) -> None:
    """Refuse before the form is shown what ``update`` would refuse whatever is typed."""
    _require_updater(action, by)
    _require_move(action, Move.DELIVER, Status.AWAITING_SIGN_OFF)


def require_signable(action: Action, *, by: Person) -> None:
    """Refuse before the form is shown what ``sign_off`` would refuse whatever is typed."""
    _require_move(action, Move.SIGN_OFF, Status.IMPACT_NOT_EVIDENCED)
    _require_signer(action, by)


def close_item(item: ImprovementItem, *, version: int, reason: str, by: Person, on: date) -> None:
    """Say that nothing more is owed for an item. Refused while an action is open."""
    _require_owner(item, by)
    _require_item_version(item, version)
    if item.state is ItemState.CLOSED:
        raise Refused(f"{item.reference} was closed on {item.closed_on:%-d %B %Y}.")
    why_not = rules.why_not_close(item.reference, queries.count_open(item))
    if why_not:
        raise Refused(why_not)
    _require_reason(reason, "Say why it can be closed, and how you know.")
    with history.because(reason):
        item.state, item.closed_on, item.closed_because = ItemState.CLOSED, on, reason
        db.session.flush()


def reopen_item(item: ImprovementItem, *, version: int, reason: str, by: Person) -> None:
    _require_owner(item, by)
    _require_item_version(item, version)
    if item.state is ItemState.OPEN:
        raise Refused(f"{item.reference} is open already.")
    _require_reason(reason, "Say why it has to be opened again.")
    with history.because(reason):
        item.state, item.closed_on, item.closed_because = ItemState.OPEN, None, ""
        db.session.flush()


def _said(action: Action, status: Status, done: str, *, by: Person, on: date, difference: str = "") -> ActionUpdate:
    """One more entry of the trail; the action's own status is not changed yet."""
    said = ActionUpdate(
        action=action,
        at=_moment(action, on),
        by=by,
        status_from=action.status,
        status_to=status,
        done=done.strip(),
        difference=difference.strip(),
    )
    db.session.add(said)
    return said


def _moment(action: Action, on: date) -> datetime:
    """Now, or noon of an earlier day whose news is entered late; always after what was said before."""
    moment = clock.now() if on == clock.today() else datetime.combine(on, NOON).astimezone(UTC)
    before = action.last_update_at
    return moment if before is None or before < moment else before + timedelta(microseconds=1)


def _save(action: Action, said: ActionUpdate) -> None:
    """Write the change; two people who both read the same version meet here when they save at one moment."""
    reference, told = action.reference, action.status is not said.status_to or said.due_to is not None
    action.status, action.last_update_at = said.status_to, said.at
    with history.because(said.done or said.difference or said.due_reason):
        _flush(reference)
        if not told:
            history.record(action, "updated")


def _flush(reference: str) -> None:
    try:
        db.session.flush()
    except StaleDataError:
        db.session.rollback()
        raise Conflict(_changed_since(reference)) from None


def _changed_since(reference: str) -> str:
    return (
        f"{reference} was changed by somebody else after you opened it. "
        "Nothing of yours is lost: look at both and choose."
    )


def require_version(action: Action, version: int) -> None:
    if action.version != version:
        raise Conflict(_changed_since(action.reference))


def _require_item_version(item: ImprovementItem, version: int) -> None:
    if item.version != version:
        raise Conflict(_changed_since(item.reference))


def _require_move(action: Action, move: Move, to: Status) -> None:
    why_not = rules.why_not(move, reference=action.reference, status=action.status, to=to)
    if why_not:
        raise Refused(why_not)


def _require_reason(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise Refused(sentence)


def _require_dates(starts_on: date | None, due_on: date, on: date) -> None:
    if due_on < on:
        raise Refused(f"The due date is past. Choose {on:%-d %B %Y} or later.")
    if starts_on is not None and starts_on > due_on:
        raise Refused("The start is after the due date. Choose an earlier start or a later due date.")


def _new_due(action: Action, due_on: date | None, reason: str, *, delivering: bool, on: date) -> date | None:
    """The day to move to, checked; None when the due date stays."""
    if due_on is None or due_on == action.due_on:
        return None
    if delivering:
        raise Refused("What is delivered needs no new due date. Leave the due date as it was.")
    _require_dates(action.starts_on, due_on, on)
    _require_reason(reason, "Give the reason for the new due date.")
    return due_on


def _not_to_deliver(action: Action, so: str) -> str:
    return f"{action.reference} is {action.delivery.value.lower()}, so {so}."


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


def _role(by: Person, authority: Authority) -> Role:
    membership = people.membership(by, authority)
    if membership is None:
        raise NotAllowed(f"You do not work in {authority.name}.")
    return membership.role


def _require_colleague(person: Person, authority: Authority) -> None:
    if not person.active or people.membership(person, authority) is None:
        raise Refused(f"{person.name} does not work in {authority.name}. Choose a colleague from the list.")


def _require_updater(action: Action, by: Person) -> None:
    if not rules.may_update(by.id, _role(by, action.authority), action.hands):
        raise NotAllowed(rules.not_yours(action.reference, action.lead.name))


def _require_signer(action: Action, by: Person) -> None:
    why_not = rules.why_not_signer(by.id, _role(by, action.authority), action.hands, reference=action.reference)
    if why_not:
        raise NotAllowed(why_not)


def _require_planner(action: Action, by: Person) -> None:
    role = _role(by, action.authority)
    if not may(role, Permission.PLAN) or not rules.may_update(by.id, role, action.hands):
        raise NotAllowed(rules.not_yours(action.reference, action.lead.name))


def _require_planner_of(item: ImprovementItem, by: Person, lead: Person) -> None:
    if not rules.may_plan_for(by.id, _role(by, item.authority), owner=item.owner_id, lead=lead.id):
        raise NotAllowed(f"{item.reference} is not yours, so you can add only actions to it that you lead yourself.")


def _require_open(item: ImprovementItem) -> None:
    if item.state is ItemState.CLOSED:
        raise Refused(f"{item.reference} is closed. Open it again before you add an action to it.")


def _require_owner(item: ImprovementItem, by: Person) -> None:
    if not rules.may_close(by.id, _role(by, item.authority), owner=item.owner_id, accountable=item.accountable_id):
        raise NotAllowed(f"{item.reference} is not yours. Its owner, the accountable person or a director can do this.")
