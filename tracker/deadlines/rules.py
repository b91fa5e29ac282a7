"""How a statutory deadline stands. Days are the working days of the regulations: those on which an authority itself is
closed are among them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from tracker.frameworks.schema import RUNS_FROM, Deadline
from tracker.platform import working_days


class Dates(Protocol):
    """The days of an inspection from which a deadline can run."""

    @property
    def fieldwork_to(self) -> date: ...
    @property
    def published_on(self) -> date | None: ...
    @property
    def received_on(self) -> date | None: ...


class State(StrEnum):
    NOT_STARTED = "Not started"
    RUNNING = "Running"
    DUE_TODAY = "Due today"
    LATE = "Late"
    DONE = "Done"
    DONE_LATE = "Done late"
    NOT_REQUIRED = "Not required"


COLOURS: Mapping[State, str] = {
    State.RUNNING: "blue",
    State.DUE_TODAY: "yellow",
    State.LATE: "red",
    State.DONE: "green",
    State.DONE_LATE: "yellow",
}
"""What echoes each word; the others are grey."""

OPEN = frozenset({State.RUNNING, State.DUE_TODAY, State.LATE})
"""Somebody still has it to do, and its last day is known."""


@dataclass(frozen=True)
class Standing:
    """How one deadline stands on one day."""

    state: State
    due_on: date | None
    """None while the day that it runs from is not known."""
    words: str
    """As a sentence's beginning: "12 working days left", "Done 2 working days before its last day"."""

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def colour(self) -> str:
        return COLOURS.get(self.state, "grey")


def starts_on(deadline: Deadline, dates: Dates) -> date | None:
    """The day it runs from, itself not counted; None while that is not recorded."""
    known = {
        "receipt": dates.received_on,
        "publication": dates.published_on,
        "fieldwork_end": dates.fieldwork_to,
    }
    return known.get(deadline.runs_from)


def due_on(deadline: Deadline, dates: Dates) -> date | None:
    """Its last day."""
    start = starts_on(deadline, dates)
    return working_days.add(start, deadline.working_days) if start else None


def standing(deadline: Deadline, dates: Dates, *, done_on: date | None, not_required: bool, today: date) -> Standing:
    due = due_on(deadline, dates)
    if not_required:
        return Standing(State.NOT_REQUIRED, due, "Not required")
    if due is None:
        return Standing(State.NOT_STARTED, None, f"Runs from the day {RUNS_FROM[deadline.runs_from]}, not yet recorded")
    if done_on is not None:
        return Standing(State.DONE if done_on <= due else State.DONE_LATE, due, _done(done_on, due))
    return _running(due, today)


def _done(done_on: date, due: date) -> str:
    """
    >>> _done(date(2026, 7, 27), date(2026, 7, 29)), _done(date(2026, 7, 29), date(2026, 7, 29))
    ('Done 2 working days before its last day', 'Done on its last day')
    """
    between = working_days.count(done_on, due)
    if done_on == due or (done_on < due and not between):
        return "Done on its last day"
    if done_on < due:
        return f"Done {_days(between)} before its last day"
    return f"Done {_days(-between)} late" if between else "Done late"


def _running(due: date, today: date) -> Standing:
    left = working_days.count(today, due)
    if today == due:
        return Standing(State.DUE_TODAY, due, "Due today")
    if today < due:
        return Standing(State.RUNNING, due, f"{_days(left)} left")
    return Standing(State.LATE, due, f"{_days(-left)} late" if left else "Late since its last day")


def _days(n: int) -> str:
    return f"{n} working day{'' if n == 1 else 's'}"


@dataclass(frozen=True)
class Moved:
    """A deadline whose last day another day of receipt moves."""

    name: str
    was: date | None
    now: date | None

    @property
    def words(self) -> str:
        """
        >>> Moved("Publish the report", date(2026, 7, 29), date(2026, 7, 30)).words
        'Publish the report: now by 30 July 2026, was by 29 July 2026'
        """
        now = f"now by {self.now:%-d %B %Y}" if self.now else "its last day is not known any more"
        return f"{self.name}: {now}" + (f", was by {self.was:%-d %B %Y}" if self.was else "")


def why_not_done(deadline: Deadline, dates: Dates, *, done_on: date, today: date) -> str | None:
    """Why something cannot have been done on a day; None if it can."""
    if done_on > today:
        return f"{done_on:%-d %B %Y} has not come yet. Record it once it is done."
    start = starts_on(deadline, dates)
    if start is None:
        return f"Record the day {RUNS_FROM[deadline.runs_from]} first: the clock runs from it."
    if done_on < start:
        return f"This cannot have been done before the clock started on {start:%-d %B %Y}. Check the day."
    return None


def why_not_received(received_on: date | None, *, fieldwork_to: date, today: date) -> str | None:
    """Why a report cannot have been received on a day; None if it can."""
    if received_on is None:
        return None
    if received_on > today:
        return f"{received_on:%-d %B %Y} has not come yet. Record the report once you have it."
    if received_on < fieldwork_to:
        return f"Fieldwork ended on {fieldwork_to:%-d %B %Y}, so the report cannot have come before. Check the day."
    return None
