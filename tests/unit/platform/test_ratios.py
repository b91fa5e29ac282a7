"""Ratios of rates against published worked examples, and how often their interval holds what is true."""

from fractions import Fraction
from itertools import product
from math import comb, inf

import pytest

from tracker.platform.statistics.beta import below, quantile
from tracker.platform.statistics.ratios import of_rates

# Two groups' counts and bases, then ratio and limits as printed.
PUBLISHED = [
    # M. P. Fay, Testing the Ratio of Two Poisson Rates (vignette of the R package rateratio.test, 2022), section 1.
    ((2, 17877, 9, 16660), (0.2070941557, 0.02177406, 1.00054910)),
    # R's own example of poisson.test: Fredericia beside three other cities, ages 55 to 59.
    ((11, 800, 6 + 8 + 7, 1083 + 1050 + 878), (1.971488, 0.8584264, 4.2772659)),
]


@pytest.mark.parametrize(("counts", "printed"), PUBLISHED)
def test_a_ratio_has_the_exact_interval_that_was_printed(
    counts: tuple[int, int, int, int], printed: tuple[float, float, float]
) -> None:
    ratio = of_rates(*counts)

    assert ratio is not None
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx(printed, rel=2e-7)


def test_nothing_on_one_side_leaves_one_limit_open_and_nobody_to_count_gives_none() -> None:
    none_of_ours, none_of_theirs = of_rates(0, 900, 50, 900), of_rates(50, 900, 0, 900)

    assert none_of_ours is not None
    assert none_of_theirs is not None
    assert (none_of_ours.value, none_of_ours.low) == (0, 0)
    assert none_of_ours.is_below
    assert (none_of_theirs.value, none_of_theirs.high) == (inf, inf)
    assert none_of_theirs.is_above
    assert of_rates(0, 900, 0, 900) is None
    assert of_rates(5, 0, 5, 900) is None


def chances(whole: int, share: float) -> list[float]:
    return [comb(whole, part) * share**part * (1 - share) ** (whole - part) for part in range(whole + 1)]


@pytest.mark.parametrize(("base", "other_base"), [(12, 20), (30, 30)])
def test_of_people_who_go_on_the_interval_never_promises_more_than_it_keeps(base: int, other_base: int) -> None:
    """It is exact for events. Where most of a base go on it is wider than need be, and so still right."""
    for share, other_share in product((0.05, 0.5, 0.95), repeat=2):
        true = share / other_share
        held = sum(
            chance * other_chance
            for count, chance in enumerate(chances(base, share))
            for other, other_chance in enumerate(chances(other_base, other_share))
            if (ratio := of_rates(count, base, other, other_base)) is None or ratio.low <= true <= ratio.high
        )
        assert held >= 0.95


def test_the_beta_distribution_is_the_sum_of_binomial_chances() -> None:
    for whole, part, share in product((3, 40, 200), (1, 2, 3), (0.01, 0.5, 0.97)):
        exactly = sum(
            comb(whole, one) * Fraction(share) ** one * (1 - Fraction(share)) ** (whole - one)
            for one in range(part, whole + 1)
        )
        assert below(share, part, whole - part + 1) == pytest.approx(float(exactly), abs=1e-12)
    assert below(quantile(0.025, 12_000, 40_001), 12_000, 40_001) == pytest.approx(0.025, abs=1e-9)
