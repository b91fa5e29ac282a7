"""Counting working days as the regulations on inspection reports do. Pure: bank holidays are an argument.

A working day is not a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday in England and Wales
(SI 2007/462).
"""

from collections.abc import Collection
from datetime import date, timedelta

from tracker.platform.errors import Refused

SATURDAY = 5


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def add_working_days(day: date, n: int, holidays: Collection[date]) -> date:
    """The nth working day after ``day``, which is itself not counted.

    Raises Refused when the count reaches a year for which no bank holidays are known, rather than guess.

    >>> add_working_days(date(2026, 3, 6), 1, {date(2026, 12, 25)})
    datetime.date(2026, 3, 9)
    """
    if n < 0:
        raise ValueError("Working days are counted forwards")
    known = {holiday.year for holiday in holidays}
    for _ in range(n):
        day = _next_working_day(day, holidays)
        if day.year not in known:
            raise Refused(f"The bank holidays of {day.year} are not known, so this deadline cannot be worked out")
    return day


def working_days_between(start: date, end: date, holidays: Collection[date]) -> int:
    """How many working days come after ``start``, up to and including ``end``."""
    return sum(is_working_day(start + timedelta(days=n + 1), holidays) for n in range((end - start).days))


def _next_working_day(day: date, holidays: Collection[date]) -> date:
    day += timedelta(days=1)
    while not is_working_day(day, holidays):
        day += timedelta(days=1)
    return day
