"""One line of a scorecard in words: the same on the page, in the sheet and in a pack."""

from dataclasses import dataclass

from tracker.indicators import rules
from tracker.indicators.queries import SHOWN
from tracker.indicators.reading import usual
from tracker.indicators.reading.queries import Line
from tracker.indicators.reading.rules import EXCEPTIONS
from tracker.indicators.reading.usual import Figure
from tracker.indicators.rules import Direction

NOT_SHOWN = "Not shown"
"""What to look at, of a measure whose latest figure is hidden."""
HIDDEN, NO_FIGURE = "Hidden", "No figure yet"
WHICH_IS = {True: ", which is better", False: ", which is worse", None: ""}


@dataclass(frozen=True)
class Row:
    line: Line

    @property
    def latest(self) -> Figure | None:
        """The latest figure, if that may be shown."""
        return None if self.line.hidden else self.line.read.latest

    @property
    def numbers(self) -> list[float]:
        """For the sparkline: the last figures that may be shown, to the digit that is."""
        return [float(rules.rounded(figure.value)) for figure in self.line.read.figures[-SHOWN:]]

    @property
    def attention(self) -> str:
        return NOT_SHOWN if self.line.hidden else str(self.line.read.attention)

    @property
    def is_exception(self) -> bool:
        return not self.line.hidden and self.line.read.attention in EXCEPTIONS

    @property
    def figure(self) -> str:
        """ "70.8%"; "Hidden"; "No figure yet"."""
        if self.line.hidden:
            return HIDDEN
        return self.line.read.figure or NO_FIGURE

    @property
    def out_of(self) -> str:
        """ "17 of 24 children", or empty."""
        latest, line = self.latest, self.line
        return rules.out_of(latest.numerator, latest.denominator, line.of_whom, line.read.aim.unit) if latest else ""

    @property
    def when(self) -> str:
        """ "October 2026, provisional", or empty."""
        latest = self.latest
        return f"{latest.when}{', provisional' if latest.provisional else ''}" if latest else ""

    @property
    def has_no_target(self) -> bool:
        aim = self.line.read.aim
        return aim.target is None and aim.direction is not Direction.CONTEXT

    @property
    def target(self) -> str:
        """ "19.2 points short of 90%"; what is aimed at, where no figure may be shown; "No target"."""
        read = self.line.read
        if read.how_far and not self.line.hidden:
            return capital(read.how_far)
        if read.aim.direction is Direction.CONTEXT:
            return str(Direction.CONTEXT)
        return read.target or "No target"

    @property
    def stretch(self) -> str:
        """ "12 points short of its stretch of 95%"; what it would reach, where no figure may be shown; or empty."""
        read = self.line.read
        if self.latest and read.how_far_from_stretch:
            return capital(read.how_far_from_stretch)
        return f"Stretch {read.stretch}" if read.stretch else ""

    @property
    def rank(self) -> str:
        """ "3rd best of 7; 1 has no figure", or empty."""
        return self.line.compared.rank if self.line.compared else ""

    @property
    def beside(self) -> str:
        """ "England 70%, London 75%, Median of 2 neighbours 82.5%", or empty."""
        return self.line.compared.words if self.line.compared else ""

    @property
    def direction(self) -> str:
        """ "↓ Worse: down over three months", or empty."""
        course = self.line.read.course
        return f"{course.arrow} {course.words}".strip() if self.latest else ""

    @property
    def usual(self) -> str:
        """ "Within its usual range"; "8 in a row above its average, which is better"; "4 more figures needed"."""
        charted = self.line.read.charted
        if charted.chart is None:
            return f"{charted.needed} more {'figure' if charted.needed == 1 else 'figures'} needed"
        return f"{capital(usual.finding(charted))}{WHICH_IS[self.line.read.unusual_is_good]}"

    @property
    def usual_range(self) -> str:
        charted = self.line.read.charted
        limits = charted.limits_at(len(charted.figures) - 1) if charted.figures else None
        return usual.range_words(limits, self.line.read.aim.unit) if limits else ""


def capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
