"""Periods, figures and what may be said of them. A sentence never claims what the interval does not support."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import TypeVar

from tracker.audits.rules import SMALL_NUMBER, FindingState, months_after
from tracker.audits.summaries.rules import WAITS, Counted, Key, Tally
from tracker.platform.statistics import intervals
from tracker.platform.statistics.control_limits import Chart, p_chart, xmr_chart
from tracker.platform.statistics.intervals import Interval
from tracker.platform.statistics.two_ways import Cell, Counts

Of = TypeVar("Of")

LOOK_BACK = 36
"""Months that charts look back. Our choice: twelve quarters, the fewest points for limits that hold."""
MONTHS_CHARTED = 24
"""Points of a chart by month. Our choice: twice the fewest for limits that hold, and room for each on a phone."""
BY_MONTH_FROM = 8
"""Audits a month, on average, from which a chart has a point for each month and not each quarter. Our choice."""
FAMILY_HEARD = "Obtained"
TOOK_PART = "took part"


@dataclass(frozen=True)
class Period:
    """Whole months, each as its first day."""

    first: date
    last: date
    name: str
    """Completes "in …": "this quarter so far"."""

    @property
    def months(self) -> int:
        return 1 + (self.last.year - self.first.year) * 12 + self.last.month - self.first.month

    @property
    def before(self) -> "Period":
        """As many months straight before."""
        last = months_after(self.first, -1)
        return Period(months_after(self.first, -self.months), last, f"the {_length(self.months)} before")

    @property
    def dates(self) -> str:
        """ "July to September 2026" """
        if self.first == self.last:
            return f"{self.first:%B %Y}"
        year = "" if self.first.year == self.last.year else f" {self.first.year}"
        return f"{self.first:%B}{year} to {self.last:%B %Y}"


def _length(months: int) -> str:
    return {1: "month", 3: "quarter", 12: "year"}.get(months, f"{months} months")


def this_month(today: date) -> Period:
    return Period(today.replace(day=1), today.replace(day=1), "this month so far")


def this_quarter(today: date) -> Period:
    """
    >>> this_quarter(date(2026, 11, 20)).dates, this_quarter(date(2026, 11, 20)).before.dates
    ('October to December 2026', 'July to September 2026')
    """
    first = quarter_of(today)
    return Period(first, months_after(first, 2), "this quarter so far")


def last_quarter(today: date) -> Period:
    first = months_after(quarter_of(today), -3)
    return Period(first, months_after(first, 2), "last quarter")


def last_year(today: date) -> Period:
    last = today.replace(day=1)
    return Period(months_after(last, -11), last, "the last 12 months")


def year_to(period: Period) -> Period:
    """
    >>> year_to(last_quarter(date(2026, 11, 20))).dates
    'October 2025 to September 2026'
    """
    return own_range(months_after(period.last, -11), period.last)


def own_range(first: date, last: date) -> Period:
    period = Period(first.replace(day=1), last.replace(day=1), "")
    return Period(period.first, period.last, period.dates)


def quarter_of(day: date) -> date:
    """The first day of the quarter that a day is in."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


# Figures --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Portion:
    """A part of a whole, with how sure its share is."""

    part: int = 0
    whole: int = 0

    @property
    def interval(self) -> Interval | None:
        return intervals.of_share(self.part, self.whole)


@dataclass(frozen=True)
class Figures:
    """What was done in a period, and what it changed."""

    audits: int = 0
    """Finished; of one domain or theme, how often it was graded."""
    waiting: int = 0
    """Of them, those to be moderated: their grades and findings count once they are."""
    good: Portion = Portion()
    """Of those graded, good or better."""
    by_grade: Mapping[str, int] = field(default_factory=dict)
    """Best first."""
    moderated: Mapping[str, int] = field(default_factory=dict)
    """How the moderator's first grade compares: higher, the same, lower."""
    practitioner: Portion = Portion()
    family: Portion = Portion()
    raised: Portion = Portion()
    """Findings raised; the part is closed by now."""
    closed: int = 0
    """Findings closed in the period, whenever they were raised."""
    days: int = 0
    """That those took together."""
    half_within: int | None = None
    """Weeks within which half of those closed were; None where none was."""
    reaudits: Mapping[str, int] = field(default_factory=dict)

    @property
    def average_days(self) -> int | None:
        return round(self.days / self.closed) if self.closed else None

    @property
    def again(self) -> Portion:
        """Cases looked at again; the part had a higher grade."""
        return Portion(self.reaudits.get("higher", 0), sum(self.reaudits.values()))

    @property
    def moderation(self) -> Portion:
        """Audits; the part is moderated."""
        return Portion(sum(self.moderated.values()), self.audits)


def figures(counts: Iterable[tuple[Key, Tally]]) -> Figures:
    """Add up the counts of one member over some months."""
    of: dict[Counted, list[tuple[Key, Tally]]] = {counted: [] for counted in Counted}
    for key, tally in counts:
        of[key.counted].append((key, tally))
    audits = [*of[Counted.AUDIT], *of[Counted.DOMAIN]]
    graded = [(key, tally) for key, tally in audits if is_grade(key.value)]
    return Figures(
        audits=_number(audits),
        waiting=sum(tally.number for key, tally in audits if key.value == WAITS),
        good=Portion(sum(tally.good for _, tally in graded), _number(graded)),
        by_grade=_by_grade(graded),
        moderated=_by_value(of[Counted.MODERATED]),
        practitioner=_portion(of[Counted.PRACTITIONER], TOOK_PART),
        family=_portion(of[Counted.FAMILY], FAMILY_HEARD),
        raised=_portion([pair for pair in of[Counted.RAISED] if pair[0].value != FindingState.PAST], "Closed"),
        closed=_number(of[Counted.CLOSED]),
        days=sum(tally.days for _, tally in of[Counted.CLOSED]),
        half_within=_half_within(of[Counted.CLOSED]),
        reaudits=_by_value(of[Counted.REAUDIT]),
    )


def is_grade(value: str) -> bool:
    """Whether what is counted of an audit is its grade: it may have none, or wait for its second one."""
    return value not in {"", WAITS}


def _number(pairs: Sequence[tuple[Key, Tally]]) -> int:
    return sum(tally.number for _, tally in pairs)


def _portion(pairs: Sequence[tuple[Key, Tally]], value: str) -> Portion:
    return Portion(sum(tally.number for key, tally in pairs if key.value == value), _number(pairs))


def _by_value(pairs: Sequence[tuple[Key, Tally]]) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for key, tally in pairs:
        found[key.value] += tally.number
    return dict(found)


def _by_grade(pairs: Sequence[tuple[Key, Tally]]) -> Mapping[str, int]:
    return _by_value(sorted(pairs, key=lambda pair: (pair[0].place, pair[0].value)))


def _half_within(closed: Sequence[tuple[Key, Tally]]) -> int | None:
    """The fewest whole weeks in which at least half were closed; None where none was, or weeks are not told."""
    if not all(key.value for key, _ in closed):
        return None
    half, seen = _number(closed) / 2, 0
    for key, tally in sorted(closed, key=lambda pair: pair[0].value):
        seen += tally.number
        if seen >= half:
            return int(key.value) + 1
    return None


def cell(member: str) -> Cell:
    """A team in an area, as the counts know it, as both.

    >>> cell("4f1c/help_protection"), cell("/help_protection")
    (('4f1c', 'help_protection'), ('', 'help_protection'))
    """
    team, _, area = member.partition("/")
    return team, area


def cells_of(months: Mapping[date, Mapping[Cell, Counts]], first: date, last: date) -> dict[Cell, Counts]:
    """What each team did in each area in some months together."""
    sums: dict[Cell, Counts] = {}
    for month, cells in months.items():
        if first <= month <= last:
            for place, (good, number) in cells.items():
                before = sums.get(place, (0, 0))
                sums[place] = before[0] + good, before[1] + number
    return sums


def weakest_first(things: Iterable[Of], *, key: Callable[[Of], Portion]) -> list[Of]:
    """Those that have a grade, the smallest share of good ones first, and of the same share what has most grades.

    >>> weakest_first([Portion(2, 2), Portion(1, 2), Portion(0, 0), Portion(2, 4)], key=lambda one: one)
    [Portion(part=2, whole=4), Portion(part=1, whole=2), Portion(part=2, whole=2)]
    """
    graded = [thing for thing in things if key(thing).whole]
    return sorted(graded, key=lambda thing: (key(thing).part / key(thing).whole, -key(thing).whole))


# Series ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Point:
    """One month, or one quarter, as its first day."""

    begins: date
    label: str
    figures: Figures


def grades_of(counts: Iterable[tuple[Key, Tally]], points: Sequence[Point]) -> Sequence[str]:
    """Every grade that somebody gave in some points, best first: of several scales, by the place on its own."""
    places = {key.value: key.place for key, _ in counts if key.counted in {Counted.AUDIT, Counted.DOMAIN}}
    given = {grade for point in points for grade in point.figures.by_grade}
    return sorted(given, key=lambda grade: (places[grade], grade))


def series(counts: Iterable[tuple[Key, Tally]], period: Period, *, quarters: bool) -> list[Point]:
    """The figures of each month or quarter up to the period's end in which something was counted, oldest first."""

    def begins(pair: tuple[Key, Tally]) -> date:
        return quarter_of(pair[0].month) if quarters else pair[0].month

    ordered = sorted((pair for pair in counts if pair[0].month <= period.last), key=begins)
    return [Point(day, label(day, quarters=quarters), figures(pairs)) for day, pairs in groupby(ordered, begins)]


def label(begins: date, *, quarters: bool) -> str:
    """
    >>> label(date(2026, 10, 1), quarters=True), label(date(2026, 10, 1), quarters=False)
    ('Oct to Dec 2026', 'Oct 2026')
    """
    return f"{begins:%b} to {months_after(begins, 2):%b %Y}" if quarters else f"{begins:%b %Y}"


def charted(counts: Sequence[tuple[Key, Tally]], period: Period, quarters: Sequence[Point]) -> Sequence[Point]:
    """A point for each of the last months where there are audits enough, else each of ``quarters``."""
    if not is_by_month(counts):
        return quarters
    begins = months_after(period.last, 1 - MONTHS_CHARTED)
    return series((pair for pair in counts if pair[0].month >= begins), period, quarters=False)


def is_by_month(counts: Iterable[tuple[Key, Tally]]) -> bool:
    """Whether there are audits enough for a point each month."""
    audits = [pair for pair in counts if pair[0].counted is Counted.AUDIT]
    graded = [(key.month, tally.number) for key, tally in audits if is_grade(key.value)]
    months = {month for month, _ in graded}
    return bool(months) and sum(number for _, number in graded) / len(months) >= BY_MONTH_FROM


def share_chart(points: Sequence[Point]) -> tuple[list[Point], Chart]:
    """The points that have a graded audit, and their p chart."""
    graded = [point for point in points if point.figures.good.whole]
    return graded, p_chart([one.figures.good.part for one in graded], [one.figures.good.whole for one in graded])


def days_chart(points: Sequence[Point]) -> tuple[list[Point], Chart]:
    """The points in which findings were closed, and the XmR chart of their average days."""
    closed = [point for point in points if point.figures.closed]
    return closed, xmr_chart([one.figures.days / one.figures.closed for one in closed], floor=0)


# Words ----------------------------------------------------------------------------------------------------------


def what_changed(now: Figures, then: Figures, *, period: Period, grades: bool = True) -> list[str]:
    """Sentences on how a period compares with the one before it; ``grades`` only where both may be shown."""
    return [
        sentence
        for sentence in (
            _of_grades(now.good, then.good, period) if grades else "",
            _of_findings(now, then, period),
            _of_days(now, then, period),
            _of_reaudits(now, period),
        )
        if sentence
    ]


def _of_grades(now: Portion, then: Portion, period: Period) -> str:
    if not now.whole:
        return f"No audit was graded in {period.dates}."
    said = f"{_so_many(now.part, now.whole, 'audit')} good or better"
    if not then.whole:
        return f"{said}; none was graded in {period.before.name}."
    against = f"{said}, against {then.part} of {then.whole} in {period.before.name}."
    if now.part * then.whole == then.part * now.whole:
        return f"{against} The share is the same."
    if intervals.differ(now.part, now.whole, then.part, then.whole):
        return f"{against} That is more than chance would explain."
    that = "With samples this small that" if min(now.whole, then.whole) < SMALL_NUMBER else "That"
    return f"{against} {that} may be chance."


def _of_findings(now: Figures, then: Figures, period: Period) -> str:
    raised = now.raised
    if not raised.whole:
        return f"No finding was raised, and {then.raised.whole} in {period.before.name}."
    were = "was" if raised.whole == 1 else "were"
    return (
        f"{raised.whole} {_plural(raised.whole, 'finding')} {were} raised, {raised.part} of them closed by now; "
        f"{then.raised.whole} in {period.before.name}, {then.raised.part} of them closed by now."
    )


def _of_days(now: Figures, then: Figures, period: Period) -> str:
    if now.average_days is None:
        return "No finding was closed."
    said = f"The {now.closed} closed took" if now.closed > 1 else "The one closed took"
    average = f"{now.average_days} days{' on average' if now.closed > 1 else ''}"
    if then.average_days is None:
        return f"{said} {average}; none was closed in {period.before.name}."
    return f"{said} {average}; {then.closed} in {period.before.name} took {then.average_days}."


def _of_reaudits(now: Figures, period: Period) -> str:
    again = now.again
    if not again.whole:
        return "No case was looked at again, so nobody can say yet whether grades have changed."
    same, lower = now.reaudits.get("the same", 0), now.reaudits.get("lower", 0)
    return (
        f"Of {again.whole} {_plural(again.whole, 'case')} looked at again, {again.part} had a higher grade, "
        f"{same} the same and {lower} a lower one."
    )


def _so_many(part: int, whole: int, thing: str) -> str:
    return f"{part} of {whole} {_plural(whole, thing)} {'was' if part == 1 else 'were'}"


def _plural(number: int, thing: str) -> str:
    return thing if number == 1 else f"{thing}s"
