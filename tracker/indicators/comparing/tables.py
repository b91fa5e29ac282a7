"""A table of names with their figures, as somebody pasted or published it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tracker.indicators import rules
from tracker.indicators.comparing.rules import Whose, folded, whose
from tracker.indicators.importing.figures import is_none, read_value
from tracker.indicators.rules import Unit
from tracker.platform.errors import Refused
from tracker.platform.workbooks import Row, Sheet, Value, address, text_of

MOST_LINES = 400
"""Names of one table. Our choice: every council of England, its regions and room to spare."""
LONGEST_NAME = 100


@dataclass(frozen=True)
class Line:
    """One name with its figure, or why it cannot be taken."""

    cell: str
    name: str
    whose: Whose
    value: Decimal | None
    refused: str = ""
    passed_over: str = ""
    """Why it is no line to take, though nothing is wrong with it."""

    @property
    def taken(self) -> bool:
        return not self.refused and not self.passed_over


def lines(sheets: Sequence[Sheet], unit: Unit, *, ours: str) -> list[Line]:
    """The first sheet's rows: the first cell that is a text is the name, the last that holds anything the figure.

    A first row whose figure is none is taken for headings. ``ours`` is the name of this authority.
    """
    rows = [row for row in sheets[0].rows if any(text_of(cell) for cell in row.cells)]
    if len(rows) > MOST_LINES:
        raise Refused(f"This table has {len(rows):,} rows; at most {MOST_LINES} are read.")
    found, seen = list[Line](), set[tuple[Whose, str]]()
    for place, row in enumerate(rows):
        line = _line(row, unit, ours)
        if place == 0 and line.refused and not any(char.isdigit() for char in text_of(_last(row))):
            continue
        key = line.whose, folded(line.name)
        if line.taken and key in seen:
            line = Line(
                line.cell, line.name, line.whose, line.value, refused="It stands here twice. Leave one of the two."
            )
        seen.add(key)
        found.append(line)
    if not found:
        raise Refused("There is no name with a figure here. Write a line for each: the name, then its figure.")
    return found


def _line(row: Row, unit: Unit, ours: str) -> Line:
    place = next((place for place, cell in enumerate(row.cells) if isinstance(cell, str) and cell.strip()), None)
    at = address(row.number, place or 0)
    name = " ".join(text_of(row.at(place)).split())[:LONGEST_NAME]
    kind = whose(name)
    if place is None:
        return Line(at, "", kind, None, refused="It names nobody.")
    last = max(index for index, cell in enumerate(row.cells) if text_of(cell))
    if last == place:
        return Line(at, name, kind, None, refused="It holds no figure. Write n/a or c where none was published.")
    if kind is Whose.COUNCIL and folded(name) == folded(ours):
        return Line(at, name, kind, None, passed_over="This is us: our own figures are recorded as figures.")
    return _valued(row, last, name, kind, unit)


def _valued(row: Row, place: int, name: str, kind: Whose, unit: Unit) -> Line:
    cell, at = row.at(place), address(row.number, place)
    if is_none(cell):
        return Line(at, name, kind, None)
    try:
        value = read_value(cell, unit)
        why_not = rules.why_not_a_figure(unit, value, None, None)
    except Refused as refusal:
        return Line(at, name, kind, None, refused=str(refusal))
    return Line(at, name, kind, value, refused=why_not)


def _last(row: Row) -> Value:
    return next((cell for cell in reversed(row.cells) if text_of(cell)), None)
