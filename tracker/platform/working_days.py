"""Working days of England and Wales: not a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday.

That is the meaning of the words in SI 2007/462, from which the deadlines of inspection reports are counted. The days
come from the ``holidays`` library, whose one door this is: substitute days for holidays that fall at a weekend, days
that were moved, and those proclaimed once are in it. A day proclaimed after its release is not: take a newer release,
as docs/operating.md says. ``closed`` is for days on which an authority shuts as well, such as those before New Year:
no mail is sent then, but a deadline of the regulations runs on.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import cache

import holidays

SATURDAY = 5
ONE_DAY = timedelta(days=1)
NO_DAYS: Collection[date] = frozenset()


def bank_holiday(day: date) -> str:
    """Its name, or empty for any other day.

    >>> bank_holiday(date(2026, 12, 28)), bank_holiday(date(2026, 12, 29))
    ('Boxing Day (observed)', '')
    """
    return _bank_holidays(day.year).get(day, "")


def is_working_day(day: date, *, closed: Collection[date] = NO_DAYS) -> bool:
    return day.weekday() < SATURDAY and day not in closed and not bank_holiday(day)


def add(day: date, n: int, *, closed: Collection[date] = NO_DAYS) -> date:
    """The nth working day after ``day``, which is itself not counted.

    >>> add(date(2023, 5, 9), 70)
    datetime.date(2023, 8, 16)
    """
    return _step(day, n, ONE_DAY, closed)


def subtract(day: date, n: int, *, closed: Collection[date] = NO_DAYS) -> date:
    """The nth working day before ``day``, which is itself not counted.

    >>> subtract(date(2026, 12, 29), 1)
    datetime.date(2026, 12, 24)
    """
    return _step(day, n, -ONE_DAY, closed)


def count(start: date, end: date, *, closed: Collection[date] = NO_DAYS) -> int:
    """How many working days come after ``start``, up to and including ``end``; below nought if ``end`` is the earlier.

    >>> count(date(2026, 12, 24), date(2026, 12, 29)), count(date(2026, 12, 29), date(2026, 12, 24))
    (1, -1)
    """
    if end < start:
        return -count(end, start, closed=closed)
    days = (start + timedelta(days=n + 1) for n in range((end - start).days))
    return sum(is_working_day(day, closed=closed) for day in days)


def on_or_after(day: date, *, closed: Collection[date] = NO_DAYS) -> date:
    """``day`` itself if it is a working day, else the next one."""
    return day if is_working_day(day, closed=closed) else add(day, 1, closed=closed)


def _step(day: date, n: int, step: timedelta, closed: Collection[date]) -> date:
    if n < 0:
        raise ValueError("working days are counted one way: use add or subtract")
    while n:
        day += step
        n -= is_working_day(day, closed=closed)
    return day


@cache
def _bank_holidays(year: int) -> Mapping[date, str]:
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))
