"""Reports with graded judgement areas: ILACS, and the single inspection framework before it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tracker.inspections.reading.flow import Flow
from tracker.inspections.reading.flow import paragraphs as spaced
from tracker.inspections.reading.headings import Heading, headings
from tracker.inspections.reading.items import begins_entry, items, listings
from tracker.inspections.reading.judgements import checked, in_words, table
from tracker.inspections.reading.labels import Labels
from tracker.inspections.reading.paragraphs import numbered
from tracker.inspections.reading.readings import Certainty, Doubt, Found, Judgement, Reading, SectionHeading
from tracker.inspections.reading.told import Told
from tracker.inspections.reading.wording import around, joined

FARTHEST_BULLET = 4
"""Rows below a heading within which its list begins: a sentence may introduce it. Source: our choice."""
_BOARD = "safeguarding children board"
"""The report of a single inspection goes on with a review of the board, whose findings are not the authority's."""


def graded(told: Told) -> Reading:
    flow, labels = told.flow, told.labels
    judged = table(flow, labels, told.front.after)
    for judgement in judged.judgements:
        if judgement.area.sure:
            labels.also(judgement.label, judgement.area.value)
    parts = headings(flow, labels, judged.after)
    overall = in_words(flow, labels, told.front.after) if _misses_overall(judged.judgements, labels) else ()
    judgements, doubts = checked([*judged.judgements, *overall], parts, flow, labels)
    parts, guesses = _with_list(flow, parts, labels)
    own = [part for part in parts if part.start < _of_the_board(parts, len(flow.rows))]
    lists = listings(own, _of_the_board(parts, len(flow.rows)))
    paragraphs, numbering = numbered(flow, parts, [listing.rows for listing in lists], judged.after)
    listed, listing_doubts = items(flow, lists, told.library, told.fieldwork)
    return replace(
        told.reading(),
        judgements=judgements,
        section_headings=tuple(_section(flow, part) for part in parts if part.area),
        summary=tuple(_summary(flow, parts, judged.after)),
        items=listed,
        paragraphs=paragraphs,
        doubts=(*told.doubts, *doubts, *guesses, *listing_doubts, *numbering),
    )


def _with_list(flow: Flow, parts: tuple[Heading, ...], labels: Labels) -> tuple[tuple[Heading, ...], tuple[Doubt, ...]]:
    """The headings, and where none announces findings the one that by its place and its bullets does."""
    areas = [part.start for part in parts if part.area is not None]
    if not areas or any(part.finding is not None for part in parts):
        return parts, ()
    for at, part in enumerate(parts):
        outside = part.start < areas[0] or part.start > areas[-1]
        if outside and part.area is None and _has_bullets(flow, part, parts[at + 1 :]):
            finding = labels.framework.finding_types[0]
            row = flow.rows[part.start]
            why = f"“{part.text}” is no heading that is known. It was taken for “{finding.name}”."
            return (*parts[:at], replace(part, finding=finding), *parts[at + 1 :]), (Doubt(why, row.page, row.box),)
    return parts, ()


def _has_bullets(flow: Flow, part: Heading, after: Sequence[Heading]) -> bool:
    """Whether a list follows within a few lines of a heading."""
    end = min([part.end + FARTHEST_BULLET, *(heading.start for heading in after), len(flow.rows)])
    return any(begins_entry(row) for row in flow.rows[part.end : end])


def _misses_overall(judgements: Sequence[Judgement], labels: Labels) -> bool:
    area = labels.framework.overall_area
    return area is not None and all(judgement.area.value != area.code for judgement in judgements)


def _of_the_board(parts: Sequence[Heading], last: int) -> int:
    """Row where the review of the safeguarding board begins, in a report that has one."""
    largest = max((part.size for part in parts), default=0.0)
    return next(
        (
            part.start
            for part in parts
            if _BOARD in part.text.casefold() and part.size > largest - 0.5 and part.area is None
        ),
        last,
    )


def _section(flow: Flow, part: Heading) -> SectionHeading:
    rows = flow.rows[part.start : part.end]
    text = Found(part.text, rows[0].page, around(rows))
    if part.guessed and part.area:
        why = f"This heading is none that is known. It was taken for “{part.area.name}”."
        text = replace(text, certainty=Certainty.UNSURE, why=why)
    return SectionHeading(part.area.code if part.area else "", text, part.grade.code if part.grade else None)


def _summary(flow: Flow, parts: Sequence[Heading], after: int) -> Iterator[Found[str]]:
    """The paragraphs between the table and the first heading."""
    end = parts[0].start if parts else after
    if after < end:
        for first, last in spaced(flow, after, end):
            rows = flow.rows[first:last]
            yield Found(joined(rows, flow.words), rows[0].page, around(rows))
