"""What clashes, what nobody is at, and what moves when the dates of an inspection move. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations
from uuid import UUID

from tracker.fieldwork.rules import Dates, Every, RunsFrom, counted, days_of


@dataclass(frozen=True)
class Slot:
    """One meeting as far as clashes go."""

    id: UUID
    name: str
    day: date
    starts_at: time
    minutes: int
    people: frozenset[str]
    """Names of colleagues who are at it."""

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.day, self.starts_at) + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Clash:
    """One person who would be at two meetings at once."""

    person: str
    day: date
    first: Slot
    second: Slot

    @property
    def words(self) -> str:
        return (
            f"{self.person} is at two meetings at once: {self.first.name} at {self.first.starts_at:%-H:%M}, until "
            f"{self.first.ends:%-H:%M}, and {self.second.name} at {self.second.starts_at:%-H:%M}"
        )


def clashes(slots: Sequence[Slot]) -> Sequence[Clash]:
    """Every pair of meetings that overlap with somebody at both, by day and time. One that ends as the next begins
    does not overlap."""
    ordered = sorted(slots, key=lambda slot: (slot.day, slot.starts_at, slot.name))
    found = []
    for first, second in combinations(ordered, 2):
        if first.day == second.day and datetime.combine(second.day, second.starts_at) < first.ends:
            found += [Clash(person, first.day, first, second) for person in sorted(first.people & second.people)]
    return found


@dataclass(frozen=True)
class Timed:
    """When something of an inspection is, and by what rule."""

    key: str
    """Which it is."""
    name: str
    day: date
    code: str
    """Of the line that it was made from: what is on each day has one code."""
    every: Every
    place: int
    """Which of those that were made from one line, counted from nought."""
    runs_from: RunsFrom | None
    """None: somebody put it on its day, and it stays there."""
    working_days: int
    away: bool = False
    """Fell away with its day when the dates moved before."""
    called_off: bool = False
    """By a person: it stays as it is."""

    @property
    def called(self) -> str:
        """As a list of moves names it: what is on each day of the remote week and on each day on site has one name."""
        within = {Every.REMOTE_DAY: " (remote week)", Every.SITE_DAY: " (on site)"}
        return f"{self.name}{within.get(self.every, '')}"

    @property
    def stays(self) -> bool:
        return self.runs_from is None or self.called_off


@dataclass(frozen=True)
class Move:
    """What becomes of one thing when the dates change. No day after: it falls away; none before: it is held too."""

    key: str
    name: str
    before: date | None
    after: date | None

    @property
    def words(self) -> str:
        if self.before is None:
            return f"{self.name} is held on {self.after:%A %-d %B %Y} as well"
        if self.after is None:
            return f"{self.name} on {self.before:%A %-d %B %Y} falls away"
        return f"{self.name} moves from {self.before:%A %-d %B} to {self.after:%A %-d %B %Y}"


@dataclass(frozen=True)
class Changes:
    """All that other dates change."""

    moves: Sequence[Move]
    added: Sequence[tuple[Timed, int, date]]
    """Days on which something of each day is not held yet: what to copy, which place the copy has, and the day."""

    @property
    def told(self) -> Sequence[Move]:
        """For a person to look at before they are saved, by the day on which each is now."""
        new = [Move("", thing.called, None, day) for thing, _, day in self.added]
        return sorted([*self.moves, *new], key=lambda one: (one.before or one.after or date.max, one.name))


def changes(things: Sequence[Timed], dates: Dates) -> Changes:
    """What would not stay as it is under other dates. What somebody put on its day, or called off, stays."""
    moves = [move for thing in things if thing.every is Every.ONCE for move in _once(thing, dates)]
    series = dict[str, list[Timed]]()
    for thing in things:
        if thing.every is not Every.ONCE:
            series.setdefault(thing.code, []).append(thing)
    found = [_of_each_day(of_one, days_of(dates, of_one[0].every)) for of_one in series.values()]
    return Changes(
        [*moves, *(move for one in found for move in one.moves)], [new for one in found for new in one.added]
    )


def _once(thing: Timed, dates: Dates) -> Sequence[Move]:
    if thing.stays or thing.runs_from is None:
        return []
    after = counted(dates, thing.runs_from, thing.working_days)
    return [Move(thing.key, thing.called, thing.day, after)] if after != thing.day else []


def _of_each_day(things: Sequence[Timed], days: Sequence[date]) -> Changes:
    """What is on a day that stays is left there; what loses its day takes a new one, in order, or falls away."""
    here = [thing for thing in things if not thing.away]
    free = sorted((one for one in here if not one.stays and one.day not in days), key=lambda one: one.day)
    left = [day for day in days if day not in {one.day for one in here}]
    left = left[sum(one.runs_from is None for one in here) :]  # these were moved by hand from days of their own
    back = [one for one in things if one.away and one.day in left]
    left = [day for day in left if day not in {one.day for one in back}]
    moves = [Move(one.key, one.called, None, one.day) for one in back]
    moves += [Move(one.key, one.called, one.day, day) for one, day in zip(free, left, strict=False)]
    moves += [Move(one.key, one.called, one.day, None) for one in free[len(left) :]]
    last = max(things, key=lambda one: one.place)
    return Changes(moves, [(last, last.place + n, day) for n, day in enumerate(left[len(free) :], start=1)])
