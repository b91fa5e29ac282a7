"""How long evidence is kept, from when that counts, and what a disposal list can do. Pure functions of values."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from tracker.evidence.rules import Kind

PROPOSED_YEARS: Mapping[Kind, int] = dict.fromkeys(Kind, 6)
"""What is offered until an authority has said for how long it keeps each kind. Source: our choice, an inspection cycle
and a year; no guidance says so, hence nothing is due before an authority has confirmed its own figures."""

FEWEST_YEARS, MOST_YEARS = 1, 100
"""Our choice: 100 is past the longest period that a council keeps any record of a child for."""

LONGEST_KEPT = 25
"""Years that a row may be taken off the list for at once. Our choice: after that somebody looks at it again."""


class ListState(StrEnum):
    """Where a disposal list stands."""

    BEING_LOOKED_THROUGH = "Being looked through"
    TO_APPROVE = "To approve"
    APPROVED = "Approved"
    GIVEN_UP = "Given up"


OPEN = (ListState.BEING_LOOKED_THROUGH, ListState.TO_APPROVE)


def years_after(day: date, years: int) -> date:
    """The same day some years later or, below zero, earlier; 29 February becomes 28 February. Never past what a
    calendar holds.

    >>> years_after(date(2024, 2, 29), 6), years_after(date(2026, 11, 29), -6)
    (datetime.date(2030, 2, 28), datetime.date(2020, 11, 29))
    """
    year = min(max(day.year + years, date.min.year), date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def last_relied_on(dated: date, *later: date | None) -> date:
    """The day from which its years count: the latest of the day it speaks of, the end of its period, the day
    somebody last looked at it again, and the day it was withdrawn. What was relied on may be asked about.

    >>> last_relied_on(date(2026, 3, 4), None, date(2026, 9, 1))
    datetime.date(2026, 9, 1)
    """
    return max(day for day in (dated, *later) if day is not None)


def due_on(dated: date, *later: date | None, years: int) -> date:
    """The first day on which it is due for disposal."""
    return years_after(last_relied_on(dated, *later), years)
