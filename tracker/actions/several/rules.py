"""What changing several things at once would do, thing by thing."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Change(StrEnum):
    """What can be done to several actions at once."""

    LEAD = "lead"
    DUE = "due"


LABELS = {Change.LEAD: "Give them to another lead", Change.DUE: "Move their due dates"}


@dataclass(frozen=True)
class Verdict:
    """What would become of one thing: from what, to what; or why it is refused."""

    reference: str
    title: str
    before: str
    after: str = ""
    reason: str = ""


def moved(due_on: date, *, to: date | None, by_days: int | None) -> date:
    """The new day: a day of its own for all, or each as many days later (earlier when negative).

    >>> moved(date(2026, 3, 4), to=None, by_days=14)
    datetime.date(2026, 3, 18)
    """
    return to if to is not None else due_on + timedelta(days=by_days or 0)
