"""Counts of answers in a table: a row for each question and a column for each answer. Pure.

A table with a row for each person who answered is refused like a list of children, and nothing of it is kept.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.indicators.importing import children
from tracker.indicators.importing.children import ChildLevel
from tracker.indicators.surveys import rules
from tracker.indicators.surveys.rules import Asking
from tracker.platform.columns import folded
from tracker.platform.errors import Refused
from tracker.platform.workbooks import Row, Sheet, address, text_of

OF_A_PERSON = frozenset({
    "collector id", "completed at", "completion time", "email", "email address", "end time", "id", "ip address",
    "respondent", "respondent id", "respondent number", "response id", "start time", "submission id",
    "submitted", "submitted at", "timestamp", "user id",
})  # fmt: skip
"""Headings, as ``folded``, of columns that only an export with a row for each answering person has."""
TOTALS = frozenset({"all", "answered", "base", "n", "responses", "total", "total answers", "total responses"})
WHY = (
    "This looks like a row for each person who answered, not counts of their answers: {what}. Nothing of it was kept. "
    "Count in the survey tool how many chose each answer, and bring in the counts only."
)
NUMBER = re.compile(r"[\d,]+(\.\d+)?%?|[-–]")
LONGEST = 500


@dataclass(frozen=True)
class Line:
    """One row as it was read; ``why_not`` names its cell and what is wrong."""

    row: int
    asked: Asking | None
    why_not: str = ""


def read(sheets: Sequence[Sheet], *, file_name: str = "") -> Sequence[Line]:
    """Every row of the first sheet with a heading and counts. Raises ChildLevel or Refused."""
    children.require_none(sheets, file_name=file_name)
    for sheet in sheets:
        _require_counts(sheet)
    sheet = sheets[0]
    head, rows = sheet.rows[0], sheet.rows[1:]
    if not rows:
        raise Refused("There is no row below the headings. Enter one row for each question.")
    options = {
        place: text_of(cell)
        for place, cell in enumerate(head.cells)
        if place and text_of(cell) and folded(text_of(cell)) not in TOTALS
    }
    if len(options) < 2:
        raise Refused("The first row needs the answers as headings, after one for the questions: Agree, Disagree.")
    return list(_lines(rows, options))


def _lines(rows: Sequence[Row], options: dict[int, str]) -> Iterator[Line]:
    seen: set[str] = set()
    for row in rows:
        text = text_of(row.at(0))
        try:
            asked = _asked(row, text, options)
            if text.casefold() in seen:
                raise Refused(f"{address(row.number, 0)}: this question stands here twice.")
        except Refused as refused:
            yield Line(row.number, None, str(refused))
        else:
            seen.add(text.casefold())
            yield Line(row.number, asked)


def _asked(row: Row, text: str, options: dict[int, str]) -> Asking:
    if not text:
        raise Refused(f"{address(row.number, 0)}: enter the question.")
    if len(text) > LONGEST:
        raise Refused(f"{address(row.number, 0)}: this question is longer than {LONGEST} characters.")
    counts = {
        name: _count(row, place) for place, name in options.items() if text_of(row.at(place)) not in {"", "-", "–"}
    }
    if why_not := rules.why_not_options(list(counts)):
        raise Refused(f"Row {row.number}: {why_not[0].lower()}{why_not[1:]}")
    return Asking(text, counts)


def _count(row: Row, place: int) -> int:
    said = text_of(row.at(place)).replace(",", "")
    if not said.isdecimal() or len(said) > 9:
        raise Refused(f"{address(row.number, place)}: “{said[:20]}” is no count. Enter how many chose this answer.")
    return int(said)


def _require_counts(sheet: Sheet) -> None:
    """Raises ChildLevel where rows are people: by a heading, or by answers in words where counts would stand."""
    head, rows = sheet.rows[0], sheet.rows[1:]
    for place, cell in enumerate(head.cells):
        if folded(text_of(cell)) in OF_A_PERSON:
            raise ChildLevel(WHY.format(what=f"cell {address(head.number, place)} is headed “{text_of(cell)}”"))
    cells = [text_of(cell) for row in rows for cell in row.cells[1:] if text_of(cell)]
    words = [
        cell
        for cell in cells
        if not cell.replace(",", "").replace(".", "").rstrip("%").isdecimal() and cell not in "-–"
    ]
    if len(rows) > 1 and len(words) * 2 > len(cells):
        raise ChildLevel(WHY.format(what=f"{len(words)} of {len(cells)} cells hold words where counts would stand"))
    firsts = [text_of(row.at(0)) for row in rows]
    if len(rows) > 2 and not any(" " in first for first in firsts):
        raise ChildLevel(WHY.format(what="every row begins with a number or a code where a question would stand"))


def written(lines: Sequence[Line]) -> str:
    """The rows as a table to be read again: what a page carries from the preview to the applying."""
    asked = [line.asked for line in lines if line.asked]
    options = list(dict.fromkeys(option for one in asked for option in one.counts))
    rows = [["Question", *options]]
    rows += [[" ".join(one.text.split()), *(str(one.counts.get(option, "")) for option in options)] for one in asked]
    return "\n".join("\t".join(row) for row in rows)
