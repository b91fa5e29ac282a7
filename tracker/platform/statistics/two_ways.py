"""Which lines of two tables over the same things must be hidden together: by team and by area, say.

Whoever knows which team works in which area can take one table from the other. So a line is hidden where its own part
is small, and further lines of either table until no small number follows from what is left: not even one of one team in
one area, which no table shows, nor one of all that is hidden together. How many things there are of each kind is taken
to be known; their parts are not.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Cell = tuple[str, str]
"""Row and column, by name: a team and an area."""
Counts = tuple[int, int]
"""Part and whole: good or better, of all that were graded."""
Line = tuple[str, str]
"""ROW or COLUMN, and its name."""
ROW, COLUMN = "row", "column"
ALL = ""
"""The name of the node through which the hidden lines of a kind share what the total leaves them."""


@dataclass(frozen=True)
class Hidden:
    rows: frozenset[str]
    columns: frozenset[str]


def is_small(counts: Counts, smallest: int) -> bool:
    """Whether the part, or the rest, is above nothing and below ``smallest``."""
    part, whole = counts
    return 0 < part < smallest or 0 < whole - part < smallest


def hidden(cells: Mapping[Cell, Counts], smallest: int, *, unlisted: Collection[str] = ()) -> Hidden:
    """The rows and columns not to be shown. ``unlisted`` rows stand in no table, but in the totals.

    Where even hiding every line would let a small number follow from the total, every line is hidden.
    """
    there = {cell: counts for cell, counts in cells.items() if counts[1]}
    totals = _totals(there)
    chosen = {line for line, counts in totals.items() if is_small(counts, smallest)}
    chosen |= {(ROW, row) for row in unlisted if (ROW, row) in totals}
    while chosen < totals.keys() and (
        known := _left_over(there, totals, chosen, smallest) or _worked_out(there, totals, chosen, smallest)
    ):
        chosen.add(_to_hide_too(there, totals, chosen, known))
    return Hidden(
        frozenset(name for kind, name in chosen if kind == ROW),
        frozenset(name for kind, name in chosen if kind == COLUMN),
    )


def _totals(cells: Mapping[Cell, Counts]) -> dict[Line, Counts]:
    totals: dict[Line, Counts] = {}
    for cell, (part, whole) in cells.items():
        for line in _lines(cell):
            before = totals.get(line, (0, 0))
            totals[line] = before[0] + part, before[1] + whole
    return totals


def _lines(cell: Cell) -> tuple[Line, Line]:
    return (ROW, cell[0]), (COLUMN, cell[1])


def _left_over(
    cells: Mapping[Cell, Counts], totals: Mapping[Line, Counts], chosen: Collection[Line], smallest: int
) -> Sequence[Line]:
    """Hidden lines that together have few: of all, or of one shown line whose other parts are shown whole."""
    for kind in (ROW, COLUMN):
        together = sorted(line for line in chosen if line[0] == kind)
        if is_small(_sum(totals[line] for line in together), smallest):
            return together
    met: dict[Line, dict[Line, Counts]] = {}
    for cell, counts in cells.items():
        row, column = _lines(cell)
        met.setdefault(row, {})[column] = met.setdefault(column, {})[row] = counts
    for line in sorted(totals.keys() - set(chosen)):
        together = sorted(other for other in met[line] if other in chosen)
        others_are_shown = all(len(met[other]) == 1 for other in met[line] if other not in chosen)
        if others_are_shown and is_small(_sum(met[line][other] for other in together), smallest):
            return together
    return ()


def _sum(counts: Iterable[Counts]) -> Counts:
    parts, wholes = 0, 0
    for part, whole in counts:
        parts, wholes = parts + part, wholes + whole
    return parts, wholes


def _worked_out(
    cells: Mapping[Cell, Counts], totals: Mapping[Line, Counts], chosen: Collection[Line], smallest: int
) -> Sequence[Line]:
    """The lines of the first small number that has only one value left; empty when every one could be another."""
    ways = _ways(cells, totals, chosen)
    for cell, counts in cells.items():
        if is_small(counts, smallest) and not _could_differ(ways, *_lines(cell)):
            return _lines(cell)
    for line in sorted(chosen):
        if is_small(totals[line], smallest) and not _could_differ(ways, _all(line), line):
            return [line]
    return ()


Ways = Mapping[Line, set[Line]]
"""From a line to those to which one of the part may be moved, every shown line and the total keeping its own."""


def _ways(cells: Mapping[Cell, Counts], totals: Mapping[Line, Counts], chosen: Collection[Line]) -> Ways:
    """A cell takes one more from its row to its column while its part is below its whole, and gives one back while it
    is above nothing. A hidden line trades with the other hidden ones of its kind."""
    ways: dict[Line, set[Line]] = {line: set() for line in (*totals, (ROW, ALL), (COLUMN, ALL))}
    for cell, (part, whole) in cells.items():
        row, column = _lines(cell)
        if part < whole:
            ways[row].add(column)
        if part > 0:
            ways[column].add(row)
    for line in chosen:
        ways[_all(line)].add(line)
        ways[line].add(_all(line))
    return ways


def _all(line: Line) -> Line:
    return line[0], ALL


def _could_differ(ways: Ways, one: Line, other: Line) -> bool:
    """Whether one more, or one fewer, could pass between the two, and come back another way round."""
    more = other in ways[one] and _reaches(ways, other, one)
    less = one in ways[other] and _reaches(ways, one, other)
    return more or less


def _reaches(ways: Ways, start: Line, end: Line) -> bool:
    """By another way than straight from the one to the other."""
    seen, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        for line in ways[at]:
            if line not in seen and (at, line) != (start, end):
                seen.add(line)
                waiting.append(line)
    return end in seen


def _to_hide_too(
    cells: Mapping[Cell, Counts], totals: Mapping[Line, Counts], chosen: Collection[Line], known: Sequence[Line]
) -> Line:
    """The next line to hide: of those of the kind of what is known that share a line with it, else of those that share
    one, else of all, the one of the fewest."""
    near = {line for each in known for line in _near(cells, each)}
    shown = [line for line in totals if line not in chosen]
    close = [line for line in shown if line in near]
    alike = [line for line in close if line[0] == known[0][0]]
    return min(alike or close or shown, key=lambda line: (totals[line][1], line))


def _near(cells: Mapping[Cell, Counts], line: Line) -> Iterator[Line]:
    """The line itself, those that it meets, and those that these meet."""
    met = {each for cell in cells for each in _lines(cell) if line in _lines(cell)}
    for cell in cells:
        if met & set(_lines(cell)):
            yield from _lines(cell)
