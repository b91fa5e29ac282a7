"""Which unknowns a set of linear equations leaves one value, whatever stands on their other side. Pure."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TypeVar

Unknown = TypeVar("Unknown", bound=Hashable)


def solved(equations: Iterable[Mapping[Unknown, int]]) -> list[Unknown]:
    """The unknowns that have one value; an equation gives each of its unknowns a factor.

    >>> solved([{"a": 1, "b": 1}, {"b": 1, "c": 1}]), solved([{"a": 1, "b": 1}, {"a": 1, "b": -1}])
    ([], ['a', 'b'])
    """
    return [unknown for some in _together(_telling(list(equations))) for unknown in _solved(some)]


def _telling(equations: list[Mapping[Unknown, int]]) -> list[Mapping[Unknown, int]]:
    """Without those that have two unknowns of their own: whatever the others say, these make up for it."""
    times = Counter(unknown for equation in equations for unknown in equation)
    return [one for one in equations if sum(times[unknown] == 1 for unknown, factor in one.items() if factor) < 2]


def _together(equations: list[Mapping[Unknown, int]]) -> Iterator[list[Mapping[Unknown, int]]]:
    """Equations that share unknowns, in groups that share none: each is solved for itself, which is much less work."""
    of: dict[Unknown, list[int]] = defaultdict(list)
    for place, equation in enumerate(equations):
        for unknown in equation:
            of[unknown].append(place)
    seen = set[int]()
    for first in range(len(equations)):
        group, ahead = set[int](), {first} - seen
        while ahead:
            group |= ahead
            ahead = {place for at in ahead for unknown in equations[at] for place in of[unknown]} - group
        seen |= group
        if group:
            yield [equations[place] for place in sorted(group)]


def _solved(equations: Iterable[Mapping[Unknown, int]]) -> list[Unknown]:
    reduced: dict[Unknown, dict[Unknown, Fraction]] = {}
    for equation in equations:
        left = {unknown: Fraction(factor) for unknown, factor in equation.items() if factor}
        for pivot in [unknown for unknown in left if unknown in reduced]:
            left = _less(left, reduced[pivot], left.get(pivot, Fraction()))
        if not left:
            continue
        pivot, factor = next(iter(left.items()))
        left = {unknown: value / factor for unknown, value in left.items()}
        reduced = {
            known: _less(other, left, other[pivot]) if pivot in other else other for known, other in reduced.items()
        }
        reduced[pivot] = left
    return [pivot for pivot, equation in reduced.items() if len(equation) == 1]


def _less(
    equation: Mapping[Unknown, Fraction], other: Mapping[Unknown, Fraction], times: Fraction
) -> dict[Unknown, Fraction]:
    """An equation without so many times another."""
    unknowns = dict.fromkeys((*equation, *other))
    found = {one: equation.get(one, Fraction()) - times * other.get(one, Fraction()) for one in unknowns}
    return {one: factor for one, factor in found.items() if factor}
