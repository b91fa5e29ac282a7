"""Counts of one figure that stand in rows of their own: above the line in one, below it in another. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from tracker.indicators.importing.rules import NOTHING, Cell, Said, SaidFigure
from tracker.platform.columns import folded


class Part(StrEnum):
    ABOVE = "above the line"
    BELOW = "below the line"
    FIGURE = "figure"


WORDS = {
    Part.ABOVE: frozenset({"numerator", "num", "n", "above the line", "numerator count"}),
    Part.BELOW: frozenset({"denominator", "denom", "den", "d", "below the line", "out of", "cohort"}),
    Part.FIGURE: frozenset({"", "percentage", "per cent", "percent", "rate", "figure", "value", "result", "outturn"}),
}
"""What councils write beside such rows; "%" folds to nothing."""
AT_THE_END = re.compile(r"[\s\-–—:,(/]+(numerator|num|denominator|denom|den)\.?\)?\s*$", re.IGNORECASE)


def combined(rows: Iterable[Said]) -> list[Said]:
    """Rows that give the two counts of one measure become one row, where the first of them stood.

    What says which count a row holds is its own column, or the end of its name. A row without a name belongs to the
    one above it. Rows whose other half is missing stay as they are.
    """
    named = _named(rows)
    groups: dict[str, list[tuple[Part, Said]]] = {}
    for said in named:
        if (part := _part(said)) is not None:
            groups.setdefault(_key(said), []).append((part, said))
    whole = {key: those for key, those in groups.items() if _is_whole(those)}
    joined = {key: _joined(those) for key, those in whole.items()}
    gone = {said.row for those in whole.values() for _, said in those}
    first = {one.row: one for one in joined.values()}
    return [first.get(said.row, said) for said in named if said.row in first or said.row not in gone]


def _is_whole(those: Sequence[tuple[Part, Said]]) -> bool:
    """Whether both counts are there, and none of them twice for a period."""
    given = [
        (part, figure.heading.text, figure.last_day.text)
        for part, said in those
        for figure in said.figures
        if figure.value.text
    ]
    return {Part.ABOVE, Part.BELOW} <= {part for part, _ in those} and len(set(given)) == len(given)


def _named(rows: Iterable[Said]) -> list[Said]:
    found: list[Said] = []
    for said in rows:
        is_more = found and said.part.text and not (said.measure.text or said.reference.text)
        found.append(replace(said, measure=found[-1].measure, reference=found[-1].reference) if is_more else said)
    return found


def _part(said: Said) -> Part | None:
    at_the_end = AT_THE_END.search(said.measure.text)
    words = folded(said.part.text) if said.part.text else folded(at_the_end[1]) if at_the_end else None
    if words is None:
        return Part.FIGURE
    return next((part for part, known in WORDS.items() if words in known), None)


def _key(said: Said) -> str:
    return folded(said.reference.text) or folded(AT_THE_END.sub("", said.measure.text))


def _joined(those: Sequence[tuple[Part, Said]]) -> Said:
    first = min((said for _, said in those), key=lambda said: said.row)
    found: dict[tuple[str, str, str], SaidFigure] = {}
    for part, said in those:
        for figure in said.figures:
            key = figure.heading.text, figure.first_day.text, figure.last_day.text
            before = found.get(key, replace(figure, value=NOTHING, numerator=NOTHING, denominator=NOTHING))
            found[key] = _with(before, part, figure)
    name = Cell(AT_THE_END.sub("", first.measure.text), first.measure.at) if first.measure.text else first.measure
    source = next((said.source for _, said in those if said.source), "")
    return replace(first, measure=name, source=source, figures=tuple(found.values()))


def _with(figure: SaidFigure, part: Part, given: SaidFigure) -> SaidFigure:
    if part is Part.FIGURE:
        return replace(
            figure,
            value=given.value if given.value.text else figure.value,
            numerator=given.numerator if given.numerator.text else figure.numerator,
            denominator=given.denominator if given.denominator.text else figure.denominator,
        )
    if part is Part.ABOVE:
        return replace(figure, numerator=given.numerator if given.numerator.text else given.value)
    return replace(figure, denominator=given.denominator if given.denominator.text else given.value)
