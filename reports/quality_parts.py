"""Shapes of the pictures of quality assurance. Packs freeze them; ``charts_quality`` and ``chain_chart`` draw them."""

from datetime import date
from typing import Literal

from pydantic.dataclasses import dataclass

from reports.parts import CHECKED, Comparison, KeyFigure, Row, Tone


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class ControlPoint:
    label: str
    """"Oct 2026"."""
    value: float
    low: float
    high: float
    """The limits at this point; they widen where a sample is small."""
    basis: str = ""
    """"12 of 20", "7 findings"."""
    signal: str = ""
    """What it is part of that chance seldom does; empty: nothing."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class ControlChart:
    caption: str
    unit: str
    """"%", " days": printed straight after a value."""
    mean: float
    points: tuple[ControlPoint, ...]
    """Oldest first."""
    provisional: bool = False
    """Too few points for limits that hold."""
    rises_are_good: bool = True


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class ShareLine:
    """A share of one thing with its interval. Without numbers: there are too few to say."""

    label: str
    part: int | None
    whole: int | None
    low: float = 0
    high: float = 0
    """Between 0 and 1."""
    note: str = ""
    """What stands in place of numbers: "Fewer than 5"."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Shares:
    caption: str
    words: str
    """What the share is of: "good or better"."""
    lines: tuple[ShareLine, ...]
    over_time: bool = False
    """Whether the lines are periods, oldest first."""
    each: str = "Of"
    """What one line is, over the first column of its table: "Team". Packs frozen without it say "Of"."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class SeverityLine:
    """How many steps lower somebody grades than her moderators, on average, with its interval."""

    label: str
    value: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Severities:
    caption: str
    lines: tuple[SeverityLine, ...]


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Station:
    """One stop on the way from what was found to what changed."""

    reference: str
    """Empty: it has not come to this yet."""
    words: str
    """"Requires improvement", "Open", "No re-audit yet"."""
    on: date | None = None
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class ChainLine:
    """One finding on its way."""

    audit: Station
    finding: Station
    action: Station
    reaudit: Station
    change: str = ""
    """"Two higher"; empty: no re-audit has a grade yet."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Chain:
    caption: str
    lines: tuple[ChainLine, ...]


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Quality:
    """A chapter of the quarterly report on audits: figures, what they say in words, pictures and tables."""

    chapter: Literal["quality"] = "quality"
    title: str
    lede: str = ""
    figures: tuple[KeyFigure, ...] = ()
    """Up to four."""
    rows: tuple[Row, ...] = ()
    control: ControlChart | None = None
    shares: tuple[Shares, ...] = ()
    chain: Chain | None = None
    comparisons: tuple[Comparison, ...] = ()
    note: str = ""
    """Under the tables."""
    nothing: str = "Nothing has been recorded."
    """Printed where there is nothing else."""

    @property
    def is_empty(self) -> bool:
        pictures = self.chain or self.shares or (self.control and self.control.points)
        return not (self.figures or self.rows or pictures or self.comparisons)
