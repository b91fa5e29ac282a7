"""What a report says must improve: its bullets or numbers, whatever their glyph, over as many pages as they take."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.frameworks.library import Library
from tracker.inspections.reading.flow import NEW_PARAGRAPH, Flow
from tracker.inspections.reading.flow import paragraphs as spaced
from tracker.inspections.reading.glyphs import DASHES
from tracker.inspections.reading.headings import Heading
from tracker.inspections.reading.numbering import starts
from tracker.inspections.reading.readings import Certainty, Doubt, Found, Item
from tracker.inspections.reading.references import referred
from tracker.inspections.reading.responsible import responsible_table
from tracker.inspections.reading.rows import Row
from tracker.inspections.reading.wording import around, bulleted, dashed, joined

_NUMBERED = re.compile(r"\d{1,2}[.)]")
NARRATIVE = "The report prints this in sentences where others print bullets. Check where each item begins and ends."


@dataclass(frozen=True)
class Listing:
    """The rows under a heading that announces findings."""

    heading: Heading
    start: int
    end: int
    inner: tuple[Heading, ...] = ()
    """Headings that divide the list without ending it."""

    @property
    def rows(self) -> range:
        return range(self.start, self.end)


@dataclass(frozen=True)
class _Entry:
    """One bullet, number or sentence of a list."""

    start: int
    end: int
    text: str
    """Its first row without the bullet or number."""
    number: int | None = None
    why: str = ""
    bodies: tuple[str, ...] | None = None
    """Who is responsible, where the list is a table that says so; ``text`` is then the whole text."""


def listings(headings: Sequence[Heading], last: int) -> tuple[Listing, ...]:
    """The lists of findings; each ends where a heading of another area or of its own rank follows."""
    return tuple(_listings(headings, last))


def _listings(headings: Sequence[Heading], last: int) -> Iterator[Listing]:
    for at, heading in enumerate(headings):
        if heading.finding is None:
            continue
        inner: list[Heading] = []
        end = last
        for after in headings[at + 1 :]:
            if after.finding is not None or after.area is not None or after.size > heading.size - 0.5:
                end = after.start
                break
            inner.append(after)
        yield Listing(heading, heading.end, end, tuple(inner))


def items(
    flow: Flow, found: Sequence[Listing], library: Library, fieldwork: date
) -> tuple[tuple[Item, ...], tuple[Doubt, ...]]:
    """Every item of the lists, and what is doubtful about a list as a whole."""
    listed: list[Item] = []
    doubts: list[Doubt] = []
    for listing in found:
        entries = _entries(flow, listing)
        assert listing.heading.finding is not None  # noqa: S101 - listings have findings
        listed += [_item(flow, entry, listing, library, fieldwork) for entry in entries]
        if not entries and not _only_introduces(listing, found):
            place = flow.rows[listing.heading.start]
            doubts.append(Doubt(f"Nothing is printed under “{listing.heading.text}”.", place.page, place.box))
    if not found:
        doubts.append(Doubt("No section that says what needs to improve was found in the report."))
    return tuple(listed), tuple(doubts)


def _only_introduces(listing: Listing, found: Sequence[Listing]) -> bool:
    """Whether the heading is followed at once by narrower ones that have the lists."""
    return any(other.heading.start == listing.end for other in found)


def _entries(flow: Flow, listing: Listing) -> list[_Entry]:
    entries: list[_Entry] = []
    cuts = [listing.start, *(at for heading in listing.inner for at in (heading.start, heading.end)), listing.end]
    table = responsible_table(flow, listing.heading.start, listing.start, listing.end)
    if table is not None:
        return [_Entry(row.rows[0], row.rows[-1] + 1, row.text, bodies=row.bodies) for row in table]
    for start, end in zip(cuts[::2], cuts[1::2], strict=True):
        entries += _bullets(flow, start, end) or _numbers(flow, start, end) or _narrative(flow, start, end)
    return entries


def _bullets(flow: Flow, start: int, end: int) -> list[_Entry]:
    """The entries by their bullets, whatever sort each has: what stands deeper, or under a colon, is a sub-bullet."""
    marks = [index for index in range(start, end) if begins_entry(flow.rows[index])]
    if not marks or _begins_number(flow, start, marks[0]):
        return []
    outer = _outermost(flow, marks)
    bounds = zip(outer, [*outer[1:], end], strict=True)
    return [_Entry(at, _last_row(flow, at, bound), _without_mark(flow.rows[at])) for at, bound in bounds]


def _begins_number(flow: Flow, start: int, mark: int) -> bool:
    """Whether numbers and not bullets make the list: one stands left of the first bullet and before it."""
    above = (flow.rows[index] for index in range(start, mark))
    return any(_NUMBERED.match(row.text) and row.left < flow.rows[mark].left - 0.5 * flow.size for row in above)


def _without_mark(row: Row) -> str:
    return next(text for lead in (bulleted, dashed) if (text := lead(row.text)) is not None)


def begins_entry(row: Row) -> bool:
    """Whether a row begins with a bullet or a dash."""
    return _lead(row) is not None


def _lead(row: Row) -> Callable[[str], str | None] | None:
    return next((lead for lead in (bulleted, dashed) if lead(row.text) is not None), None)


def _numbers(flow: Flow, start: int, end: int) -> list[_Entry]:
    found = starts(flow, range(start, end), frozenset({start}))
    bounds = [*(one.index for one in found[1:]), end]
    return [
        _Entry(one.index, _last_row(flow, one.index, bound), one.text, one.number)
        for one, bound in zip(found, bounds, strict=False)
    ]


def _narrative(flow: Flow, start: int, end: int) -> list[_Entry]:
    if start >= end:
        return []
    return [
        _Entry(first, last, flow.rows[first].text, why=NARRATIVE)
        for first, last in spaced(flow, start, end)
        if not flow.rows[last - 1].text.endswith(":")
    ]


def _outermost(flow: Flow, marks: Sequence[int]) -> list[int]:
    """The bullets of the list itself, without those of lists within its items."""
    kept: list[int] = []
    announced = ""
    for mark in marks:
        if kept and _is_within(flow, kept[-1], mark):
            continue
        sign = flow.rows[mark].text[:1]
        if kept and sign in DASHES and _goes_on(flow, mark):
            continue
        if kept and sign != flow.rows[kept[-1]].text[:1] and flow.rows[mark - 1].text.endswith(":"):
            announced = sign
        if sign != announced:
            kept.append(mark)
            announced = ""
    return kept


def _goes_on(flow: Flow, index: int) -> bool:
    """Whether a row that begins with a dash only goes on with the sentence of the row above."""
    return not flow.parted(index) and flow.rows[index - 1].text[-1:] not in (".", ":", ";", "?", "!", ")", "’", "”")


def _is_within(flow: Flow, bullet: int, mark: int) -> bool:
    """Whether a bullet stands deeper than the item above it, on the paper and from the margin of its own page."""
    above, below = flow.rows[bullet], flow.rows[mark]
    deeper = below.left - above.left
    inset = deeper - (flow.margins[below.page] - flow.margins[above.page])
    return min(deeper, inset) > 0.8 * flow.size


def _last_row(flow: Flow, mark: int, bound: int) -> int:
    """One past an item's last row: text that stands apart and is not indented belongs to it no more."""
    left = flow.rows[mark].left
    for index in range(mark + 1, bound):
        gap = flow.gap(index)
        row = flow.rows[index]
        if gap is not None and gap > NEW_PARAGRAPH and row.left < left + 2 and _lead(row) is None:
            return index
    return bound


def _item(flow: Flow, entry: _Entry, listing: Listing, library: Library, fieldwork: date) -> Item:
    rows: Sequence[Row] = flow.rows[entry.start : entry.end]
    text = joined(rows, flow.words, entry.text) if entry.bodies is None else entry.text
    page, box = rows[0].page, around(rows)
    printed, references = referred(text, library, fieldwork, page, box)
    return Item(
        text=Found(text, page, box, Certainty.UNSURE if entry.why else Certainty.SURE, entry.why),
        finding_type=listing.heading.finding.code if listing.heading.finding else "",
        number=entry.number,
        sub_items=sum(_lead(row) is not None for row in rows[1:]),
        reference_printed=printed,
        references=references,
        responsible_bodies=entry.bodies or (),
    )
