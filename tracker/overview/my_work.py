"""My work: what one person owes, what she has to sign or moderate, and what waits for her, from every room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tracker.actions import queries as actions
from tracker.actions import rules as action_rules
from tracker.actions.models import Action, ActionUpdate, Milestone
from tracker.actions.queries import Owed, OwedCounts
from tracker.actions.rules import Status
from tracker.audits import figures as audit_figures
from tracker.audits.blind.rules import Reader
from tracker.audits.figures import Counts
from tracker.deadlines import queries as deadlines
from tracker.deadlines.queries import Line as Deadline
from tracker.overview import facts, my_audits, my_items, my_week, to_sign, waiting, waiting_words
from tracker.overview.my_audits import AuditWork
from tracker.overview.my_items import MyItem
from tracker.overview.to_sign import SigningWork
from tracker.overview.waiting import WaitingRows
from tracker.overview.waiting_words import PassedUp, Waiting
from tracker.people import rules as people_rules
from tracker.people.models import Authority, Person
from tracker.people.rules import Permission, Standing
from tracker.platform.clock import LONDON
from tracker.platform.lists import listed
from tracker.web.filters import count_of, short_day
from tracker.web.paging import Page

PER_PAGE = 20
"""Actions on a page. Our choice: a screen and a half, and what a week can hold."""

LONGEST_SAID = 140
"""Letters of the last update that a list repeats. Our choice: about two lines on a phone."""


@dataclass(frozen=True)
class Line:
    """An action whose next step is hers, with what the list says of it."""

    action: Action
    last: ActionUpdate | None
    milestone: Milestone | None
    comes_on: date
    days_late: int
    due: str
    note: str
    next_milestone: str
    waits_for: Action | None

    @property
    def asks_difference(self) -> bool:
        """It is delivered: what is owed now is what changed for children."""
        return self.action.status is Status.IMPACT_NOT_EVIDENCED


@dataclass(frozen=True)
class MyWork:
    today: date
    week: date
    """The last day of this week."""
    until: date
    counts: OwedCounts
    lines: Page[Line]
    waiting: Sequence[Waiting]
    with_others: Sequence[Waiting]
    """What she delivered and others have to sign off."""
    items: Sequence[MyItem]
    audits: AuditWork | None
    """None unless her role logs audits."""
    signing: SigningWork | None
    """None unless her role signs the self-evaluation."""
    safety: Sequence[PassedUp]
    """Audits passed up to her because a child may not be safe, until one who was told has answered."""
    in_the_week: Sequence[my_week.Owed]
    """What she owes in an inspection that is open; nothing where there is none."""
    clock: Sequence[Deadline]
    """Statutory deadlines that she has to see to, soonest first."""
    shared: Sequence[Action]
    """What her partner organisation shares and others lead, soonest first."""

    @property
    def parts(self) -> Sequence[tuple[str, Sequence[Line]]]:
        """The lines of this page under what they are: overdue, this week, this month, later."""
        bounds = [
            ("Overdue", date.min, self.today),
            (f"This week, by {self.week:%A %-d %B}", self.today, _after(self.week)),
            (f"Due by {self.until:%-d %B}", _after(self.week), _after(self.until)),
            ("Later", max(_after(self.week), _after(self.until)), date.max),
        ]
        parts = [
            (name, [line for line in self.lines.rows if first <= line.comes_on < last]) for name, first, last in bounds
        ]
        return [(name, lines) for name, lines in parts if lines]

    @property
    def overdue(self) -> str:
        """How much is overdue, and of what: the plan counts no milestone and no difference as an overdue action."""
        counts = self.counts
        kinds = [(counts.past_due, "action"), (counts.milestones, "milestone"), (counts.differences, "difference")]
        said = listed([count_of(count, kind) for count, kind in kinds if count])
        return f"{counts.overdue} overdue" if counts.overdue == counts.past_due else f"{counts.overdue} overdue: {said}"

    @property
    def owes(self) -> bool:
        return bool(self.counts.all)


def of_person(authority: Authority, person: Person, who: Standing, now: datetime, *, page: int = 1) -> MyWork:
    """What the page shows, from a bounded number of statements however much there is."""
    role, today = who.role, now.astimezone(LONDON).date()
    signs = people_rules.may(role, Permission.SIGN_SELF_EVALUATION)
    found = waiting.found(authority, person, role, today)
    audits = _audits(authority, found)
    lines, counts = owed_lines(authority, person, today, page)
    signatures = waiting_words.to_sign(found)
    reviews = people_rules.may(role, Permission.REVIEW_SELF_EVALUATION) and not signs
    passing = to_sign.to_pass_on(authority) if reviews else []
    return MyWork(
        shared=actions.shared_with(authority, who),
        safety=waiting_words.passed_up(found),
        in_the_week=my_week.of_person(found, now),
        clock=deadlines.running_for(authority, person, role, today),
        today=today,
        week=action_rules.end_of_week(today),
        until=action_rules.end_of_period(today),
        counts=counts,
        lines=lines,
        waiting=[*_others(authority, found, audits, today), *([] if signs else signatures), *passing],
        with_others=waiting_words.with_others(found),
        items=my_items.with_gaps(authority, found.items, audits, today),
        audits=(
            my_audits.of_person(authority, Reader(person.id, role), today)
            if people_rules.may(role, Permission.LOG_AUDITS)
            else None
        ),
        signing=(to_sign.of_person(authority, person, found, signatures, today) if signs else None),
    )


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _audits(authority: Authority, found: WaitingRows) -> Mapping[UUID, Counts]:
    """What audits say of each item; not asked for where nothing here is about an item."""
    about_items = found.items or any(one.about_id for one in found.statements)
    return audit_figures.counts_by_item(authority) if about_items else {}


def _others(authority: Authority, found: WaitingRows, audits: Mapping[UUID, Counts], today: date) -> Sequence[Waiting]:
    contradicted = [
        one
        for one in found.statements
        if one.about_id and facts.contradicted(one.words, audits.get(one.about_id, Counts()))
    ]
    return waiting_words.listed(found, contradicted, today)


def owed_lines(authority: Authority, person: Person, today: date, page: int) -> tuple[Page[Line], OwedCounts]:
    """The asked page of what she owes; one past the end is the first. One statement."""
    week, until = action_rules.end_of_week(today), action_rules.end_of_period(today)
    number = max(page, 1)
    rows, counts = actions.owed(
        authority, person, today, week=week, until=until, limit=PER_PAGE, offset=(number - 1) * PER_PAGE
    )
    if not rows and number > 1:
        return owed_lines(authority, person, today, 1)
    return Page([_line(each, today) for each in rows], number, counts.all, PER_PAGE), counts


def _line(owed: Owed, today: date) -> Line:
    action = owed.action
    days = max((today - owed.comes_on).days, 0)
    asked = "Difference due" if action.status is Status.IMPACT_NOT_EVIDENCED else "Due"
    promised = action.next_due or action.due_on
    return Line(
        action=action,
        last=owed.last,
        milestone=owed.milestone,
        comes_on=owed.comes_on,
        days_late=days,
        due=_due(asked, promised, owed.comes_on, today),
        note=_note(action, owed.last),
        next_milestone=_milestone(owed.milestone, today),
        waits_for=owed.waits_for,
    )


def _due(asked: str, promised: date, comes_on: date, today: date) -> str:
    """The day that puts an action where it stands in the list: where a milestone does, that one first.

    "Milestone due 4 October, 58 days late. Due 20 December", "Due 8 November, 23 days late".
    """
    due = _with_lateness(asked, promised, today)
    return due if comes_on >= promised else f"{_with_lateness('Milestone due', comes_on, today)}. {due}"


def _with_lateness(asked: str, day: date, today: date) -> str:
    late = (today - day).days
    return f"{asked} {short_day(day)}, {action_rules.late(late)}" if late > 0 else f"{asked} {short_day(day)}"


def _milestone(milestone: Milestone | None, today: date) -> str:
    if milestone is None:
        return ""
    late = milestone.days_late(today)
    return f"“{milestone.title}”, due {short_day(milestone.due_on)}{f', {late}' if late else ''}"


def _note(action: Action, last: ActionUpdate | None) -> str:
    if action.status is Status.IMPACT_NOT_EVIDENCED:
        return f"Delivered {short_day(action.delivered_on)}; no difference shown yet."
    if last is None:
        return "No update yet."
    return f"Last update {short_day(last.at)}: “{_shortened(last.done or last.difference)}”"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SAID else f"{line[:LONGEST_SAID].rsplit(' ', 1)[0]}…"
