"""Statistical process control: limits of a p, a u and an XmR chart, and the four rules by which a series signals.

The rules are those of NHS England's Making Data Count programme, as its package NHSRplotthedots (version 0.2.2, 2025)
applies them: a point outside the limits; seven in a row on one side of the mean; seven in a row that each rise or each
fall; two of three beyond two thirds of the way from the mean to a limit, on one side.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import sqrt

MOVING_RANGE_TO_SIGMA = 1.128
"""d2 of two observations. Source: W. A. Shewhart's constants as in ISO 7870-2:2013, table 2."""
IN_A_ROW = 7
"""Points of a shift or a trend. Source: NHSRplotthedots 0.2.2."""
FEWEST = 12
"""Points below which limits are only provisional. Source: Making Data Count asks for 12 or more."""


class Signal(StrEnum):
    """What a series does that chance seldom does."""

    OUTSIDE = "outside the limits"
    SHIFT = "seven in a row on one side of the mean"
    TREND = "seven in a row rising or falling"
    NEAR_A_LIMIT = "two of three near a limit"


@dataclass(frozen=True)
class Limits:
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Chart:
    """A series with its limits, one for each point, and the signals, each with the places from 0 of its points."""

    values: tuple[float, ...]
    limits: tuple[Limits, ...]
    signals: tuple[tuple[Signal, tuple[int, ...]], ...]

    @property
    def provisional(self) -> bool:
        return len(self.values) < FEWEST

    def signals_at(self, place: int) -> list[Signal]:
        return [signal for signal, places in self.signals if place in places]


def p_chart(parts: Sequence[int], wholes: Sequence[int]) -> Chart:
    """Shares of samples that differ in size, as fractions of 1; every whole is above 0.

    p ± 3√(p(1-p)/n), cut at 0 and 1, p the share of all samples together. Source: NIST/SEMATECH e-Handbook of
    Statistical Methods, 6.3.3.2.
    """
    if not wholes:
        return Chart((), (), ())
    mean = sum(parts) / sum(wholes)
    reaches = [3 * sqrt(mean * (1 - mean) / whole) for whole in wholes]
    limits = [Limits(mean, max(0.0, mean - reach), min(1.0, mean + reach)) for reach in reaches]
    return _charted([part / whole for part, whole in zip(parts, wholes, strict=True)], limits, reaches)


def u_chart(counts: Sequence[int], bases: Sequence[int]) -> Chart:
    """Counts against bases that differ in size, as counts for one of the base; every base is above 0.

    u ± 3√(u/n), cut at 0, u the count of all together. Source: NIST/SEMATECH e-Handbook of Statistical Methods,
    6.3.3.1.
    """
    if not bases:
        return Chart((), (), ())
    mean = sum(counts) / sum(bases)
    reaches = [3 * sqrt(mean / base) for base in bases]
    limits = [Limits(mean, max(0.0, mean - reach), mean + reach) for reach in reaches]
    return _charted([count / base for count, base in zip(counts, bases, strict=True)], limits, reaches)


def xmr_chart(values: Sequence[float], *, floor: float | None = None, ceiling: float | None = None) -> Chart:
    """Single values in the order of time; the limits never below ``floor`` nor above ``ceiling``.

    Mean ± 3 times the mean moving range / 1.128. Source: NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2.
    """
    if not values:
        return Chart((), (), ())
    mean = sum(values) / len(values)
    ranges = [abs(after - before) for before, after in pairwise(values)]
    reach = 3 * (sum(ranges) / len(ranges)) / MOVING_RANGE_TO_SIGMA if ranges else 0.0
    low = mean - reach if floor is None else max(floor, mean - reach)
    high = mean + reach if ceiling is None else min(ceiling, mean + reach)
    return _charted(values, [Limits(mean, low, high)] * len(values), [reach] * len(values))


def _charted(values: Sequence[float], limits: Sequence[Limits], reaches: Sequence[float]) -> Chart:
    sides = [_side(value, one.mean) for value, one in zip(values, limits, strict=True)]
    beyond = [
        side if reach and abs(value - one.mean) > reach else 0
        for side, value, one, reach in zip(sides, values, limits, reaches, strict=True)
    ]
    near = [
        side if reach and 2 * reach / 3 < abs(value - one.mean) <= reach else 0
        for side, value, one, reach in zip(sides, values, limits, reaches, strict=True)
    ]
    found: list[tuple[Signal, tuple[int, ...]]] = []
    found += [(Signal.OUTSIDE, (place,)) for place, side in enumerate(beyond) if side]
    found += [(Signal.SHIFT, run) for run in _runs(sides)]
    found += [(Signal.TREND, run) for run in _trends(values)]
    found += [(Signal.NEAR_A_LIMIT, pair) for pair in _two_of_three(near)]
    return Chart(tuple(values), tuple(limits), tuple(found))


def _side(value: float, mean: float) -> int:
    return (value > mean) - (value < mean)


def _runs(sides: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Places of each longest stretch on one side, where it is long enough."""
    start = 0
    for place in range(1, len(sides) + 1):
        if place == len(sides) or sides[place] != sides[start]:
            if sides[start] and place - start >= IN_A_ROW:
                yield tuple(range(start, place))
            start = place


def _trends(values: Sequence[float]) -> Iterator[tuple[int, ...]]:
    """Places of each longest stretch that rises, or falls, at every step. It takes a step fewer than points."""
    steps = [_side(after, before) for before, after in pairwise(values)]
    start = 0
    for place in range(1, len(steps) + 1):
        if place == len(steps) or steps[place] != steps[start]:
            if steps[start] and place - start >= IN_A_ROW - 1:
                yield tuple(range(start, place + 1))
            start = place


def _two_of_three(near: Sequence[int]) -> Iterator[tuple[int, ...]]:
    seen: set[tuple[int, ...]] = set()
    for start in range(max(1, len(near) - 2)):
        for side in (1, -1):
            places = tuple(place for place in range(start, min(start + 3, len(near))) if near[place] == side)
            if len(places) >= 2 and places not in seen:
                seen.add(places)
                yield places
