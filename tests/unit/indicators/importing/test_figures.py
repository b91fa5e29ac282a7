"""Numbers as spreadsheets and people write them."""

from datetime import date
from decimal import Decimal

import pytest

from tracker.indicators.importing.figures import agree, is_none, read_count, read_state, read_value
from tracker.indicators.rules import Unit
from tracker.platform.errors import Refused
from tracker.platform.workbooks import Value


@pytest.mark.parametrize(
    ("cell", "unit", "expected"),
    [
        ("71%", Unit.PER_CENT, "71"),
        ("70.83 %", Unit.PER_CENT, "70.83"),
        ("0.5%", Unit.PER_CENT, "0.5"),
        (71, Unit.PER_CENT, "71"),
        (0, Unit.PER_CENT, "0"),
        (70.83333333333333, Unit.PER_CENT, "70.8333"),
        (0.00001, Unit.RATE, "0"),
        (0.71, Unit.RATE, "0.71"),
        ("1,204", Unit.COUNT, "1204"),
        ("£12.50", Unit.COUNT, "12.5"),
        (".5", Unit.MONTHS, "0.5"),
    ],
)
def test_a_figure_is_read_to_four_places(cell: Value, unit: Unit, expected: str) -> None:
    assert read_value(cell, unit) == Decimal(expected)


@pytest.mark.parametrize(
    ("cell", "unit", "why"),
    [
        (0.71, Unit.PER_CENT, "0.71 may be 0.71% or 71%"),
        ("1", Unit.PER_CENT, "1 may be 1% or 100%"),
        ("71%", Unit.COUNT, "is a percentage"),
        (True, Unit.COUNT, "TRUE is no number"),
        (date(2026, 4, 1), Unit.COUNT, "1 April 2026 is a day"),
        ("1 April 2026", Unit.COUNT, "is no number"),
        ("=A1+1", Unit.COUNT, "a formula that kept no result"),
        ("#DIV/0!", Unit.COUNT, "The formula in this cell went wrong: #DIV/0!"),
        ("17/24", Unit.COUNT, "is no number"),
        ("<5", Unit.COUNT, "is no number"),
        ("1,2,3", Unit.COUNT, "is no number"),
        ("1e5", Unit.COUNT, "is no number"),
        ("٣", Unit.COUNT, "is no number"),
        ("9" * 400, Unit.COUNT, "is no number"),
        (1e300, Unit.COUNT, "is no number"),
        ("", Unit.COUNT, "is no number"),
        ("-", Unit.COUNT, "is no number"),
        ("x" * 10_000, Unit.COUNT, "x…” is no number"),
    ],
)
def test_what_is_no_figure_or_could_be_two_is_refused(cell: Value, unit: Unit, why: str) -> None:
    with pytest.raises(Refused, match=why.replace("…", ".").replace("(", r"\(")):
        read_value(cell, unit)


def test_counts_are_whole() -> None:
    assert read_count(17.0) == 17
    assert read_count("1,017") == 1017
    assert read_count("n/a") is None
    with pytest.raises(Refused, match="no whole number"):
        read_count(17.5)


@pytest.mark.parametrize("cell", [None, "", "-", "N/A", " c ", "..", ":", "*"])
def test_what_says_that_there_is_no_figure(cell: Value) -> None:
    assert is_none(cell)


@pytest.mark.parametrize("cell", [0, "0", "nil", "<5", "none"])
def test_what_does_not(cell: Value) -> None:
    assert not is_none(cell)


@pytest.mark.parametrize(
    ("cell", "provisional"), [("Final", False), ("P", True), ("Provisional", True), ("Published", False), (None, None)]
)
def test_a_figure_is_provisional_or_final(cell: Value, provisional: bool | None) -> None:
    assert read_state(cell) is provisional


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ("70.8333", True),
        ("70.833", True),
        ("70.83", True),
        ("70.8", True),
        ("71", True),
        ("70", False),
        ("70.9", False),
    ],
)
def test_a_rounded_figure_agrees_with_the_exact_one(said: str, same: bool) -> None:
    assert agree(Decimal("70.8333"), Decimal(said).quantize(Decimal("0.0001"))) is same
