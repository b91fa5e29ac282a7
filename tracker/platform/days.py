"""Days as people type them."""

import re
from collections.abc import Sequence
from datetime import date, datetime

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""A year outside these is a slip of the finger. Our choice."""

DAY_FORMATS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d")
"""How people type a day: 11 December 2026, 11/12/2026, 2026-12-11."""

SHORT_YEARS = ("%d %B %y", "%d %b %y", "%d/%m/%y", "%d.%m.%y", "%d-%m-%y")
WITHOUT_YEAR = ("%d %B %Y", "%d %b %Y", "%d/%m %Y", "%d.%m %Y", "%d.%m. %Y", "%d-%m %Y")
A_LEAP_YEAR = 2028
"""Stands for the year of a day that was typed without one, so that 29 February is a day."""


MONTH_FORMATS = ("%B %Y", "%b %Y", "%m/%Y", "%m.%Y", "%m-%Y", "%Y-%m")
"""How people type a month: December 2026, 12/2026, 2026-12."""


def read_month(typed: str) -> date | None:
    """The month that somebody typed as its first day, or the day itself where one was typed; None if neither is real.

    >>> read_month("Jan 2027") == read_month("2027-01") == read_month("01/2027"), read_month("11 December 2026")
    (True, datetime.date(2026, 12, 11))
    >>> read_month("January"), read_month("13/2026")
    (None, None)
    """
    month = _as_one_of(MONTH_FORMATS, _plain(typed))
    return month if month and FIRST_YEAR <= month.year <= LAST_YEAR else read_typed_day(typed)


def read_day(typed: str) -> date | None:
    """The day that somebody typed, or None if it is not a real one.

    >>> read_day("11th Dec 2026"), read_day("2026-12-11") == read_day("11/12/2026")
    (datetime.date(2026, 12, 11), True)
    >>> read_day("31 February 2026"), read_day("11/12/26")
    (None, None)
    """
    day = _as_one_of(DAY_FORMATS, _plain(typed))
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def read_typed_day(typed: str) -> date | None:
    """As ``read_day``, and with a year of two digits: in a box the day is shown again, in a file nobody sees it.

    >>> read_typed_day("20/12/26"), read_typed_day("20 Dec 26") == read_typed_day("20.12.2026")
    (datetime.date(2026, 12, 20), True)
    """
    return read_day(typed) or _as_one_of(SHORT_YEARS, _plain(typed))


def lacks_year(typed: str) -> bool:
    """Whether somebody typed a day and left its year out.

    >>> lacks_year("20 December"), lacks_year("20/12"), lacks_year("31 February"), lacks_year("soon")
    (True, True, False, False)
    """
    return _as_one_of(WITHOUT_YEAR, f"{_plain(typed)} {A_LEAP_YEAR}") is not None


def _plain(typed: str) -> str:
    """One space between words, no comma, no ending of an ordinal, and September as the formats know it."""
    words = " ".join(typed.replace(",", " ").split())
    return re.sub(r"(?<=\d)(st|nd|rd|th)\b|(?<=\bsep)t\b", "", words, flags=re.IGNORECASE)


def _as_one_of(forms: Sequence[str], plain: str) -> date | None:
    for form in forms:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007  # a day has no time zone
        except ValueError:
            continue
    return None
