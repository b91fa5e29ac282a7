"""Each thing through its own command, in a savepoint of its own: all of them, or none when one is refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.actions import commands
from tracker.actions.commands.checks import require_colleague, require_reason, role_of
from tracker.actions.models import Action
from tracker.actions.several import queries
from tracker.actions.several.rules import Verdict, moved
from tracker.improvements import commands as improvements
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import NotAllowed, Refused

MOST = 500
"""How many actions may change at once. Our choice: more is a spreadsheet's work."""


@dataclass(frozen=True)
class Done:
    """What became of each; nothing is kept while one is refused."""

    verdicts: Sequence[Verdict]

    @property
    def refused(self) -> int:
        return sum(bool(verdict.reason) for verdict in self.verdicts)


def give_to(authority: Authority, chosen: Mapping[int, int], *, lead: Person, reason: str, by: Person) -> Done:
    """Another lead for every chosen action: number -> the version that was shown."""
    require_reason(reason, "Give the reason, once for all of them.")

    def give(action: Action) -> tuple[str, str]:
        before = action.lead.name
        commands.reassign(
            action, version=chosen[action.number], lead=lead, reason=f"{before} to {lead.name}. {reason}", by=by
        )
        return before, lead.name

    return _each(_chosen(authority, chosen), give)


def move_due_dates(
    authority: Authority,
    chosen: Mapping[int, int],
    *,
    to: date | None,
    by_days: int | None,
    reason: str,
    by: Person,
    on: date,
) -> Done:
    """Another due date for every chosen action: one day for all, or each as many days on, for one reason."""
    if (to is None) == (not by_days):
        raise Refused("Give either the new day for all of them, or by how many days each moves.")

    def move(action: Action) -> tuple[str, str]:
        before, day = action.due_on, moved(action.due_on, to=to, by_days=by_days)
        commands.reschedule(action, version=chosen[action.number], due_on=day, reason=reason, by=by, on=on)
        return f"{before:%-d %B %Y}", f"{day:%-d %B %Y}"

    return _each(_chosen(authority, chosen), move)


def hand_over(authority: Authority, *, leaver: Person, to: Person, reason: str, by: Person) -> Done:
    """Everything of the plan that one person has, to another: actions she leads, items she owns or answers for."""
    if by.id != leaver.id and role_of(by, authority) is not Role.DIRECTOR:
        raise NotAllowed(f"Only {leaver.name} or a director can hand this work over.")
    require_colleague(to, authority)
    if to.id == leaver.id:
        raise Refused("Choose somebody else to take it over.")
    require_reason(reason, "Say why it is handed over.")
    work = queries.work_of(authority, leaver)
    if not work.anything:
        raise Refused(f"{leaver.name} has nothing in the plan to hand over.")

    said = f"{leaver.name} to {to.name}. {reason}"  # history keeps ids; her name must outlast her account

    def lead(action: Action) -> tuple[str, str]:
        commands.reassign(action, version=action.version, lead=to, reason=said, by=by)
        return f"Led by {leaver.name}", f"led by {to.name}"

    def own(item: ImprovementItem) -> tuple[str, str]:
        improvements.give_owner(item, to=to)
        return f"Owned by {leaver.name}", f"owned by {to.name}"

    def answer(item: ImprovementItem) -> tuple[str, str]:
        improvements.give_accountable(item, to=to)
        return f"Accountable: {leaver.name}", f"accountable: {to.name}"

    with history.because(said):
        items = [*_each(work.owned, own).verdicts, *_each(work.answered_for, answer).verdicts]
        return Done([*items, *_each(work.led, lead).verdicts])


def _chosen(authority: Authority, chosen: Mapping[int, int]) -> Sequence[Action]:
    if not chosen:
        raise Refused("Choose at least one action.")
    if len(chosen) > MOST:
        raise Refused(f"Choose {MOST} actions or fewer. For more, edit the plan as a spreadsheet.")
    found = queries.actions(authority, chosen)
    if len(found) != len(chosen):
        raise Refused("One of these actions is not in this plan. Choose again.")
    return found


def _each(things: Sequence[Action | ImprovementItem], change: Callable[..., tuple[str, str]]) -> Done:
    return Done([_verdict(thing, change) for thing in things])


def _verdict(thing: Action | ImprovementItem, change: Callable[..., tuple[str, str]]) -> Verdict:
    reference, title = thing.reference, thing.title
    try:
        with db.session.begin_nested():
            before, after = change(thing)
    except Refused as refusal:
        return Verdict(reference, title, "", reason=str(refusal))
    return Verdict(reference, title, before, after)
