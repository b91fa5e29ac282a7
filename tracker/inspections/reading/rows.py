"""Pieces of text put together into the rows that a reader of the page sees."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from tracker.inspections.reading.glyphs import with_bullet
from tracker.inspections.reading.readings import Box

LINE_END_HYPHEN = "\ufffe"
"""What PDFium gives for a hyphen that ends a line."""
CELL_GAP = 1.6
"""Widths of the letter size that part one table cell from the next. Words are never so far apart."""
TOUCHING = 0.12
"""Widths of the letter size up to which pieces touch: they are parts of one word."""
SAME_ROW = 0.28
"""Part of the letter size by which baselines may differ within one row."""
FARTHEST_LEAD = 4.0
"""Widths of the letter size from a bullet or a number to the text it leads. Source: our choice; three are seen."""
_LEAD = re.compile(r"[^\w\s]|\d{1,3}\s?[.)]?")


class Piece(NamedTuple):
    """Text in one style on one line."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    """Height of the letters in points on the page, whatever size the font claims."""
    bold: bool
    line: int
    """Which of the page's lines it was drawn in: words of one line are spaced as PDFium spaced them."""


class Row:
    """What stands on one baseline of a page, from left to right."""

    def __init__(self, page: int, pieces: list[Piece]) -> None:
        self.page = page
        self.pieces = pieces
        printed = pieces if len(pieces) == 1 else [piece for piece in pieces if not is_mark(piece, pieces)] or pieces
        widest = max(printed, key=_letters) if len(printed) > 1 else printed[0]
        self.size = widest.size
        self.baseline = widest.baseline
        self.left = pieces[0].left
        self.right = max([piece.right for piece in pieces])
        self.text = with_bullet(joined(printed))
        """As printed, without footnote marks. A hyphen broken at the end is still ``LINE_END_HYPHEN``."""
        worded = [piece.bold for piece in pieces if piece.text.upper() != piece.text.lower()]
        self.bold = bool(worded) and all(worded)
        """Every word of it is bold."""

    @property
    def top(self) -> float:
        return self.baseline - self.size

    @property
    def bottom(self) -> float:
        return self.baseline + 0.25 * self.size

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.right, self.bottom)

    @cached_property
    def cells(self) -> tuple["Row", ...]:
        """Its parts that stand so far apart that they are columns of a table."""
        parts = [[self.pieces[0]]]
        for piece in self.pieces[1:]:
            if piece.left - parts[-1][-1].right > CELL_GAP * self.size:
                parts.append([])
            parts[-1].append(piece)
        return (self,) if len(parts) == 1 else tuple(Row(self.page, part) for part in parts)

    def __repr__(self) -> str:
        return f"Row({self.page}, {self.text!r})"


def _letters(piece: Piece) -> int:
    return len(piece.text)


def _left(piece: Piece) -> float:
    return piece.left


def is_mark(piece: Piece, beside: list[Piece]) -> bool:
    """Whether a piece is a footnote mark: a small raised number or sign beside larger text."""
    text = piece.text.strip()
    if not text or len(text) > 3 or not all(sign in "0123456789*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰" for sign in text):
        return False
    return any(
        other.size > 1.25 * piece.size and other.baseline > piece.baseline + 0.1 * piece.size for other in beside
    )


def joined(pieces: list[Piece]) -> str:
    """The words of a row, spaced as on the page."""
    if len(pieces) == 1:
        return " ".join(pieces[0].text.split())
    text = ""
    before: Piece | None = None
    for piece in pieces:
        if before is not None and not text.endswith(" ") and not piece.text.startswith(" "):
            apart = piece.left - before.right
            if apart > 0.2 * piece.size or (before.line != piece.line and apart > TOUCHING * piece.size):
                text += " "
        text += piece.text
        before = piece
    return " ".join(text.split())


def rows_of(page: int, pieces: list[Piece]) -> Iterator[Row]:
    """The rows of a page from top to bottom."""
    gathered: list[tuple[float, list[Piece]]] = []
    for baseline, piece in sorted(_with_baselines(pieces), key=lambda pair: (pair[0], pair[1].left)):
        if gathered and baseline - gathered[-1][0] <= SAME_ROW * min(piece.size, gathered[-1][1][0].size):
            gathered[-1][1].append(piece)
        else:
            gathered.append((baseline, [piece]))
    for together in _put_back([pieces for _, pieces in gathered]):
        yield Row(page, sorted(together, key=_left))


def _put_back(rows: list[list[Piece]]) -> list[list[Piece]]:
    """Rows with footnote marks, bullets and numbers that were drawn a little above or below their line put on it."""
    kept: list[list[Piece]] = []
    for row in rows:
        if kept and _is_one_line(kept[-1], row):
            kept[-1] = kept[-1] + row
        else:
            kept.append(row)
    return kept


def _is_one_line(above: list[Piece], row: list[Piece]) -> bool:
    """Whether what stands on two baselines, one just below the other, is a line and what marks or leads it."""
    leads = any(len(lone) == 1 and _leads(lone[0], line) for lone, line in ((above, row), (row, above)))
    return leads or all(_is_raised(piece, row) for piece in above)


def _is_raised(piece: Piece, row: list[Piece]) -> bool:
    """Whether a piece is a mark or the letters of an ordinal above the line of the pieces below."""
    over = [other for other in row if _raises(other, piece)]
    return bool(over) and (is_mark(piece, row) or any(_is_ending(piece, other) for other in over))


def _leads(lone: Piece, row: list[Piece]) -> bool:
    """Whether a piece is the bullet or the number of a line, drawn beside it on a baseline of its own."""
    first = min(row, key=_left)
    level = abs(first.baseline - lone.baseline) < 0.5 * first.size
    beside = 0 < first.left - lone.left < FARTHEST_LEAD * first.size and lone.right < first.left
    return level and beside and _LEAD.fullmatch(lone.text.strip()) is not None


def _with_baselines(pieces: list[Piece]) -> Iterator[tuple[float, Piece]]:
    """Each piece with the baseline of the row it belongs to, which for a raised mark is its neighbour's."""
    for index, piece in enumerate(pieces):
        beside = [other for other in pieces[max(0, index - 2) : index + 3] if _raises(other, piece)]
        marked = beside and (is_mark(piece, beside) or any(_is_ending(piece, other) for other in beside))
        yield (
            (min(beside, key=lambda other: abs(other.right - piece.left)).baseline if marked else piece.baseline),
            piece,
        )


def _is_ending(piece: Piece, of: Piece) -> bool:
    """Whether small raised letters end the number before them: the "th" of "18th"."""
    letters = piece.text.strip()
    return letters.isalpha() and len(letters) <= 2 and abs(piece.left - of.right) < TOUCHING * of.size


def _raises(other: Piece, mark: Piece) -> bool:
    """Whether ``mark`` could be a footnote mark of ``other``: close enough above its baseline."""
    return other.size > 1.25 * mark.size and 0 < other.baseline - mark.baseline < 0.75 * other.size
