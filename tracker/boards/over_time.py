"""How the plan stood from day to day, worked out from the append-only trail: it was so before the first snapshot.

Everything is counted by the database in a few statements, however many updates there are.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate

from sqlalchemy import Case, ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from tracker.actions.models import ActionUpdate
from tracker.actions.rules import DELIVERED, Status
from tracker.boards.comparison import Side
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.history import HistoryEntry

MOST_POINTS = 13
"""How many days a picture shows at most: a year of months with both its ends. Our choice; more would not be read."""
MOST_ACTIONS = 1_000_000
"""More than any plan holds."""
STEPS = (1, 2, 3, 6, 12)
"""Months from one of them to the next."""


@dataclass(frozen=True)
class Standing:
    """How many actions stood in which state at the end of a day; superseded ones are left out."""

    on: date
    counts: Mapping[Status, int]

    @property
    def all(self) -> int:
        return sum(self.counts.values())

    @property
    def delivered(self) -> int:
        return sum(self.counts.get(status, 0) for status in DELIVERED)

    @property
    def embedded(self) -> int:
        return self.counts.get(Status.EMBEDDED, 0)


def days(until: date, months: int) -> list[date]:
    """Ends of months in the ``months`` before a day, no more than can be drawn, and the day itself.

    >>> [f"{day:%d %b %y}" for day in days(date(2026, 11, 22), 6)][-3:]
    ['30 Sep 26', '31 Oct 26', '22 Nov 26']
    """
    step = next(step for step in STEPS if months / step <= MOST_POINTS - 1)
    ends = [_month_end(until, -number) for number in range(1, months + 1, step)]
    return [*reversed(ends), until]


def days_to_come(after: date, until: date) -> list[date]:
    """Ends of months after a day, as far as another, no more than can be drawn."""
    whole = (until.year - after.year) * 12 + until.month - after.month + 1
    step = next((step for step in STEPS if whole / step <= MOST_POINTS), STEPS[-1])
    ends = (_month_end(after, number) for number in range(0, whole + step, step))
    return [end for end in ends if end > after]


def _month_end(day: date, months: int) -> date:
    """The last day of another month."""
    year, month = divmod(day.year * 12 + day.month + months, 12)
    return date(year, month + 1, 1) - timedelta(days=1)


@dataclass(frozen=True)
class Story:
    """How the plan came to stand where it does."""

    standings: Sequence[Standing]
    """Oldest first; days before the first action came into the plan are left out."""
    promised: Mapping[date, int]
    """How many actions were first promised to be delivered by each day, also by days to come."""


def story(side: Side, at: datetime, shown: Sequence[date], coming: Sequence[date]) -> Story:
    """How the actions of ``side`` stood at the end of each day of ``shown``; on the last of them, at ``at``.

    Two statements. ``coming`` are days after those, by which actions are promised.
    """
    moments = [*(_midnight_after(day) for day in shown[:-1]), at + timedelta.resolution]
    entered, steps = _entered(side, moments, [*shown, *coming]), _steps(side, moments)
    counts, found = Counter[Status](), []
    for place, day in enumerate(shown):
        counts.update(_states(entered, place))
        for (before, after), number in steps.get(place, {}).items():
            counts.update({before: -number, after: number})
        found.append(Standing(day, _in_plan(counts)))
    return Story(_from_the_first(found), _promised(entered, [*shown, *coming]))


@dataclass(frozen=True)
class _Entered:
    """So many actions that came into the plan together, as far as the pictures tell."""

    place: int
    """Before which moment."""
    state: Status
    """They began in it."""
    due: int | None
    """By which day they were first promised; None: after the last."""
    superseded: bool
    number: int


def _states(entered: Sequence[_Entered], place: int) -> Counter[Status]:
    found = Counter[Status]()
    for group in entered:
        found.update({group.state: group.number} if group.place == place else {})
    return found


def _promised(entered: Sequence[_Entered], days: Sequence[date]) -> Mapping[date, int]:
    """What is superseded now was no promise to keep."""
    by_place = Counter[int | None]()
    for group in entered:
        by_place.update({} if group.superseded else {group.due: group.number})
    return dict(zip(days, accumulate(by_place[place] for place, _ in enumerate(days)), strict=True))


def _in_plan(counts: Mapping[Status, int]) -> Mapping[Status, int]:
    return {status: number for status, number in counts.items() if number > 0 and status is not Status.SUPERSEDED}


def _from_the_first(found: Sequence[Standing]) -> list[Standing]:
    first = next((place for place, standing in enumerate(found) if standing.counts), len(found))
    return list(found[max(first - 1, 0) :]) if first < len(found) else []


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.LONDON)


def _place(moment: ColumnElement[datetime] | InstrumentedAttribute[datetime], moments: Sequence[datetime]) -> Case[int]:
    """Before which of ``moments`` something was; what is unknown was before them all."""
    return case((moment.is_(None), 0), *((moment < edge, place) for place, edge in enumerate(moments)))


def _steps(side: Side, moments: Sequence[datetime]) -> Mapping[int, Mapping[tuple[Status, Status], int]]:
    """For each of ``moments``, how many actions went from which state to which since the one before."""
    rows = side.rows().subquery()
    place = _place(ActionUpdate.at, moments).label("place")
    found = db.session.execute(
        select(place, ActionUpdate.status_from, ActionUpdate.status_to, func.count())
        .join(rows, rows.c.action_id == ActionUpdate.action_id)
        .where(ActionUpdate.status_from != ActionUpdate.status_to, ActionUpdate.at < moments[-1])
        .group_by(place, ActionUpdate.status_from, ActionUpdate.status_to)
    )
    steps: dict[int, dict[tuple[Status, Status], int]] = {}
    for number, before, after, count in found:
        steps.setdefault(number, {})[before, after] = count
    return steps


def _entered(side: Side, moments: Sequence[datetime], days: Sequence[date]) -> list[_Entered]:
    """The actions of ``side`` by when they came into the plan, how they began and when they were first promised.

    When they came is in the history; one without a history has been there from the beginning, and all were there at
    the last moment.
    """
    rows = side.rows().subquery()
    began = (
        select(ActionUpdate.status_from)
        .where(ActionUpdate.action_id == rows.c.action_id)
        .order_by(ActionUpdate.at)
        .limit(1)
        .correlate(rows)
        .scalar_subquery()
    )
    added = (
        select(func.min(HistoryEntry.at))
        .where(HistoryEntry.thing_id == rows.c.action_id, HistoryEntry.what == "added")
        .correlate(rows)
        .scalar_subquery()
    )
    state = func.coalesce(began, rows.c.status).label("state")
    # The limit keeps SQLite from looking into the history again for every moment that it compares.
    each = select(rows.c.status, rows.c.first_due_on, added.label("at"), state).limit(MOST_ACTIONS).subquery()
    facts = (
        func.coalesce(_place(each.c.at, moments), len(moments) - 1).label("place"),
        each.c.state,
        case(*((each.c.first_due_on <= day, place) for place, day in enumerate(days))).label("due"),
        case((each.c.status == Status.SUPERSEDED, 1), else_=0).label("superseded"),
    )
    found = db.session.execute(select(*facts, func.count()).group_by(*facts))
    return [_Entered(place, state, due, bool(gone), number) for place, state, due, gone, number in found]
