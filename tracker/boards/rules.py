"""What a board asks of the plan: how an action stood, and what has changed since. Exceptions come first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.actions.rules import Status
from tracker.boards.words import count, distance

PAPERS_GO_OUT = timedelta(days=14)
"""How long before its board date a snapshot may be taken. Source: our choice; papers go out a week or two before."""
CAUGHT_UP = timedelta(days=7)
"""How long after its board date a missed snapshot is still taken. Later, the plan is no longer what the board saw."""
ONE_YEAR = timedelta(days=364)
FOUR_WEEKS = timedelta(weeks=4)


class Covers(StrEnum):
    """Which actions a snapshot holds."""

    WHOLE_PLAN = "The whole plan"
    OWN_ACTIONS = "Only the actions that this board watches over"


class Repeat(StrEnum):
    """How a first board date goes on."""

    ONCE = "Only this date"
    FOUR_WEEKS = "Every four weeks for a year"
    MONTHLY = "Every month for a year, on the same weekday of the month"


def dates(first: date, repeat: Repeat) -> Sequence[date]:
    """
    >>> [f"{day:%a %d %b}" for day in dates(date(2026, 10, 15), Repeat.MONTHLY)[:3]]
    ['Thu 15 Oct', 'Thu 19 Nov', 'Thu 17 Dec']
    """
    if repeat is Repeat.ONCE:
        return [first]
    if repeat is Repeat.FOUR_WEEKS:
        return [first + FOUR_WEEKS * number for number in range(ONE_YEAR // FOUR_WEEKS)]
    return [_same_weekday(first, months) for months in range(12)]


def _same_weekday(first: date, months: int) -> date:
    """The third Thursday stays the third Thursday; a fifth one becomes the last of a month that has four."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    begins = date(year, month + 1, 1)
    found = begins + timedelta(days=(first.weekday() - begins.weekday()) % 7 + 7 * ((first.day - 1) // 7))
    return found if found.month == begins.month else found - timedelta(days=7)


def why_not_take(on: date, today: date) -> str | None:
    """Why a snapshot for the board date ``on`` cannot be taken today; None if it can.

    >>> why_not_take(date(2026, 12, 17), date(2026, 11, 22))
    'A snapshot shows the plan as it is now. It can be taken from 3 December 2026, two weeks before the board.'
    """
    if today < on - PAPERS_GO_OUT:
        begins = on - PAPERS_GO_OUT
        return (
            "A snapshot shows the plan as it is now. "
            f"It can be taken from {begins:%-d %B %Y}, two weeks before the board."
        )
    if today > on + CAUGHT_UP:
        return (
            f"The board of {on:%-d %B %Y} is more than a week past, and the plan is no longer what it saw. "
            "Take the snapshot of a later board date."
        )
    return None


class Change(StrEnum):
    """What can have happened to an action between two days, in the order in which a board reads it."""

    LATE = "Newly late"
    OFF_TRACK = "Newly off track"
    SLIPPED = "Due date put back"
    AT_RISK = "Newly at risk"
    STILL_LATE = "Still late"
    DONE = "Newly done, awaiting sign-off"
    DELIVERED = "Newly delivered, impact not yet evidenced"
    EMBEDDED = "Newly embedded"
    RECOVERED = "Back on track"
    SOONER = "Due date brought forward"
    NEW = "New"
    CLOSED = "Superseded"
    LEFT = "No longer with this board"


WORSE = frozenset({Status.AT_RISK, Status.OFF_TRACK})


@dataclass(frozen=True)
class Between:
    """All that has to be known of one action on two days to say what has happened to it."""

    then: Status | None
    """None: it was not there."""
    now: Status | None
    """None: the later day no longer holds it."""
    late_then: bool
    late_now: bool
    due: int
    """1 if its due date is later than it was, -1 if it is sooner, 0 if it did not move."""


def changes(between: Between) -> list[Change]:
    """Everything that has happened to an action, exceptions first; empty where nothing has."""
    then, now = between.then, between.now
    if now is None:
        return [Change.LEFT] if then is not None else []
    happened = {
        Change.LATE: between.late_now and not between.late_then,
        Change.STILL_LATE: between.late_now and between.late_then,
        Change.SLIPPED: between.due > 0,
        Change.SOONER: between.due < 0,
        Change.RECOVERED: now is Status.ON_TRACK and then in WORSE,
        Change.NEW: then is None and now is not Status.SUPERSEDED,
    }
    happened |= {change: now is status and then is not status for change, status in NEWLY.items()}
    return [change for change in Change if happened.get(change)]


NEWLY: Mapping[Change, Status] = {
    Change.OFF_TRACK: Status.OFF_TRACK,
    Change.AT_RISK: Status.AT_RISK,
    Change.DONE: Status.AWAITING_SIGN_OFF,
    Change.DELIVERED: Status.IMPACT_NOT_EVIDENCED,
    Change.EMBEDDED: Status.EMBEDDED,
    Change.CLOSED: Status.SUPERSEDED,
}
"""Changes that are a status which the action did not have before."""


@dataclass(frozen=True)
class Tally:
    """How many actions changed in which way, and how all of them stood then and stand now."""

    by_change: Mapping[Change, int]
    moved: int
    """Actions with any change; each counted once."""
    then: Mapping[Status, int]
    now: Mapping[Status, int]
    late_then: int
    late_now: int
    most_slipped: int = 0
    """Days of the longest slip."""

    def of(self, change: Change) -> int:
        return self.by_change.get(change, 0)

    @property
    def total_then(self) -> int:
        return _in_plan(self.then)

    @property
    def total_now(self) -> int:
        return _in_plan(self.now)

    @property
    def not_evidenced(self) -> int:
        return self.now.get(Status.IMPACT_NOT_EVIDENCED, 0)


def _in_plan(counts: Mapping[Status, int]) -> int:
    return sum(number for status, number in counts.items() if status is not Status.SUPERSEDED)


@dataclass(frozen=True)
class Finish:
    """How far one improvement item is from its planned finish."""

    reference: str
    title: str
    actions: int
    delivered: int
    embedded: int
    late: int
    planned_on: date | None
    """The last day first promised for one of its actions; None without an action."""
    expected_on: date | None
    """The last day of them now; one that is late is expected on the day itself at the earliest."""
    expected_then: date | None
    """The same at the earlier day; None if it had no action then."""
    starts_on: date
    """When the first of its actions was to start; the day it was raised where one does not say."""
    furthest: int = 0
    """Days by which the furthest behind of its undelivered actions is behind the day first promised for it."""

    @property
    def finished(self) -> bool:
        return self.actions > 0 and self.delivered == self.actions

    @property
    def days_behind(self) -> int:
        """How many days after its planned finish it is expected; below nought before it."""
        return (self.expected_on - self.planned_on).days if self.expected_on and self.planned_on else 0

    @property
    def slipped(self) -> int:
        """How many days the expected finish has moved between the two days."""
        return (self.expected_on - self.expected_then).days if self.expected_on and self.expected_then else 0

    @property
    def distance(self) -> str:
        """How far from target, in words."""
        if self.planned_on is None or self.expected_on is None:
            return "No action yet"
        return distance(self.planned_on, self.expected_on)

    @property
    def furthest_words(self) -> str:
        """What the finish of the whole does not tell: "one action 55 days behind", or empty."""
        return f"one action {count(self.furthest, 'day')} behind" if self.furthest > max(self.days_behind, 0) else ""

    @property
    def since(self) -> str:
        """What has happened to the expected finish since the earlier day."""
        if self.expected_then is None:
            return "New"
        if self.slipped == 0:
            return "No change"
        return f"{count(abs(self.slipped), 'day')} {'later' if self.slipped > 0 else 'sooner'}"
