"""How days, counts and distances are said of the plan."""

from datetime import date


def distance(planned_on: date, expected_on: date) -> str:
    """
    >>> distance(date(2026, 10, 1), date(2026, 10, 31)), distance(date(2026, 10, 31), date(2026, 10, 30))
    ('30 days behind', '1 day ahead')
    """
    behind = (expected_on - planned_on).days
    if behind == 0:
        return "As planned"
    return f"{count(behind, 'day')} behind" if behind > 0 else f"{count(-behind, 'day')} ahead"


def count(number: int, noun: str) -> str:
    """
    >>> count(1, "day"), count(30, "day")
    ('1 day', '30 days')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def day(value: date) -> str:
    return f"{value:%-d %B %Y}"


def lower(words: str) -> str:
    return words[:1].lower() + words[1:]
