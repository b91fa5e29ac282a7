"""The scorecard as a sheet, with the figures of the page to the digit."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from tracker.frameworks.schema import Framework
from tracker.indicators import rules
from tracker.indicators.reading import scorecard
from tracker.indicators.reading.scorecard import Sections
from tracker.indicators.reading.scored import Row, capital
from tracker.indicators.rules import Direction
from tracker.people.models import Authority
from tracker.web.spreadsheet import Cell, Column, workbook

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
    ("Stretch", 10),
    ("Stretch due by", 18),
    ("How far from stretch", 34),
    ("Compared for", 22),
    ("England", 10),
    ("Region", 10),
    ("Neighbours", 12),
    ("What neighbours are", 28),
    ("Rank among neighbours", 30),
    ("Counted since", 18),
)


def sheet(authority: Authority, framework: Framework, today: date, *, smallest: int | None) -> bytes:
    """What the page shows with the same filters; with ``smallest`` few are hidden, without it the file is internal."""
    wanted = scorecard.wanted(authority, framework, today, smallest=smallest)
    return workbook(
        f"Scorecard of {authority.name} on {today:%-d %B %Y}",
        COLUMNS,
        list(_cells(wanted, smallest)),
        sheet="Scorecard",
        made_on=today,
        internal=smallest is None,
    )


def _cells(sections: Sections, smallest: int | None) -> Iterator[Sequence[Cell]]:
    for _, area, rows in sections:
        for row in rows:
            yield (area, row.line.reference, row.line.name, row.line.basis, *_said(row, smallest))


def _said(row: Row, smallest: int | None) -> Sequence[Cell]:
    read, latest = row.line.read, row.latest
    aim = read.aim
    target = None if aim.target is None or aim.direction is Direction.CONTEXT else float(rules.rounded(aim.target))
    if latest is None:
        few = f"Fewer than {smallest} on one side, or to be worked out from others" if row.line.hidden else None
        nothing: list[Cell] = [None] * 5
        told = (row.attention, None, str(aim.unit), *nothing, target, aim.target_by, few, None, None, None)
        return (*told, *_beside(row))
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
        capital(read.how_far),
        row.direction,
        row.usual_range,
        row.usual,
        *_beside(row),
    )


def _beside(row: Row) -> Sequence[Cell]:
    """Stretch, what was published of others, and our rank: published figures are nobody's secret."""
    aim, compared, since = row.line.read.aim, row.line.compared, row.line.counted_since
    how_far = row.stretch if row.latest and row.stretch else None
    stretch = (_number(aim.stretch), aim.stretch_by, how_far)
    if compared is None:
        return (*stretch, None, None, None, None, None, None, since)
    published = [_number(one) for one in (compared.england, compared.region, compared.together)]
    return (*stretch, compared.when, *published, compared.together_called or None, row.rank or None, since)


def _number(value: Decimal | None) -> Cell:
    return None if value is None else float(rules.rounded(value))
