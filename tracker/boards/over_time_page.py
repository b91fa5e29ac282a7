"""What the page "Plan over time" shows: three pictures of the whole plan as it is, or of the actions of one item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import request

from tracker.boards import finishes, pictures, window
from tracker.boards.comparison import Comparison, Side
from tracker.boards.finishes import NamedItem
from tracker.boards.window import Expected
from tracker.improvements.models import ImprovementItem
from tracker.people.models import Authority
from tracker.platform import references
from tracker.web import links
from tracker.web.charts import BurnUp, States, Timeline
from tracker.web.links import Filter
from tracker.web.paging import Page, asked_page

PER_PAGE = 20
PERIODS = {"6": "6 months", "12": "A year", "24": "2 years", "36": "3 years"}
"""Months that an address may ask for, as said."""
PERIOD = "24"
"""Asked for where the address says nothing."""


@dataclass(frozen=True)
class OverTimePage:
    today: date
    window: Expected | None
    burn_up: BurnUp
    states: States
    behind: str
    periods: Sequence[Filter]
    timeline: Timeline
    lines: Page[object]
    """The page of items, or of one item's actions, that the timeline shows."""
    item: NamedItem | None
    """The item whose actions are shown; None: the items."""


def asked(authority: Authority, now: datetime, today: date) -> OverTimePage:
    side, expected = Side(authority, today), window.expected(authority, today)
    drawn = pictures.over_time_of(side, now, expected, int(_period()))
    item = _item(authority)
    chart, lines = _of_items(side, expected) if item is None else _of_actions(authority, item, today, expected)
    return OverTimePage(
        today=today,
        window=expected,
        burn_up=drawn.burn_up,
        states=drawn.states,
        behind=pictures.behind(drawn.burn_up),
        periods=links.filters("months", [(None if key == PERIOD else key, label) for key, label in PERIODS.items()]),
        timeline=chart,
        lines=lines,
        item=item,
    )


def _period() -> str:
    months = request.args.get("months", "")
    return months if months in PERIODS else PERIOD


def _item(authority: Authority) -> NamedItem | None:
    parsed = references.parse(request.args.get("item", ""))
    return finishes.item(authority, parsed[1]) if parsed and parsed[0] == ImprovementItem.prefix else None


def _of_items(side: Side, expected: Expected | None) -> tuple[Timeline, Page[object]]:
    comparison = Comparison(side, side)
    total = finishes.count_items(comparison)
    number = asked_page(total, PER_PAGE)
    found = finishes.finishes(comparison, limit=PER_PAGE, skip=(number - 1) * PER_PAGE)
    return pictures.items_timeline(found, side.day, expected), Page(found, number, total, PER_PAGE)


def _of_actions(
    authority: Authority, item: NamedItem, today: date, expected: Expected | None
) -> tuple[Timeline, Page[object]]:
    number = asked_page(item.actions, PER_PAGE)
    found = finishes.actions_of(authority, item.number, limit=PER_PAGE, skip=(number - 1) * PER_PAGE)
    chart = pictures.actions_timeline(f"Actions for {item.reference}", found, today, expected)
    return chart, Page(found, number, item.actions, PER_PAGE)
