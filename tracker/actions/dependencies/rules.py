"""When work that waits for other work can be finished. Pure functions of days and of what waits for what.

``waits`` says, by id, what each piece of work waits for. Only unfinished work is ever given: what is delivered holds
nothing up. Days are calendar days.

Work keeps the days it was given: putting off what it waits for moves it, as being late does, and never shortens it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TypeAlias
from uuid import UUID

from tracker.platform.lists import listed

Waits: TypeAlias = Mapping[UUID, Collection[UUID]]
Finishes: TypeAlias = Mapping[UUID, date]


@dataclass(frozen=True)
class Work:
    """An action that is not delivered yet, as far as time is concerned."""

    id: UUID
    reference: str
    title: str
    item: UUID
    due_on: date
    starts_on: date | None = None
    given: Mapping[UUID, int] = field(default_factory=dict)
    """Days that the plan gave it after what it waits for, by the id of that; where absent, the due dates say."""


Works: TypeAlias = Mapping[UUID, Work]


@dataclass(frozen=True)
class Step:
    """One action of the chain that decides a last day."""

    work: Work
    finish: date
    """The earliest it can be finished."""
    late: int
    """Days it is past its due date today; 0 if it is not."""

    @property
    def moved(self) -> int:
        """Days from its due date to the earliest it can be finished."""
        return (self.finish - self.work.due_on).days


@dataclass(frozen=True)
class Chain:
    """What decides when the last of some actions is finished: first the action that everything hangs on."""

    steps: Sequence[Step]

    @property
    def finish(self) -> date:
        return self.steps[-1].finish


@dataclass(frozen=True)
class Moved:
    """A last day that moves because of an action."""

    before: date
    after: date


@dataclass(frozen=True)
class Delay:
    """What one action holds up that is late, or due too late, if everything else keeps its due date."""

    held_up: Sequence[Work]
    """In the order in which they can be finished."""
    items: Mapping[UUID, Moved]
    """Items whose last day moves."""


def circle(waits: Waits, waiting: UUID, other: UUID) -> Sequence[UUID]:
    """The circle that would close if ``waiting`` waited for ``other`` too, from ``other`` to ``waiting``; or nothing.

    >>> one, two, three = UUID(int=1), UUID(int=2), UUID(int=3)
    >>> [step.int for step in circle({three: [two], two: [one]}, one, three)], circle({three: [two]}, one, three)
    ([3, 2, 1], [])
    """
    together = {one: set(others) for one, others in waits.items()}
    together.setdefault(waiting, set()).add(other)
    try:
        TopologicalSorter(together).prepare()
    except CycleError as error:
        return _from(other, list(reversed(error.args[1][1:])))
    return []


def _from(first: UUID, ring: Sequence[UUID]) -> Sequence[UUID]:
    """A ring turned round until ``first`` stands first."""
    at = ring.index(first)
    return [*ring[at:], *ring[:at]]


def why_not_wait(waiting: str, names: Sequence[str]) -> str:
    """Why an action may not wait for another; ``names`` are the circle that it would close.

    >>> why_not_wait("A-20", ["A-31", "A-22", "A-20"])
    'A-20 cannot wait for A-31: A-31 waits for A-22 and A-22 waits for A-20, so none of them could be finished first.'
    >>> why_not_wait("A-20", ["A-31", "A-20"])
    'A-20 cannot wait for A-31: A-31 waits for A-20, so neither could be finished first.'
    """
    links = [f"{one} waits for {other}" for one, other in pairwise(names)]
    none = "neither" if len(names) == 2 else "none of them"
    return f"{waiting} cannot wait for {names[0]}: {listed(links)}, so {none} could be finished first."


def finishes(works: Works, waits: Waits, late: Mapping[UUID, date], *, apart: UUID | None = None) -> Finishes:
    """The earliest that each can be finished if those of ``late`` are on the day given there.

    Every other keeps its due date unless what it waits for leaves it too little time. ``apart`` is taken to be done
    in time for all that waits for it.
    """
    found: dict[UUID, date] = {}
    for one in _in_order(works, waits):
        work = works[one]
        before = [other for other in _open(work, works, waits) if other != apart]
        earliest = [found[other] + needs(work, works, waits) for other in before]
        found[one] = max([late.get(one, work.due_on), *earliest])
    return found


def needs(work: Work, works: Works, waits: Waits) -> timedelta:
    """How long it takes once it can begin: the days that it was given, or fewer where it starts later than that.

    What left it no day says nothing of how long it takes.
    """
    days = [work.given.get(other, (work.due_on - works[other].due_on).days) for other in _open(work, works, waits)] + (
        [(work.due_on - work.starts_on).days] if work.starts_on else []
    )
    return timedelta(min((one for one in days if one > 0), default=0))


def given(due_on: date, other_due_on: date) -> int | None:
    """The days that due dates give to work after what it waits for; None where they leave it none.

    >>> given(date(2027, 1, 31), date(2027, 1, 1)), given(date(2027, 1, 31), date(2027, 2, 15))
    (30, None)
    """
    days = (due_on - other_due_on).days
    return days if days > 0 else None


def spare(work: Work, other: Work, works: Works, waits: Waits) -> int:
    """Days that ``other``, which ``work`` waits for, could be later than planned without moving ``work``."""
    return max((work.due_on - needs(work, works, waits) - other.due_on).days, 0)


def now_late(works: Works, today: date) -> Mapping[UUID, date]:
    """What is past its due date is finished today at the earliest."""
    return {one: today for one, work in works.items() if work.due_on < today}


def chain(works: Works, waits: Waits, targets: Collection[UUID], today: date) -> Chain | None:
    """What decides when the last of ``targets`` is finished; None where none of them is left to finish."""
    found = finishes(works, waits, now_late(works, today))
    ends = [works[one] for one in targets if one in works]
    if not ends:
        return None
    last = max(ends, key=lambda work: (found[work.id], work.due_on, work.reference))
    steps = [
        Step(work, found[work.id], max((today - work.due_on).days, 0)) for work in _back(last, works, waits, found)
    ]
    return Chain(steps[::-1])


def _back(work: Work, works: Works, waits: Waits, found: Finishes) -> Iterator[Work]:
    """From the last action back along what leaves no day to spare."""
    step: Work | None = work
    while step is not None:
        yield step
        tight = [
            works[other]
            for other in _open(step, works, waits)
            if found[other] + needs(step, works, waits) == found[step.id]
        ]
        step = max(tight, key=lambda other: (found[other.id], other.reference), default=None)


def delay(works: Works, waits: Waits, holding: UUID, today: date) -> Delay:
    """What an action moves by being past its due date, or due too late, compared with a plan in which it is in time."""
    planned = finishes(works, waits, {}, apart=holding)
    scenario = finishes(works, waits, {holding: max(today, works[holding].due_on)})
    moved = [work for one, work in works.items() if scenario[one] > planned[one] and one != holding]
    return Delay(
        held_up=sorted(moved, key=lambda work: (scenario[work.id], work.reference)),
        items=_items_moved(works, planned, scenario),
    )


def _items_moved(works: Works, planned: Finishes, scenario: Finishes) -> Mapping[UUID, Moved]:
    by_item: dict[UUID, list[UUID]] = {}
    for one, work in works.items():
        by_item.setdefault(work.item, []).append(one)
    lasts = {
        item: Moved(max(planned[one] for one in ones), max(scenario[one] for one in ones))
        for item, ones in by_item.items()
    }
    return {item: moved for item, moved in lasts.items() if moved.after > moved.before}


def _open(work: Work, works: Works, waits: Waits) -> list[UUID]:
    return [other for other in waits.get(work.id, ()) if other in works]


def _in_order(works: Works, waits: Waits) -> Iterable[UUID]:
    """What is waited for comes before what waits."""
    return TopologicalSorter({one: _open(work, works, waits) for one, work in works.items()}).static_order()
