"""What the figures of one measure say: how far from target, which way over three periods, and what needs a look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from tracker.indicators import rules
from tracker.indicators.reading.usual import Charted, Figure, charted
from tracker.indicators.rules import FIGURE_STALE_AFTER, Direction, Distance, Period, Travel, Unit
from tracker.platform.statistics.control_limits import Signal

IN_A_ROW = 3
"""Figures from which a measure has a direction."""
UP, DOWN, LEVEL = "↑", "↓", "→"


class Attention(StrEnum):
    """Why a director looks at a measure, first things first: the order of the scorecard."""

    OFF_AND_WORSE = "Off target and getting worse"
    OFF = "Off target"
    UNUSUAL = "Not as usual"
    NOT_RECENT = "No recent figure"
    NEAR_TARGET = "Near target"
    AT_TARGET = "At target"
    NO_TARGET = "No target"
    CONTEXT = "Context only"


EXCEPTIONS = (Attention.OFF_AND_WORSE, Attention.OFF, Attention.UNUSUAL, Attention.NOT_RECENT)
FIRST_THINGS = {attention: min(place, len(EXCEPTIONS)) for place, attention in enumerate(Attention)}
"""Where each stands on a scorecard: what is no exception stands together."""
WELCOME = {False: 0, None: 1, True: 2}
"""Among measures that are not as usual, those for the worse come first."""


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What a measure counts, and what it aims at."""

    unit: Unit
    direction: Direction
    period: Period
    target: Decimal | None = None
    target_by: date | None = None
    stretch: Decimal | None = None
    """More than the target: what it would reach at its best."""
    stretch_by: date | None = None
    tolerance: Decimal | None = None
    """How far off its target still counts as near; None: as ``rules.NEAR`` says."""


@dataclass(frozen=True)
class Course:
    """Which way a measure went over its last three periods."""

    travel: Travel
    arrow: str
    """Up or down as the figure went, level without a clear change; empty: too few figures."""
    words: str


@dataclass(frozen=True)
class Read:
    """The figures of a measure, oldest first, and what they say on a day."""

    aim: Aim
    figures: Sequence[Figure]
    today: date

    @property
    def latest(self) -> Figure | None:
        return self.figures[-1] if self.figures else None

    @property
    def figure(self) -> str:
        """The latest figure with its unit, or empty."""
        return rules.written(self.latest.value, self.aim.unit) if self.latest else ""

    @property
    def target(self) -> str:
        return "" if self.aim.target is None else rules.written(self.aim.target, self.aim.unit)

    @cached_property
    def distance(self) -> Distance | None:
        aim = self.aim
        if self.latest is None:
            return None
        return rules.distance(self.latest.value, aim.target, aim.unit, aim.direction, aim.tolerance)

    @cached_property
    def from_stretch(self) -> Distance | None:
        """How the latest figure stands to the stretch; None without one."""
        aim = self.aim
        return rules.distance(self.latest.value, aim.stretch, aim.unit, aim.direction) if self.latest else None

    @property
    def stretch(self) -> str:
        return "" if self.aim.stretch is None else rules.written(self.aim.stretch, self.aim.unit)

    @property
    def how_far_from_stretch(self) -> str:
        """ "5 points short of a stretch of 95%, due by 31 March 2028"; empty without a figure or a stretch."""
        return how_far_from_stretch(self.from_stretch, self.aim, self.today) if self.from_stretch else ""

    @property
    def how_far(self) -> str:
        """ "12 points short of 90%, due by 31 March 2027"; empty without a figure or a target."""
        return how_far(self.distance, self.aim, self.today) if self.distance else ""

    @cached_property
    def course(self) -> Course:
        return course(self.side_by_side, self.aim)

    @cached_property
    def charted(self) -> Charted:
        return charted(self.side_by_side, self.aim.unit)

    @cached_property
    def side_by_side(self) -> Sequence[Figure]:
        """Those that share no day with a later one: half-years overlap, and what overlaps moves together."""
        if self.aim.period is not Period.HALF_YEAR:
            return self.figures
        found: list[Figure] = []
        for figure in reversed(self.figures):
            if not found or figure.end < found[-1].start:
                found.append(figure)
        return found[::-1]

    @property
    def unusual(self) -> Signal | None:
        """What the latest figure is part of that chance seldom does."""
        return self.charted.at_last

    @property
    def unusual_is_good(self) -> bool | None:
        """Whether what is unusual about it is welcome; None: nothing is, or neither way is better."""
        if self.unusual is None or self.aim.direction is Direction.CONTEXT:
            return None
        is_up = self.charted.rises if self.unusual is Signal.TREND else self.charted.is_above
        return is_up == (self.aim.direction is Direction.HIGHER)

    @property
    def is_recent(self) -> bool:
        latest = self.latest
        return latest is not None and self.today - latest.end <= FIGURE_STALE_AFTER[self.aim.period]

    @cached_property
    def attention(self) -> Attention:
        away = self.distance
        is_off = away is not None and not away.at_target
        if is_off and self.course.travel is Travel.WORSENING:
            return Attention.OFF_AND_WORSE
        if away and is_off and not away.is_near:
            return Attention.OFF
        if self.unusual:
            return Attention.UNUSUAL
        if not self.is_recent:
            return Attention.NOT_RECENT
        if self.aim.direction is Direction.CONTEXT:
            return Attention.CONTEXT
        if is_off:
            return Attention.NEAR_TARGET
        return Attention.AT_TARGET if away else Attention.NO_TARGET


def first_things(read: Read) -> tuple[int, int]:
    """Where a measure stands on a scorecard: the smaller comes first."""
    place = FIRST_THINGS[read.attention]
    return place, WELCOME[read.unusual_is_good] if read.attention is Attention.UNUSUAL else 0


def how_far(distance: Distance, aim: Aim, today: date) -> str:
    """In the unit of the figure, and said so that good is good whichever way that lies.

    >>> aim = Aim(unit=Unit.PER_CENT, direction=Direction.HIGHER, period=Period.MONTH, target=Decimal(90),
    ...           target_by=date(2027, 3, 31))
    >>> away = rules.distance(Decimal(78), aim.target, aim.unit, aim.direction)
    >>> how_far(away, aim, date(2026, 11, 20))
    '12 points short of 90%, due by 31 March 2027'
    """
    target = rules.written(aim.target or Decimal(0), aim.unit)
    words = rules.apart(distance.apart, aim.unit)
    if distance.at_target:
        return f"{words} better than {target}" if distance.apart else f"At target: {target}"
    near = ", near it" if distance.is_near else ""
    said = f"{words} {'short of' if aim.direction is Direction.HIGHER else 'above'} {target}{near}"
    return said + _due(aim.target_by, today)


def how_far_from_stretch(distance: Distance, aim: Aim, today: date) -> str:
    """As ``how_far``: no verdict, since a stretch that is missed is no failure."""
    stretch = f"stretch of {rules.written(aim.stretch or Decimal(0), aim.unit)}"
    words = rules.apart(distance.apart, aim.unit)
    if distance.at_target:
        return f"{words} better than its {stretch}" if distance.apart else f"at its {stretch}"
    way = "short of" if aim.direction is Direction.HIGHER else "above"
    return f"{words} {way} its {stretch}{_due(aim.stretch_by, today)}"


def _due(by: date | None, today: date) -> str:
    return "" if by is None else f", {'was due' if by < today else 'due'} by {by:%-d %B %Y}"


def course(figures: Sequence[Figure], aim: Aim) -> Course:
    """Better or worse over the last three periods; a period left out leaves too few to say."""
    last = figures[-IN_A_ROW:]
    if len(last) < IN_A_ROW or not _follow(last, aim.period):
        return Course(Travel.TOO_FEW, "", "Three figures in a row are needed to say which way it is going")
    values = [figure.value for figure in last]
    travel = rules.travel(values, aim.direction)
    over = "over the last three figures" if aim.period is Period.DAY else f"over three {aim.period}s"
    if travel in (Travel.STEADY, Travel.MIXED):
        return Course(travel, LEVEL, f"{travel} {over}")
    arrow, way = (UP, "up") if values[-1] > values[0] else (DOWN, "down")
    verdict = f"{travel}: {way}" if aim.direction is not Direction.CONTEXT else str(travel)
    return Course(travel, arrow, f"{verdict} {over}")


def _follow(figures: Sequence[Figure], period: Period) -> bool:
    """Whether each period begins the day after the one before it ended. Single days lie as far apart as they do."""
    if period is Period.DAY:
        return True
    return all(after.start - before.end == timedelta(days=1) for before, after in pairwise(figures))
