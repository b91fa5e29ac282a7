"""The tables of a scorecard."""

from collections.abc import Iterator

from reports.scorecard_parts import Scored, ScoredMeasure, Standings
from reports.table_shapes import Cell, Table

HEADS = (
    "Ref", "Measure", "Basis", "What to look at", "Latest figure", "Counted", "Period", "Target", "Direction",
    "Usual range", "Beside others", "Lately",
)  # fmt: skip
NUMBERS = ("Figure as a number", "Above the line", "Below the line")
"""For a spreadsheet, which adds and sorts; a document has them in words."""


def scored_tables(chapter: Scored) -> Iterator[Table]:
    """A line for each measure, first things first."""
    yield Table(
        name=chapter.title,
        caption=f"{chapter.title}: measures, first things first",
        columns=(*HEADS, *NUMBERS),
        rows=tuple(_row(one) for one in chapter.measures),
        only_in_sheets=len(NUMBERS),
    )


def _row(one: ScoredMeasure) -> tuple[Cell, ...]:
    usual, target = _listed(one.usual, one.usual_range), _listed(one.target, one.stretch)
    lately = ", ".join(f"{value:g}" for value in one.series)
    return (
        one.reference, one.name, one.basis, one.look.text, one.figure, one.of, _listed(one.period, one.since), target,
        one.direction, usual, one.beside, lately, one.value, one.numerator, one.denominator,
    )  # fmt: skip


def _listed(*words: str) -> str:
    return ", ".join(filter(None, words))


def standings_tables(chapter: Standings) -> Iterator[Table]:
    """A line for each judgement area, then one for all."""
    rows: list[tuple[Cell, ...]] = [(line.area, *line.counts, line.all) for line in chapter.areas]
    together = tuple(sum(counts) for counts in zip(*(line.counts for line in chapter.areas), strict=True))
    yield Table(
        name="Standings",
        caption="Measures by judgement area and where they stand",
        columns=("Judgement area", *(word.text for word in chapter.words), "All"),
        rows=(*rows, ("All areas", *together, sum(together))) if rows else (),
    )
