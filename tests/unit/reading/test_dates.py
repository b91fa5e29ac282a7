"""Periods of fieldwork in the forms that reports print them."""

import pytest

from tracker.inspections.reading.dates import periods


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("13 - 24 May 2019", "2019-05-13", "2019-05-24"),
        ("13 to 17 January 2020", "2020-01-13", "2020-01-17"),
        ("13 to17 January 2020", "2020-01-13", "2020-01-17"),
        ("28 February–4 March 2022", "2022-02-28", "2022-03-04"),
        ("28 February 2022 — 4 March 2022", "2022-02-28", "2022-03-04"),
        ("30 December to 10 January 2020", "2019-12-30", "2020-01-10"),
        ("30 December 2019 to 10 January 2020", "2019-12-30", "2020-01-10"),
        ("Monday 13 to Friday 17 January 2020", "2020-01-13", "2020-01-17"),
        ("1st to 12th of July 2019", "2019-07-01", "2019-07-12"),
        ("13 January2020 to 17 January2020", "2020-01-13", "2020-01-17"),
        ("13 January to 17 January, 2020", "2020-01-13", "2020-01-17"),
        ("29 April 2019 to 10 May", "2019-04-29", "2019-05-10"),
        ("13 Sept to 24 Sept. 2021", "2021-09-13", "2021-09-24"),
        ("13/01/2020 to 24/01/20", "2020-01-13", "2020-01-24"),
        ("between 4 March and 15 March 2019", "2019-03-04", "2019-03-15"),
        ("14, 15 and 16 May 2019", "2019-05-14", "2019-05-16"),
        ("21 June 2021", "2021-06-21", "2021-06-21"),
        ("13 to 24 Febuary 2023", "2023-02-13", "2023-02-24"),
        ("5 to 16 Novemeber 2022", "2022-11-05", "2022-11-16"),
        ("22 July to 2 August 2024 (on site 29 July to 2 August 2024)", "2024-07-22", "2024-08-02"),
        ("The 3 inspectors visited on 20 and 21 February 2024 at 9.30 am", "2024-02-20", "2024-02-21"),
    ],
)
def test_a_period_is_read_from_first_day_to_last(printed: str, first: str, last: str) -> None:
    assert [(str(period.first), str(period.last)) for period in periods(printed)] == [(first, last)]


@pytest.mark.parametrize(
    "printed",
    [
        "10 December 2018 to 14 December 2018 and 7 January 2019 to 11 January 2019",
        "10 to 14 December and 7 to 11 January 2019",
        "10–14 December 2018; 7–11 January 2019",
        "10 to 14 December 2018 & 7 to 11 January 2019",
    ],
)
def test_two_visits_are_two_periods(printed: str) -> None:
    assert [(str(period.first), str(period.last)) for period in periods(printed)] == [
        ("2018-12-10", "2018-12-14"),
        ("2019-01-07", "2019-01-11"),
    ]


@pytest.mark.parametrize("printed", ["", "in 2019", "16 children were seen", "31 June 2019", "section 136 of the Act"])
def test_words_without_a_day_are_no_period(printed: str) -> None:
    assert periods(printed) == ()
