"""Where figures stand in a sheet, and how they are laid out."""

from datetime import date

import pytest

from tracker.indicators.importing import kept
from tracker.indicators.importing.rules import Field, Layout, found_in, period_above, period_columns, said_in, suggested
from tracker.platform.errors import Refused
from tracker.platform.workbooks import Row, Sheet, Value


def a_sheet(*rows: tuple[Value, ...], name: str = "") -> Sheet:
    return Sheet(name, tuple(Row(number, cells) for number, cells in enumerate(rows, start=1) if cells))


WIDE = a_sheet(
    ("Scorecard",),
    (),
    ("Ref", "Indicator", "Target", "Apr-26", "May-26"),
    ("M-1", "Letters", 90, 71, "n/a"),
    name="Card",
)
LONG = a_sheet(("Measure", "Period", "Value"), ("Letters", "Apr-26", 71), ("Letters", "May-26", 72))
COUNTS = a_sheet(("October 2026",), ("List", "Count"), ("List 1", 412))
DAYS = a_sheet(("Measure", "First day", "Last day", "Figure"), ("Letters", date(2026, 4, 1), date(2026, 4, 30), 71))


@pytest.mark.parametrize(
    ("sheet", "layout", "row"),
    [(WIDE, Layout.WIDE, 3), (LONG, Layout.LONG, 1), (COUNTS, Layout.LONG, 2), (DAYS, Layout.LONG, 1)],
    ids=["wide", "long", "counts", "days"],
)
def test_the_layout_is_found(sheet: Sheet, layout: Layout, row: int) -> None:
    found = found_in([sheet], {})
    assert (found.layout, found.headings.row) == (layout, row)


def test_the_sheet_with_most_of_it_is_found() -> None:
    notes = a_sheet(("Notes",), ("As at April 2026",), name="Notes")
    assert found_in([notes, WIDE], {}).sheet == "Card"


def test_a_layout_that_is_asked_for_is_taken() -> None:
    assert found_in([LONG], {}, layout=Layout.WIDE).layout is Layout.WIDE


def test_targets_are_not_read_and_empty_cells_are_no_figures() -> None:
    chosen = suggested(("Ref", "Indicator", "Target", "Apr-26", "May-26"), Layout.WIDE, {})
    assert chosen == {Field.REFERENCE: 0, Field.MEASURE: 1}
    assert [one.place for one in period_columns(WIDE, 3, chosen)] == [3, 4]
    (row,) = said_in(WIDE, Layout.WIDE, 3, chosen)
    assert [(one.value.at, one.span and one.span.name) for one in row.figures] == [
        ("D4", "April 2026"),
        ("E4", "May 2026"),
    ]


def test_a_title_names_the_period_of_rows_that_name_none() -> None:
    assert period_above(COUNTS, 2) == "October 2026"
    assert period_above(LONG, 1) == ""
    (row,) = said_in(COUNTS, Layout.LONG, 2, {Field.MEASURE: 0, Field.VALUE: 1}, period="October 2026")
    assert row.figures[0].span is not None


def test_what_was_chosen_for_the_other_layout_is_left() -> None:
    assert Field.VALUE not in suggested(("Value", "Measure"), Layout.WIDE, {"value": Field.VALUE})


def test_cells_come_back_as_they_were_kept() -> None:
    sheet = a_sheet((None, "a\x00b", 1, 0.5, True, date(2026, 4, 1), "\ud800", float("inf")), name="Card")
    (again,) = kept.sheets(kept.kept([sheet]))
    assert again == a_sheet((None, "ab", 1, 0.5, True, date(2026, 4, 1), "?", "inf"), name="Card")


def test_more_cells_than_a_scorecard_has_are_refused() -> None:
    with pytest.raises(Refused, match="at most 60,000 are read"):
        kept.require_readable([a_sheet(*(((1,) * 100,) * 601))])
    with pytest.raises(Refused, match="at most 1,000,000 are read"):
        kept.require_readable([a_sheet(*(("x" * 10_000,),) * 101)])
