"""Several actions updated in one save: each is saved whole or not at all, and says beside itself why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.actions import commands
from tracker.actions.models import Action, ActionUpdate
from tracker.actions.views import TwoVersions, two_versions_of_line
from tracker.overview.forms import LineForm
from tracker.people.models import Person
from tracker.platform.db import db
from tracker.platform.errors import Refused


@dataclass
class Each:
    """One action with its line of the form, and what became of it."""

    action: Action
    form: LineForm
    due: str = ""
    said: ActionUpdate | None = None
    other: TwoVersions | None = None
    refused: list[str] = field(default_factory=list)

    @property
    def reference(self) -> str:
        return self.action.reference


def save(lines: Sequence[Each], *, by: Person, on: date) -> None:
    """Save every line that says something; a refusal stays on its line and touches no other."""
    for each in lines:
        if each.form.says_something(each.action):
            _save(each, by, on)


def _save(each: Each, by: Person, on: date) -> None:
    if not each.form.validate():
        each.refused = [str(error) for errors in each.form.errors.values() for error in errors]
        return
    try:
        with db.session.begin_nested():
            each.said = commands.update(
                each.action,
                version=each.form.version.data or 0,
                status=each.form.now.data or each.action.status,
                done=each.form.done.data,
                by=by,
                on=on,
            )
    except Refused as refused:
        each.refused = [str(refused)]
        each.other = two_versions_of_line(each.action, each.form)


def faults(lines: Sequence[Each]) -> Sequence[Mapping[str, str]]:
    """What was refused, for the summary at the top: each with a link to its line."""
    return [
        {"text": f"{each.reference}: {sentence}", "href": f"#{each.form.done.id}"}
        for each in lines
        for sentence in each.refused
    ]


def nothing_said(lines: Sequence[Each]) -> bool:
    return not any(each.said or each.refused for each in lines)


def all_saved(lines: Sequence[Each]) -> bool:
    return not any(each.refused for each in lines)


def sentence(lines: Sequence[Each]) -> str:
    """What was saved: "2 actions saved: A-20 as At risk, A-29 as On track."."""
    saved = [each for each in lines if each.said is not None]
    told = ", ".join(f"{each.reference} as {each.action.delivery}" for each in saved)
    return f"{len(saved)} {'action' if len(saved) == 1 else 'actions'} saved: {told}."
