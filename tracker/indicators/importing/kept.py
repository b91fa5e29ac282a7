"""The cells of a file as plain values that the database keeps until they are applied: never the file itself.

A workbook holds more than its cells: comments, hidden caches of tables, names of authors. None of that comes in. Pure.
"""

from collections.abc import Sequence
from datetime import date
from math import isfinite
from typing import Any

from tracker.platform.errors import Refused
from tracker.platform.workbooks import Row, Sheet, Value

Kept = list[dict[str, Any]]
"""Each sheet: its name, and its rows as number and cells; a day is {"day": "2026-04-01"}."""

MOST_CELLS = 60_000
"""Cells of a file that hold something. Our choice: 500 measures by ten years of months."""
MOST_LETTERS = 1_000_000
"""Letters of all texts together. Our choice: a scorecard with its notes has a tenth of them."""


def require_readable(sheets: Sequence[Sheet]) -> None:
    """Raises Refused when there are more cells, or more text in them, than a scorecard has."""
    cells = [cell for sheet in sheets for row in sheet.rows for cell in row.cells if cell is not None]
    letters = sum(len(cell) for cell in cells if isinstance(cell, str))
    for count, most, what in ((len(cells), MOST_CELLS, "cells"), (letters, MOST_LETTERS, "letters")):
        if count > most:
            raise Refused(
                f"This file has {count:,} {what}; at most {most:,} are read. Leave only the sheet with the figures, "
                "and save it again."
            )


def kept(sheets: Sequence[Sheet]) -> Kept:
    return [
        {"name": _plain(sheet.name), "rows": [[row.number, [_plain(cell) for cell in row.cells]] for row in sheet.rows]}
        for sheet in sheets
    ]


def sheets(content: Kept) -> tuple[Sheet, ...]:
    return tuple(
        Sheet(one["name"], tuple(Row(number, tuple(_value(cell) for cell in cells)) for number, cells in one["rows"]))
        for one in content
    )


def _plain(value: Value) -> Any:
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, str):  # neither database keeps NUL, and no page can show half a letter
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value


def _value(plain: Any) -> Value:
    value: Value = date.fromisoformat(plain["day"]) if isinstance(plain, dict) else plain
    return value
