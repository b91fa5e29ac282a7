"""One period of a pathway as a workbook, whole or for outside the authority; and an empty table to fill in."""

from collections.abc import Iterator, Sequence
from datetime import date

from tracker.indicators.difference import outside, page, rules
from tracker.indicators.difference.models import Counting, Pathway
from tracker.indicators.difference.outside import Shown
from tracker.indicators.difference.rules import NOT_KNOWN, OTHERS, Against, Compared, Counts, Group, Reading, Stage
from tracker.web.spreadsheet import Cell, Column, workbook

COLUMNS: Sequence[Column] = (
    ("Stage", 34),
    ("Counted out of", 34),
    ("Group", 26),
    ("Compared with", 26),
    ("Period", 26),
    ("Count", 12),
    ("Of all at this stage", 12),
    ("Per 10,000 of the population", 16),
    ("Index against the population", 14),
    ("From", 10),
    ("To", 10),
    ("What it says", 22),
    ("Of the stage before, %", 14),
    ("Index against the stage before", 14),
    ("From", 10),
    ("To", 10),
    ("What it says", 22),
)
FEW = "Not shown"


def sheet(pathway: Pathway, counting: Counting, *, choice: str | None, smallest: int | None) -> bytes:
    """A row for each stage and group. With ``smallest``, for outside: without what counts few and what tells it."""
    shape, counts = pathway.shape, counting.counts
    wanted = pathway.compared_with if choice is None else choice
    comparison = rules.comparison(shape, counts, wanted)
    shown = outside.shown(shape, counts, smallest) if smallest else None
    reading = Reading(shape, shown.counts if shown else counts, comparison, pathway.least)
    rows = _rows(reading, counts, shown, page.period_of(counting))
    title = f"{pathway.reference} {pathway.title}, {page.period_of(counting)}"
    return workbook(
        title, COLUMNS, rows, sheet="Treated differently", made_on=counting.period_end, internal=smallest is None
    )


def _rows(reading: Reading, counts: Counts, shown: Shown | None, period: str) -> Iterator[Sequence[Cell]]:
    shape = reading.shape
    with_ = "Everyone else" if reading.comparison.choice == OTHERS else (
        reading.compared_with.name if reading.compared_with else ""
    )  # fmt: skip
    not_known = Group(NOT_KNOWN, "Not recorded", "")
    for stage in shape.stages:
        base = shape.base_of(stage)
        whole = outside.total(stage, counts) if shown is None or stage.code in shown.totals else None
        for group in (*shape.groups, not_known):
            key = (stage.code, group.code)
            if key not in counts:
                continue
            hidden = shown is not None and key in shown.hidden
            compared = group in reading.groups and base is not None
            yield (
                stage.name, base.name if base else None, group.name, with_ if compared else None, period,
                FEW if hidden else counts[key], whole,
                *_read(reading, stage, group, Against.POPULATION, shown, compared=compared),
                *_read(reading, stage, group, Against.BEFORE, shown, compared=compared),
            )  # fmt: skip


def _read(
    reading: Reading, stage: Stage, group: Group, against: Against, shown: Shown | None, *, compared: bool
) -> Sequence[Cell]:
    """Rate, index, its interval and what it says."""
    times = rules.PER if against is Against.POPULATION else 100
    rate = reading.rate(stage, group, against) if group.code != NOT_KNOWN else None
    told = None if rate is None else round(rate * times, 1)
    if not compared:
        return (told, None, None, None, None)
    one = reading.at(stage, group, against)
    if shown is not None and not _may_be_told(reading, one, shown):
        return (told, None, None, None, FEW)
    if not one.is_read or one.ratio is None:
        return (told, None, None, None, str(one.verdict))
    return (told, _number(one.ratio.value), _number(one.ratio.low), _number(one.ratio.high), str(one.verdict))


def _may_be_told(reading: Reading, one: Compared, shown: Shown) -> bool:
    """Whether every count that an index is made of is shown; of everyone else, all counts of both stages."""
    base = reading.shape.base_of(one.stage, one.against)
    codes = [one.stage.code, base.code if base else ""]
    if reading.comparison.choice == OTHERS:
        return not any(stage in codes for stage, _ in shown.hidden)
    groups = {one.group.code, reading.comparison.choice}
    return not any(stage in codes and group in groups for stage, group in shown.hidden)


def _number(value: float) -> Cell:
    return None if value == float("inf") else round(value, 2)


def empty(pathway: Pathway) -> bytes:
    """Stages down and groups across, to be filled in and brought back."""
    shape = pathway.shape
    columns: list[Column] = [("Stage", 40), *((group.name, 16) for group in shape.groups), ("Not recorded", 16)]
    nothing: list[Cell] = [None] * (len(shape.groups) + 1)
    rows = [[stage.name, *nothing] for stage in shape.stages]
    return workbook(pathway.title, columns, rows, sheet="Counts", made_on=date(2000, 1, 1))
