"""Which figures must not leave the authority, because they count so few that somebody could be recognised.

Pure. A share or rate goes with its count: whoever has one and what is below the line has the other. What is hidden is
left out before anything is worked out, so that no average, range or distance gives it back.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations

from tracker.indicators.reading.usual import Figure
from tracker.indicators.rules import Unit

Place = tuple[Hashable, date]
"""A measure's key and the last day of a period."""


@dataclass(frozen=True)
class Counted:
    """One figure of one measure."""

    measure: Hashable
    name: str
    out_of: str
    """What stands below the line, in words; empty where nothing is divided."""
    unit: Unit
    figure: Figure

    @property
    def place(self) -> Place:
        return self.measure, self.figure.end

    @property
    def count(self) -> int | None:
        """What is counted above the line; None where that is not known."""
        if self.figure.numerator is not None:
            return self.figure.numerator
        return int(self.figure.value) if self.unit is Unit.COUNT else None


@dataclass(frozen=True)
class Row:
    """Figures that add up to a total."""

    parts: Sequence[Counted]
    total: Place | None = None
    """The figure that is the total; None: everybody knows it, as what stands below the line."""


def hidden(counted: Iterable[Counted], smallest: int) -> frozenset[Place]:
    """The figures that count from 1 to below ``smallest``, and those from which they would follow.

    Measures of one period that share what is below the line and together make it up are a row with its total, and so
    are the months of a quarter that is counted too: one that is hidden there follows from the others, so the next
    smallest goes as well.
    """
    given = list(counted)
    chosen = {one.place for one in given if is_small(one.figure, one.unit, smallest)}
    rows = [*_shares_of_a_whole(given), *_parts_of_a_period(given)] if chosen else []
    while more := {place for row in rows for place in _others(row, chosen)}:
        chosen |= more
    return frozenset(chosen)


def is_small(figure: Figure, unit: Unit, smallest: int) -> bool:
    """Whether few are counted above the line or, in a share, are left over.

    A figure without its counts shows nobody, except a count itself.
    """
    if figure.numerator is None or figure.denominator is None:
        return unit is Unit.COUNT and 0 < figure.value < smallest
    left = figure.denominator - figure.numerator if unit is Unit.PER_CENT else 0
    return 0 < figure.numerator < smallest or 0 < left < smallest


def _shares_of_a_whole(counted: Iterable[Counted]) -> Iterable[Row]:
    """Shares of one whole that together are all of it."""
    rows: Mapping[tuple[str, date, date, int], list[Counted]] = defaultdict(list)
    for one in counted:
        figure = one.figure
        if one.unit is Unit.PER_CENT and one.out_of and figure.denominator:
            rows[one.out_of.casefold(), figure.start, figure.end, figure.denominator].append(one)
    for (_, _, _, whole), parts in rows.items():
        if sum(one.count or 0 for one in parts) == whole:
            yield Row(parts)


def _parts_of_a_period(counted: Iterable[Counted]) -> Iterable[Row]:
    """The same counted by month and by quarter, or year: figures of one measure that add up to one of another."""
    series: Mapping[str, dict[Hashable, list[Counted]]] = defaultdict(lambda: defaultdict(list))
    for one in counted:
        series[one.name.casefold()][one.measure].append(one)
    for measures in series.values():
        for longer, shorter in permutations(measures.values(), 2):
            for total in longer:
                parts = [one for one in shorter if _within(one.figure, total.figure)]
                if len(parts) > 1 and sum(one.count or 0 for one in parts) == total.count:
                    yield Row(parts, total.place)


def _within(part: Figure, whole: Figure) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _others(row: Row, chosen: set[Place]) -> set[Place]:
    """What has to go too, so that more than one way of filling the hidden places is left."""
    if row.total in chosen:
        return set()
    some = sorted((one for one in row.parts if one.count), key=lambda one: one.count or 0)
    gone = [one for one in some if one.place in chosen]
    shown = [one for one in some if one.place not in chosen]
    more: set[Place] = set()
    while gone and shown and (len(gone) == 1 or all(one.count == 1 for one in gone)):
        gone.append(shown.pop(0))
        more.add(gone[-1].place)
    if row.total and gone and not shown and not more and (len(gone) == 1 or all(one.count == 1 for one in gone)):
        more.add(row.total)
    return more
