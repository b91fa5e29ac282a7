"""Shape of the picture of a measure over time. Packs freeze it; ``charts_measures`` draws it."""

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

CHECKED = ConfigDict(extra="forbid")
"""As in ``parts``, which imports this."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class MeasurePoint:
    label: str
    """"Nov 2026"."""
    value: float
    """To one decimal, as everywhere."""
    basis: str = ""
    """"17 of 24 children"."""
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    """Average and usual range at this point; None: too few figures for them."""
    signal: str = ""
    """What it is part of that chance seldom does; empty: nothing."""
    provisional: bool = False
    target: float | None = None
    stretch: float | None = None
    """What it is read against; None: nothing is aimed at, or the same all along (then it stands on the chart)."""
    changed: str = ""
    """What it counts changed with this figure, in words: "counted otherwise from Apr 2026"; empty: it did not."""
    breaks: bool = False
    """Whether it may not be compared with the figures before it."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class MeasureChart:
    caption: str
    """"M-7, letter to decision in time"."""
    finding: str
    """"71% in November 2026, 19 points short of 90%, within its usual range"."""
    unit: str
    """"%", " per 10,000", "": printed straight after a value."""
    points: tuple[MeasurePoint, ...]
    """Oldest first."""
    target: float | None = None
    shows: str = ""
    """Printed under it: what it shows."""
    does_not_show: str = ""

    @property
    def aims(self) -> tuple[float | None, ...]:
        """The target at each point."""
        own = tuple(point.target for point in self.points)
        return own if any(one is not None for one in own) else (self.target,) * len(self.points)

    @property
    def has_limits(self) -> bool:
        return any(point.low is not None for point in self.points)
