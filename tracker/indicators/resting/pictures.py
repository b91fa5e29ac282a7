"""A measure with the days on which actions were done, as a page draws it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tracker.actions.models import Action
from tracker.indicators import rules
from tracker.indicators.reading.usual import Figure
from tracker.indicators.resting import queries
from tracker.indicators.resting.models import SuccessMeasure
from tracker.indicators.resting.rules import SHOWS, Baseline, BeforeAfter, place_of
from tracker.indicators.rules import Unit

POINTS = 13
"""Figures of a measure that a small chart shows: a year of months and the same month before. Our choice."""
MARKS = 3
"""Days that one small chart marks, the newest. Our choice: more hide the line."""


@dataclass(frozen=True)
class Moving:
    """A success measure as the page of its action shows it."""

    success: SuccessMeasure
    said: BeforeAfter

    @property
    def baseline(self) -> Baseline | None:
        return self.said.baseline

    @property
    def from_where(self) -> str:
        """ "54% in June 2026", with where it comes from if it was typed; empty without a baseline."""
        start, success = self.said.baseline, self.success
        if start is None:
            return ""
        origin = f" ({success.baseline_origin})" if success.baseline_origin else ""
        return f"{rules.written(start.value, success.measure.unit)} in {start.when}{origin}"

    @property
    def now_says(self) -> str:
        """What the measure says of the period of the baseline, where it is no longer that; else empty."""
        start, success = self.said.baseline, self.success
        if start is None or success.baseline_origin:
            return ""
        now = next((one for one in self.said.read.figures if (one.start, one.end) == (start.start, start.end)), None)
        if now is None or rules.rounded(now.value) == rules.rounded(start.value):
            return ""
        return f"{success.measure.reference} now says {rules.written(now.value, success.measure.unit)} of that period"

    @property
    def to_where(self) -> str:
        """ "90%, by 31 March 2027"; empty without a target."""
        success = self.success
        if success.target is None:
            return ""
        by = f", by {success.target_by:%-d %B %Y}" if success.target_by else ""
        return f"{rules.written(success.target, success.measure.unit)}{by}"

    @property
    def slipped(self) -> bool:
        """Whether the action was marked embedded because of it, and it no longer shows that."""
        return self.success.shows_difference and self.said.standing not in SHOWS

    @cached_property
    def chart(self) -> "Small":
        return small(self.said.read.figures, self.success.measure.unit, [self.success.action])


@dataclass(frozen=True)
class Small:
    """What ``measure_line`` draws: labels and values, oldest first, and the days between them that are marked."""

    points: Sequence[tuple[str, float]]
    marks: Sequence[tuple[float, str]]
    unit: str


def small(figures: Sequence[Figure], unit: Unit, actions: Sequence[Action], *, points: int = POINTS) -> Small:
    """The last figures, with the days on which actions were done. A day before the first figure is not marked."""
    last = figures[-points:]
    days: dict[date, list[str]] = {}
    for action in actions:
        if action.delivered_on is not None:
            days.setdefault(action.delivered_on, []).append(action.reference)
    marks = [
        (place, f"{_listed(days[day])} done {day:%-d %b %Y}") for day in sorted(days) if (place := place_of(day, last))
    ]
    return Small(
        points=[(f"{figure.end:%b}", float(rules.rounded(figure.value))) for figure in last],
        marks=marks[-MARKS:],
        unit="%" if unit is Unit.PER_CENT else "",
    )


def _listed(references: Sequence[str]) -> str:
    more = len(references) - 2
    return ", ".join(references[:2]) + (f" and {more} more" if more > 0 else "")


def moving(success: Sequence[SuccessMeasure], today: date) -> Sequence[Moving]:
    return [Moving(one, queries.before_after(one, today)) for one in success]


def beside_action(action: Action, today: date) -> Sequence[Moving]:
    """What the page of an action shows of the measures that it is judged by."""
    return moving(queries.of_action(action), today)
