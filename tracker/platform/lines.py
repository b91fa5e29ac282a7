"""Rows of a spreadsheet that somebody brings in, by what its columns hold; and refusals that name the column."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tracker.platform.columns import Wanted
from tracker.platform.errors import Conflict, Refused
from tracker.platform.lists import listed
from tracker.platform.workbooks import Row, address, text_of


class NotThisRow(Refused):
    """A refusal that names the column it is about."""

    def __init__(self, column: str, sentence: str) -> None:
        self.column = column
        super().__init__(sentence)


@contextmanager
def about(column: str) -> Iterator[None]:
    """Whatever is refused inside is about this column."""
    try:
        yield
    except (NotThisRow, Conflict):
        raise
    except Refused as refusal:
        raise NotThisRow(column, str(refusal)) from refusal


@dataclass(frozen=True)
class Line:
    """A row as it is written: the text of each column that the file has, and the cell it stands in, by key."""

    row: int
    texts: Mapping[str, str]
    cells: Mapping[str, str]

    def text(self, wanted: str) -> str:
        return self.texts.get(wanted, "")

    def has(self, wanted: str) -> bool:
        """Whether the file has the column at all: an empty cell then says "empty", a missing column nothing."""
        return wanted in self.texts


def lines(rows: Iterable[Row], columns: Mapping[str, int], *, below: int) -> list[Line]:
    """The rows under the heading row that say something in a column that counts."""
    said = [_line(row, columns) for row in rows if row.number > below]
    return [line for line in said if any(line.texts.values())]


def require_once(chosen: Mapping[str, int], headings: Sequence[str]) -> None:
    """Raises Refused when one column is chosen to hold two things."""
    for place, times in Counter(chosen.values()).items():
        if times > 1:
            name = headings[place] if place < len(headings) else ""
            raise Refused(f"The column “{name}” is chosen {times} times. Choose it once.")


def missing(chosen: Mapping[str, int], wanted: Sequence[Wanted]) -> str:
    """The names of what is needed and was chosen for no column, as a sentence lists them; empty when nothing is."""
    return listed([f"“{one.name}”" for one in wanted if one.needed and one.key not in chosen])


def _line(row: Row, columns: Mapping[str, int]) -> Line:
    return Line(
        row=row.number,
        texts={key: text_of(row.at(place)) for key, place in columns.items()},
        cells={key: address(row.number, place) for key, place in columns.items()},
    )
