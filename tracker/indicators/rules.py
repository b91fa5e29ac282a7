"""The words of measures: how a figure is written, how far it is from its target, and which way it is going."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise


class Direction(StrEnum):
    """Which way is good."""

    HIGHER = "Higher is better"
    LOWER = "Lower is better"
    CONTEXT = "Context only"


class Unit(StrEnum):
    PER_CENT = "%"
    RATE = "per 10,000"
    COUNT = "count"
    MONTHS = "months"
    CASES = "cases"
    SCORE = "score"


class Period(StrEnum):
    """What one figure covers. Each value is what one of them is called."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    """Six months that end with any month, as inspectors ask for the lists of Annex A: they may overlap."""
    YEAR = "year"
    DAY = "day"
    """A count of who is there on one day, such as 31 March."""


class Ambition(StrEnum):
    """How much is aimed at."""

    TARGET = "Target"
    STRETCH = "Stretch"
    """What it would reach at its best: more than the target, and no failure where it is missed."""


class Travel(StrEnum):
    """Which way a measure has gone over its last three figures."""

    IMPROVING = "Better"
    WORSENING = "Worse"
    RISING = "Rising"
    FALLING = "Falling"
    STEADY = "No change"
    MIXED = "No clear change"
    TOO_FEW = "Too few figures"


class Standing(StrEnum):
    """Where a measure stands, worst first: the order of a list that shows exceptions first."""

    OFF_AND_WORSENING = "Off target and worsening"
    OFF = "Off target"
    NEAR_TARGET = "Near target"
    NO_FIGURE = "No figure"
    NO_TARGET = "No target"
    CONTEXT = "Context only"
    AT_TARGET = "At target"


PERIOD_LABELS: Mapping[Period, str] = {
    Period.MONTH: "A month",
    Period.QUARTER: "Three months",
    Period.HALF_YEAR: "Six months, ending with any month",
    Period.YEAR: "A year to 31 March",
    Period.DAY: "One day, such as 31 March",
}
WRITTEN: Mapping[Unit, str] = {
    Unit.PER_CENT: "{}%",
    Unit.RATE: "{} per 10,000",
    Unit.COUNT: "{}",
    Unit.MONTHS: "{} months",
    Unit.CASES: "{} cases",
    Unit.SCORE: "{}",
}
APART: Mapping[Unit, str] = {Unit.PER_CENT: "{} points", Unit.SCORE: "{} points"}
"""How a difference is written, where not as a figure is: from 71% to 90% is 19 points, not 19%."""

FIGURE_STALE_AFTER: Mapping[Period, timedelta] = {
    Period.MONTH: timedelta(days=90),
    Period.QUARTER: timedelta(days=182),
    Period.HALF_YEAR: timedelta(days=273),
    Period.YEAR: timedelta(days=455),
    Period.DAY: timedelta(days=455),
}
"""How long a measure's last figure bears weight: till the next should have come, and a quarter. Source: our choice."""

NUMBER_WORDS = ("none", "one", "two", "three", "four", "five")
LOOKED_BACK = 5
"""Changes that the words about travel count. Source: our choice; as many as a person keeps in mind."""

NEAR = Decimal("0.05")
"""Within this share of its target a figure is near it, where the measure itself says nothing. Source: our choice."""

TENTH = Decimal("0.1")
MOST_COUNTED = 2_147_483_647
"""What a column of counts can hold."""
LARGEST_FIGURE = Decimal(10**10)
"""No figure reaches this: what a column of figures can hold."""


@dataclass(frozen=True)
class Distance:
    """How a figure stands to its target."""

    at_target: bool
    apart: Decimal
    """Never negative, in the unit of the figure."""
    words: str
    is_near: bool = False
    """Whether it misses the target by no more than the measure's tolerance."""


def number(value: Decimal) -> str:
    """A figure to one decimal place, without a bare ".0".

    >>> number(Decimal("70.8333")), number(Decimal("71.0000")), number(Decimal("1234"))
    ('70.8', '71', '1,234')
    """
    return f"{rounded(value):,f}".removesuffix(".0")


def rounded(value: Decimal) -> Decimal:
    """To the digit that is shown everywhere."""
    return value.quantize(TENTH, ROUND_HALF_UP)


def written(value: Decimal, unit: Unit) -> str:
    """
    >>> written(Decimal("70.8333"), Unit.PER_CENT), written(Decimal("54"), Unit.RATE)
    ('70.8%', '54 per 10,000')
    """
    return WRITTEN[unit].format(number(value))


def distance(
    value: Decimal, target: Decimal | None, unit: Unit, direction: Direction, tolerance: Decimal | None = None
) -> Distance | None:
    """None where nothing is aimed at, or no way is better than the other. ``tolerance`` in the unit of the figure.

    >>> distance(Decimal("88.8"), Decimal(90), Unit.PER_CENT, Direction.HIGHER).words
    '1.2 points away'
    >>> distance(Decimal(93), Decimal(90), Unit.PER_CENT, Direction.HIGHER).words
    'At target'
    """
    if target is None or direction is Direction.CONTEXT:
        return None
    short = target - value if direction is Direction.HIGHER else value - target
    if short <= 0:
        return Distance(True, -short, "At target")
    near = tolerance if tolerance is not None else abs(target) * NEAR
    return Distance(False, short, f"{apart(short, unit)} away", is_near=short <= near)


def apart(short: Decimal, unit: Unit) -> str:
    """A difference too small to show is not nothing."""
    shown = number(short) if short >= TENTH / 2 else "less than 0.1"
    words = APART.get(unit, WRITTEN[unit]).format(shown)
    return words.removesuffix("s") if shown == "1" and words.endswith(("points", "months", "cases")) else words


def travel(values: Sequence[Decimal], direction: Direction) -> Travel:
    """Where the last three of ``values`` (oldest first) are going.

    >>> travel([Decimal(63), Decimal(69), Decimal(71)], Direction.HIGHER)
    <Travel.IMPROVING: 'Better'>
    """
    if len(values) < 3:
        return Travel.TOO_FEW
    first, second, third = values[-3:]
    if first == second == third:
        return Travel.STEADY
    if first <= second <= third:
        return _going(direction, up=True)
    return _going(direction, up=False) if first >= second >= third else Travel.MIXED


def _going(direction: Direction, *, up: bool) -> Travel:
    if direction is Direction.CONTEXT:
        return Travel.RISING if up else Travel.FALLING
    return Travel.IMPROVING if up == (direction is Direction.HIGHER) else Travel.WORSENING


def travel_words(values: Sequence[Decimal], period: Period) -> str:
    """How often it rose or fell lately.

    >>> travel_words([Decimal(n) for n in (54, 58, 57, 63, 69, 71)], Period.MONTH)
    'up in four of the last five months'
    >>> travel_words([Decimal(n) for n in (54, 54)], Period.MONTH), travel_words([], Period.MONTH)
    ('no change since the month before', '')
    """
    recent = list(values[-LOOKED_BACK - 1 :])
    changes = [after - before for before, after in pairwise(recent)]
    if not changes:
        return ""
    ups, downs = sum(change > 0 for change in changes), sum(change < 0 for change in changes)
    if len(changes) == 1:
        return f"{'up' if ups else 'down' if downs else 'no change'} since the {_called(period)} before"
    return f"{_counted(ups, downs, len(changes))} of the last {NUMBER_WORDS[len(changes)]} {_called(period)}s"


def _counted(ups: int, downs: int, changes: int) -> str:
    if not ups and not downs:
        return "no change in any"
    if changes in (ups, downs):
        return f"{'up' if ups else 'down'} in each"
    if ups == downs:
        return f"up in {NUMBER_WORDS[ups]} and down in {NUMBER_WORDS[downs]}"
    return f"up in {NUMBER_WORDS[ups]}" if ups > downs else f"down in {NUMBER_WORDS[downs]}"


def _called(period: Period) -> str:
    """Figures of single days are counted as figures: nobody says "the last five days" of five years."""
    return "figure" if period is Period.DAY else period.value


def standing(distance: Distance | None, going: Travel, *, has_figure: bool, direction: Direction) -> Standing:
    if not has_figure:
        return Standing.NO_FIGURE
    if direction is Direction.CONTEXT:
        return Standing.CONTEXT
    if distance is None:
        return Standing.NO_TARGET
    if distance.at_target:
        return Standing.AT_TARGET
    if going is Travel.WORSENING:
        return Standing.OFF_AND_WORSENING
    return Standing.NEAR_TARGET if distance.is_near else Standing.OFF


def period_name(start: date, end: date) -> str:
    """As people say it.

    >>> period_name(date(2026, 11, 1), date(2026, 11, 30)), period_name(date(2026, 7, 1), date(2026, 9, 30))
    ('November 2026', 'July to September 2026')
    >>> period_name(date(2025, 4, 1), date(2026, 3, 31)), period_name(date(2026, 3, 31), date(2026, 3, 31))
    ('April 2025 to March 2026', '31 March 2026')
    """
    if start == end:
        return f"{end:%-d %B %Y}"
    if start.day != 1 or end != last_day(end):
        return f"{start:%-d %B %Y} to {end:%-d %B %Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{end:%B %Y}"
    return f"{start:%B} to {end:%B %Y}" if start.year == end.year else f"{start:%B %Y} to {end:%B %Y}"


def last_day(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def period_start(period: Period, end: date) -> date:
    """The first day of the period that ends on ``end``.

    >>> period_start(Period.QUARTER, date(2026, 9, 30)), period_start(Period.YEAR, date(2026, 3, 31))
    (datetime.date(2026, 7, 1), datetime.date(2025, 4, 1))
    """
    if period is Period.DAY:
        return end
    months = {Period.MONTH: 0, Period.QUARTER: 2, Period.HALF_YEAR: 5, Period.YEAR: 11}[period]
    years, month = divmod(end.year * 12 + end.month - 1 - months, 12)
    return date(years, month + 1, 1)


def recent_ends(period: Period, today: date, *, count: int = 24) -> Sequence[date]:
    """The last days of periods that have begun by ``today``, newest first. None for single days: any may be meant.

    >>> [str(day) for day in recent_ends(Period.QUARTER, date(2026, 11, 20), count=2)]
    ['2026-12-31', '2026-09-30']
    """
    if period is Period.DAY:
        return []
    ends, end = [], end_of(period, today)
    for _ in range(count):
        ends.append(end)
        end = (end.replace(day=1) if period is Period.HALF_YEAR else period_start(period, end)) - timedelta(days=1)
    return ends


def has_ended(start: date, end: date, on: date) -> bool:
    """Whether all of a period has been: a single day counts as soon as it is there.

    >>> has_ended(date(2026, 11, 1), date(2026, 11, 30), date(2026, 11, 30))
    False
    >>> has_ended(date(2026, 11, 30), date(2026, 11, 30), date(2026, 11, 30))
    True
    """
    return end < on or start == end <= on


def end_of(period: Period, day: date) -> date:
    if period in {Period.MONTH, Period.HALF_YEAR}:
        return last_day(day)
    if period is Period.QUARTER:
        return last_day(date(day.year, -(-day.month // 3) * 3, 1))
    return date(day.year + (day.month > 3), 3, 31)


def why_not_a_figure(unit: Unit, value: Decimal | None, numerator: int | None, denominator: int | None) -> str:
    """Why these cannot be a figure; empty if they can."""
    if (numerator is None) != (denominator is None):
        return "Enter both counts, or neither."
    if numerator is not None and denominator is not None:
        return _why_not_counts(unit, numerator, denominator)
    if value is None:
        return "Enter the figure."
    if value < 0:
        return "A figure cannot be less than 0."
    if value >= LARGEST_FIGURE:
        return "This figure is too large to be one. Check it."
    return "A percentage cannot be more than 100." if unit is Unit.PER_CENT and value > 100 else ""


def _why_not_counts(unit: Unit, numerator: int, denominator: int) -> str:
    if denominator <= 0:
        return "Nobody is counted below the line, so there is no figure to work out. Leave this period out."
    if numerator < 0:
        return "A count cannot be less than 0."
    if unit is Unit.PER_CENT and numerator > denominator:
        return f"{numerator:,} of {denominator:,} is more than all of them. Check both counts."
    too_large = max(numerator, denominator) > MOST_COUNTED or worked_out(unit, numerator, denominator) >= LARGEST_FIGURE
    return "These counts are too large to be counts. Check both." if too_large else ""


def worked_out(unit: Unit, numerator: int, denominator: int) -> Decimal:
    """A figure from its two counts, to four places.

    >>> worked_out(Unit.PER_CENT, 17, 24), worked_out(Unit.RATE, 310, 78000)
    (Decimal('70.8333'), Decimal('39.7436'))
    """
    times = {Unit.PER_CENT: 100, Unit.RATE: 10_000}.get(unit, 1)
    return (Decimal(numerator) * times / denominator).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def out_of(numerator: int | None, denominator: int | None, of_whom: str, unit: Unit) -> str:
    """A part is *of* its whole; what is divided evenly is *for* those it is divided by.

    >>> out_of(17, 24, "children", Unit.PER_CENT), out_of(2112, 139, "social workers", Unit.CASES)
    ('17 of 24 children', '2,112 for 139 social workers')
    >>> out_of(None, None, "children", Unit.PER_CENT)
    ''
    """
    if numerator is None or denominator is None:
        return ""
    joined = "of" if unit in (Unit.PER_CENT, Unit.RATE) else "for"
    return f"{numerator:,} {joined} {denominator:,} {of_whom}".strip()
