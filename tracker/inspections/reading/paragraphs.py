"""Numbered paragraphs, each with the judgement area it stands under, and what is odd about their numbers."""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tracker.inspections.reading.flow import Flow
from tracker.inspections.reading.headings import Heading
from tracker.inspections.reading.numbering import Start, starts
from tracker.inspections.reading.readings import Certainty, Doubt, Found, Paragraph
from tracker.inspections.reading.rows import Row
from tracker.inspections.reading.wording import around, joined


def numbered(
    flow: Flow, headings: Sequence[Heading], listed: Sequence[range], after: int
) -> tuple[tuple[Paragraph, ...], tuple[Doubt, ...]]:
    """The numbered paragraphs from row ``after`` on outside the rows of lists, and doubts about their numbering."""
    rows = [index for index in range(after, len(flow.rows)) if not any(index in part for part in listed)]
    found = starts(flow, rows, frozenset(heading.end for heading in headings))
    paragraphs = tuple(_paragraphs(flow, headings, found))
    return paragraphs, tuple(_doubts(paragraphs))


def _paragraphs(flow: Flow, headings: Sequence[Heading], found: Sequence[Start]) -> Iterator[Paragraph]:
    bounds = [*(start.index for start in found[1:]), len(flow.rows)]
    higher = _rank_above_areas(headings)
    for start, bound in zip(found, bounds, strict=False):
        end = next((heading.start for heading in headings if start.index < heading.start < bound), bound)
        rows = flow.rows[start.index : end]
        area, heading = _under(headings, start.index, higher)
        text = joined(rows, flow.words, start.text)
        yield Paragraph(start.number, area, _found(text, rows), heading)


def _rank_above_areas(headings: Sequence[Heading]) -> float:
    """The size of headings that end an area: of the parts that hold several areas, where a report has such."""
    first = next((heading for heading in headings if heading.area is not None), None)
    if first is None:
        return math.inf
    before = [one.size for one in headings if one.start < first.start and one.size > first.size + 0.5]
    return max(before, default=math.inf)


def _under(headings: Sequence[Heading], index: int, higher: float) -> tuple[str | None, str]:
    """The area and the other heading that a row stands under."""
    area: Heading | None = None
    other = ""
    for heading in headings:
        if heading.start > index:
            break
        if heading.area is not None:
            area, other = heading, ""
        else:
            area = None if heading.size > higher - 0.5 else area
            other = heading.text
    return (area.area.code if area is not None and area.area is not None else None), other


def _found(text: str, rows: Sequence[Row]) -> Found[str]:
    page, box = rows[0].page, around(rows)
    if not text:
        return Found(text, page, box, Certainty.UNSURE, "This number has no text.")
    if text[-1].isalnum() or text[-1] in ",;":
        return Found(text, page, box, Certainty.UNSURE, "The paragraph does not end in a full stop.")
    return Found(text, page, box)


def _doubts(paragraphs: Sequence[Paragraph]) -> Iterator[Doubt]:
    for before, after in pairwise(paragraphs):
        said = _oddity(before.number or 0, after.number or 0)
        if said:
            yield Doubt(said, after.text.page, after.text.box)


def _oddity(before: int, after: int) -> str:
    if after == before + 1:
        return ""
    if after == before:
        return f"Two paragraphs are numbered {after}."
    if after == before + 2:
        return f"Paragraph {after} follows paragraph {before}: {before + 1} is not printed."
    if after == 1:
        return f"The numbering begins again at 1 after paragraph {before}."
    return f"Paragraph {after} follows paragraph {before}."
