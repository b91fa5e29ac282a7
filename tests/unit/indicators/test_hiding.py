"""Which figures do not leave the authority, and that none of them follows from what does."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from random import Random

import pytest

from tracker.indicators.reading.counted import Counted
from tracker.indicators.reading.equations import solved
from tracker.indicators.reading.hiding import hidden, is_small
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
        (figure(45, 3), Unit.CASES, True),
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
    return [*found, Counted("by quarter", "children", "", Unit.COUNT, in_quarter(quarter))]


def in_quarter(number: int) -> Figure:
    return Figure(start=date(2026, 7, 1), end=date(2026, 9, 30), value=Decimal(number))


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


def test_whoever_is_counted_under_the_same_words_elsewhere_goes_too() -> None:
    """Three in four placements are shown; how many are in the second one stands below the line of another measure."""
    shares = row(3, 40, 57, whole=100)
    shares[1] = replace(shares[1], counts="Children in foster care")
    below = Counted("visits", "Visits in time", "children in foster care", Unit.PER_CENT, figure(30, 40))

    assert hidden([*shares, below], 5) == {(0, END), (1, END), ("visits", END)}


def test_a_share_without_its_counts_counts_some_where_another_tells_the_whole() -> None:
    bare = Counted("bare", "Share", "children in care", Unit.PER_CENT, figure(None, None, 3))
    whole = Counted("whole", "Children in care", "", Unit.COUNT, figure(None, None, 100))

    assert hidden([bare, whole], 5) == {("bare", END)}
    assert hidden([bare], 5) == frozenset()


def test_what_many_totals_tell_only_together_is_not_told() -> None:
    """Small are two squares of four cells and the one between them: two in each line, and yet that one would follow."""
    table = ((2, 3, 4, 20), (3, 2, 20, 30), (20, 30, 3, 2), (30, 20, 2, 3))
    given = [
        Counted(("month", column), f"Kind {column}", "all children", Unit.PER_CENT, of_month(month, cell, sum(line)))
        for month, line in enumerate(table, 4)
        for column, cell in enumerate(line)
    ]
    year = Figure(start=date(2026, 4, 1), end=date(2027, 3, 31), value=Decimal())
    for column, cells in enumerate(zip(*table, strict=True)):
        figure_of_year = replace(year, value=Decimal(sum(cells)))
        given.append(Counted(("year", column), f"Kind {column}", "", Unit.COUNT, figure_of_year))
    lines = [{(month, column): 1 for column in range(4)} for month in range(4)]
    lines += [{(month, column): 1 for month in range(4)} for column in range(4)]

    gone = {(place[0][1], place[1].month - 4) for place in hidden(given, 5) if place[0][0] == "month"}  # type: ignore[index]

    small = {(month, column) for month, line in enumerate(table) for column, cell in enumerate(line) if cell < 5}
    assert solved([{cell: 1 for cell in line if cell in small} for line in lines]) == [(0, 2)]
    left = [{cell: 1 for cell in line if (cell[1], cell[0]) in gone} for line in lines]
    assert len(gone) > len(small)
    assert solved(left) == []


def of_month(month: int, numerator: int, denominator: int) -> Figure:
    start = date(2026, month, 1)
    return Figure(start=start, end=last_day(start), value=Decimal(), numerator=numerator, denominator=denominator)


def test_shares_that_are_not_all_of_it_take_none_with_them() -> None:
    assert hidden(row(3, 40, 50, whole=100), 5) == {(0, END)}


def test_another_share_of_the_same_whole_does_not_cover_up_what_adds_up() -> None:
    shares = row(3, 40, 57, 88, whole=100)

    assert hidden(shares, 5) == {(0, END), (1, END)}


def test_what_adds_up_by_chance_takes_none_with_it() -> None:
    """Forty and fifty-seven make the whole with the small one in October, and not in September."""
    september = (of_month(9, number, 100) for number in (9, 50, 60))
    before = [replace(one, figure=then) for one, then in zip(row(0, 0, 0, whole=100), september, strict=True)]

    assert hidden([*row(3, 40, 57, whole=100), *before], 5) == {(0, END)}


def test_counts_that_add_up_to_another_take_the_next_smallest_with_them() -> None:
    counts = [
        Counted(place, f"Children {place}", "", Unit.COUNT, figure(None, None, number))
        for place, number in enumerate((3, 40, 57, 100))
    ]

    assert hidden(counts, 5) == {(0, END), (1, END)}
    assert hidden(counts[:3], 5) == {(0, END)}


def test_a_total_that_had_to_go_does_not_follow_from_its_months() -> None:
    ones = [Counted(place, f"Kind {place}", "", Unit.COUNT, in_quarter(1)) for place in range(6)]
    of_all = month_and_quarter(6, 0, 0, quarter=6)

    gone = {place for place, _ in hidden([*ones, *of_all], 5)}

    assert gone == {*range(6), "by quarter", "by month"}


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
