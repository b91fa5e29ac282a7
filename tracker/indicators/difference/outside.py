"""What of a period's counts may leave the authority. Pure.

A count that is few goes, so does one that leaves few of those it is counted out of, and so does the next smallest of
its stage while a hidden one would follow from the stage's total. Every rate and index made of a hidden count goes too:
whoever has a rate and what it is out of has the count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.indicators.difference.rules import NOT_KNOWN, Counts, Kind, Shape, Stage
from tracker.indicators.reading import hiding
from tracker.indicators.reading.counted import Counted, Place
from tracker.indicators.reading.usual import Figure
from tracker.indicators.rules import Unit

Key = tuple[str, str]
"""Codes of stage and group."""
ANY_DAY = date(2000, 1, 1)
"""All counts here are of one period, so which one does not matter."""


@dataclass(frozen=True)
class Shown:
    """The counts that may be shown, and the stages whose totals may."""

    counts: Counts
    totals: frozenset[str]
    """Codes of stages."""
    hidden: frozenset[Key]


def shown(shape: Shape, counts: Counts, smallest: int) -> Shown:
    """Counts of 1 to below ``smallest`` go, with those that give them away."""
    given = list(_counted(shape, counts))
    small = {one.place for one in given if hiding.is_small(one.figure, one.unit, smallest)}
    small |= {place(*key) for key in _leaves_few(shape, counts, smallest)}
    while True:
        gone = hiding.with_what_tells(given, small) if small else set()
        hidden = frozenset(key for key in counts if place(*key) in gone)
        more = _gives_away(shape, counts, hidden)
        if more is None:
            break
        small.add(place(*more))
    return Shown(
        counts={key: count for key, count in counts.items() if key not in hidden},
        totals=frozenset(
            stage.code for stage in shape.stages if _total_is_safe(shape, stage, counts, hidden, smallest)
        ),
        hidden=hidden,
    )


def place(stage: str, group: str) -> Place:
    return (stage, group), ANY_DAY


def total(stage: Stage, counts: Counts) -> int:
    """All of a stage, those without a recorded group among them."""
    return sum(count for (code, _), count in counts.items() if code == stage.code)


def _counted(shape: Shape, counts: Counts) -> Iterator[Counted]:
    """Every count as a share of its stage, whose total everybody knows."""
    for stage in shape.stages:
        whole = total(stage, counts)
        for (code, group), count in counts.items():
            if code == stage.code and whole:
                figure = Figure(
                    start=ANY_DAY,
                    end=ANY_DAY,
                    value=Decimal(count),
                    numerator=count,
                    denominator=whole,
                    provisional=False,
                )
                yield Counted((code, group), code, code, Unit.PER_CENT, figure)


def _leaves_few(shape: Shape, counts: Counts, smallest: int) -> Iterator[Key]:
    """Counts that leave few at a stage on the way: 18 of 20 are 2 who did not come so far.

    What is few there already is hidden there, so nobody can take the difference.
    """
    if shape.kind is not Kind.FLOW:
        return
    for stage in shape.stages[1:]:
        for group in (*(one.code for one in shape.groups), NOT_KNOWN):
            count = counts.get((stage.code, group))
            earlier = [counts.get((one.code, group)) for one in (shape.population, *shape.way_to(stage)[:-1])]
            if count is not None and any(
                before is not None and before >= smallest and before - smallest < count < before for before in earlier
            ):
                yield stage.code, group


def _gives_away(shape: Shape, counts: Counts, hidden: frozenset[Key]) -> Key | None:
    """A shown count that leaves a hidden one no other value, as none is above its own of the stage before.

    The smallest of a later stage, else of an earlier one that is not the population.
    """
    for stage in shape.stages[1:]:
        if not _pinned(shape, stage, counts, hidden):
            continue
        beside = {group for code, group in hidden if code == stage.code}
        later = [one for one in shape.stages[1:] if stage in shape.way_to(one)[:-1]]
        for those in (later, shape.way_to(stage)[:-1]):
            keys = [(one.code, group) for one in those for group in beside]
            can_go = [(counts[key], key) for key in keys if counts.get(key) and key not in hidden]
            if can_go:
                return min(can_go)[1]
    return None


def _pinned(shape: Shape, stage: Stage, counts: Counts, hidden: frozenset[Key]) -> bool:
    """Whether the total of a stage and what is shown of others leave a hidden count above 0 one value only."""
    if shape.kind is not Kind.FLOW:
        return False
    bounds = {key: _bounds(shape, stage, key[1], counts, hidden) for key in hidden if key[0] == stage.code}
    rest = sum(counts[key] for key in bounds)
    for key, (low, high) in bounds.items():
        others = [bound for other, bound in bounds.items() if other != key]
        least = max(low, rest - sum(bound[1] for bound in others))
        most = min(high, rest - sum(bound[0] for bound in others))
        if counts[key] and least == most:
            return True
    return False


def _bounds(shape: Shape, stage: Stage, group: str, counts: Counts, hidden: frozenset[Key]) -> tuple[int, int]:
    """What a hidden count can be at least and at most, by what is shown of its group before and after."""
    true = counts[stage.code, group]
    before = [(one.code, group) for one in (shape.population, *shape.way_to(stage)[:-1])]
    after = [(one.code, group) for one in shape.stages[1:] if stage in shape.way_to(one)[:-1]]
    highs = [counts[key] for key in before if key in counts and key not in hidden and counts[key] >= true]
    lows = [counts[key] for key in after if key in counts and key not in hidden and counts[key] <= true]
    return max(lows, default=0), min([*highs, total(stage, counts)])


def _total_is_safe(shape: Shape, stage: Stage, counts: Counts, hidden: frozenset[Key], smallest: int) -> bool:
    """Whether the hidden counts of a stage could be others with the same total: one alone could not, nor ones only."""
    gone = [counts[key] for key in hidden if key[0] == stage.code]
    if 0 < total(stage, counts) < smallest or _pinned(shape, stage, counts, hidden):
        return False
    return not gone or (len(gone) > 1 and sum(gone) > len(gone))
