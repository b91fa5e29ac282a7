"""Which figures must not leave the authority, because they count so few that somebody could be recognised.

Pure. A share or rate goes with its count: whoever has one and what is below the line has the other. What is hidden is
left out before anything is worked out, so that no average, range or distance gives it back.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.indicators.reading.usual import Figure
from tracker.indicators.rules import Unit

Place = tuple[Hashable, date]
"""A measure's key and the last day of a period."""


@dataclass(frozen=True)
class Counted:
    """One figure of one measure."""

    measure: Hashable
    out_of: str
    """What stands below the line, in words; empty where nothing is divided."""
    unit: Unit
    figure: Figure

    @property
    def place(self) -> Place:
        return self.measure, self.figure.end


def hidden(counted: Iterable[Counted], smallest: int) -> frozenset[Place]:
    """The figures that count from 1 to below ``smallest``, and those from which they would follow.

    Measures of one period that share what is below the line and together make it up are a row with its total: the one
    that is hidden follows from the others, so the next smallest goes too.
    """
    given = list(counted)
    chosen = {one.place for one in given if is_small(one.figure, one.unit, smallest)}
    for row in _rows(given):
        chosen |= _others(row, chosen)
    return frozenset(chosen)


def is_small(figure: Figure, unit: Unit, smallest: int) -> bool:
    """Whether few are counted above the line or, in a share, are left over.

    A figure without its counts shows nobody, except a count itself.
    """
    if figure.numerator is None or figure.denominator is None:
        return unit is Unit.COUNT and 0 < figure.value < smallest
    left = figure.denominator - figure.numerator if unit is Unit.PER_CENT else 0
    return 0 < figure.numerator < smallest or 0 < left < smallest


def _rows(counted: Iterable[Counted]) -> Iterable[Sequence[Counted]]:
    """Shares of one whole that together are all of it."""
    rows: Mapping[tuple[str, date, date, int], list[Counted]] = defaultdict(list)
    for one in counted:
        figure = one.figure
        if one.unit is Unit.PER_CENT and one.out_of and figure.denominator:
            rows[one.out_of.casefold(), figure.start, figure.end, figure.denominator].append(one)
    for (_, _, _, whole), row in rows.items():
        if sum(one.figure.numerator or 0 for one in row) == whole:
            yield row


def _others(row: Sequence[Counted], chosen: set[Place]) -> set[Place]:
    """What has to go too, so that more than one way of filling the hidden places is left."""
    some = sorted((one for one in row if one.figure.numerator), key=lambda one: one.figure.numerator or 0)
    gone = [one for one in some if one.place in chosen]
    shown = [one for one in some if one.place not in chosen]
    more: set[Place] = set()
    while gone and shown and (len(gone) == 1 or all(one.figure.numerator == 1 for one in gone)):
        gone.append(shown.pop(0))
        more.add(gone[-1].place)
    return more
