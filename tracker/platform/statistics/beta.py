"""The beta distribution: how much of it lies below a point, and the point below which so much of it lies.

Limits of binomial shares are points of it, and found so they cost the same for ten children as for a hundred thousand.
"""

from math import exp, lgamma, log, log1p

CLOSE = 1e-14
NEAR = 1e-11
"""How near to the point its last step comes, of the point itself: far below the last digit that anybody prints."""
TINY = 1e-300
MOST_TERMS = 10_000
"""Terms of the fraction: some √(a + b) are needed, so this is enough for every count that a table can hold."""
MOST_STEPS = 200


def below(point: float, a: float, b: float) -> float:
    """The share of the beta distribution with parameters ``a`` and ``b``, both above 0, that lies below ``point``.

    By the continued fraction of the incomplete beta function. Source: NIST Digital Library of Mathematical Functions,
    8.17.22; evaluated forwards by the method of Lentz and Thompson.
    """
    if point <= 0:
        return 0.0
    if point >= 1:
        return 1.0
    if point > (a + 1) / (a + b + 2):  # the fraction converges quickly on the other side only
        return 1 - below(1 - point, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(point) + b * log1p(-point)) / a
    return front * _fraction(point, a, b)


def quantile(share: float, a: float, b: float) -> float:
    """The point below which ``share`` of the distribution lies: Newton's steps, halved where they would leave."""
    low, high = 0.0, 1.0
    point = a / (a + b)
    for _ in range(MOST_STEPS):
        over = below(point, a, b) - share
        low, high = (low, point) if over > 0 else (point, high)
        slope = _density(point, a, b)
        next_point = point - over / slope if slope > 0 else low
        if not low < next_point < high:
            next_point = (low + high) / 2
        if abs(next_point - point) <= NEAR * point or high - low <= NEAR * high:
            return next_point
        point = next_point
    return point


def _density(point: float, a: float, b: float) -> float:
    return exp(lgamma(a + b) - lgamma(a) - lgamma(b) + (a - 1) * log(point) + (b - 1) * log1p(-point))


def _fraction(point: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _not_nothing(1 - (a + b) * point / (a + 1))
    found = d
    for m in range(1, MOST_TERMS):
        even = m * (b - m) * point / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * point / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _not_nothing(1 + term * d)
            c = _not_nothing(1 + term / c)
            found *= c * d
        if abs(c * d - 1) < CLOSE:
            break
    return found


def _not_nothing(value: float) -> float:
    return value if abs(value) > TINY else TINY
