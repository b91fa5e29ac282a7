"""What is counted of audits and findings, by what, and how counts add up."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LAST_WEEK = 52
"""Weeks to close a finding that are told apart; longer ones are counted with it. Our choice: a year."""


WAITS = "?"
"""In place of the grade of a finished audit that is to be moderated. Its grade, and what it found, count once it is:
whoever may give the second grade could work the first out from any figure that had it."""


class Counted(StrEnum):
    """What one row counts. Audits are finished ones, in the month of their day."""

    AUDIT = "audit"
    """Value: the grade that counts; empty where the tool has none; ``WAITS``."""
    DOMAIN = "domain"
    """Graded domains. Value: the grade that counts."""
    MODERATED = "moderated"
    """Value: whether the moderator's first grade is higher, the same or lower."""
    PRACTITIONER = "practitioner"
    """Value: whether the practitioner took part."""
    FAMILY = "family"
    """Value: whether the family's feedback was obtained."""
    REAUDIT = "re-audit"
    """Value: whether it is higher, the same or lower than what it repeats."""
    RAISED = "raised"
    """Findings in the month they were raised. Value: open or closed now."""
    CLOSED = "closed"
    """Findings in the month they were closed. Value: weeks since they were raised."""
    TO_AGREE = "to agree"
    """Open findings without an action, in the month by which one is to be agreed. Value: the day."""


class By(StrEnum):
    """What the counts are broken down by."""

    WHOLE = "whole"
    TEAM = "team"
    AREA = "area"
    TEAM_IN_AREA = "team in area"
    """Graded audits only, so that few of a team are not worked out from its area. The member is both, with a "/"."""
    TOOL = "tool"
    THEME = "theme"
    DOMAIN = "domain"
    """The member is tool, or lens, and domain: "supervision/challenge"."""


@dataclass(frozen=True)
class Key:
    """What tells one count from another within an authority."""

    by: By
    member: str
    """Team id, area code, tool id, theme code, tool and domain; empty for the whole and for no team."""
    counted: Counted
    month: date
    """Its first day."""
    value: str = ""
    place: int = 0
    """Of a grade, from 0 for its scale's best to 1000 for its worst: the order in which values are read."""


@dataclass(frozen=True)
class Tally:
    number: int
    good: int = 0
    """Of them, good or better by their own tool."""
    days: int = 0
    """For closed findings, the days from raised to closed together."""

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.number + other.number, self.good + other.good, self.days + other.days)

    def __neg__(self) -> "Tally":
        return Tally(-self.number, -self.good, -self.days)


NOTHING = Tally(0)
Counts = Mapping[Key, Tally]


def added(pairs: Iterable[tuple[Key, Tally]]) -> Counts:
    """Each key once, its tallies added up; those that come to nothing are left out."""
    sums: dict[Key, Tally] = {}
    for key, tally in pairs:
        sums[key] = sums.get(key, NOTHING) + tally
    return {key: tally for key, tally in sums.items() if tally != NOTHING}


def change(before: Counts, after: Counts) -> Counts:
    """What has to be added to the first to come to the second."""
    return added([*((key, -tally) for key, tally in before.items()), *after.items()])


def month_of(months: int) -> date:
    """The first day of a month given as twelve times its year and its place from 0.

    >>> month_of(2026 * 12 + 10)
    datetime.date(2026, 11, 1)
    """
    return date(months // 12, months % 12 + 1, 1)


def compared(before: int, after: int) -> str:
    """How a rank compares with an earlier one."""
    if after == before:
        return "the same"
    return "higher" if after > before else "lower"


def members(*, team: str, area: str, tool: str) -> Iterator[tuple[By, str]]:
    """What an audit is counted under, beside the whole."""
    yield By.WHOLE, ""
    yield By.TEAM, team
    yield By.AREA, area
    yield By.TOOL, tool
