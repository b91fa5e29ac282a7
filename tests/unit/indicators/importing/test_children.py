"""A list of children is told from figures about them."""

import pytest

from tracker.indicators.importing.children import ChildLevel, require_none
from tracker.indicators.library import definitions
from tracker.platform.workbooks import Row, Sheet, Value


def a_sheet(*rows: tuple[Value, ...]) -> Sheet:
    return Sheet("", tuple(Row(number, cells) for number, cells in enumerate(rows, start=1)))


def test_no_usual_measure_is_taken_for_a_child() -> None:
    rows = [
        ("M-1", one.name, one.short_name, one.definition, one.numerator, one.denominator, one.basis, 71)
        for one in definitions().values()
    ]
    require_none([a_sheet(("Ref", "Measure", "Short", "Definition", "Above", "Below", "Basis", "Apr-26"), *rows)])


@pytest.mark.parametrize(
    "row",
    [
        ("Children whose NHS number is recorded", "Health team", "Local", 0.97),
        ("Children with a UPN recorded", "Virtual school", "SSDA903", "97%"),
        ("Children with a UPN recorded", "Virtual school", "SSDA903"),
        ("Children in need plans by case number of the team", 12, 13, 14),
        ("Population aged 0 to 17", 341_234, 342_111, 343_900, 344_007, 345_100),
        ("Spend on placements, £", 12_345_678, 23_456_789, 34_567_890, 45_678_901),
        ("Contact: performance@brent.gov.uk", "020 8937 1234"),
        (2025, 71),
    ],
)
def test_figures_about_children_are_no_list_of_them(row: tuple[Value, ...]) -> None:
    require_none([a_sheet(("Measure", "Apr-26", "May-26", "Jun-26"), row)])


@pytest.mark.parametrize(
    "headings",
    [("Child Unique ID", "Gender", "Age"), ("Case ID", "Team", "Opened"), ("DOB", "Team", "Opened"),
     ("Team", "Child's Surname", "Opened"), ("Team", "Pupil number", "Opened"), ("Worker", "LA Child ID")],
)  # fmt: skip
def test_headings_of_a_list_are_known_wherever_they_stand(headings: tuple[str, ...]) -> None:
    with pytest.raises(ChildLevel, match="is headed"):
        require_none([a_sheet(("List 6",), (), headings, ("x", "y", "z"))])


def test_the_sentence_quotes_nothing_that_leads_to_a_child() -> None:
    with pytest.raises(ChildLevel) as refused:
        require_none([a_sheet(("Born 3 May 2015, 943 476 5919", 1))])
    assert "2015" not in str(refused.value)
    assert "943" not in str(refused.value)
