"""The manifest of a zip or folder: which of its sheets says most of evidence, and which of its columns says what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from tracker.evidence.importing.rules import EXAMPLE, WANTED, Field
from tracker.platform import columns, workbooks
from tracker.platform.columns import Headings
from tracker.platform.lines import Line, lines
from tracker.platform.workbooks import Sheet


@dataclass(frozen=True)
class Manifest:
    """One sheet, its heading row and a guess at its columns: field -> place."""

    sheet: Sheet
    headings: Headings
    columns: Mapping[str, int]

    @property
    def lines(self) -> list[Line]:
        return said(self.sheet, self.columns, below=self.headings.row)


def read(stream: BinaryIO, remembered: Mapping[str, str]) -> Manifest:
    """The likeliest sheet, with columns as they were chosen before for such headings, else by likeness."""
    found = [_headed(sheet, remembered) for sheet in workbooks.read(stream)]
    return max(found, key=lambda one: len(one.columns))


def said(sheet: Sheet, columns: Mapping[str, int], *, below: int) -> list[Line]:
    """The rows of a manifest, without the one that the template gives as an example."""
    return [line for line in lines(sheet.rows, columns, below=below) if line.text(Field.FILE) != EXAMPLE]


def named(stream: BinaryIO, sheet_name: str) -> Sheet:
    """The sheet of this name; the first where none has it."""
    sheets = workbooks.read(stream)
    return next((sheet for sheet in sheets if sheet.name == sheet_name), sheets[0])


def _headed(sheet: Sheet, remembered: Mapping[str, str]) -> Manifest:
    headings = columns.headings(sheet, WANTED, remembered)
    return Manifest(sheet, headings, columns.suggested(headings.names, WANTED, remembered))
