"""The plan, my work and board pages with a large plan: statements, CPU beside the empty layout, growth with others."""

from benchmarks import pages, plan_data
from benchmarks.pages import EMPTY, LARGE, OTHERS
from tracker.people.rules import Role

PAGES = {
    "plan": ("/{slug}/plan", Role.DIRECTOR),
    "my work of a director": ("/{slug}/", Role.DIRECTOR),
    "my work of a lead": ("/{slug}/", Role.HEAD_OF_SERVICE),
    "what moved for a board": ("/{slug}/boards", Role.DIRECTOR),
    "how far from target": ("/{slug}/boards/how-far", Role.DIRECTOR),
    "plan over time": ("/{slug}/boards/over-time", Role.DIRECTOR),
}
WITHOUT_TARGET = frozenset({"plan over time"})
"""Draws the whole trail and lists no page of 20: its figures are printed, and do not count."""
MOST_STATEMENTS = 8
MOST_TIMES_EMPTY = 3.0
MOST_GROWTH = 1.2
"""What is measured twice in one run differs by so much on a quiet machine."""


def run(only: str = "") -> tuple[str, str, bool]:
    """The figure, the target and whether it is met, on every database at hand or on one: "sqlite" or "postgresql"."""
    worst = pages.worst(pages.Asked("plan", PAGES, _large, _others, WITHOUT_TARGET), only)
    met = worst.statements <= MOST_STATEMENTS and worst.times_empty <= MOST_TIMES_EMPTY and worst.growth <= MOST_GROWTH
    figure = (
        f"{worst.statements} statements, {worst.times_empty:.1f} times the empty page, "
        f"{worst.growth:.2f} times with {OTHERS} others"
    )
    return figure, f"at most {MOST_STATEMENTS}, {MOST_TIMES_EMPTY:.0f} and {MOST_GROWTH}", met


def _large() -> None:
    plan_data.fill([LARGE], plan_data.LARGE, seed=1)
    for slug in (LARGE, EMPTY):
        plan_data.meet(slug)


def _others() -> None:
    plan_data.fill([f"other{number}" for number in range(OTHERS)], plan_data.SMALL, seed=2)
