"""My work: what one person owes, what she has to sign or moderate, and what waits for her, from every room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tracker.actions import queries as actions
from tracker.actions import rules as action_rules
from tracker.actions.models import Action, ActionUpdate
from tracker.actions.rules import Status
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.overview import facts, gaps, my_audits, to_sign, waiting
from tracker.overview.my_audits import AuditWork
from tracker.overview.to_sign import SigningWork
from tracker.overview.waiting import Waiting
from tracker.people import rules as people_rules
from tracker.people.models import Authority, Person
from tracker.people.rules import Permission, Role
from tracker.platform.db import db
from tracker.web.filters import short_day

LONGEST_SAID = 140
"""Letters of the last update that a list repeats. Our choice: about two lines on a phone."""


@dataclass(frozen=True)
class Owed:
    """An action whose next step is hers, with what the list says of it."""

    action: Action
    last: ActionUpdate | None
    days_late: int
    due: str
    note: str

    @property
    def asks_difference(self) -> bool:
        """It is delivered: what is owed now is what changed for children."""
        return self.action.status is Status.IMPACT_NOT_EVIDENCED


@dataclass(frozen=True)
class MyItem:
    item: ImprovementItem
    gaps: str
    """"4 gaps", or "No gaps"."""


@dataclass(frozen=True)
class MyWork:
    today: date
    until: date
    overdue: Sequence[Owed]
    due: Sequence[Owed]
    later: Sequence[Owed]
    waiting: Sequence[Waiting]
    with_others: Sequence[Waiting]
    """What she delivered and others have to sign off."""
    items: Sequence[MyItem]
    audits: AuditWork | None
    """None unless her role logs audits."""
    signing: SigningWork | None
    """None unless her role signs the self-evaluation."""

    @property
    def owed(self) -> Sequence[Owed]:
        return [*self.overdue, *self.due, *self.later]


def of_person(authority: Authority, person: Person, role: Role, today: date) -> MyWork:
    """What the page shows, from a bounded number of statements however much there is."""
    until = action_rules.end_of_period(today)
    owed = _owed(authority, person, today)
    awaiting = actions.awaiting_sign_off(authority)
    signs = people_rules.may(role, Permission.SIGN_SELF_EVALUATION)
    audits = people_rules.may(role, Permission.LOG_AUDITS)
    return MyWork(
        today=today,
        until=until,
        overdue=[each for each in owed if each.days_late],
        due=[each for each in owed if not each.days_late and _next_due(each.action) <= until],
        later=[each for each in owed if not each.days_late and _next_due(each.action) > until],
        waiting=waiting.for_person(authority, person, [] if signs else awaiting, today),
        with_others=waiting.for_others(awaiting, person),
        items=_items(authority, person, today),
        audits=my_audits.of_person(authority, person, today) if audits else None,
        signing=to_sign.of_person(authority, person, awaiting, today) if signs else None,
    )


def _owed(authority: Authority, person: Person, today: date) -> Sequence[Owed]:
    led = actions.led_by(authority, person)
    last = actions.last_said(led)
    return [_as_owed(action, last.get(action.id), today) for action in led]


def _as_owed(action: Action, last: ActionUpdate | None, today: date) -> Owed:
    days = action_rules.days_late(action.status, action.due_on, action.difference_due_on, today)
    asked = "Difference due" if action.status is Status.IMPACT_NOT_EVIDENCED else "Due"
    due = f"{asked} {short_day(_next_due(action))}"
    return Owed(action, last, days, f"{due}, {action_rules.late(days)}" if days else due, _note(action, last))


def _note(action: Action, last: ActionUpdate | None) -> str:
    if action.status is Status.IMPACT_NOT_EVIDENCED:
        return f"Delivered {short_day(action.delivered_on)}; no difference shown yet."
    if last is None:
        return "No update yet."
    return f"Last update {short_day(last.at)}: “{_shortened(last.done or last.difference)}”"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SAID else f"{line[:LONGEST_SAID].rsplit(' ', 1)[0]}…"


def _next_due(action: Action) -> date:
    return action.next_due or date.max


def _items(authority: Authority, person: Person, today: date) -> Sequence[MyItem]:
    """Open items she owns, each with its gaps, those with most first."""
    items = db.session.scalars(
        select(ImprovementItem)
        .where(
            ImprovementItem.authority_id == authority.id,
            ImprovementItem.owner_id == person.id,
            ImprovementItem.state == ItemState.OPEN,
        )
        .options(joinedload(ImprovementItem.inspection), selectinload(ImprovementItem.mappings))
        .order_by(ImprovementItem.raised_on.desc(), ImprovementItem.position)
    ).all()
    known = facts.facts_of(authority, items, today)
    found = [(item, gaps.gaps(known[item.id], today)) for item in items]
    found.sort(key=lambda pair: -gaps.count(pair[1]))
    return [MyItem(item, gaps.counted(missing)) for item, missing in found]
