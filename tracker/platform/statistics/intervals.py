"""How sure a share is: its interval, and whether two shares differ by more than chance would explain.

All intervals are at 95%.
"""

from dataclasses import dataclass
from math import sqrt

from tracker.platform.statistics.beta import quantile

Z = 1.959963984540054
"""Standard normal quantile of 0.975."""

EXACT_BELOW = 20
"""Below this many the exact interval is given: it never promises more than it keeps. Our choice."""


@dataclass(frozen=True)
class Interval:
    low: float
    high: float

    @property
    def percents(self) -> tuple[int, int]:
        """In whole per cent: what a table prints."""
        return round(100 * self.low), round(100 * self.high)

    @property
    def said(self) -> str:
        """
        >>> Interval(0.386, 0.781).said
        '39% to 78%'
        """
        low, high = self.percents
        return f"{low}% to {high}%"


def of_share(part: int, whole: int) -> Interval | None:
    """The interval of ``part`` of ``whole``: exact for few, Wilson's for more; None of nothing."""
    if not whole:
        return None
    return exact(part, whole) if whole < EXACT_BELOW else wilson(part, whole)


def wilson(part: int, whole: int) -> Interval:
    """Wilson's score interval without continuity correction.

    (2np + z² ± z√(z² + 4npq)) / 2(n + z²). Source: E. B. Wilson, JASA 22 (1927) 209-212; method 3 of R. G. Newcombe,
    Statistics in Medicine 17 (1998) 857-872.
    """
    share = part / whole
    middle, reach = 2 * part + Z * Z, Z * sqrt(Z * Z + 4 * part * (1 - share))
    below = 2 * (whole + Z * Z)
    return Interval(max(0.0, (middle - reach) / below), min(1.0, (middle + reach) / below))


def exact(part: int, whole: int) -> Interval:
    """The exact interval of C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404-413.

    The shares at which what was seen, or more, and what was seen, or less, has a chance of 2.5%: points of a beta
    distribution.
    """
    low = 0.0 if part == 0 else quantile(0.025, part, whole - part + 1)
    high = 1.0 if part == whole else quantile(0.975, part + 1, whole - part)
    return Interval(low, high)


def of_difference(part: int, whole: int, before: int, whole_before: int) -> Interval | None:
    """The interval of how much larger the first share is than the second; None where either is of nothing.

    Wilson's limits put together. Source: method 10 of R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890.
    """
    if not (whole and whole_before):
        return None
    now, then = part / whole, before / whole_before
    ours, theirs = wilson(part, whole), wilson(before, whole_before)
    down = sqrt((now - ours.low) ** 2 + (theirs.high - then) ** 2)
    up = sqrt((ours.high - now) ** 2 + (then - theirs.low) ** 2)
    return Interval(now - then - down, now - then + up)


def differ(part: int, whole: int, before: int, whole_before: int) -> bool:
    """Whether the interval of the difference leaves nothing out on both sides: chance alone would seldom do that."""
    apart = of_difference(part, whole, before, whole_before)
    return apart is not None and (apart.low > 0 or apart.high < 0)
