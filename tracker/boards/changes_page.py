"""What the pages about two days of the plan show: the filters that an address asks for, and one page of lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request

from tracker.boards import comparison, finishes, movement
from tracker.boards.choosing import Chosen
from tracker.boards.movement import Moved, StandingLine
from tracker.boards.rules import Change, Finish, Tally
from tracker.web import links
from tracker.web.links import Filter
from tracker.web.paging import Page, asked_page

PER_PAGE = 20

SHOWN: Mapping[str, Change] = {change.name.lower().replace("_", "-"): change for change in Change}
"""What an address may ask for by ``show``."""


@dataclass(frozen=True)
class ChangesPage:
    chosen: Chosen
    tally: Tally
    headline: Sequence[str]
    not_evidenced: str
    standing: Sequence[StandingLine]
    filters: Sequence[Filter]
    only: Change | None
    rows: Page[Moved]


def changes(chosen: Chosen) -> ChangesPage:
    """One page of what moved. Three statements, a fourth where actions have left the board."""
    tally = comparison.tally(chosen.comparison)
    only = SHOWN.get(request.args.get("show", ""))
    total = tally.moved if only is None else tally.of(only)
    number = asked_page(total, PER_PAGE)
    rows = comparison.moved(chosen.comparison, only=only, limit=PER_PAGE, skip=(number - 1) * PER_PAGE)
    return ChangesPage(
        chosen=chosen,
        tally=tally,
        headline=movement.headline(tally),
        not_evidenced=movement.not_evidenced(tally),
        standing=movement.standing(tally),
        filters=_filters(tally),
        only=only,
        rows=Page(rows, number, total, PER_PAGE),
    )


def _filters(tally: Tally) -> list[Filter]:
    """Everything that moved, and each way in which something did; exceptions first."""
    found = {slug: change for slug, change in SHOWN.items() if tally.of(change)}
    counts: dict[str | None, int] = {None: tally.moved} | {slug: tally.of(change) for slug, change in found.items()}
    choices = [(None, "All"), *((slug, change.value) for slug, change in found.items())]
    return links.filters("show", choices, counts=counts)


@dataclass(frozen=True)
class FinishesPage:
    chosen: Chosen
    rows: Page[Finish]


def how_far(chosen: Chosen) -> FinishesPage:
    """One page of items, the furthest behind first. Two statements."""
    total = finishes.count_items(chosen.comparison)
    number = asked_page(total, PER_PAGE)
    rows = finishes.finishes(chosen.comparison, limit=PER_PAGE, skip=(number - 1) * PER_PAGE)
    return FinishesPage(chosen, Page(rows, number, total, PER_PAGE))
