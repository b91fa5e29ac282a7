"""Days as people type them."""

import re
from datetime import date, datetime

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""A year outside these is a slip of the finger. Our choice."""

DAY_FORMATS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d")
"""How people type a day: 11 December 2026, 11/12/2026, 2026-12-11."""


def read_day(typed: str) -> date | None:
    """The day that somebody typed, or None if it is not a real one.

    >>> read_day("11th Dec 2026"), read_day("2026-12-11") == read_day("11/12/2026")
    (datetime.date(2026, 12, 11), True)
    >>> read_day("31 February 2026"), read_day("11/12/26")
    (None, None)
    """
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", " ".join(typed.replace(",", " ").split()), flags=re.IGNORECASE)
    for form in DAY_FORMATS:
        try:
            day = datetime.strptime(plain, form).date()  # noqa: DTZ007  # a day has no time zone
        except ValueError:
            continue
        return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
    return None
