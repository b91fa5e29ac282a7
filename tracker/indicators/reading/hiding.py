"""Which figures must not leave the authority, because they count so few that somebody could be recognised.

Pure. A share or rate goes with its count: whoever has one and what is below the line has the other. What is hidden is
left out before anything is worked out, so that no average, range or distance gives it back.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracker.indicators.reading.counted import Counted, Number, Place
from tracker.indicators.reading.equations import solved
from tracker.indicators.reading.totals import Row, Totals
from tracker.indicators.reading.usual import PER, Figure
from tracker.indicators.rules import Unit


def hidden(counted: Iterable[Counted], smallest: int) -> frozenset[Place]:
    """The figures that count from 1 to below ``smallest``, and those from which they would follow.

    Shares of one whole that together make it up are a row with its total, and so are counts that add up to another
    and the months of a quarter: one that is hidden there follows from the others, so the next smallest goes as well.
    Whoever is counted under the same words elsewhere on the same day goes with it.
    """
    given = with_known_counts(list(counted))
    small = {one.place for one in given if is_small(one.figure, one.unit, smallest)}
    return frozenset(small | with_what_tells(given, small)) if small else frozenset()


def is_small(figure: Figure, unit: Unit, smallest: int) -> bool:
    """Whether few are counted above the line or below it or, in a share, are left over.

    A figure without its counts shows nobody, except a count itself.
    """
    if figure.numerator is None or figure.denominator is None:
        return unit is Unit.COUNT and 0 < figure.value < smallest
    left = figure.denominator - figure.numerator if unit is Unit.PER_CENT else 0
    return any(0 < number < smallest for number in (figure.numerator, figure.denominator, left))


def with_what_tells(given: Sequence[Counted], small: set[Place]) -> set[Place]:
    """Small figures with the others that have to go, so that none of them can be worked out."""
    chosen = set(small)
    totals = Totals(given)
    numbers = {one.place: one.above for one in given}
    told = where_told(given)
    while True:
        rows = totals.around(chosen)
        more = {place for row in rows for place in _others(row, chosen)}
        more |= {place for one in chosen if (number := numbers.get(one)) for place in told[number]} - chosen
        more = more or set(_against_solving(rows, chosen))
        if not more:
            return chosen
        chosen |= more


def with_known_counts(given: Sequence[Counted]) -> Sequence[Counted]:
    """The same with the counts of those whose whole another figure tells: a share of it then counts some."""
    wholes: Mapping[tuple[str, date], set[int]] = defaultdict(set)
    for one in given:
        for number in (one.below, one.above if one.unit is Unit.COUNT else None):
            if number:
                wholes[number[0], number[1]].add(number[2])
    return [_known(one, wholes.get((one.out_of.casefold(), one.figure.end), set())) for one in given]


def _known(one: Counted, wholes: set[int]) -> Counted:
    per = PER.get(one.unit)
    if one.figure.denominator or per is None or len(wholes) != 1:
        return one
    (whole,) = wholes
    numerator = round(one.figure.value * whole / Decimal(per))
    return replace(one, figure=replace(one.figure, numerator=numerator, denominator=whole))


def where_told(given: Iterable[Counted]) -> Mapping[Number, set[Place]]:
    """Where each number stands, above a line or below one."""
    told: dict[Number, set[Place]] = defaultdict(set)
    for one in given:
        for number in (one.above, one.below):
            if number:
                told[number].add(one.place)
    return told


def _others(row: Row, chosen: set[Place]) -> set[Place]:
    """What has to go too, so that more than one way of filling the hidden places is left."""
    if row.total in chosen:
        return _of_a_hidden_total(row, chosen)
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


def _of_a_hidden_total(row: Row, chosen: set[Place]) -> set[Place]:
    """The smallest part, where all parts are shown: somebody would add them up to the total."""
    if any(one.place in chosen for one in row.parts):
        return set()
    counted = [one for one in row.parts if one.count]
    return {min(counted, key=lambda one: one.count or 0).place} if counted else set()


def _against_solving(rows: Sequence[Row], chosen: set[Place]) -> Iterator[Place]:
    """One more for each hidden figure that all the totals together leave a single value, though none does alone."""
    with_hidden = [row for row in rows if any(one.place in chosen for one in row.parts)]
    for place in solved([_equation(row, chosen) for row in with_hidden]):
        around = [row for row in with_hidden if place == row.total or any(one.place == place for one in row.parts)]
        shown = [one for row in around for one in row.parts if one.count and one.place not in chosen]
        totals = [row.total for row in around if row.total and row.total not in chosen]
        if shown:
            yield min(shown, key=lambda one: one.count or 0).place
        elif totals:
            yield totals[0]


def _equation(row: Row, chosen: set[Place]) -> Mapping[Place, int]:
    """What is not known in it, each with its sign; the rest is a number that everybody has."""
    unknown: dict[Place, int] = {one.place: 1 for one in row.parts if one.place in chosen}
    return unknown | ({row.total: -1} if row.total and row.total in chosen else {})
