"""Several actions updated in one save: each is saved whole or not at all, and says beside itself why not."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from tracker.actions import commands, queries, rules
from tracker.actions.models import Action, ActionUpdate
from tracker.actions.views import TwoVersions, two_versions_of_line
from tracker.overview.forms import LineForm
from tracker.people.models import Authority, Person
from tracker.people.rules import Standing
from tracker.platform.db import db
from tracker.platform.errors import Refused

NAMED = re.compile(r"([1-9]\d{0,8}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
"""An update of an action, as the form that undoes it names it."""


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


@dataclass(frozen=True)
class Saved:
    """An update that was just saved, as the form that undoes it names it."""

    reference: str
    value: str
    """Number of the action and id of the update: "20:7f0c…"."""


def just_saved(lines: Sequence[Each], before: Sequence[Saved]) -> Sequence[Saved]:
    """What can be undone: what these lines saved, after what earlier ones of the same form did."""
    saved = [Saved(each.reference, f"{each.action.number}:{each.said.id}") for each in lines if each.said]
    return [*before, *saved]


@dataclass(frozen=True)
class Named:
    """An update with its action, found by what a form says of it."""

    action: Action
    said: ActionUpdate

    @property
    def saved(self) -> Saved:
        return Saved(self.action.reference, f"{self.action.number}:{self.said.id}")


def named(authority: Authority, who: Standing, values: Sequence[str]) -> Sequence[Named]:
    """The updates that a form names, of actions that she may see; what is not there is left out."""
    asked = {int(match[1]): UUID(match[2]) for value in values if (match := NAMED.fullmatch(value))}
    there = queries.actions_numbered(authority, asked)
    found = [(one, queries.update_of(one, asked[at])) for at, one in there.items() if rules.may_see(who, one.hands)]
    return [Named(action, said) for action, said in found if said is not None]


def take_back(updates: Sequence[Named], *, by: Person, on: date) -> tuple[Sequence[Named], Sequence[str]]:
    """Undo each by itself: those that were undone, and why others could not be."""
    undone, refused = [], []
    for one in updates:
        try:
            with db.session.begin_nested():
                commands.take_back(one.action, said=one.said, by=by, on=on)
            undone.append(one)
        except Refused as refusal:
            refused.append(str(refusal))
    return undone, refused


def sentence(lines: Sequence[Each]) -> str:
    """What was saved: "2 actions saved: A-20 as At risk, A-29 as On track."."""
    saved = [each for each in lines if each.said is not None]
    told = ", ".join(f"{each.reference} as {each.action.delivery}" for each in saved)
    return f"{len(saved)} {'action' if len(saved) == 1 else 'actions'} saved: {told}."
