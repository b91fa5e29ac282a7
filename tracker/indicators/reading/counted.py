"""A figure as somebody with a pencil sees it: what is counted in words, how many, out of how many, and when."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date

from tracker.indicators.reading.usual import Figure
from tracker.indicators.rules import Unit

Place = tuple[Hashable, date]
"""A measure's key and the last day of a period."""
Number = tuple[str, date, int]
"""How many of whom, when: what is counted in words, the last day, and the number."""


@dataclass(frozen=True)
class Counted:
    """One figure of one measure."""

    measure: Hashable
    name: str
    out_of: str
    """What stands below the line, in words; empty where nothing is divided."""
    unit: Unit
    figure: Figure
    counts: str = ""
    """What stands above the line, in words; empty where nobody said."""

    @property
    def place(self) -> Place:
        return self.measure, self.figure.end

    @property
    def count(self) -> int | None:
        """What is counted above the line; None where that is not known."""
        if self.figure.numerator is not None:
            return self.figure.numerator
        return int(self.figure.value) if self.unit is Unit.COUNT else None

    @property
    def above(self) -> Number | None:
        """What it counts; None where that is not known, or nobody."""
        words = self.counts or (self.name if self.unit is Unit.COUNT else "")
        return (words.casefold(), self.figure.end, self.count) if words and self.count else None

    @property
    def below(self) -> Number | None:
        whole = self.figure.denominator
        return (self.out_of.casefold(), self.figure.end, whole) if self.out_of and whole else None
