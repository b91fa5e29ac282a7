"""Writing into the trail of an action: each entry is made whole, then added, and never altered."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from tracker.actions.commands.checks import flush, told_of_the_other
from tracker.actions.dependencies.models import Dependency
from tracker.actions.dependencies.rules import given
from tracker.actions.models import Action, ActionUpdate
from tracker.actions.rules import Status
from tracker.people.models import Person
from tracker.platform import clock, history
from tracker.platform.db import db

NOON = time(12, tzinfo=clock.LONDON)


def say(action: Action, status: Status, done: str, *, by: Person | None, on: date, **more: Any) -> ActionUpdate:
    """Add one entry and bring the action to where the entry says it is; ``more`` are further columns of the entry.

    Two people who both read the same version meet here when they save at one moment.
    """
    said = ActionUpdate(
        action=action,
        at=moment(action, on),
        by=by,
        status_from=action.status,
        status_to=status,
        done=done.strip(),
        **{name: value.strip() if type(value) is str else value for name, value in more.items()},
    )
    db.session.add(said)
    if said.due_to is not None:
        _give_days_anew(action)
    reference, told = action.reference, action.status is not said.status_to or said.due_to is not None
    action.status, action.last_update_at = said.status_to, said.at
    with history.because(said.done or said.difference or said.due_reason):
        flush(reference)
        if not told:
            history.record(action, "updated")
    return said


def _give_days_anew(action: Action) -> None:
    """Whoever moves its due date says how long it takes after what it waits for, unless the date leaves it no day."""
    waits = select(Dependency, Action.due_on).join(Action, Action.id == Dependency.waits_for_id)
    with db.session.no_autoflush:  # the change of the action is written with its reason, by whoever says it
        for dependency, other_due_on in db.session.execute(waits.where(Dependency.action_id == action.id)):
            dependency.days = given(action.due_on, other_due_on) or dependency.days


def moment(action: Action, on: date) -> datetime:
    """Now, or noon of an earlier day whose news is entered late; always after what was said before."""
    moment = clock.now() if on == clock.today() else datetime.combine(on, NOON).astimezone(UTC)
    before = action.last_update_at
    return moment if before is None or before < moment else before + timedelta(microseconds=1)


def note(action: Action, what: str, *, why: str = "") -> None:
    """Remember a change to what belongs to an action but is no part of its row. The action gets a new version."""
    with told_of_the_other(action.reference):
        db.session.refresh(action, ["last_update_at"])  # an attribute that is not loaded cannot be flagged
        flag_modified(action, "last_update_at")
        db.session.flush()
    history.record(action, what, why=why)
