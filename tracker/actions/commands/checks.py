"""What every command of this room asks before it changes anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy.orm.exc import StaleDataError

from tracker.actions import rules
from tracker.actions.models import Action
from tracker.actions.rules import Move, Status
from tracker.people import queries as people
from tracker.people.models import Authority, PartnerOrganisation, Person
from tracker.people.rules import Permission, Role, Standing, may
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.errors import Conflict, NotAllowed, Refused


def flush(reference: str) -> None:
    """Write the change; two people who both read the same version meet here when they save at one moment."""
    with told_of_the_other(reference):
        db.session.flush()


@contextmanager
def told_of_the_other(reference: str) -> Iterator[None]:
    """The second of two people, or of two windows, is told that the other was first. Nothing of hers is kept.

    Inside a savepoint only what the savepoint holds is given up: its owner rolls it back.
    """
    try:
        yield
    except StaleDataError:
        if not db.session().in_nested_transaction():
            db.session.rollback()
        raise changed_since(reference) from None


def changed_since(reference: str) -> Conflict:
    return Conflict(
        f"{reference} was changed by somebody else, or in another window, after you opened it. "
        "Nothing of yours is lost: look at both and choose."
    )


def require_version(action: Action, version: int) -> None:
    if action.version != version:
        raise changed_since(action.reference)


def require_move(action: Action, move: Move, to: Status) -> None:
    why_not = rules.why_not(move, reference=action.reference, status=action.status, to=to)
    if why_not:
        raise Refused(why_not)


def require_reason(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise Refused(sentence)


def require_to_deliver(action: Action, so: str) -> None:
    """Refuse what makes no sense once the work is delivered; ``so`` ends the sentence."""
    if action.status not in rules.TO_DELIVER:
        raise Refused(f"{action.reference} is {action.delivery.value.lower()}, so {so}.")


def require_dates(starts_on: date | None, due_on: date, on: date) -> None:
    if due_on < on:
        raise Refused(f"The due date is past. Choose {on:%-d %B %Y} or later.")
    require_order(starts_on, due_on)


def require_order(starts_on: date | None, due_on: date) -> None:
    if starts_on is not None and starts_on > due_on:
        raise Refused("The start is after the due date. Choose an earlier start or a later due date.")


def standing_of(by: Person, authority: Authority) -> Standing:
    membership = people.membership(by, authority)
    if membership is None or not membership.counts_on(clock.today()):
        raise NotAllowed(f"You do not work in {authority.name}.")
    return membership.standing


def role_of(by: Person, authority: Authority) -> Role:
    return standing_of(by, authority).role


def require_colleague(person: Person, authority: Authority) -> Standing:
    membership = people.membership(person, authority)
    if not person.active or membership is None or not membership.counts_on(clock.today()):
        raise Refused(f"{person.name} does not work in {authority.name}. Choose a colleague from the list.")
    return membership.standing


def require_lead(person: Person, authority: Authority, *, partner: PartnerOrganisation | None) -> None:
    """Refuse as lead whoever cannot say how an action goes, and a partner's people where it is not shared with them."""
    there = require_colleague(person, authority)
    shared = partner.id if partner else None
    why_not = rules.why_not_lead(person.name, there.role, works_for=there.partner, partner=shared)
    if why_not:
        raise Refused(why_not)


def require_still_leads(action: Action, *, partner: PartnerOrganisation | None) -> None:
    """Refuse to take an action from the organisation whose person leads it: she could not open it any more."""
    there = people.membership(action.lead, action.authority)
    if there is not None and there.partner is not None and there.partner is not partner:
        raise Refused(
            f"{action.lead.name} of {there.partner.name} leads {action.reference}. Give it to another lead first."
        )


def require_updater(action: Action, by: Person) -> None:
    if not rules.may_update(standing_of(by, action.authority), action.hands):
        raise NotAllowed(rules.not_yours(action.reference, action.lead.name))


def require_signer(action: Action, by: Person) -> None:
    why_not = rules.why_not_signer(standing_of(by, action.authority), action.hands, reference=action.reference)
    if why_not:
        raise NotAllowed(why_not)


def require_planner(action: Action, by: Person) -> None:
    who = standing_of(by, action.authority)
    if not may(who.role, Permission.PLAN) or not rules.may_update(who, action.hands):
        raise NotAllowed(rules.not_yours(action.reference, action.lead.name))


def require_may_plan(authority: Authority, by: Person) -> None:
    if not may(role_of(by, authority), Permission.PLAN):
        raise NotAllowed(f"You may not {Permission.PLAN.value}. Ask a head of service or a director.")
