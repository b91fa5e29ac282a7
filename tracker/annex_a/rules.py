"""What is said of a list of children without holding it: bands instead of counts, and whether it could be made."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Band(StrEnum):
    """How many rows a test run had. Our choice of edges: the smallest is wide enough to point at nobody."""

    UNDER_10 = "Fewer than 10"
    TO_49 = "10 to 49"
    TO_199 = "50 to 199"
    TO_999 = "200 to 999"
    TO_4999 = "1,000 to 4,999"
    MORE = "5,000 or more"


class Said(StrEnum):
    """What whoever answers for a list says of it."""

    NOT_TRIED = "Not tried"
    NOT_READY = "Not ready"
    READY = "Ready"


class Standing(StrEnum):
    """What a page says of a list: what was said, unless that is too long ago to be relied on."""

    NOT_TRIED = "Not tried"
    NOT_READY = "Not ready"
    TRY_AGAIN = "Try again"
    READY = "Ready"


@dataclass(frozen=True)
class Stands:
    """How a list stands on a day, and why, as the end of a sentence; empty where there is nothing to add."""

    state: Standing
    why: str = ""


def stands(said: Said, tested_on: date | None, *, within_days: int, today: date) -> Stands:
    """
    >>> stands(Said.READY, date(2026, 3, 2), within_days=92, today=date(2026, 11, 30))
    Stands(state=<Standing.TRY_AGAIN: 'Try again'>, why='last tried 273 days ago')
    >>> stands(Said.READY, date(2026, 11, 2), within_days=92, today=date(2026, 11, 30)).state
    <Standing.READY: 'Ready'>
    """
    if said is Said.READY and (tested_on is None or today - tested_on > timedelta(days=within_days)):
        return Stands(Standing.TRY_AGAIN, f"last tried {(today - tested_on).days} days ago" if tested_on else "")
    return Stands(Standing(said.value))


def why_not(said: Said, *, tested_on: date | None, band: Band | None, faults: str, today: date) -> str | None:
    """Why a list cannot be said to stand so; None if it can."""
    if tested_on is not None and tested_on > today:
        return "The day of the test run has not come yet. Enter the last day on which the list was made."
    if said is Said.NOT_TRIED and (tested_on or band):
        return "A list with a test run was tried. Choose ready or not ready, or take the test run out."
    if said is not Said.NOT_TRIED and tested_on is None:
        return "Enter the day of the last test run: without one nobody knows whether the list can be made."
    if said is Said.NOT_READY and not faults:
        return "Say what stands in the way under known data faults, so that somebody can put it right."
    return None
