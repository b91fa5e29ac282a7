"""Letting one action wait for another, and no longer. The action that waits gets a new version each time."""

from sqlalchemy import select

from tracker.actions.commands.checks import require_to_deliver, require_updater, require_version
from tracker.actions.commands.trail import note
from tracker.actions.dependencies import queries, rules
from tracker.actions.dependencies.models import Dependency
from tracker.actions.models import Action
from tracker.actions.rules import Status
from tracker.people.models import Authority, Person
from tracker.platform.db import db
from tracker.platform.errors import Refused


def wait_for(action: Action, other: Action, *, version: int, by: Person) -> Dependency:
    """Say that ``action`` cannot be finished before ``other`` is. Refused where that would close a circle."""
    _require_changeable(action, version, by)
    if other.authority_id != action.authority_id:
        raise Refused(f"{other.reference} belongs to another authority.")
    if other.id == action.id:
        raise Refused(f"{action.reference} cannot wait for itself. Choose another action.")
    if other.status is Status.SUPERSEDED:
        raise Refused(f"{other.reference} is superseded. Choose the action that took its place.")
    _alone(action.authority)
    if queries.dependency(action, other) is not None:
        raise Refused(f"{action.reference} waits for {other.reference} already.")
    _require_no_circle(action, other)
    dependency = Dependency(
        authority_id=action.authority_id, action=action, waits_for=other, days=rules.given(action.due_on, other.due_on)
    )
    db.session.add(dependency)
    note(action, f"waits for {other.reference}")
    return dependency


def wait_no_longer(action: Action, other: Action, *, version: int, by: Person) -> None:
    _require_changeable(action, version, by)
    dependency = queries.dependency(action, other)
    if dependency is None:
        raise Refused(f"{action.reference} does not wait for {other.reference}.")
    db.session.delete(dependency)
    note(action, f"no longer waits for {other.reference}")


def _require_changeable(action: Action, version: int, by: Person) -> None:
    require_updater(action, by)
    require_version(action, version)
    require_to_deliver(action, "it waits for nothing")


def _alone(authority: Authority) -> None:
    """One at a time in an authority: two people at once could each add half of a circle."""
    db.session.execute(select(Authority.id).where(Authority.id == authority.id).with_for_update(key_share=True))


def _require_no_circle(action: Action, other: Action) -> None:
    ring = rules.circle(queries.waits(action.authority), action.id, other.id)
    if ring:
        names = queries.references(ring)
        raise Refused(rules.why_not_wait(action.reference, [names[one] for one in ring]))
