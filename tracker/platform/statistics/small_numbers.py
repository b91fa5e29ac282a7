"""Which cells of a table of counts must be hidden, so that no small number can be read or worked out from the rest.

The totals of rows and columns are taken to be known. A cell can be worked out when the others and the totals leave it
one value; so more cells are hidden until every hidden one could have another.
"""

from collections.abc import Iterable, Iterator, Sequence

Cell = tuple[int, int]
"""Row and column, from 0."""


def hidden(counts: Sequence[Sequence[int]], smallest: int) -> frozenset[Cell]:
    """The cells not to be shown: those from 1 to below ``smallest``, and those from which they would follow.

    Where even hiding every cell would leave a small number to be worked out, every cell is hidden, and whoever shows
    the table must not show its totals either: see ``follows``.
    """
    chosen = {cell for cell, count in _cells(counts) if 0 < count < smallest}
    while known := follows(counts, chosen):
        more = _to_hide_too(counts, chosen, known)
        if more is None:
            break
        chosen.add(more)
    return frozenset(chosen)


def follows(counts: Sequence[Sequence[int]], chosen: set[Cell] | frozenset[Cell]) -> list[Cell]:
    """The hidden cells that have only one value left, given the totals, the cells shown, and that none is below 0.

    A hidden cell can be another if one could be moved from it, or to it, along hidden cells and back, every row and
    column keeping its total: a way round through cells of which every second one is taken from, so has to be above 0.
    """
    return sorted(cell for cell in chosen if not _can_move(counts, chosen, cell))


def _can_move(counts: Sequence[Sequence[int]], chosen: set[Cell] | frozenset[Cell], cell: Cell) -> bool:
    row, column = cell
    others = set(chosen) - {cell}
    more = _reaches(counts, others, ("column", column), ("row", row))
    less = counts[row][column] > 0 and _reaches(counts, others, ("row", row), ("column", column))
    return more or less


Line = tuple[str, int]


def _reaches(counts: Sequence[Sequence[int]], chosen: set[Cell], start: Line, end: Line) -> bool:
    """Whether one can be moved from line to line: out of a row by adding to a cell, out of a column by taking away."""
    seen, waiting = {start}, [start]
    while waiting:
        for line in _next(counts, chosen, waiting.pop()):
            if line not in seen:
                seen.add(line)
                waiting.append(line)
    return end in seen


def _next(counts: Sequence[Sequence[int]], chosen: set[Cell], line: Line) -> Iterator[Line]:
    kind, number = line
    for row, column in chosen:
        if kind == "row" and row == number:
            yield "column", column
        elif kind == "column" and column == number and counts[row][column] > 0:
            yield "row", row


def _to_hide_too(counts: Sequence[Sequence[int]], chosen: set[Cell], known: Sequence[Cell]) -> Cell | None:
    """The next cell to hide, the smallest of the first kind there is; None when all are hidden.

    One above nothing that closes a way round: other cells of its row and of its column are hidden. Else one in the row
    of what is known, in its column, or anywhere; last of all one of nothing.
    """
    shown = [(count, cell) for cell, count in _cells(counts) if cell not in chosen]
    some = [pair for pair in shown if pair[0]]
    hidden_rows, hidden_columns = _lines(chosen)
    rows, columns = _lines(known)
    kinds = (
        [pair for pair in some if pair[1][0] in hidden_rows and pair[1][1] in hidden_columns],
        [pair for pair in some if pair[1][0] in rows],
        [pair for pair in some if pair[1][1] in columns],
        some,
        shown,
    )
    first = next(filter(None, kinds), None)
    return min(first)[1] if first else None


def _lines(cells: Iterable[Cell]) -> tuple[set[int], set[int]]:
    """Their rows and their columns."""
    these = list(cells)
    return {row for row, _ in these}, {column for _, column in these}


def _cells(counts: Sequence[Sequence[int]]) -> Iterator[tuple[Cell, int]]:
    for row, line in enumerate(counts):
        for column, count in enumerate(line):
            yield (row, column), count
