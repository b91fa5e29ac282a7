"""The scorecard with very many figures, and who is treated differently.

Statements, CPU beside the empty page, and growth as other authorities come.

``python -m benchmarks indicators 50`` does the same with fewer measures, for a first look.
"""

from benchmarks import difference, indicators_data, pages
from benchmarks.indicators_data import Size
from benchmarks.pages import EMPTY, LARGE, OTHERS
from tracker.people.rules import Role

MEASURE = "a measure, with its breakdowns"
PARTS = "the parts of a measure, as a sheet for outside"
PAGES = {
    "scorecard": ("/{slug}/measures/scorecard", Role.DIRECTOR),
    "scorecard, one area": ("/{slug}/measures/scorecard?area=leadership", Role.DIRECTOR),
    "scorecard, as it leaves the authority": ("/{slug}/measures/scorecard?for=outside", Role.DIRECTOR),
    "scorecard, as a sheet for outside": ("/{slug}/measures/scorecard.xlsx", Role.DIRECTOR),
    "measures": ("/{slug}/measures", Role.DIRECTOR),
    MEASURE: ("/{slug}/measures/1", Role.DIRECTOR),
    PARTS: ("/{slug}/measures/1/parts/spreadsheet.xlsx", Role.DIRECTOR),
    **difference.PAGES,
}
WITHOUT_TARGET = frozenset({MEASURE, PARTS})
"""Shown for themselves: the page of a measure tells much else, and a test bounds its statements."""
MOST_STATEMENTS = 8
MOST_GROWTH = 1.2
"""What is measured twice in one run differs by so much on a quiet machine."""


def run(measures: str = str(indicators_data.LARGE.measures), only: str = "") -> tuple[str, str, bool]:
    """The figure, the target and whether it is met, on every database at hand."""
    size = Size(measures=int(measures), months=indicators_data.LARGE.months, parts=indicators_data.LARGE.parts)
    asked = pages.Asked("indicators", PAGES, lambda: _large(size), _others, without_target=WITHOUT_TARGET)
    worst = pages.worst(asked, only)
    met = worst.statements <= MOST_STATEMENTS and worst.growth <= MOST_GROWTH
    figure = (
        f"{worst.statements} statements, {worst.seconds * 1000:.0f} ms of CPU for {size.measures} measures of "
        f"{size.months} months with {size.parts} parts each, {worst.growth:.2f} times with {OTHERS} others"
    )
    return figure, f"at most {MOST_STATEMENTS} statements and {MOST_GROWTH} times", met


def _large(size: Size) -> None:
    indicators_data.fill([LARGE], size, seed=1)
    difference.fill([LARGE], difference.LARGE, seed=1)
    indicators_data.measures([EMPTY], indicators_data.FEWEST, seed=3)
    difference.fill([EMPTY], difference.FEWEST, seed=3)


def _others() -> None:
    slugs = [f"other{number}" for number in range(OTHERS)]
    indicators_data.fill(slugs, indicators_data.SMALL, seed=2)
    difference.fill(slugs, difference.SMALL, seed=2)
