from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.frameworks.library import WrongFile, load_bank_holidays
from tracker.frameworks.queries import bank_holidays
from tracker.frameworks.working_days import add_working_days, is_working_day, working_days_between
from tracker.platform.errors import Refused

HOLIDAYS = bank_holidays()
DAYS = st.dates(date(2013, 1, 1), date(2026, 6, 30))

ONE_OFF = {date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}
"""The Platinum Jubilee, the State Funeral and the Coronation."""
MOVED = {date(2020, 5, 4): date(2020, 5, 8), date(2022, 5, 30): date(2022, 6, 2)}
"""The Mondays that gave way to VE Day's anniversary and to the Jubilee weekend."""


def test_stocktons_statement_was_due_70_working_days_after_its_report() -> None:
    assert add_working_days(date(2023, 5, 9), 70, HOLIDAYS) == date(2023, 8, 16)


def test_the_coronation_was_not_a_working_day() -> None:
    assert add_working_days(date(2023, 5, 5), 1, HOLIDAYS) == date(2023, 5, 9)


def test_kirklees_had_71_working_days_over_christmas_2016() -> None:
    assert working_days_between(date(2016, 11, 25), date(2017, 3, 9), HOLIDAYS) == 71


@pytest.mark.parametrize("day", [date(2026, 4, 3), date(2026, 12, 25), date(2026, 11, 21), date(2026, 11, 22)])
def test_good_friday_christmas_day_and_weekends_are_not_working_days(day: date) -> None:
    assert not is_working_day(day, HOLIDAYS)


def test_a_deadline_in_a_year_without_known_bank_holidays_is_refused() -> None:
    with pytest.raises(Refused, match="bank holidays of 2028 are not known"):
        add_working_days(date(2027, 12, 1), 70, HOLIDAYS)


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2026, 3, 4), -1, HOLIDAYS)


@given(day=DAYS, n=st.integers(1, 120))
def test_a_deadline_is_a_working_day_with_that_many_working_days_before_it(day: date, n: int) -> None:
    due = add_working_days(day, n, HOLIDAYS)

    assert is_working_day(due, HOLIDAYS)
    assert working_days_between(day, due, HOLIDAYS) == n


@given(day=DAYS, first=st.integers(0, 60), then=st.integers(0, 60))
def test_counting_on_is_counting_once(day: date, first: int, then: int) -> None:
    halfway = add_working_days(day, first, HOLIDAYS)

    assert add_working_days(halfway, then, HOLIDAYS) == add_working_days(day, first + then, HOLIDAYS)


def test_the_table_has_eight_bank_holidays_a_year_and_the_one_off_days() -> None:
    each_year = Counter(day.year for day in HOLIDAYS - ONE_OFF)

    assert each_year == dict.fromkeys(range(2013, 2028), 8)
    assert HOLIDAYS >= ONE_OFF


@pytest.mark.parametrize("year", range(2013, 2028))
def test_the_table_agrees_with_the_rules_for_bank_holidays(year: int) -> None:
    sunday = easter(year)
    mondays = {
        first_monday(date(year, 5, 1)),
        first_monday(date(year, 5, 25)),
        first_monday(date(year, 8, 25)),
    }
    by_rule = {MOVED.get(monday, monday) for monday in mondays}
    by_rule |= {sunday - timedelta(days=2), sunday + timedelta(days=1)}
    by_rule |= observed([date(year, 1, 1)]) | observed([date(year, 12, 25), date(year, 12, 26)])

    assert {day for day in HOLIDAYS - ONE_OFF if day.year == year} == by_rule


def test_a_wrong_table_is_refused_by_its_name(tmp_path: Path) -> None:
    table = tmp_path / "bank_holidays.yaml"
    table.write_text("source: ours\ndays: {some day: A holiday}\n", encoding="utf-8")

    with pytest.raises(WrongFile, match=r"bank_holidays\.yaml cannot be used. At days > some day"):
        load_bank_holidays(table)


def observed(days: list[date]) -> set[date]:
    """Each day, or where it falls at a weekend the next weekday that is not itself a holiday."""
    taken = {day for day in days if day.weekday() < 5}
    for day in (day for day in days if day.weekday() >= 5):
        while day.weekday() >= 5 or day in taken:
            day += timedelta(days=1)
        taken.add(day)
    return taken


def first_monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def easter(year: int) -> date:
    """Easter Sunday by Gauss's rule with the constants of 1900 to 2099."""
    moon = (19 * (year % 19) + 24) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    if (moon, sunday) in {(29, 6), (28, 6)}:
        sunday -= 7
    return date(year, 3, 22) + timedelta(days=moon + sunday)
