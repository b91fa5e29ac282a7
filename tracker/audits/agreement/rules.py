"""Agreement of two graders on an ordered scale: exact, within one, and Cohen's weighted kappa with its interval.

Kappa is the agreement beyond what chance alone would bring. Source of kappa: Cohen, Educational and Psychological
Measurement 20 (1960), 37-46; with weights: Cohen, Psychological Bulletin 70 (1968), 213-220; of the standard error:
Fleiss, Cohen and Everitt, Psychological Bulletin 72 (1969), 323-327.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, mean, stdev

ENOUGH_FOR_KAPPA = 30
"""Pairs below which no kappa is said. Source: our choice; its standard error holds for large samples only, and below
this its interval is wider than it is useful."""
ENOUGH_TO_COMPARE = 10
"""Moderated audits of one auditor below which nothing is said of her. Source: our choice; fewer say more about the
cases she was given than about her."""
Z_95 = NormalDist().inv_cdf(0.975)
"""Standard errors to either side of a 95% interval: 1.96."""

Pair = tuple[int, int]
"""The auditor's and the moderator's place on a scale, 0 the best grade."""
Weights = Sequence[Sequence[float]]
"""How far two places count as agreement: 1 on the diagonal, 0 for what agrees least."""


@dataclass(frozen=True)
class Interval:
    value: float
    low: float
    high: float

    @property
    def said(self) -> str:
        """
        >>> Interval(0.4930, 0.3820, 0.6040).said
        '0.49 (95% interval 0.38 to 0.60)'
        """
        return f"{self.value:.2f} (95% interval {self.low:.2f} to {self.high:.2f})"


@dataclass(frozen=True)
class Kappa:
    value: float
    error: float
    """Its large-sample standard error."""

    @property
    def interval(self) -> Interval:
        """Within the values that kappa can take."""
        low, high = self.value - Z_95 * self.error, self.value + Z_95 * self.error
        return Interval(self.value, max(low, -1.0), min(high, 1.0))


@dataclass(frozen=True)
class Agreement:
    """What all pairs say together. A kappa is None for too few pairs, or where one grade is all that was given."""

    pairs: int
    exact: int
    within_one: int
    linear: Kappa | None
    quadratic: Kappa | None
    table: Sequence[Sequence[int]]
    """How often each grade of the auditor, in rows, met each of the moderator; best first."""


def agreement(pairs: Sequence[Pair], grades: int) -> Agreement:
    """How far the pairs agree on a scale of so many grades."""
    table = cross_table(pairs, grades)
    enough = len(pairs) >= ENOUGH_FOR_KAPPA
    return Agreement(
        pairs=len(pairs),
        exact=sum(one == other for one, other in pairs),
        within_one=sum(abs(one - other) <= 1 for one, other in pairs),
        linear=kappa(table, linear(grades)) if enough else None,
        quadratic=kappa(table, quadratic(grades)) if enough else None,
        table=table,
    )


def cross_table(pairs: Sequence[Pair], grades: int) -> Sequence[Sequence[int]]:
    """
    >>> cross_table([(0, 0), (0, 1), (1, 1), (0, 1)], 2)
    [[1, 2], [0, 1]]
    """
    table = [[0] * grades for _ in range(grades)]
    for auditor, moderator in pairs:
        table[auditor][moderator] += 1
    return table


def unweighted(grades: int) -> Weights:
    return _weights(grades, lambda apart: float(apart == 0))


def linear(grades: int) -> Weights:
    """Each step apart counts the same: one of three steps leaves two thirds of the agreement."""
    return _weights(grades, lambda apart: 1 - apart)


def quadratic(grades: int) -> Weights:
    """A step far away counts more than one near by."""
    return _weights(grades, lambda apart: 1 - apart**2)


def _weights(grades: int, weight: Callable[[float], float]) -> Weights:
    steps = max(grades - 1, 1)
    return [[weight(abs(row - column) / steps) for column in range(grades)] for row in range(grades)]


def kappa(table: Sequence[Sequence[int]], weights: Weights) -> Kappa | None:
    """Weighted kappa of a square table of counts, with its standard error; None where chance alone agrees wholly.

    Σ stands for the sum over cells, p for a cell's share, w for its weight; r and c are the shares of rows and columns.
    Observed agreement is Σwp, that of chance Σwrc, and kappa (observed - chance) / (1 - chance).
    """
    total = sum(map(sum, table))
    if total == 0:
        return None
    shares = [[count / total for count in row] for row in table]
    rows, columns = [sum(row) for row in shares], [sum(column) for column in zip(*shares, strict=True)]
    places = range(len(table))
    observed = sum(weights[i][j] * shares[i][j] for i in places for j in places)
    chance = sum(weights[i][j] * rows[i] * columns[j] for i in places for j in places)
    if chance >= 1 - 1e-12:
        return None
    value = (observed - chance) / (1 - chance)
    return Kappa(value, sqrt(max(_variance(shares, weights, value, chance), 0.0) / total) / (1 - chance))


def _variance(shares: Sequence[Sequence[float]], weights: Weights, value: float, chance: float) -> float:
    """Of one pair, before it is divided by their number: formula 13 of Fleiss, Cohen and Everitt."""
    places = range(len(shares))
    rows, columns = [sum(row) for row in shares], [sum(column) for column in zip(*shares, strict=True)]
    of_row = [sum(columns[j] * weights[i][j] for j in places) for i in places]
    of_column = [sum(rows[i] * weights[i][j] for i in places) for j in places]
    spread: float = sum(
        shares[i][j] * (weights[i][j] - (of_row[i] + of_column[j]) * (1 - value)) ** 2 for i in places for j in places
    )
    return spread - (value - chance * (1 - value)) ** 2


def severity(pairs: Sequence[Pair]) -> Interval | None:
    """How many steps lower an auditor grades than her moderators, on average; below 0 she is kinder.

    The interval is the mean with 1.96 standard errors to either side. None for too few audits.
    """
    if len(pairs) < ENOUGH_TO_COMPARE:
        return None
    steps = [auditor - moderator for auditor, moderator in pairs]
    middle, reach = mean(steps), Z_95 * stdev(steps) / sqrt(len(steps))
    return Interval(middle, middle - reach, middle + reach)


def severity_words(found: Interval | None) -> str:
    """What may be said of an auditor.

    >>> severity_words(Interval(-0.4, -0.7, -0.1)), severity_words(Interval(0.1, -0.2, 0.4)), severity_words(None)
    ('Kinder than her moderators', 'No difference that chance could not make', 'Too few to say')
    """
    if found is None:
        return "Too few to say"
    if found.low <= 0 <= found.high:
        return "No difference that chance could not make"
    return "Stricter than her moderators" if found.value > 0 else "Kinder than her moderators"
