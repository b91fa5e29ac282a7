"""What may be said of a measure before and since an action was done, and when an action may rest on it. Pure.

A figure is from before when its period had ended by that day, and from since when its period began after it; the period
in which it was done is neither. No sentence says that the action caused what came after it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from tracker.indicators import rules
from tracker.indicators.reading import usual
from tracker.indicators.reading.rules import Read
from tracker.indicators.reading.usual import Figure
from tracker.indicators.rules import Direction, Period
from tracker.platform.statistics import intervals

ENOUGH: Mapping[Period, int] = {Period.MONTH: 3, Period.QUARTER: 2, Period.YEAR: 1, Period.DAY: 1}
"""Final figures from since an action was done that it takes to say whether a measure moved. Our choice: a quarter of
months, or two quarters, are more than one good month; nobody waits two years."""

SAID = {0: "none", 1: "one", 2: "two", 3: "three"}
NO_CAUSE = "That it came after does not say that it came because of {reference}."


class Since(StrEnum):
    """What a measure did since an action was done."""

    MOVED = "Moved"
    HELD = "Held"
    UNCLEAR = "No clear change"
    BACK = "Gone the other way"
    TOO_SOON = "Too soon to say"
    NOT_DONE = "Not done yet"
    NOTHING_BEFORE = "No baseline"
    CONTEXT = "Context only"


SHOWS = frozenset({Since.MOVED, Since.HELD})
"""What an action can rest on."""


@dataclass(frozen=True)
class Baseline:
    """Where a measure stood when an action was promised."""

    value: Decimal
    start: date
    end: date

    @property
    def when(self) -> str:
        return rules.period_name(self.start, self.end)


@dataclass(frozen=True)
class BeforeAfter:
    """The figures of a measure, read against the day on which an action was done."""

    reference: str
    """The action's: "A-104"."""
    measure: str
    """The measure's: "M-7"."""
    read: Read
    done_on: date | None
    baseline: Baseline | None = None
    comparable_since: date | None = None
    """First day from which figures mean what they mean now; None: all do."""

    @property
    def is_set_aside(self) -> bool:
        """Whether the baseline is of a day on which the measure counted something else: it is not compared."""
        since, baseline = self.comparable_since, self.baseline
        return baseline is not None and since is not None and baseline.start < since

    @cached_property
    def before(self) -> Figure | None:
        """The last figure of a period that had ended by then."""
        ended = [figure for figure in self.read.figures if self.done_on is not None and figure.end <= self.done_on]
        return ended[-1] if ended else None

    @cached_property
    def since(self) -> Sequence[Figure]:
        """Final figures of periods that began after it, oldest first."""
        done = self.done_on
        return [one for one in self.read.figures if done is not None and one.start > done and not one.provisional]

    @property
    def start(self) -> Baseline | None:
        """What the figures since are held against: the baseline, else the last figure before."""
        if self.baseline is not None and not self.is_set_aside:
            return self.baseline
        return Baseline(self.before.value, self.before.start, self.before.end) if self.before else None

    @property
    def last(self) -> Sequence[Figure]:
        """The newest figures since, as many as it takes to say something."""
        return self.since[-self.enough :]

    @property
    def enough(self) -> int:
        return ENOUGH[self.read.aim.period]

    @cached_property
    def standing(self) -> Since:
        if self.read.aim.direction is Direction.CONTEXT:
            return Since.CONTEXT
        if self.done_on is None:
            return Since.NOT_DONE
        if self.start is None:
            return Since.NOTHING_BEFORE
        if len(self.since) < self.enough:
            return Since.TOO_SOON
        return self._moved(self.start.value)

    def _moved(self, start: Decimal) -> Since:
        gains = [self._gain(figure.value, start) for figure in self.last]
        if all(gain > 0 for gain in gains):
            return Since.MOVED
        if all(self._at_target(figure.value) for figure in self.last):
            return Since.HELD
        return Since.BACK if all(gain < 0 for gain in gains) else Since.UNCLEAR

    def _gain(self, value: Decimal, start: Decimal) -> Decimal:
        """How much better than at the start, to the digit that is shown."""
        apart = rules.rounded(value) - rules.rounded(start)
        return apart if self.read.aim.direction is Direction.HIGHER else -apart

    def _at_target(self, value: Decimal) -> bool:
        aim = self.read.aim
        found = rules.distance(value, aim.target, aim.unit, aim.direction, aim.tolerance)
        return found is not None and found.at_target

    @property
    def sentence(self) -> str:
        """What came before and since, how sure that is, and what it does not say."""
        if self.standing in WAITING:
            said = WAITING[self.standing].format(measure=self.measure, reference=self.reference) + self._so_far
            return f"{said} {self._set_aside}".strip()
        return " ".join(filter(None, (self._set_aside, self._before, self._after, self._chance, self._no_cause)))

    @property
    def _set_aside(self) -> str:
        if not self.is_set_aside or self.comparable_since is None:
            return ""
        return (
            f"{self.measure} counts otherwise since {self.comparable_since:%-d %B %Y}, so its baseline of before then "
            "is not compared."
        )

    @property
    def _before(self) -> str:
        start = self.start
        if start is None:
            return ""
        called = ", the baseline" if start is self.baseline else f", the last before {self.reference} was done"
        return f"{rules.written(start.value, self.read.aim.unit)} in {start.when}{called}."

    @property
    def _after(self) -> str:
        if not self.since:
            return f"No final figure yet of a {self._called} that began after {self._done}."
        newest = self.since[-1]
        figure = rules.written(newest.value, self.read.aim.unit)
        return f"Since {self._done}: {figure} in {newest.when}, {self._apart}. {self._over}"

    @property
    def _apart(self) -> str:
        start = self.start
        gain = self._gain(self.since[-1].value, start.value) if start else Decimal(0)
        if not gain:
            return "as before"
        return f"{rules.apart(abs(gain), self.read.aim.unit)} {'better' if gain > 0 else 'worse'}"

    @property
    def _over(self) -> str:
        """How the last figures stand together."""
        several = f"each of the last {SAID[self.enough]} {self._called}s" if self.enough > 1 else "the newest figure"
        return {
            Since.MOVED: f"Better than before in {several}." if self.enough > 1 else "",
            Since.HELD: f"At target in {several}.",
            Since.BACK: f"Worse than before in {several}." if self.enough > 1 else "",
            Since.UNCLEAR: f"Not better than before in {several}.",
            Since.TOO_SOON: f"{self._counted} of the {SAID[self.enough]} final figures that it takes to say more.",
        }.get(self.standing, "")

    @property
    def _counted(self) -> str:
        return SAID[min(len(self.since), self.enough)].capitalize()

    @property
    def _chance(self) -> str:
        """Whether chance alone would do as much: from its usual range, else from the counts of two shares."""
        read = self.read
        if self.standing not in SHOWS | {Since.BACK, Since.UNCLEAR}:
            return ""
        if read.charted.chart is not None:
            found = usual.finding(read.charted)
            if read.unusual is None:
                return f"The latest figure is {found}, so chance alone may explain it."
            return f"Chance alone seldom does this: {found}."
        differs = self._counts_differ
        if differs is None:
            return "There are too few figures to say whether chance alone explains it."
        if differs:
            return "Chance alone would seldom make two such shares differ so much."
        return "Two such shares may differ as much by chance alone."

    @property
    def _counts_differ(self) -> bool | None:
        """None where either share is not known by its counts."""
        start, after = self.start, self.since[-1] if self.since else None
        figures = [one for one in self.read.figures if start is not None and one.end == start.end]
        before = figures[0] if figures and start and figures[0].value == start.value else None
        counts = [one for each in (after, before) if each for one in (each.numerator, each.denominator)]
        numbers = [one for one in counts if one is not None]
        if len(numbers) < 4 or self.read.aim.unit is not rules.Unit.PER_CENT:
            return None
        return intervals.differ(*numbers)

    @property
    def _no_cause(self) -> str:
        return NO_CAUSE.format(reference=self.reference) if self.since else ""

    @property
    def _so_far(self) -> str:
        """Where it started and where it is, before anything is done."""
        said = [self._before] if self.baseline and not self.is_set_aside else []
        latest = self.read.latest
        if latest is not None and (self.baseline is None or latest.end != self.baseline.end):
            said.append(f"{self.read.figure} in {latest.when}.")
        return "".join(f" {one}" for one in said)

    @property
    def _done(self) -> str:
        return f"{self.reference} was done on {self.done_on:%-d %B %Y}" if self.done_on else ""

    @property
    def _called(self) -> str:
        return "figure" if self.read.aim.period is Period.DAY else self.read.aim.period.value

    @property
    def why_not_show(self) -> str:
        """Why an action cannot rest on it; empty if it can."""
        standing = self.standing
        if standing in SHOWS:
            return ""
        there, enough = len(self.since), self.enough
        newest = f"{enough} final figures" if enough > 1 else "one final figure"
        return {
            Since.CONTEXT: f"{self.measure} is for context: neither way is better, so it can show nothing.",
            Since.NOT_DONE: f"{self.reference} is not done yet, so {self.measure} cannot show what came after it.",
            Since.NOTHING_BEFORE: f"{self.measure} has no figure from before {self._done}. Give it a baseline.",
            Since.TOO_SOON: f"{self.measure} has {there or 'none'} of the {newest} since {self._done} that it takes.",
            Since.BACK: f"{self.measure} has gone the other way since {self._done}.",
            Since.UNCLEAR: f"{self.measure} has neither moved clearly nor held at its target since {self._done}.",
        }[standing]


WAITING: Mapping[Since, str] = {
    Since.CONTEXT: "{measure} is for context: neither higher nor lower is better.",
    Since.NOT_DONE: "{reference} is not done yet, so nothing can be said of what came after it.",
    Since.NOTHING_BEFORE: "{measure} has no baseline and no figure from before {reference} was done.",
}
"""What is said where before and since cannot be compared."""


def place_of(day: date, figures: Sequence[Figure]) -> float | None:
    """Where a day lies among figures, oldest first: after the last that had ended; None before the first.

    0.5 is half way from the first to the second.
    """
    ended = sum(figure.end <= day for figure in figures)
    return ended - 0.5 if ended else None
