"""The text of a report from first page to last, without what every page repeats, footnotes and back matter."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tracker.inspections.reading.document import Page
from tracker.inspections.reading.rows import Row, is_mark
from tracker.inspections.reading.wording import Words

TOP_MARGIN, BOTTOM_MARGIN = 0.10, 0.87
"""Parts of a page's height above and below which a line may be a header or a footer."""
SMALL_PRINT = 0.88
"""Part of the body's letter size up to which print is small. Source: footnotes are 8 or 10 points beside 12."""
NEW_PARAGRAPH = 1.22
"""Line spacings from one line to the next that begin a new paragraph."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—|]?\s*(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\s*(?:[-–—]|\|\s*page)?", re.IGNORECASE
)
_MARKED = re.compile(r"(?:\d{1,2}|[*†‡§]+)\s?(?:[^\W\d_]|[‘“(])")
_PARAGRAPH = re.compile(r"\d{1,3}[.),]")
"""How a paragraph of the report begins, which may be set small by mistake; footnotes have no stop after their mark."""
_BACK_MATTER = re.compile(
    r"The Office for Standards\b|If you would like a copy of this document|© Crown copyright", re.IGNORECASE
)
"""How the publisher's own notice begins, which closes every report it makes."""


@dataclass(frozen=True)
class Flow:
    rows: tuple[Row, ...]
    """In reading order."""
    size: float
    """The letter size of most of the text."""
    pitch: float
    """The usual distance from one line of a paragraph to the next."""
    footers: tuple[str, ...]
    """Lines that pages repeat at their foot or head."""
    notes: tuple[Row, ...]
    """Rows of footnotes."""
    page_sizes: tuple[tuple[float, float], ...]
    notices: tuple[str, ...] = ()
    """The lines of the publisher's notice at the end, and those that say when the report was published."""
    pictures: int = 0
    """Images on pages that have no text."""

    @cached_property
    def words(self) -> Words:
        return Words(self.rows)

    @cached_property
    def margins(self) -> dict[int, float]:
        """By page, where the text begins on the left."""
        lefts: dict[int, float] = {}
        for row in self.rows:
            lefts[row.page] = min(row.left, lefts.get(row.page, row.left))
        return lefts

    def gap(self, index: int) -> float | None:
        """Line spacings between a row and the one before; None at the top of a page."""
        if index == 0 or self.rows[index - 1].page != self.rows[index].page:
            return None
        return (self.rows[index].baseline - self.rows[index - 1].baseline) / self.pitch

    def parted(self, index: int) -> bool:
        """Whether a row stands apart from the one before it on its page."""
        gap = self.gap(index)
        return gap is None or gap > NEW_PARAGRAPH

    def stands_out(self, index: int) -> bool:
        """Whether a row is set as headings are: bold, or larger than the text."""
        row = self.rows[index]
        return (row.bold and not self.mostly_bold) or row.size > 1.08 * self.size

    @cached_property
    def mostly_bold(self) -> bool:
        """Whether the text itself is set in a font that calls itself bold, so that bold print says nothing."""
        return 2 * sum(len(row.text) for row in self.rows if row.bold) > sum(len(row.text) for row in self.rows)


def flow(pages: Iterable[Page]) -> Flow:
    laid = list(pages)
    size = _usual(((round(row.size * 2) / 2, len(row.text)) for page in laid for row in page.rows), 12.0)
    repeated = _repeated(laid)
    rows: list[Row] = []
    notes: list[Row] = []
    for page in laid:
        kept = [row for row in page.rows if not _is_furniture(row, page, repeated, size)]
        note = _first_note(kept, page, size)
        rows += kept[:note]
        notes += kept[note:]
    rows, notices = _cut_back_matter(_without_contents(rows), len(laid))
    return Flow(
        rows=tuple(rows),
        size=size,
        pitch=_pitch(rows, size),
        footers=tuple(dict.fromkeys(_footers(laid, repeated))),
        notes=tuple(notes),
        page_sizes=tuple((round(page.width, 2), round(page.height, 2)) for page in laid),
        notices=tuple(row.text for row in (*notices, *rows[:30])),
        pictures=sum(page.pictures for page in laid),
    )


def _usual(weighed: Iterable[tuple[float, int]], otherwise: float) -> float:
    counts: Counter[float] = Counter()
    for value, weight in weighed:
        counts[value] += weight
    return counts.most_common(1)[0][0] if counts else otherwise


def _pitch(rows: Sequence[Row], size: float) -> float:
    steps = (
        (round((row.baseline - before.baseline) * 2) / 2, 1)
        for before, row in pairwise(rows)
        if before.page == row.page and abs(row.size - size) < 0.6 and row.baseline - before.baseline > 0.7 * size
    )
    return _usual(steps, 1.2 * size)


def _key(row: Row, page: Page) -> tuple[bool, str] | None:
    """What tells the same line again on another page: its text, whatever its numbers, at head or foot."""
    at_head = row.baseline < TOP_MARGIN * page.height
    if not at_head and row.baseline <= BOTTOM_MARGIN * page.height:
        return None
    return at_head, _DIGITS.sub("#", row.text)


def _repeated(pages: Sequence[Page]) -> frozenset[tuple[bool, str]]:
    """Lines that stand at the head or foot of several pages."""
    counts = Counter(key for page in pages for key in {_key(row, page) for row in page.rows} if key)
    enough = 2 if len(pages) < 6 else 3
    return frozenset(key for key, count in counts.items() if count >= enough)


def _footers(pages: Sequence[Page], repeated: frozenset[tuple[bool, str]]) -> Iterator[str]:
    """What stands at the head and foot of the pages, without their numbers."""
    for page in pages:
        for row in page.rows:
            if _key(row, page) in repeated:
                yield from (cell.text for cell in row.cells if not _PAGE_NUMBER.fullmatch(cell.text))


def _is_furniture(row: Row, page: Page, repeated: frozenset[tuple[bool, str]], size: float) -> bool:
    key = _key(row, page)
    if key is None:
        return False
    small_at_foot = not key[0] and row.size <= 0.75 * size and row.baseline > 0.93 * page.height
    return key in repeated or small_at_foot or bool(_PAGE_NUMBER.fullmatch(row.text))


def _first_note(rows: Sequence[Row], page: Page, size: float) -> int:
    """Index of the row where a page's footnotes begin: the small print at its foot."""
    start = len(rows)
    while start and rows[start - 1].size <= SMALL_PRINT * size and rows[start - 1].baseline > 0.4 * page.height:
        start -= 1
    if not any(row.size > SMALL_PRINT * size for row in rows[:start]):
        start = len(rows)
    marked = next((index for index in range(start, len(rows)) if _is_marked(rows[index])), len(rows))
    if any(_PARAGRAPH.match(row.text) for row in rows[start:marked]):
        start = marked
    larger = (
        index
        for index in range(len(rows) // 2, start)
        if is_mark(rows[index].pieces[0], rows[index].pieces) and rows[index].size <= 0.96 * size
    )
    return next(larger, start)


def _is_marked(row: Row) -> bool:
    """Whether a row of small print begins with a footnote's mark."""
    return is_mark(row.pieces[0], row.pieces) or _MARKED.match(row.text) is not None


def _without_contents(rows: list[Row]) -> list[Row]:
    """Rows without a page that lists the parts with their page numbers."""
    for index, row in enumerate(rows[:200]):
        if row.text.casefold() in ("contents", "contents page", "table of contents"):
            listed = [other for other in rows[index + 1 :] if other.page == row.page]
            if sum(other.text[-1:].isdigit() for other in listed) >= max(3, len(listed) // 2):
                return rows[:index] + rows[index + 1 + len(listed) :]
    return rows


def _cut_back_matter(rows: list[Row], pages: int) -> tuple[list[Row], list[Row]]:
    """The rows before the publisher's notice, and its own."""
    from_page = max(1, pages - max(2, pages // 4))
    for index, row in enumerate(rows):
        if row.page >= from_page and _BACK_MATTER.match(row.text):
            return rows[:index], rows[index:]
    return rows, []


def paragraphs(flow: Flow, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of rows between two rows that are paragraphs by their spacing: first row, one past the last."""
    first = start
    for index in range(start + 1, end + 1):
        if index == end or _begins_paragraph(flow, index):
            if first < index:
                yield first, index
            first = index


def _begins_paragraph(flow: Flow, index: int) -> bool:
    gap = flow.gap(index)
    if gap is not None:
        return gap > NEW_PARAGRAPH
    return flow.rows[index - 1].text.endswith((".", "?", "!", ":", "’", "”")) and flow.rows[index].text[:1].isupper()
