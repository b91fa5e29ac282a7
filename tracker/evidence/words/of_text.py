"""Plain text and .csv files."""

import csv
from collections.abc import Iterator
from io import StringIO

from tracker.evidence.words.passages import Passage, Piece, one
from tracker.platform import child_data

SEPARATORS = ",;\t"
LONGEST_FIELD = 1_000_000


def lines(text: str, place: str = "line") -> Iterator[Passage]:
    """Lines that follow each other are one passage, so that a number which goes on in the next line is found."""
    for number, paragraph in _paragraphs(text):
        yield from one(f"{place} {number}", paragraph)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Lines up to an empty one, with the number of the first."""
    gathered: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            gathered.append(line)
        elif gathered:
            yield number - len(gathered), "\n".join(gathered)
            gathered = []
    if gathered:
        yield len(text.splitlines()) - len(gathered) + 1, "\n".join(gathered)


def table(text: str) -> Iterator[Passage]:
    """The rows of a .csv file. A number is told with its column's heading where that says whose it is."""
    headings: list[str] = []
    csv.field_size_limit(LONGEST_FIELD)
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator(text))
    for row in rows:
        place = f"line {rows.line_num}"
        yield Passage(place, [Piece(place, under(headings, column, cell)) for column, cell in enumerate(row) if cell])
        headings = headings or row


def under(headings: list[str], column: int, cell: str) -> str:
    """
    >>> under(["Case", "Date of birth"], 1, "4/3/2012"), under(["Case", "Visited on"], 1, "4/3/2026")
    ('Date of birth: 4/3/2012', '4/3/2026')
    """
    heading = headings[column] if column < len(headings) else ""
    return f"{heading}: {cell}" if child_data.names_its_numbers(heading) else cell


def separator(text: str) -> str:
    """What parts the cells: the sign that the first lines have most of."""
    head = text[:5_000]
    return max(SEPARATORS, key=head.count)


def decoded(content: bytes) -> str:
    """Programs write UTF-8, with a mark or without, or the Windows alphabet."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
