from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.platform.working_days import add, bank_holiday, count, is_working_day, on_or_after, subtract

DAYS = st.dates(date(2013, 1, 1), date(2035, 12, 31))

PUBLISHED = {
    2022: ["3 Jan", "15 Apr", "18 Apr", "2 May", "2 Jun", "3 Jun", "29 Aug", "19 Sep", "26 Dec", "27 Dec"],
    2023: ["2 Jan", "7 Apr", "10 Apr", "1 May", "8 May", "29 May", "28 Aug", "25 Dec", "26 Dec"],
    2024: ["1 Jan", "29 Mar", "1 Apr", "6 May", "27 May", "26 Aug", "25 Dec", "26 Dec"],
    2025: ["1 Jan", "18 Apr", "21 Apr", "5 May", "26 May", "25 Aug", "25 Dec", "26 Dec"],
    2026: ["1 Jan", "3 Apr", "6 Apr", "4 May", "25 May", "31 Aug", "25 Dec", "28 Dec"],
    2027: ["1 Jan", "26 Mar", "29 Mar", "3 May", "31 May", "30 Aug", "27 Dec", "28 Dec"],
    2028: ["3 Jan", "14 Apr", "17 Apr", "1 May", "29 May", "28 Aug", "25 Dec", "26 Dec"],
}
"""Weekdays off, in England and Wales. Source: https://www.gov.uk/bank-holidays for 2022 to 2027 (with
the Jubilee, the State Funeral and the Coronation); 2028 by the rules of the Banking and Financial Dealings Act 1971."""
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_weekdays_off_are_those_that_the_government_published(year: int) -> None:
    weekdays = [day for day in days_of(year) if day.weekday() < 5]

    assert [day for day in weekdays if not is_working_day(day)] == [written(day, year) for day in PUBLISHED[year]]


def test_a_holiday_at_a_weekend_has_its_substitute_day() -> None:
    assert [bank_holiday(date(2027, 12, day)) for day in (27, 28)] == [
        "Christmas Day (observed)",
        "Boxing Day (observed)",
    ]
    assert add(date(2027, 12, 24), 1) == date(2027, 12, 29)


def test_stocktons_statement_was_due_70_working_days_after_its_report() -> None:
    assert add(date(2023, 5, 9), 70) == date(2023, 8, 16)


def test_kirklees_had_71_working_days_over_christmas_2016() -> None:
    assert count(date(2016, 11, 25), date(2017, 3, 9)) == 71


def test_an_authority_may_close_on_days_of_its_own() -> None:
    between_the_years = {date(2026, 12, day) for day in (29, 30, 31)}

    assert add(date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert add(date(2026, 12, 24), 1, closed=between_the_years) == date(2027, 1, 4)
    assert subtract(date(2027, 1, 4), 1, closed=between_the_years) == date(2026, 12, 24)
    assert count(date(2026, 12, 24), date(2027, 1, 4), closed=between_the_years) == 1
    assert on_or_after(date(2026, 12, 25), closed=between_the_years) == date(2027, 1, 4)


def test_a_working_day_is_on_or_after_itself() -> None:
    assert on_or_after(date(2026, 12, 24)) == date(2026, 12, 24)


def test_days_are_counted_one_way() -> None:
    with pytest.raises(ValueError, match="use add or subtract"):
        add(date(2026, 3, 4), -1)


@given(day=DAYS, n=st.integers(1, 120))
def test_a_deadline_is_a_working_day_with_that_many_working_days_before_it(day: date, n: int) -> None:
    due = add(day, n)

    assert is_working_day(due)
    assert count(day, due) == n
    assert count(due, day) == -n


@given(day=DAYS, first=st.integers(0, 60), then=st.integers(0, 60))
def test_counting_on_is_counting_once(day: date, first: int, then: int) -> None:
    assert add(add(day, first), then) == add(day, first + then)


@given(day=DAYS, n=st.integers(1, 60))
def test_subtracting_undoes_adding_from_a_working_day(day: date, n: int) -> None:
    start = on_or_after(day)

    assert subtract(add(start, n), n) == start


def days_of(year: int) -> Iterable[date]:
    first = date(year, 1, 1)
    return (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))


def written(text: str, year: int) -> date:
    day, month = text.split()
    return date(year, MONTHS.index(month) + 1, int(day))
