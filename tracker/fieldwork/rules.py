"""What a call may say, and how the days that it names stand to each other. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tracker.platform import working_days

LONDON = ZoneInfo("Europe/London")
LONGEST_NAME = 200
FRIDAY = 4
LONGEST = timedelta(days=92)
"""From the call to the last day of fieldwork. Our choice: a year typed wrongly is met here, and no visit is as long."""


class RunsFrom(StrEnum):
    """From which day of an inspection something is counted."""

    CALL = "call"
    REMOTE = "remote"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"


RUNS_FROM_NAMES: Mapping[RunsFrom, str] = {
    RunsFrom.CALL: "the call",
    RunsFrom.REMOTE: "the first remote day",
    RunsFrom.FIRST_DAY: "the first day on site",
    RunsFrom.LAST_DAY: "the last day on site",
}


class Every(StrEnum):
    """How often."""

    ONCE = "once"
    REMOTE_DAY = "remote_day"
    SITE_DAY = "site_day"


EVERY_NAMES: Mapping[Every, str] = {
    Every.ONCE: "Once",
    Every.REMOTE_DAY: "On each working day of the remote week",
    Every.SITE_DAY: "On each working day on site",
}


@dataclass(frozen=True, kw_only=True)
class Dates:
    """The days of one inspection, as they were told on the telephone."""

    called_at: datetime
    remote_from: date
    """First day of the remote week: inspectors work from afar."""
    first_day: date
    """Of fieldwork on site."""
    last_day: date
    """Of fieldwork on site."""

    @property
    def called_on(self) -> date:
        return self.called_at.astimezone(LONDON).date()


def why_not_dates(dates: Dates) -> str:
    """Why these days cannot stand together, in a sentence; empty: they can."""
    if dates.remote_from < dates.called_on:
        return "The remote week cannot begin before the call. Check both days."
    if dates.first_day < dates.remote_from:
        return "Fieldwork on site cannot begin before the remote week. Check both days."
    if dates.last_day < dates.first_day:
        return "The last day of fieldwork cannot be before its first. Check both days."
    if dates.last_day - dates.called_on > LONGEST:
        return "Fieldwork ends more than three months after the call. Check the years."
    return ""


def odd_days(dates: Dates) -> Sequence[str]:
    """The days of an inspection on which nobody works, in sentences: typed wrongly, more likely than not.

    >>> from datetime import UTC
    >>> called = datetime(2026, 12, 21, 9, tzinfo=UTC)
    >>> first, last = date(2026, 12, 26), date(2026, 12, 28)
    >>> for one in odd_days(Dates(called_at=called, remote_from=date(2026, 12, 22), first_day=first, last_day=last)):
    ...     print(one)
    The first day on site, 26 December 2026, is a Saturday.
    The last day on site, 28 December 2026, is a bank holiday.
    """
    days = {
        dates.called_on: RunsFrom.CALL,
        dates.remote_from: RunsFrom.REMOTE,
        dates.last_day: RunsFrom.LAST_DAY,
        dates.first_day: RunsFrom.FIRST_DAY,
    }
    return [
        f"{_day_named(which)}, {day:%-d %B %Y}, is a {f'{day:%A}' if day.weekday() > FRIDAY else 'bank holiday'}."
        for day, which in sorted(days.items())
        if not working_days.is_working_day(day)
    ]


def _day_named(which: RunsFrom) -> str:
    named = RUNS_FROM_NAMES[which] if which is not RunsFrom.CALL else "the day of the call"
    return f"{named[0].upper()}{named[1:]}"


def why_not_called(called_at: datetime, *, now: datetime, rehearsal: bool) -> str:
    """A real call was taken already; a rehearsal may be set for a day to come, or told of one that was played."""
    if called_at > now and not rehearsal:
        return "The call cannot be still to come. Enter when the telephone rang; for practice, choose a rehearsal."
    return ""


def counted(dates: Dates, runs_from: RunsFrom, days: int) -> date:
    """So many working days after a day of the inspection, or before it; of none, that day or the next working day.

    Bank holidays of England are no working days.
    """
    start = {
        RunsFrom.CALL: dates.called_on,
        RunsFrom.REMOTE: dates.remote_from,
        RunsFrom.FIRST_DAY: dates.first_day,
        RunsFrom.LAST_DAY: dates.last_day,
    }[runs_from]
    if days == 0:
        return working_days.on_or_after(start)
    return working_days.add(start, days) if days > 0 else working_days.subtract(start, -days)


def days_of(dates: Dates, every: Every) -> Sequence[date]:
    """The working days of the remote week, which ends where fieldwork on site begins, or those on site."""
    start, days = dates.first_day, (dates.last_day - dates.first_day).days + 1
    if every is Every.REMOTE_DAY:
        start, days = dates.remote_from, (dates.first_day - dates.remote_from).days
    spanned = [start + timedelta(days=n) for n in range(days)]
    return [day for day in spanned if working_days.is_working_day(day)]


def rule_in_words(runs_from: RunsFrom, days: int) -> str:
    """
    >>> rule_in_words(RunsFrom.CALL, 2), rule_in_words(RunsFrom.LAST_DAY, 0), rule_in_words(RunsFrom.FIRST_DAY, -1)
    ('2 working days after the call', 'On the last day on site', '1 working day before the first day on site')
    """
    named = RUNS_FROM_NAMES[runs_from]
    if days == 0:
        return f"On {named}" if runs_from is not RunsFrom.CALL else "On the day of the call"
    count = f"{abs(days)} working day{'' if abs(days) == 1 else 's'}"
    return f"{count} {'after' if days > 0 else 'before'} {named}"
