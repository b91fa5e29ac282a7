"""Intervals and control limits against published worked examples; hidden cells against an attack."""

from itertools import product
from random import Random

import pytest

from tracker.platform.statistics import intervals
from tracker.platform.statistics.control_limits import Signal, p_chart, u_chart, xmr_chart
from tracker.platform.statistics.small_numbers import follows, hidden

# Newcombe, Statistics in Medicine 17 (1998) 857-872, table I: methods 3 and 5.
NEWCOMBE = [
    (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
    (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
    (0, 20, (0.0000, 0.1611), (0.0000, 0.1684)),
    (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
]


@pytest.mark.parametrize(("part", "whole", "wilson", "exact"), NEWCOMBE)
def test_intervals_are_those_that_newcombe_printed(
    part: int, whole: int, wilson: tuple[float, float], exact: tuple[float, float]
) -> None:
    found = [
        (round(one.low, 4), round(one.high, 4)) for one in (intervals.wilson(part, whole), intervals.exact(part, whole))
    ]

    assert found == [wilson, exact]


def test_a_difference_has_the_interval_that_newcombe_printed() -> None:
    """56 of 70 against 48 of 80: Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10."""
    apart = intervals.of_difference(56, 70, 48, 80)

    assert apart is not None
    assert (round(apart.low, 4), round(apart.high, 4)) == (0.0524, 0.3339)


def test_a_few_more_of_a_small_sample_may_be_chance_and_many_more_of_a_large_one_are_not() -> None:
    assert not intervals.differ(12, 20, 9, 19)
    assert intervals.differ(56, 70, 48, 80)
    assert not intervals.differ(0, 0, 9, 19)


def test_few_get_the_exact_interval_and_none_gets_none() -> None:
    assert intervals.of_share(5, 19) == intervals.exact(5, 19)
    assert intervals.of_share(5, 20) == intervals.wilson(5, 20)
    assert intervals.of_share(0, 0) is None


# Montgomery, Introduction to Statistical Quality Control, table 7.1: cans that leak, of 50, in 30 samples.
MONTGOMERY = [
    12,
    15,
    8,
    10,
    4,
    7,
    16,
    9,
    14,
    10,
    5,
    6,
    17,
    12,
    22,
    8,
    10,
    5,
    13,
    11,
    20,
    18,
    24,
    15,
    9,
    12,
    7,
    13,
    9,
    6,
]


def test_a_p_chart_has_the_limits_and_the_points_outside_that_montgomery_printed() -> None:
    chart = p_chart(MONTGOMERY, [50] * 30)

    limits = chart.limits[0]
    assert (round(limits.mean, 4), round(limits.low, 4), round(limits.high, 4)) == (0.2313, 0.0524, 0.4102)
    assert [places for signal, places in chart.signals if signal is Signal.OUTSIDE] == [(14,), (22,)]


def test_limits_of_a_p_chart_widen_where_a_sample_is_small_and_stay_between_none_and_all() -> None:
    chart = p_chart([9, 3, 8], [10, 3, 10])

    assert chart.limits[1].high == 1.0
    assert chart.limits[1].low < chart.limits[0].low
    assert chart.provisional


# Montgomery, Introduction to Statistical Quality Control, 6th ed., example 7.4: errors in 50 shipments, 20 weeks.
SHIPMENTS = [2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4]


def test_a_u_chart_has_the_limits_that_montgomery_printed() -> None:
    chart = u_chart(SHIPMENTS, [50] * 20)

    limits = chart.limits[0]
    assert (round(limits.mean, 4), round(limits.low, 4), round(limits.high, 4)) == (0.074, 0.0, 0.1894)
    assert not [places for signal, places in chart.signals if signal is Signal.OUTSIDE]


def test_limits_of_a_u_chart_follow_the_base() -> None:
    chart = u_chart([4, 40, 2], [50, 500, 20])

    assert chart.limits[1].high < chart.limits[0].high < chart.limits[2].high
    assert u_chart([], []).values == ()


# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: flow rate of ten batches.
NIST = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]


def test_an_xmr_chart_has_the_limits_of_the_nist_handbook() -> None:
    limits = xmr_chart(NIST).limits[0]

    assert limits.mean == pytest.approx(50.81)
    assert limits.low == pytest.approx(45.8159, abs=1e-3)
    assert limits.high == pytest.approx(55.8041, abs=1e-3)


def test_the_limits_of_an_xmr_chart_stay_where_a_figure_can_be() -> None:
    limits = xmr_chart([98, 90, 100, 91, 99], floor=0, ceiling=100).limits[0]

    assert limits.high == 100
    assert 0 < limits.low < limits.mean


def test_seven_on_one_side_of_the_mean_are_a_shift_and_six_are_not() -> None:
    shifted = xmr_chart([9, 11, 9, 11, 9, 11, 9, 15, 16, 15, 16, 15, 16, 15])
    shorter = xmr_chart([15, 9, 11, 9, 11, 9, 16, 15, 16, 15, 16, 15])

    assert (Signal.SHIFT, tuple(range(7, 14))) in shifted.signals
    assert not [signal for signal, _ in shorter.signals if signal is Signal.SHIFT]


def test_seven_that_rise_at_every_step_are_a_trend_and_six_are_not() -> None:
    rising = xmr_chart([5, 4, 5, 6, 7, 8, 9, 10, 9])
    shorter = xmr_chart([5, 4, 5, 6, 7, 8, 9, 8])

    assert (Signal.TREND, tuple(range(1, 8))) in rising.signals
    assert not [signal for signal, _ in shorter.signals if signal is Signal.TREND]


def test_two_of_three_near_one_limit_signal_and_two_on_different_sides_do_not() -> None:
    steady = [49, 51] * 20

    one_side = [signal for signal, _ in xmr_chart([*steady, 54.5, 50, 54.5]).signals]
    both_sides = [signal for signal, _ in xmr_chart([*steady, 54.5, 50, 45.5]).signals]

    assert Signal.NEAR_A_LIMIT in one_side
    assert Signal.NEAR_A_LIMIT not in both_sides


def test_a_series_that_never_changes_signals_nothing() -> None:
    assert xmr_chart([4.0] * 20).signals == ()
    assert p_chart([], []).values == ()


# Small numbers ------------------------------------------------------------------------------------------------


def _tables_that_fit(counts: list[list[int]], chosen: frozenset[tuple[int, int]]) -> list[tuple[list[int], ...]]:
    """The attack: every table of whole numbers with the cells shown and the same totals."""
    lines = [
        _lines_that_fit(line, {column for row, column in chosen if row == number}) for number, line in enumerate(counts)
    ]
    columns = [sum(column) for column in zip(*counts, strict=True)]
    return [guess for guess in product(*lines) if [sum(column) for column in zip(*guess, strict=True)] == columns]


def _lines_that_fit(line: list[int], unknown: set[int]) -> list[list[int]]:
    ranges = [range(sum(line) + 1) if column in unknown else (count,) for column, count in enumerate(line)]
    return [list(guess) for guess in product(*ranges) if sum(guess) == sum(line)]


def test_a_hidden_cell_cannot_be_had_by_subtraction() -> None:
    chance = Random(6)  # noqa: S311  # no secret, only variety
    attacked = 0
    for _ in range(60):
        counts = [[chance.choice((0, 1, 2, 3, 6, 7)) for _ in range(2)] for _ in range(3)]
        chosen = hidden(counts, 3)
        assert {(r, c) for r in range(3) for c in range(2) if 0 < counts[r][c] < 3} <= chosen
        if chosen and not follows(counts, chosen):
            fitting = _tables_that_fit(counts, chosen)
            for row, column in chosen:
                assert len({guess[row][column] for guess in fitting}) > 1, (counts, chosen)
            attacked += 1

    assert attacked > 30


def test_what_is_said_to_follow_is_what_the_attack_finds() -> None:
    chance = Random(7)  # noqa: S311  # no secret, only variety
    for _ in range(60):
        counts = [[chance.choice((0, 1, 2, 5)) for _ in range(3)] for _ in range(2)]
        chosen = frozenset((r, c) for r in range(2) for c in range(3) if chance.random() < 0.6)
        fitting = _tables_that_fit(counts, chosen)

        found = [(r, c) for r, c in sorted(chosen) if len({guess[r][c] for guess in fitting}) == 1]

        assert follows(counts, chosen) == found


def test_one_small_cell_alone_in_its_row_and_column_takes_others_with_it() -> None:
    assert hidden([[20, 2], [30, 10], [25, 12]], 5) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_table_without_small_numbers_is_shown_whole() -> None:
    assert hidden([[20, 12], [0, 10]], 5) == frozenset()


def test_a_table_of_one_cell_cannot_be_protected_and_says_so() -> None:
    counts = [[2]]

    assert follows(counts, hidden(counts, 5)) == [(0, 0)]
