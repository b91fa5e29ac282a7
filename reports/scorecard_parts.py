"""Chapters of a scorecard: how many measures stand where, and each of them with what its figures say."""

from typing import Literal

from pydantic.dataclasses import dataclass

from reports.parts import CHECKED, KeyFigure, Word


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class ScoredMeasure:
    """One measure in words, as the page has it. The numbers are for a spreadsheet: None where they are hidden."""

    reference: str
    name: str
    basis: str
    look: Word
    """Why to look at it: "Off target and getting worse"."""
    figure: str
    """"70.8%"; "Hidden"; "No figure yet"."""
    of: str = ""
    """"17 of 24 children"."""
    period: str = ""
    """"October 2026, provisional"."""
    target: str = ""
    """"19.2 points short of 90%, due by 31 March 2027"."""
    stretch: str = ""
    """"12 points short of its stretch of 95%"."""
    beside: str = ""
    """"3rd best of 7, England 70%, October 2026": what others published; empty: nothing may be compared."""
    since: str = ""
    """"Counted so since 1 April 2026"; empty: it always was."""
    direction: str = ""
    """"↓ Worse: down over three months"; empty: no figure may be shown."""
    usual: str = ""
    usual_range: str = ""
    series: tuple[float, ...] = ()
    """Oldest first, hidden figures left out."""
    unit: str = ""
    """"%", for the words of the sparkline."""
    value: float | None = None
    numerator: int | None = None
    denominator: int | None = None
    aim: float | None = None
    """The target as a number, for the sparkline; None: there is none."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Scored:
    """Measures, first things first: those of a judgement area, or those of all that are to be looked at."""

    chapter: Literal["scored"] = "scored"
    title: str
    lede: str = ""
    measures: tuple[ScoredMeasure, ...] = ()
    nothing: str = "No measures have been recorded for this area."
    notes: tuple[str, ...] = ()
    """Sentences under the table."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class StandingOfArea:
    area: str
    counts: tuple[int, ...]
    """One for each word of the chapter."""

    @property
    def all(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Standings:
    """How many measures of each judgement area stand where."""

    chapter: Literal["standings"] = "standings"
    title: str = "Where our measures stand"
    lede: str = ""
    figures: tuple[KeyFigure, ...] = ()
    """Up to four."""
    words: tuple[Word, ...] = ()
    """First things first; only those that some measure has."""
    areas: tuple[StandingOfArea, ...] = ()
