"""One audit's sheet as it came back: which cells ask for something, and what each row is to say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.audits.models import Audit
from tracker.audits.workbooks.rules import (
    WHOLE,
    WHOLE_NAMES,
    Cell,
    Column,
    Outcome,
    Row,
    Texts,
    Verdict,
    code_of,
    differs,
    is_empty,
    outcome,
)
from tracker.audits.workbooks.texts import Line, lines
from tracker.audits.workbooks.written import FIRST_ASKED, KEY
from tracker.platform import workbooks
from tracker.platform.lists import listed
from tracker.platform.workbooks import Sheet, address, text_of


@dataclass(frozen=True)
class Filled:
    """What an audit is to say, key by key, once what the file asks for is taken."""

    verdict: Verdict
    rows: Mapping[str, Row]
    offered: Mapping[str, Mapping[str, str]]

    def touches(self, key: str) -> bool:
        """Whether the file changes a part: a domain with its questions, or the whole case."""
        return any(cell.takes for cell in self.verdict.cells if cell.key.partition("/")[0] == key)

    def answered_in(self, domain: str) -> Sequence[str]:
        """The keys of a domain's questions that the file changes."""
        keys = [cell.key for cell in self.verdict.cells if cell.takes and cell.key.startswith(f"{domain}/")]
        return list(dict.fromkeys(keys))

    def code(self, key: str) -> str:
        return code_of(self.rows[key][Column.ANSWER], self.offered[key]) or ""


def filled(audit: Audit, sheet: Sheet, *, was: Texts, settled: Mapping[str, str]) -> Filled:
    """Compare every cell of a sheet with what it said when the file was made and with what stands here."""
    wanted = {line.key: line for line in lines(audit)}
    here: dict[str, Row] = {key: line.texts for key, line in wanted.items()}
    cells = list(_cells(audit, sheet, wanted, was, settled))
    rows = {key: {**row} for key, row in here.items()}
    for cell in cells:
        if cell.takes:
            rows[cell.key][cell.column] = cell.file
    verdict = Verdict(audit.reference, outcome(cells, empty_here=is_empty(here), settled=settled), cells)
    if not any(cell for cell in cells) and _names_nothing(sheet, wanted):
        verdict = Verdict(audit.reference, Outcome.REFUSED, (), "Its column A was changed, so its rows cannot be told.")
    return Filled(verdict, rows, {key: line.offered for key, line in wanted.items()})


def _names_nothing(sheet: Sheet, wanted: Mapping[str, Line]) -> bool:
    return not any(text_of(row.at(KEY)) in wanted for row in sheet.rows)


def _cells(
    audit: Audit, sheet: Sheet, wanted: Mapping[str, Line], was: Texts, settled: Mapping[str, str]
) -> Iterator[Cell]:
    for row in sheet.rows:
        line = wanted.get(text_of(row.at(KEY)))
        if line is None:
            continue
        for place, column in enumerate(Column, start=FIRST_ASKED):
            cell = _cell(audit, line, column, place, row, was, settled) if column in line.asks else None
            if cell is not None:
                yield cell


def _cell(
    audit: Audit,
    line: Line,
    column: Column,
    place: int,
    row: workbooks.Row,
    was: Texts,
    settled: Mapping[str, str],
) -> Cell | None:
    at = address(row.number, place)
    cell = differs(
        audit.reference,
        key=line.key,
        column=column,
        place=at,
        name=f"{line.part}: {WHOLE_NAMES[column] if line.key == WHOLE else column.value}",
        was=was.get(line.key, {}).get(column, ""),
        here=line.texts[column],
        file=text_of(row.at(place)),
        settled=settled.get(f"{audit.reference} {at}"),
    )
    if cell is None or column is not Column.ANSWER or not cell.file or code_of(cell.file, line.offered):
        return cell
    words = listed(list(line.offered.values()), "or")
    return replace(cell, reason=f"“{cell.file}” is none of the words offered here. Choose {words}.")
