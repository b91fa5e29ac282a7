"""The shape of the file that tells of measures and their figures. See ``schema``."""

from typing import Any

from tracker.demonstration.schema import Told
from tracker.indicators.rules import Direction, Period, Unit


class Own(Told):
    """What one of the authority's own measures means."""

    name: str
    short_name: str
    definition: str
    counts: str
    out_of: str
    of_whom: str
    unit: str
    period: str
    direction: str
    basis: str
    origin: str
    area: str
    theme: str

    @property
    def means(self) -> dict[str, Any]:
        return {
            **self.model_dump(exclude={"area", "theme", "unit", "period", "direction"}),
            "unit": Unit[self.unit.upper()],
            "period": Period[self.period.upper()],
            "direction": Direction[self.direction.upper()],
            "area_code": self.area,
            "theme_code": self.theme,
        }


class Changed(Told):
    """A measure that is counted otherwise in its last so many figures, with what it aims at since."""

    figures: int
    basis: str
    why: str
    target: int
    stretch: int


class PublishedTold(Told):
    """What was published for the figure that came so many before the last. Councils without a figure have none."""

    ago: int
    source: str
    year: int
    """From which the councils named are our neighbours."""
    figures: dict[str, float | None]


class BrokenDown(Told):
    """A measure by its parts in its last so many periods, oldest first: name -> counts above and below the line."""

    by: str
    parts: tuple[dict[str, tuple[int, int]], ...]


class Series(Told):
    key: str
    broken_down: BrokenDown | None = None
    changed: Changed | None = None
    published: PublishedTold | None = None
    definition: str = ""
    own: Own | None = None
    basis: str = ""
    target: int | None = None
    why: str = ""
    items: tuple[str, ...] = ()
    figures: tuple[tuple[int, int], ...]
    provisional: bool = False


class MeasuresFile(Told):
    measures: tuple[Series, ...]
