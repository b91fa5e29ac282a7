"""Headings of periods as councils write them: what each means, and which are never guessed."""

from datetime import date

import pytest

from tracker.indicators.importing.periods import Span, Unclear, fitted, names_a_year, read_period, standard
from tracker.indicators.rules import Period
from tracker.platform.errors import Refused


def days(kind: Period, *parts: int) -> tuple[date, date, Period]:
    """First and last day as six numbers."""
    return date(*parts[:3]), date(*parts[3:]), kind


APRIL = days(Period.MONTH, 2026, 4, 1, 2026, 4, 30)
FIRST_QUARTER = days(Period.QUARTER, 2026, 4, 1, 2026, 6, 30)
LAST_QUARTER = days(Period.QUARTER, 2027, 1, 1, 2027, 3, 31)
LAST_YEAR = days(Period.YEAR, 2025, 4, 1, 2026, 3, 31)
MARCH_31 = days(Period.DAY, 2026, 3, 31, 2026, 3, 31)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Apr-26", APRIL),
        ("APR 26", APRIL),
        ("Apr '26", APRIL),
        ("April 2026", APRIL),
        ("April, 2026", APRIL),
        ("Apr. 2026", APRIL),
        ("2026 April", APRIL),
        ("2026-04", APRIL),
        ("04/2026", APRIL),
        ("Apr 2026-27", APRIL),
        ("April FY 2026/27", APRIL),
        ("Feb-28", days(Period.MONTH, 2028, 2, 1, 2028, 2, 29)),
        ("Sept 2026", days(Period.MONTH, 2026, 9, 1, 2026, 9, 30)),
        ("Jan 2026/27", days(Period.MONTH, 2027, 1, 1, 2027, 1, 31)),
        ("2026-27 Q1", FIRST_QUARTER),
        ("Q1 2026/27", FIRST_QUARTER),
        ("Q1 26-27", FIRST_QUARTER),
        ("Quarter 1 (2026/27)", FIRST_QUARTER),
        ("Qtr 1, 2026-27", FIRST_QUARTER),
        ("Q1 (Apr-Jun) 2026/27", FIRST_QUARTER),
        ("Apr-Jun 2026", FIRST_QUARTER),
        ("April to June 26", FIRST_QUARTER),
        ("Apr 2026 – Jun 2026", FIRST_QUARTER),
        ("2026/27 Q4", LAST_QUARTER),
        ("Jan to Mar 2027", LAST_QUARTER),
        ("2025/26", LAST_YEAR),
        ("2025-26", LAST_YEAR),
        ("2025/2026", LAST_YEAR),
        ("25/26", LAST_YEAR),
        ("FY 2025/26", LAST_YEAR),
        ("2025/26 outturn", LAST_YEAR),
        ("Year ending March 2026", LAST_YEAR),
        ("Year to 31 March 2026", LAST_YEAR),
        ("April 2025 to March 2026", LAST_YEAR),
        ("1999/00", days(Period.YEAR, 1999, 4, 1, 2000, 3, 31)),
        ("31 March 2026", MARCH_31),
        ("As at 31/03/2026", MARCH_31),
        ("31st Mar 2026", MARCH_31),
        (date(2026, 3, 31), MARCH_31),
    ],
)
def test_a_heading_names_its_days(heading: str | date, expected: tuple[date, date, Period]) -> None:
    span = read_period(heading)
    assert span is not None
    assert (span.start, span.end, span.kind) == expected


@pytest.mark.parametrize(
    "heading",
    [
        "Q1", "Q4 (Jan-Mar)", "Q1 2026", "2026 Q1", "Quarter 2 26", "2026", 2026, 2026.0, "FY26", "FY2026", "Apr",
        "May", "26-Apr", "1 April", "04/26", "10/11", "11-12", "2011-12", "2008-09",
        "Nov 2025 to Oct 2026", "Dec-Feb 26",
        "May to July 2026", "Year ending June 2026", "31/03/26",
    ],
)  # fmt: skip
def test_what_could_mean_two_is_not_guessed(heading: str | int | float) -> None:
    with pytest.raises(Unclear, match=r"Write it like|neither a month"):
        read_period(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Target 2026-27", "Apr-26 Target", "RAG", "YTD", "2025/26 YTD", "Measure", "", None, True, 71, 0.71, 12.5,
        12, "12.50", "2025/27", "2026-27 Q5", "Direction of travel", "England 2025/26", "May be late",
        "31 February 2026", "13/2026",
        "x" * 5_000, "Statistical neighbours", "=A1",
    ],
)  # fmt: skip
def test_other_headings_name_no_period(heading: str | float | None) -> None:
    assert read_period(heading) is None


@pytest.mark.parametrize(
    ("heading", "provisional"),
    [("Oct 2026 (provisional)", True), ("Oct-26 (p)", True), ("Oct 2026 final", False), ("Oct 2026 actual", None)],
)
def test_a_heading_may_say_that_its_figures_are_provisional(heading: str, provisional: bool | None) -> None:
    span = read_period(heading)
    assert span is not None
    assert (span.name, span.provisional) == ("October 2026", provisional)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("Q1", "April to June 2025"), ("Q4", "January to March 2026"), ("Apr", "April 2025"), ("Mar", "March 2026"),
     ("Q2 (Jul-Sep)", "July to September 2025"), ("Apr-24", "April 2024")],
)  # fmt: skip
def test_the_year_over_a_heading_completes_it(heading: str, expected: str) -> None:
    span = read_period(heading, year="2025/26")
    assert span is not None
    assert span.name == expected


def test_only_a_year_from_april_stands_over_others() -> None:
    assert names_a_year("2025/26")
    assert not names_a_year("2025")
    assert not names_a_year("Apr-26")
    with pytest.raises(Unclear):
        read_period("Q1", year="2025")


def span(kind: Period, start: date, end: date) -> Span:
    return Span(start, end, kind)


ONE_DAY = {day: span(Period.DAY, day, day) for day in (date(2026, 4, 1), date(2026, 4, 15), date(2026, 6, 30))}


@pytest.mark.parametrize(
    ("found", "period", "expected"),
    [
        (ONE_DAY[date(2026, 4, 1)], Period.MONTH, (date(2026, 4, 1), date(2026, 4, 30))),
        (ONE_DAY[date(2026, 6, 30)], Period.MONTH, (date(2026, 6, 1), date(2026, 6, 30))),
        (ONE_DAY[date(2026, 6, 30)], Period.QUARTER, (date(2026, 4, 1), date(2026, 6, 30))),
        (ONE_DAY[date(2026, 4, 15)], Period.DAY, (date(2026, 4, 15), date(2026, 4, 15))),
        (span(*(Period.MONTH, date(2026, 9, 1), date(2026, 9, 30))), Period.DAY, (date(2026, 9, 30),) * 2),
        (span(*(Period.DAY, date(2026, 3, 31), date(2026, 3, 31))), Period.YEAR, (date(2025, 4, 1), date(2026, 3, 31))),
    ],
)
def test_a_period_is_fitted_to_what_a_measure_is_counted_by(
    found: Span, period: Period, expected: tuple[date, date]
) -> None:
    assert fitted(found, period, what="M-1") == expected


@pytest.mark.parametrize(
    ("found", "period"),
    [
        (ONE_DAY[date(2026, 4, 15)], Period.MONTH),
        (ONE_DAY[date(2026, 4, 1)], Period.QUARTER),
        (ONE_DAY[date(2026, 6, 30)], Period.YEAR),
        (span(Period.YEAR, date(2025, 4, 1), date(2026, 3, 31)), Period.MONTH),
        (span(Period.YEAR, date(2025, 4, 1), date(2026, 3, 31)), Period.DAY),
        (span(Period.MONTH, date(2026, 6, 1), date(2026, 6, 30)), Period.QUARTER),
    ],
)
def test_a_period_of_another_kind_is_refused(found: Span, period: Period) -> None:
    with pytest.raises(Refused, match=f"is no {period.value}: each figure of M-1"):
        fitted(found, period, what="M-1")


def test_quarters_end_in_march_june_september_and_december() -> None:
    ends = [date(2026, month, 30 if month in {6, 9} else 31) for month in (3, 6, 9, 12)]
    assert all(standard(Period.QUARTER, end) for end in ends)
    assert not standard(Period.QUARTER, date(2026, 4, 30))
    assert not standard(Period.MONTH, date(2026, 4, 29))
    assert not standard(Period.YEAR, date(2026, 12, 31))
