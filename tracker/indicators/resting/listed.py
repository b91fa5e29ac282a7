"""Every action that is judged by a measure, with what its measure did since: as a page and as a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import request

from tracker.indicators import rules
from tracker.indicators.reading.counted import Place
from tracker.indicators.reading.scored import HIDDEN
from tracker.indicators.resting import pictures, queries
from tracker.indicators.resting.pictures import Moving
from tracker.indicators.resting.rules import Since
from tracker.people.models import Authority
from tracker.web import links
from tracker.web.links import Filter
from tracker.web.spreadsheet import Cell, Column, workbook

COLUMNS: Sequence[Column] = (
    ("Action", 9), ("What was to be done", 44), ("Lead", 20), ("Item", 8), ("Status", 28), ("Delivered", 18),
    ("Measure", 10), ("Name of the measure", 40), ("Baseline", 10), ("Period of the baseline", 22),
    ("Where it comes from", 26), ("Target", 10), ("Target by", 18), ("Newest figure", 12), ("Its period", 22),
    ("Unit", 12), ("Since it was done", 20), ("Embedded because of it", 18), ("What it says", 80),
)  # fmt: skip

TOLD = ("Baseline", "Newest figure", "Since it was done", "Embedded because of it", "What it says")
"""Columns that are made of a measure's figures."""


@dataclass(frozen=True)
class Page:
    show: Sequence[Filter]
    lines: Sequence[Moving]
    total: int


def page(authority: Authority, today: date) -> Page:
    every = pictures.moving(queries.of_authority(authority), today)
    counts: dict[str | None, int] = {None: len(every)}
    counts |= {since.name.lower(): sum(one.said.standing is since for one in every) for since in Since}
    found: list[tuple[str | None, str]] = [(one.name.lower(), one.value) for one in Since if counts[one.name.lower()]]
    return Page(links.filters("show", [(None, "All"), *found], counts=counts), _wanted(every), len(every))


def sheet(authority: Authority, today: date, *, hidden: frozenset[Place] | None) -> bytes:
    """What the page shows with the same filter. For outside what is ``hidden`` goes, with all that is said of it.

    With None nothing is hidden, and the file is internal. A measure with a hidden figure answers to no filter outside:
    that it does would tell how it moved.
    """
    lines = _wanted(pictures.moving(queries.of_authority(authority), today))
    filtered = request.args.get("show", "").upper() in Since.__members__
    cells = [_cells(one, hides=_hides(one, hidden)) for one in lines if not (filtered and _hides(one, hidden))]
    title = f"Actions and their measures as at {today:%-d %B %Y}"
    return workbook(title, COLUMNS, cells, sheet="Actions and measures", made_on=today, internal=hidden is None)


def _hides(one: Moving, hidden: frozenset[Place] | None) -> bool:
    """Whether any of its figures stays inside: what is said rests on them all."""
    measure = one.success.measure
    return any((measure.id, value.period_end) in (hidden or ()) for value in measure.values)


def _wanted(every: Sequence[Moving]) -> Sequence[Moving]:
    """Those that the address asks for; an unknown value asks for all."""
    asked = request.args.get("show", "").upper()
    return [one for one in every if asked not in Since.__members__ or one.said.standing is Since[asked]]


def _cells(one: Moving, *, hides: bool) -> list[Cell]:
    success, said = one.success, one.said
    action, measure, latest = success.action, success.measure, said.read.latest
    start = said.baseline
    cells: list[Cell] = [
        action.reference, action.title, action.lead.name, action.item.reference, action.status.value,
        action.delivered_on, measure.reference, measure.name,
        float(rules.rounded(start.value)) if start else None, start.when if start else None,
        (success.baseline_origin or measure.reference) if start else None,
        float(rules.rounded(success.target)) if success.target is not None else None, success.target_by,
        float(rules.rounded(latest.value)) if latest else None, latest.when if latest else None,
        str(measure.unit), said.standing.value, "Yes" if success.shows_difference else "No", said.sentence,
    ]  # fmt: skip
    return [HIDDEN if hides and name in TOLD else cell for (name, _), cell in zip(COLUMNS, cells, strict=True)]
