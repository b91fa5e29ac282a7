"""Days as people type them."""

import re
from collections.abc import Sequence
from datetime import date, datetime

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""A year outside these is a slip of the finger. Our choice."""

DAY_FORMATS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d")
"""How people type a day: 11 December 2026, 11/12/2026, 2026-12-11."""


MONTH_FORMATS = ("%B %Y", "%b %Y", "%m/%Y", "%m.%Y", "%m-%Y", "%Y-%m")
"""How people type a month: December 2026, 12/2026, 2026-12."""


def read_month(typed: str) -> date | None:
    """The month that somebody typed as its first day, or the day itself where one was typed; None if neither is real.

    >>> read_month("Jan 2027") == read_month("2027-01") == read_month("01/2027"), read_month("11 December 2026")
    (True, datetime.date(2026, 12, 11))
    >>> read_month("January"), read_month("13/2026")
    (None, None)
    """
    return _first_of(MONTH_FORMATS, " ".join(typed.replace(",", " ").split())) or read_day(typed)


def read_day(typed: str) -> date | None:
    """The day that somebody typed, or None if it is not a real one.

    >>> read_day("11th Dec 2026"), read_day("2026-12-11") == read_day("11/12/2026")
    (datetime.date(2026, 12, 11), True)
    >>> read_day("31 February 2026"), read_day("11/12/26")
    (None, None)
    """
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", " ".join(typed.replace(",", " ").split()), flags=re.IGNORECASE)
    return _first_of(DAY_FORMATS, plain)


def _first_of(forms: Sequence[str], plain: str) -> date | None:
    """What the first of these forms that fits makes of some words; None outside the years that are meant."""
    for form in forms:
        try:
            day = datetime.strptime(plain, form).date()  # noqa: DTZ007  # a day has no time zone
        except ValueError:
            continue
        return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
    return None
