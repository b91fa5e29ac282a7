"""Which figures do not leave the authority, and that none of them follows from what does."""

from datetime import date
from decimal import Decimal
from itertools import product
from random import Random

import pytest

from tracker.indicators.reading.hiding import Counted, hidden, is_small
from tracker.indicators.reading.usual import Figure
from tracker.indicators.rules import Unit, last_day

START, END = date(2026, 10, 1), date(2026, 10, 31)


def figure(numerator: int | None, denominator: int | None, value: float = 0) -> Figure:
    return Figure(start=START, end=END, value=Decimal(str(value)), numerator=numerator, denominator=denominator)


@pytest.mark.parametrize(
    ("of", "unit", "small"),
    [
        (figure(4, 40), Unit.PER_CENT, True),
        (figure(5, 40), Unit.PER_CENT, False),
        (figure(0, 40), Unit.PER_CENT, False),
        (figure(37, 40), Unit.PER_CENT, True),
        (figure(40, 40), Unit.PER_CENT, False),
        (figure(4, 78_000), Unit.RATE, True),
        (figure(2_112, 139), Unit.CASES, False),
        (figure(None, None, 3), Unit.COUNT, True),
        (figure(None, None, 5), Unit.COUNT, False),
        (figure(None, None, 3), Unit.MONTHS, False),
    ],
)
def test_a_figure_that_counts_few_on_either_side_is_small(of: Figure, unit: Unit, small: bool) -> None:
    assert is_small(of, unit, 5) is small


def row(*numerators: int, whole: int) -> list[Counted]:
    return [
        Counted(place, f"Share {place}", "children in care", Unit.PER_CENT, figure(number, whole))
        for place, number in enumerate(numerators)
    ]


def test_one_hidden_share_of_a_whole_takes_the_next_smallest_with_it() -> None:
    assert hidden(row(3, 40, 57, whole=100), 5) == {(0, END), (1, END)}


def month_and_quarter(*months: int, quarter: int) -> list[Counted]:
    """Children counted by month, and under the same name by quarter."""
    found = []
    for month, number in zip((7, 8, 9), months, strict=True):
        of = Figure(start=date(2026, month, 1), end=last_day(date(2026, month, 1)), value=Decimal(number))
        found.append(Counted("by month", "Children", "", Unit.COUNT, of))
    whole = Figure(start=date(2026, 7, 1), end=date(2026, 9, 30), value=Decimal(quarter))
    return [*found, Counted("by quarter", "children", "", Unit.COUNT, whole)]


@pytest.mark.parametrize(
    ("months", "quarter", "gone"),
    [
        ((12, 3, 7), 22, {("by month", date(2026, 8, 31)), ("by month", date(2026, 9, 30))}),
        ((12, 9, 7), 28, set()),
        ((12, 3, 7), 40, {("by month", date(2026, 8, 31))}),
        ((3, 2, 6), 11, {("by month", date(2026, 7, 31)), ("by month", date(2026, 8, 31))}),
        ((0, 0, 3), 3, {("by month", date(2026, 9, 30)), ("by quarter", date(2026, 9, 30))}),
    ],
)
def test_a_month_does_not_follow_from_its_quarter(months: tuple[int, ...], quarter: int, gone: set[object]) -> None:
    assert hidden(month_and_quarter(*months, quarter=quarter), 5) == gone


def test_shares_that_are_not_all_of_it_take_none_with_them() -> None:
    assert hidden(row(3, 40, 50, whole=100), 5) == {(0, END)}


def test_nothing_is_hidden_where_small_numbers_are_not() -> None:
    assert hidden(row(3, 40, 57, whole=100), 0) == frozenset()


def test_what_is_hidden_does_not_follow_from_the_rest_of_its_whole() -> None:
    """The attack: all ways to fill the hidden places, none of them empty, so that the whole is right."""
    chance = Random(11)  # noqa: S311  # no secret, only variety
    attacked = 0
    for _ in range(200):
        numbers = [chance.choice((0, 1, 2, 4, 6, 9)) for _ in range(4)]
        gone = [place for place, _ in hidden(row(*numbers, whole=sum(numbers) or 1), 3)]
        left = sum(numbers) - sum(number for place, number in enumerate(numbers) if place not in gone)
        if gone and len(gone) < sum(number > 0 for number in numbers):
            ways = [way for way in product(range(1, left + 1), repeat=len(gone)) if sum(way) == left]
            assert all(len({way[at] for way in ways}) > 1 for at in range(len(gone))), numbers
            attacked += 1

    assert attacked > 30
