"""Which column of a spreadsheet holds what, as a question for each thing that a column can hold."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tracker.platform.columns import Wanted
from tracker.platform.workbooks import Sheet, text_of
from tracker.web.choices import SelectField
from tracker.web.form import Form

COLUMN = "column_"
"""Begins the name of each column's question, since a form has names of its own."""
EXAMPLE = 40
"""Letters of a cell that are shown beside its column. Our choice."""


class ColumnsForm(Form):
    """A select for everything that a column can hold: made by ``columns_form``."""

    wanted: Sequence[Wanted] = ()

    def chosen(self) -> dict[str, int]:
        """Key of what is wanted -> place of its column."""
        places = {one.key: self[COLUMN + one.key].data for one in self.wanted}
        return {key: int(place) for key, place in places.items() if place is not None}


def columns_form(
    wanted: Sequence[Wanted],
    sheet: Sheet,
    *,
    headings: Sequence[str],
    headings_row: int,
    chosen: Mapping[str, int],
    others: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> ColumnsForm:
    """Offers each column by its letter, its heading and an example from below it.

    ``others`` are fields that a room asks besides, by name, and ``data`` what they hold.
    """
    columns = list(_columns(sheet, headings, headings_row))
    fields = {COLUMN + one.key: SelectField(one.name, blank="Not in this file", choices=columns) for one in wanted}
    form: ColumnsForm = type("ColumnsForm", (ColumnsForm,), {**fields, **(others or {}), "wanted": wanted})(
        data={**{COLUMN + key: str(place) for key, place in chosen.items()}, **(data or {})}
    )
    return form


def short(text: str) -> str:
    """On one line, cut after some forty letters."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= EXAMPLE else f"{one_line[:EXAMPLE]}…"


def _columns(sheet: Sheet, headings: Sequence[str], headings_row: int) -> Iterable[tuple[str, str]]:
    below = [row for row in sheet.rows if row.number > headings_row]
    for place in range(sheet.width):
        heading = headings[place] if place < len(headings) else ""
        example = next((said for row in below if (said := text_of(row.at(place)))), "")
        if heading or example:
            name = f"{_letter(place)}: {heading or 'no heading'}"
            yield str(place), f"{name} ({short(example)})" if example else name


def _letter(place: int) -> str:
    """
    >>> _letter(0), _letter(27)
    ('A', 'AB')
    """
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)
