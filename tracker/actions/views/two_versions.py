"""Two people changed one action: the second sees what the first saved beside what she typed, and chooses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.actions import queries
from tracker.actions.forms import ActionForm, UpdateForm
from tracker.actions.models import Action
from tracker.actions.queries import OtherVersion

NOTHING = "Nothing"


@dataclass(frozen=True)
class Compared:
    """One question with the answer that is saved and hers; both are asked for only when they are shown."""

    question: str
    saved: Callable[[], Any]
    yours: Callable[[], Any]


@dataclass(frozen=True)
class Row:
    question: str
    saved: str
    yours: str


@dataclass(frozen=True)
class TwoVersions:
    other: OtherVersion
    rows: Sequence[Row]


def two_versions(action: Action, form: ActionForm, compared: Sequence[Compared]) -> TwoVersions | None:
    """What somebody else saved since this form was opened; the form is then ready to be saved over it."""
    if not form.is_submitted() or form.version.data == action.version:
        return None
    form.on_version(action.version)
    rows = [Row(one.question, _said(one.saved()), _said(one.yours())) for one in compared]
    return TwoVersions(queries.other_version(action), rows)


def two_versions_of_update(action: Action, form: UpdateForm) -> TwoVersions | None:
    said = queries.last_said([action]).get(action.id)
    found = two_versions(
        action,
        form,
        [
            Compared("Where it is", lambda: action.delivery, lambda: form.now.data),
            Compared("What has happened", lambda: said and said.done, lambda: form.done.data),
            Compared("Difference made", lambda: said and said.difference, lambda: form.difference.data),
            Compared("Next step", lambda: said and said.next_step, lambda: form.next_step.data),
            Compared("How sure", lambda: said and said.confidence, lambda: form.confidence.data),
            Compared("Due date", lambda: action.due_on, lambda: form.due_on.data),
        ],
    )
    if found is not None:
        form.fit(action, said, queries.next_milestones([action.id]).get(action.id, ()))
    return found


def two_versions_of_line(action: Action, form: ActionForm) -> TwoVersions | None:
    """For a form that asks no more than where the action is and what has happened."""
    said = queries.last_said([action]).get(action.id)
    return two_versions(
        action,
        form,
        [
            Compared("Where it is", lambda: action.delivery, lambda: form["now"].data),
            Compared("What has happened", lambda: said and said.done, lambda: form["done"].data),
        ],
    )


def two_versions_of_difference(action: Action, form: ActionForm) -> TwoVersions | None:
    return two_versions(
        action,
        form,
        [
            Compared("Where it is", lambda: action.status, lambda: None),
            Compared("Difference made", lambda: _last_difference(action), lambda: form["difference"].data),
        ],
    )


def _last_difference(action: Action) -> str:
    said = queries.last_said([action]).get(action.id)
    return said.difference if said else ""


def _said(value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    return f"{value:%-d %B %Y}" if hasattr(value, "strftime") else str(value)
