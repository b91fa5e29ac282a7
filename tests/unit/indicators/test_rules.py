"""How far from target, which way, and in which words."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracker.indicators import rules
from tracker.indicators.rules import Direction, Period, Standing, Travel, Unit

FIGURES = st.decimals(0, 100, places=1)
SERIES = st.lists(FIGURES, max_size=12)
UNITS = st.sampled_from(Unit)


def decimals(*figures: int) -> list[Decimal]:
    return [Decimal(figure) for figure in figures]


@pytest.mark.parametrize(
    ("value", "target", "unit", "direction", "words"),
    [
        ("71", 90, Unit.PER_CENT, Direction.HIGHER, "19 points away"),
        ("88.8", 90, Unit.PER_CENT, Direction.HIGHER, "1.2 points away"),
        ("89", 90, Unit.PER_CENT, Direction.HIGHER, "1 point away"),
        ("89.99", 90, Unit.PER_CENT, Direction.HIGHER, "less than 0.1 points away"),
        ("90", 90, Unit.PER_CENT, Direction.HIGHER, "At target"),
        ("24", 20, Unit.PER_CENT, Direction.LOWER, "4 points away"),
        ("2", 0, Unit.COUNT, Direction.LOWER, "2 away"),
        ("13.5", 12, Unit.MONTHS, Direction.LOWER, "1.5 months away"),
        ("17", 16, Unit.CASES, Direction.LOWER, "1 case away"),
    ],
)
def test_how_far_from_target_is_said_in_the_unit_of_the_figure(
    value: str, target: int, unit: Unit, direction: Direction, words: str
) -> None:
    distance = rules.distance(Decimal(value), Decimal(target), unit, direction)

    assert distance is not None
    assert distance.words == words


def test_there_is_no_distance_to_no_target_or_where_no_way_is_better() -> None:
    assert rules.distance(Decimal(71), None, Unit.PER_CENT, Direction.HIGHER) is None
    assert rules.distance(Decimal(71), Decimal(90), Unit.RATE, Direction.CONTEXT) is None


@given(FIGURES, FIGURES, UNITS)
def test_a_figure_is_at_target_one_way_or_the_other(value: Decimal, target: Decimal, unit: Unit) -> None:
    higher = rules.distance(value, target, unit, Direction.HIGHER)
    lower = rules.distance(value, target, unit, Direction.LOWER)

    assert higher is not None
    assert lower is not None
    assert higher.at_target or lower.at_target
    assert higher.apart == lower.apart >= 0


@pytest.mark.parametrize(
    ("figures", "direction", "going"),
    [
        (decimals(63, 69, 71), Direction.HIGHER, Travel.IMPROVING),
        (decimals(63, 69, 71), Direction.LOWER, Travel.WORSENING),
        (decimals(63, 69, 71), Direction.CONTEXT, Travel.RISING),
        (decimals(71, 71, 63), Direction.HIGHER, Travel.WORSENING),
        (decimals(71, 70, 63), Direction.CONTEXT, Travel.FALLING),
        (decimals(71, 71, 71), Direction.HIGHER, Travel.STEADY),
        (decimals(10, 71, 63, 71), Direction.HIGHER, Travel.MIXED),
        (decimals(63, 71), Direction.HIGHER, Travel.TOO_FEW),
    ],
)
def test_travel_is_judged_on_the_last_three_figures(
    figures: list[Decimal], direction: Direction, going: Travel
) -> None:
    assert rules.travel(figures, direction) is going


@given(SERIES)
def test_what_is_improving_one_way_is_worsening_the_other(figures: list[Decimal]) -> None:
    higher, lower = rules.travel(figures, Direction.HIGHER), rules.travel(figures, Direction.LOWER)

    assert {higher, lower} in ({Travel.IMPROVING, Travel.WORSENING}, {higher})


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (decimals(54, 58, 57, 63, 69, 71), "up in four of the last five months"),
        (decimals(54, 50, 52, 50, 48), "down in three of the last four months"),
        (decimals(54, 50, 49, 47), "down in each of the last three months"),
        (decimals(54, 58, 54), "up in one and down in one of the last two months"),
        (decimals(54, 54, 54), "no change in any of the last two months"),
        (decimals(54, 58), "up since the month before"),
        (decimals(54), ""),
    ],
)
def test_travel_is_said_as_people_say_it(figures: list[Decimal], words: str) -> None:
    assert rules.travel_words(figures, Period.MONTH) == words


def test_figures_of_single_days_are_not_called_days() -> None:
    assert rules.travel_words(decimals(1, 2, 3), Period.DAY) == "up in each of the last two figures"


@given(SERIES, st.sampled_from(Period))
def test_there_are_words_for_every_series_of_two_or_more(figures: list[Decimal], period: Period) -> None:
    assert bool(rules.travel_words(figures, period)) == (len(figures) > 1)


@pytest.mark.parametrize(
    ("value", "target", "series", "direction", "expected"),
    [
        (63, 90, decimals(71, 69, 63), Direction.HIGHER, Standing.OFF_AND_WORSENING),
        (71, 90, decimals(63, 69, 71), Direction.HIGHER, Standing.OFF),
        (95, 90, decimals(99, 97, 95), Direction.HIGHER, Standing.AT_TARGET),
        (95, None, decimals(99, 97, 95), Direction.HIGHER, Standing.NO_TARGET),
        (95, None, decimals(99, 97, 95), Direction.CONTEXT, Standing.CONTEXT),
    ],
)
def test_where_a_measure_stands(
    value: int, target: int | None, series: list[Decimal], direction: Direction, expected: Standing
) -> None:
    aim = None if target is None else Decimal(target)
    distance = rules.distance(Decimal(value), aim, Unit.PER_CENT, direction)

    standing = rules.standing(distance, rules.travel(series, direction), has_figure=True, direction=direction)

    assert standing is expected


@given(st.sampled_from([Period.MONTH, Period.QUARTER, Period.YEAR]), st.dates(date(2010, 1, 1), date(2090, 1, 1)))
def test_recent_periods_follow_on_each_other_without_a_gap(period: Period, today: date) -> None:
    ends = rules.recent_ends(period, today, count=6)

    assert rules.period_start(period, ends[0]) <= today <= ends[0]
    for later, earlier in pairwise(ends):
        assert rules.period_start(period, later) == earlier + timedelta(days=1)


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_percentage_worked_out_from_counts_is_one(numerator: int, denominator: int) -> None:
    assume(numerator <= denominator)

    value = rules.worked_out(Unit.PER_CENT, numerator, denominator)

    assert rules.why_not_a_figure(Unit.PER_CENT, value, None, None) == ""


@pytest.mark.parametrize(
    ("unit", "value", "counts", "why_not"),
    [
        (Unit.PER_CENT, Decimal(101), (None, None), "cannot be more than 100"),
        (Unit.PER_CENT, Decimal(-1), (None, None), "cannot be less than 0"),
        (Unit.PER_CENT, None, (None, None), "Enter the figure"),
        (Unit.PER_CENT, None, (17, None), "Enter both counts, or neither"),
        (Unit.PER_CENT, None, (25, 24), "25 of 24 is more than all of them"),
        (Unit.PER_CENT, None, (0, 0), "Nobody is counted below the line"),
        (Unit.PER_CENT, None, (-1, 24), "cannot be less than 0"),
        (Unit.CASES, None, (400, 24), ""),
        (Unit.RATE, Decimal(540), (None, None), ""),
    ],
)
def test_a_figure_that_cannot_be_is_refused(
    unit: Unit, value: Decimal | None, counts: tuple[int | None, int | None], why_not: str
) -> None:
    said = rules.why_not_a_figure(unit, value, *counts)

    assert why_not in said
    assert bool(said) == bool(why_not)
