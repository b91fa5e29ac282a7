"""Shapes of the pictures of a plan over time. Packs freeze them; ``charts_plan`` and ``charts_timeline`` draw them."""

from datetime import date

from pydantic.dataclasses import dataclass

from reports.parts import CHECKED, Word


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Window:
    """When the next inspection is to be expected."""

    opens_on: date
    closes_on: date
    basis: str
    """Why then, in a sentence."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Bar:
    """One line of a timeline: an improvement item or an action."""

    reference: str
    title: str
    starts_on: date | None
    """None: nobody has said when it starts; only its end is drawn."""
    planned_on: date | None
    """The day first promised. None: nothing is promised yet."""
    expected_on: date | None
    """The day promised now; the day of delivery for what is delivered."""
    word: Word
    distance: str = ""
    """How far from what was planned: "30 days behind"."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class Timeline:
    caption: str
    today: date
    bars: tuple[Bar, ...]
    window: Window | None = None


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class BurnUpPoint:
    on: date
    promised: int
    """How many were first promised to be delivered by this day."""
    all: int | None = None
    """In the plan on this day; None for a day that is yet to come, as for the next two."""
    delivered: int | None = None
    """Signed off as delivered, embedded ones among them."""
    embedded: int | None = None


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class BurnUp:
    caption: str
    today: date
    points: tuple[BurnUpPoint, ...]
    """Oldest first."""
    window: Window | None = None

    @property
    def last(self) -> BurnUpPoint | None:
        """The newest point that is not yet to come."""
        known = [point for point in self.points if point.all is not None]
        return known[-1] if known else None


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class StatesPoint:
    on: date
    counts: tuple[int, ...]
    """Actions in each state, in the order of the scale."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class States:
    """How many actions stood in which state, from day to day."""

    caption: str
    scale: tuple[Word, ...]
    """From nothing done to all done."""
    points: tuple[StatesPoint, ...]
    """Oldest first."""
