"""The two counts of one figure, where each stands in a row of its own."""

from tracker.indicators.importing.parts import combined
from tracker.indicators.importing.rules import Field, Layout, Said, said_in
from tracker.platform.workbooks import Row, Sheet


def read(*rows: tuple[object, ...], layout: Layout = Layout.WIDE, columns: dict[str, int]) -> list[Said]:
    cells = [Row(number, row) for number, row in enumerate(rows, start=1)]  # type: ignore[arg-type]  # plain values
    return combined(said_in(Sheet("Sheet", tuple(cells)), layout, 1, columns))


def counts(said: Said) -> list[tuple[str, str, str]]:
    return [(one.numerator.text, one.denominator.text, one.value.text) for one in said.figures]


def test_a_column_says_which_count_a_row_holds_and_the_name_stands_once() -> None:
    (visits, other) = read(
        ("Measure", "Part", "Apr-26", "May-26"),
        ("Visits in time", "Numerator", 17, 18),
        (None, "Denominator", 24, 24),
        (None, "%", "70.8%", "75%"),
        ("Reviews", "Value", "95%", "96%"),
        columns={Field.MEASURE: 0, Field.PART: 1},
    )

    assert (visits.row, visits.measure.text) == (2, "Visits in time")
    assert counts(visits) == [("17", "24", "70.8%"), ("18", "24", "75%")]
    assert visits.figures[0].denominator.at == "C3"
    assert counts(other) == [("", "", "95%"), ("", "", "96%")]


def test_the_end_of_a_name_says_it_too_in_a_row_for_each_figure() -> None:
    (visits,) = read(
        ("Measure", "Month", "Value"),
        ("Visits in time (denominator)", "Apr-26", 24),
        ("Visits in time - numerator", "Apr-26", 17),
        layout=Layout.LONG,
        columns={Field.MEASURE: 0, Field.PERIOD: 1, Field.VALUE: 2},
    )

    assert visits.measure.text == "Visits in time"
    assert counts(visits) == [("17", "24", "")]


def test_a_half_without_the_other_and_one_that_stands_twice_stay_as_they_are() -> None:
    alone = read(("Measure", "Apr-26"), ("Visits numerator", 17), ("Reviews", 95), columns={Field.MEASURE: 0})
    twice = read(
        ("Measure", "Apr-26"),
        ("Visits numerator", 17),
        ("Visits numerator", 18),
        ("Visits denominator", 24),
        columns={Field.MEASURE: 0},
    )

    assert [said.measure.text for said in alone] == ["Visits numerator", "Reviews"]
    assert len(twice) == 3
