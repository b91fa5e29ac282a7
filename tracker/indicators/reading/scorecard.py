"""The scorecard: measures by judgement area, first things first, for inside the authority and as it leaves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import request

from tracker.frameworks.schema import Framework
from tracker.indicators.measures_page import by_area, placed
from tracker.indicators.reading import leaving, queries
from tracker.indicators.reading.rules import Attention
from tracker.indicators.reading.scored import Row
from tracker.people.models import Authority
from tracker.web import links
from tracker.web.links import Filter

ASKED = {
    "off-and-worse": Attention.OFF_AND_WORSE,
    "off": Attention.OFF,
    "unusual": Attention.UNUSUAL,
    "not-recent": Attention.NOT_RECENT,
}
"""What an address may ask for by ``show``."""
OUTSIDE = "outside"
"""What an address asks for by ``for`` where small numbers are to be hidden."""

Sections = Sequence[tuple[str, str, Sequence[Row]]]


@dataclass(frozen=True)
class Scorecard:
    today: date
    total: int
    exceptions: int
    show: Sequence[Filter]
    areas: Sequence[Filter]
    readers: Sequence[Filter]
    """For whom it is: with small numbers, or without."""
    sections: Sections
    """Code and name of each judgement area with its measures, first things first."""
    hides: bool
    """Whether it is shown as it leaves the authority."""


def asked(authority: Authority, framework: Framework, today: date, *, smallest: int) -> Scorecard:
    hides = request.args.get("for") == OUTSIDE
    rows = scored(authority, today, smallest=smallest if hides else None)
    return Scorecard(
        today=today,
        total=len(rows),
        exceptions=sum(row.is_exception for row in rows),
        show=_show(rows),
        areas=links.filters(
            "area", [(None, "Any"), *((area.code, area.short_name) for area in framework.judged_areas)]
        ),
        readers=links.filters("for", [(None, "Inside, all figures"), (OUTSIDE, "Outside, small numbers hidden")]),
        sections=_sections(_wanted(rows), framework),
        hides=hides,
    )


def scored(authority: Authority, today: date, *, smallest: int | None) -> Sequence[Row]:
    """Every measure, first things first; with ``smallest`` as it leaves the authority, where few are hidden."""
    lines = queries.scorecard(authority, today)
    if smallest is not None:
        lines = queries.for_outside(lines, leaving.hidden(authority, smallest))
    return [Row(line) for line in lines]


def wanted(authority: Authority, framework: Framework, today: date, *, smallest: int | None) -> Sections:
    """What the page shows with the same filters. One that is left out may still give away one that is shown."""
    return _sections(_wanted(scored(authority, today, smallest=smallest)), framework)


def in_areas(rows: Sequence[Row], framework: Framework) -> Sections:
    """All of them, whatever the address asks for."""
    return placed(rows, lambda row: row.line.area_code, framework)


def _sections(rows: Sequence[Row], framework: Framework) -> Sections:
    return by_area(rows, lambda row: row.line.area_code, framework)


def _wanted(rows: Sequence[Row]) -> Sequence[Row]:
    """Those that the address asks for; an unknown value asks for all. A hidden figure answers to no kind."""
    asked = ASKED.get(request.args.get("show", ""))
    return [row for row in rows if asked is None or row.attention == asked]


def _show(rows: Sequence[Row]) -> list[Filter]:
    counts = {key: sum(row.attention == asked for row in rows) for key, asked in ASKED.items()}
    found: list[tuple[str | None, str]] = [(key, str(asked)) for key, asked in ASKED.items() if counts[key]]
    numbers: dict[str | None, int] = {None: len(rows), **dict(counts.items())}
    return links.filters("show", [(None, "All"), *found], counts=numbers)
