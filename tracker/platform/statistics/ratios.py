"""How many times as high one rate is as another, and how sure that is.

The interval is at 95% and exact: given how many are counted on both sides together, the number on one side is binomial,
so the limits of its share (C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404-413) are those of the ratio.
Source: J. Przyborowski and H. Wilenski, Biometrika 31 (1940) 313-323; as R's ``poisson.test`` gives it. It is exact for
counts of events; where most of a base are counted it is wider than it need be, so it never claims too much.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import inf

from tracker.platform.statistics import intervals

REMEMBERED = 4096
"""Ratios of the pages that are open: a table of nine stages and nineteen groups has some three hundred."""


@dataclass(frozen=True)
class Ratio:
    """``value`` and the limits of its interval; infinite where nothing is counted on the other side."""

    value: float
    low: float
    high: float

    @property
    def is_above(self) -> bool:
        """Whether the whole interval is above 1."""
        return self.low > 1

    @property
    def is_below(self) -> bool:
        return self.high < 1


@lru_cache(maxsize=REMEMBERED)
def of_rates(count: int, base: int, other: int, other_base: int) -> Ratio | None:
    """``count`` for ``base`` over ``other`` for ``other_base``; None where a base is nobody, or nothing is counted."""
    if base <= 0 or other_base <= 0 or not (count or other):
        return None
    share = intervals.exact(count, count + other)
    times = other_base / base
    return Ratio(
        value=_odds(count / (count + other)) * times,
        low=_odds(share.low) * times,
        high=_odds(share.high) * times,
    )


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else inf
