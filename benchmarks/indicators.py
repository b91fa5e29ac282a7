"""The scorecard with very many figures: statements, CPU beside the empty page, growth as other authorities come.

``python -m benchmarks indicators 50`` does the same with fewer measures, for a first look.
"""

from benchmarks import indicators_data, pages
from benchmarks.indicators_data import Size
from benchmarks.pages import LARGE, OTHERS
from tracker.people.rules import Role

PAGES = {
    "scorecard": ("/{slug}/measures/scorecard", Role.DIRECTOR),
    "scorecard, one area": ("/{slug}/measures/scorecard?area=leadership", Role.DIRECTOR),
    "scorecard, as a sheet": ("/{slug}/measures/scorecard.xlsx", Role.DIRECTOR),
    "scorecard, as a sheet for outside": ("/{slug}/measures/scorecard.xlsx?for=outside", Role.DIRECTOR),
    "measures": ("/{slug}/measures", Role.DIRECTOR),
}
MOST_STATEMENTS = 8
MOST_GROWTH = 1.2
"""What is measured twice in one run differs by so much on a quiet machine."""


def run(measures: str = str(indicators_data.LARGE.measures), only: str = "") -> tuple[str, str, bool]:
    """The figure, the target and whether it is met, on every database at hand."""
    size = Size(measures=int(measures), months=indicators_data.LARGE.months)
    asked = pages.Asked("indicators", PAGES, lambda: indicators_data.fill([LARGE], size, seed=1), _others)
    worst = pages.worst(asked, only)
    met = worst.statements <= MOST_STATEMENTS and worst.growth <= MOST_GROWTH
    figure = (
        f"{worst.statements} statements, {worst.seconds * 1000:.0f} ms of CPU for {size.measures} measures of "
        f"{size.months} months, {worst.growth:.2f} times with {OTHERS} others"
    )
    return figure, f"at most {MOST_STATEMENTS} statements and {MOST_GROWTH} times", met


def _others() -> None:
    indicators_data.fill([f"other{number}" for number in range(OTHERS)], indicators_data.SMALL, seed=2)
