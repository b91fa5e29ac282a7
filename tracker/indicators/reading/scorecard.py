"""The scorecard: measures by judgement area, first things first, as a page and as a sheet with the same figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import request

from tracker.frameworks.schema import Framework
from tracker.indicators import rules
from tracker.indicators.measures_page import by_area
from tracker.indicators.queries import SHOWN
from tracker.indicators.reading import queries, usual
from tracker.indicators.reading.queries import Line
from tracker.indicators.reading.rules import EXCEPTIONS, Attention
from tracker.indicators.rules import Direction
from tracker.people.models import Authority
from tracker.web import links
from tracker.web.links import Filter
from tracker.web.spreadsheet import Cell, Column, workbook

ASKED = {
    "off-and-worse": Attention.OFF_AND_WORSE,
    "off": Attention.OFF,
    "unusual": Attention.UNUSUAL,
    "not-recent": Attention.NOT_RECENT,
}
"""What an address may ask for by ``show``."""
WHICH_IS = {True: ", which is better", False: ", which is worse", None: ""}
COLUMNS: Sequence[Column] = (
    ("Judgement area", 24),
    ("Reference", 11),
    ("Measure", 40),
    ("Basis", 32),
    ("What to look at", 26),
    ("Figure", 10),
    ("Unit", 12),
    ("Period", 22),
    ("Period ends", 18),
    ("State", 12),
    ("Counted", 12),
    ("Out of", 12),
    ("Target", 10),
    ("Due by", 18),
    ("How far off", 34),
    ("Direction", 34),
    ("Usual range", 22),
    ("How usual", 40),
)


@dataclass(frozen=True)
class Row:
    """One measure in words, the same on the page and in the sheet."""

    line: Line

    @property
    def numbers(self) -> list[float]:
        """For the sparkline."""
        return [float(figure.value) for figure in self.line.read.figures[-SHOWN:]]

    @property
    def attention(self) -> str:
        return "Not shown" if self.line.hidden else str(self.line.read.attention)

    @property
    def is_exception(self) -> bool:
        return self.line.read.attention in EXCEPTIONS

    @property
    def out_of(self) -> str:
        latest = self.line.read.latest
        return rules.out_of(latest.numerator, latest.denominator, self.line.of_whom) if latest else ""

    @property
    def usual(self) -> str:
        """ "Within its usual range"; "8 in a row above its average, which is better"; "4 more figures needed"."""
        charted = self.line.read.charted
        if charted.chart is None:
            return f"{charted.needed} more {'figure' if charted.needed == 1 else 'figures'} needed"
        return f"{_capital(usual.finding(charted))}{WHICH_IS[self.line.read.unusual_is_good]}"

    @property
    def usual_range(self) -> str:
        charted = self.line.read.charted
        limits = charted.limits_at(len(charted.figures) - 1) if charted.figures else None
        return usual.range_words(limits, self.line.read.aim.unit) if limits else ""


Sections = Sequence[tuple[str, str, Sequence[Row]]]


@dataclass(frozen=True)
class Scorecard:
    today: date
    total: int
    exceptions: int
    show: Sequence[Filter]
    areas: Sequence[Filter]
    sections: Sections
    """Code and name of each judgement area with its measures, first things first."""


def asked(authority: Authority, framework: Framework, today: date) -> Scorecard:
    rows = [Row(line) for line in queries.scorecard(authority, today)]
    return Scorecard(
        today=today,
        total=len(rows),
        exceptions=sum(row.is_exception for row in rows),
        show=_show(rows),
        areas=links.filters(
            "area", [(None, "Any"), *((area.code, area.short_name) for area in framework.judged_areas)]
        ),
        sections=by_area(_wanted(rows), lambda row: row.line.area_code, framework),
    )


def _wanted(rows: Sequence[Row]) -> Sequence[Row]:
    """Those that the address asks for; an unknown value asks for all."""
    wanted = ASKED.get(request.args.get("show", ""))
    return [row for row in rows if wanted in (None, row.line.read.attention)]


def _show(rows: Sequence[Row]) -> list[Filter]:
    counts = {key: sum(row.line.read.attention is wanted for row in rows) for key, wanted in ASKED.items()}
    found: list[tuple[str | None, str]] = [(key, str(wanted)) for key, wanted in ASKED.items() if counts[key]]
    numbers: dict[str | None, int] = {None: len(rows), **dict(counts.items())}
    return links.filters("show", [(None, "All"), *found], counts=numbers)


def sheet(authority: Authority, framework: Framework, today: date, *, smallest: int | None) -> bytes:
    """What the page shows with the same filters; for outside the authority with ``smallest``, and few are hidden."""
    lines = queries.scorecard(authority, today)
    wanted = [row.line for row in _wanted([Row(line) for line in lines])]
    if smallest is not None:  # all are looked at: one that is left out may still give away one that is shown
        kept = {line.id for line in wanted}
        wanted = [line for line in queries.for_outside(lines, smallest) if line.id in kept]
    sections = by_area([Row(line) for line in wanted], lambda row: row.line.area_code, framework)
    title = f"Scorecard of {authority.name} on {today:%-d %B %Y}"
    return workbook(title, COLUMNS, list(_cells(sections, smallest)), sheet="Scorecard", made_on=today)


def _cells(sections: Sections, smallest: int | None) -> Iterator[Sequence[Cell]]:
    for _, area, rows in sections:
        for row in rows:
            yield (area, row.line.reference, row.line.name, row.line.basis, *_said(row, smallest))


def _said(row: Row, smallest: int | None) -> Sequence[Cell]:
    read, latest = row.line.read, row.line.read.latest
    aim = read.aim
    target = None if aim.target is None or aim.direction is Direction.CONTEXT else float(rules.rounded(aim.target))
    if row.line.hidden or latest is None:
        few = f"Fewer than {smallest} on one side, or to be worked out from others" if row.line.hidden else None
        nothing: list[Cell] = [None] * 5
        return (row.attention, None, str(aim.unit), *nothing, target, aim.target_by, few, None, None, None)
    return (
        row.attention,
        float(rules.rounded(latest.value)),
        str(aim.unit),
        latest.when,
        latest.end,
        "Provisional" if latest.provisional else "Final",
        latest.numerator,
        latest.denominator,
        target,
        aim.target_by,
        _capital(read.how_far),
        f"{read.course.arrow} {read.course.words}".strip(),
        row.usual_range,
        row.usual,
    )


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
