"""The words of surveys: who was asked, what a share says, how sure it is, and what it cannot say. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.indicators import rules
from tracker.platform.statistics import intervals
from tracker.platform.statistics.intervals import Interval

MOST_OPTIONS = 12
"""Answers that one question offers. Our choice: scales have up to eleven points, and a "do not know"."""
FEW_ANSWERED = 0.5
"""Below this share of those asked, a survey says so of every share. Our choice: the silent are then the larger part."""


class Asked(StrEnum):
    """Who answered."""

    CHILDREN = "Children and young people"
    PARENTS = "Parents and carers"
    STAFF = "Staff"
    PARTNERS = "Partners"


class FindingKind(StrEnum):
    """What a scheme found."""

    STRENGTH = "Strength"
    AREA = "Area for development"


class Standing(StrEnum):
    """Where an accreditation stands on a day."""

    NONE = "Not accredited"
    IN_DATE = "In date"
    SOON = "Ends soon"
    ENDED = "Ended"


SOON_DAYS = 90
"""How long before its end an accreditation ends soon. Our choice: a quarter, enough to be assessed again."""


@dataclass(frozen=True)
class Response:
    """How many were asked, and how many of them answered."""

    invited: int
    answered: int

    @property
    def share(self) -> float:
        return self.answered / self.invited if self.invited else 0.0

    @property
    def words(self) -> str:
        """
        >>> Response(61, 38).words
        '38 of 61 answered (62%)'
        """
        return f"{self.answered:,} of {self.invited:,} answered ({round(100 * self.share)}%)"

    @property
    def cannot_say(self) -> str:
        """What nobody should read into a share of these answers."""
        if self.invited and self.answered == self.invited:
            return (
                "Everybody who was asked answered. It says what they said, not why, and not what is true of those "
                "who were not asked."
            )
        silent = self.invited - self.answered
        few = "Fewer than half answered, so it says what they said and not what all think. " if self._few else ""
        return (
            f"{few}{silent:,} did not answer and may think otherwise. The interval allows for chance alone, as if "
            "those who answered had been drawn at random, and not for who chose to answer."
        )

    @property
    def _few(self) -> bool:
        return self.share < FEW_ANSWERED


@dataclass(frozen=True)
class Share:
    """How many of those who answered a question chose one of the favourable answers."""

    part: int
    whole: int

    @property
    def percent(self) -> str:
        return rules.written(rules.worked_out(rules.Unit.PER_CENT, self.part, self.whole), rules.Unit.PER_CENT)

    @property
    def interval(self) -> Interval | None:
        return intervals.of_share(self.part, self.whole)

    @property
    def counted(self) -> str:
        """
        >>> Share(27, 36).counted
        '27 of 36; between 59% and 86%'
        """
        found = self.interval
        low, high = found.percents if found else (0, 0)
        return f"{self.part:,} of {self.whole:,}; between {low}% and {high}%"

    @property
    def words(self) -> str:
        """
        >>> Share(27, 36).words
        '75% (27 of 36; between 59% and 86%)'
        """
        return f"{self.percent} ({self.counted})"


@dataclass(frozen=True)
class Asking:
    """A question as a form or a file says it: its text and how many chose each answer, in the order of the scale."""

    text: str
    counts: Mapping[str, int]


def share(counts: Sequence[int], favourable: Sequence[int]) -> Share | None:
    """None where no answer is said to be favourable, or nobody answered.

    >>> share([12, 15, 6, 3], [0, 1])
    Share(part=27, whole=36)
    """
    whole = sum(counts)
    return Share(sum(counts[place] for place in favourable), whole) if favourable and whole else None


def moved(now: Share, before: Share, when: str) -> str:
    """How a share compares with that of the wave before, and whether chance alone may explain it."""
    points = round(100 * now.part / now.whole) - round(100 * before.part / before.whole)
    if not points:
        return f"As in {when}."
    way = "up" if points > 0 else "down"
    size = f"{abs(points)} point{'' if abs(points) == 1 else 's'}"
    seldom = intervals.differ(now.part, now.whole, before.part, before.whole)
    chance = "chance alone seldom does that" if seldom else "chance alone may explain it"
    return f"{size[:1].upper()}{size[1:]} {way} from {before.percent} in {when}: {chance}."


def is_small(counts: Sequence[int], smallest: int) -> bool:
    """Whether so few answered a question that somebody could be recognised."""
    return sum(counts) < smallest


def may_leave(counts: Sequence[int], smallest: int) -> bool:
    """Whether the count of every answer may leave the authority: none of them is of a few."""
    return sum(counts) >= smallest and all(not 0 < count < smallest for count in counts)


def share_may_leave(share: Share, smallest: int) -> bool:
    """Whether neither those who are counted nor those left over are a few."""
    left = share.whole - share.part
    return share.whole >= smallest and not 0 < share.part < smallest and not 0 < left < smallest


def standing(accredited_on: date | None, ends_on: date | None, today: date) -> Standing:
    if accredited_on is None:
        return Standing.NONE
    if ends_on is None:
        return Standing.IN_DATE
    if ends_on < today:
        return Standing.ENDED
    return Standing.SOON if (ends_on - today).days <= SOON_DAYS else Standing.IN_DATE


def why_not_options(options: Sequence[str]) -> str:
    """Why these cannot be the answers that a question offers; empty if they can."""
    if len(options) < 2:
        return "Enter at least two answers, one to a line."
    if len(options) > MOST_OPTIONS:
        return f"Enter {MOST_OPTIONS} answers or fewer."
    if len({one.casefold() for one in options}) < len(options):
        return "Two answers are the same. Take one out."
    return ""


def why_not_counts(counts: Sequence[int], answered: int) -> str:
    """Why these cannot be the counts of one question; empty if they can."""
    if any(count < 0 for count in counts):
        return "A count cannot be less than 0."
    total = sum(counts)
    if total > answered:
        return f"{total:,} answers are counted, and {answered:,} people answered. Check the counts."
    return ""
