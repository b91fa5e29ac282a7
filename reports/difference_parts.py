"""Groups that are counted more or less often than others along a pathway: a chapter, and the picture in it."""

from typing import Literal

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

CHECKED = ConfigDict(extra="forbid")
"""As in ``parts``."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class IndexPoint:
    """A relative rate index with its interval."""

    value: float
    low: float
    high: float | None
    """None: no limit."""
    told: bool
    """Whether the interval leaves 1 out."""

    @property
    def words(self) -> str:
        """ "1.46, 1.31 to 1.63"."""
        high = "no limit" if self.high is None else f"{self.high:,.2f}"
        return f"{self.value:,.2f}, {self.low:,.2f} to {high}"


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class IndexLine:
    """One stage. A point that is not there says in ``without`` why."""

    stage: str
    population: IndexPoint | None
    before: IndexPoint | None
    without: str = ""
    """"too few to say"."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class DifferenceChart:
    caption: str
    """"W-1, Black children"."""
    finding: str
    group: str
    """Who is drawn: "Black children"."""
    compared_with: str
    """"White children"."""
    lines: tuple[IndexLine, ...]
    """In the order of the way."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Followed:
    """One pathway, and the group that differs most on it."""

    reference: str
    name: str
    """"Children’s social care by ethnicity"."""
    period: str
    finding: str
    """A sentence."""
    chart: DifferenceChart | None = None
    """None: too few are counted to draw anything."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Differences:
    chapter: Literal["differences"] = "differences"
    title: str = "Who is counted more often, and who less"
    lede: str = ""
    pathways: tuple[Followed, ...] = ()
    note: str = ""
