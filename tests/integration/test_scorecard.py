"""The scorecard: first things first, in few statements, and the same figures in its sheet."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from tests import given, given_indicators
from tests.queries_counted import at_most
from tracker.indicators.models import Measure
from tracker.indicators.rules import Direction, Unit
from tracker.people.models import Authority
from tracker.platform import history
from tracker.platform.db import db

TODAY = date(2026, 11, 20)
UNTIL = date(2026, 10, 31)
STEADY = (92, 93, 92, 94, 93, 92, 93, 94, 92, 93, 92, 93)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


def names(client: FlaskClient, query: str = "") -> list[str]:
    page = BeautifulSoup(client.get(f"/brent/measures/scorecard{query}").text, "html.parser")
    return [head.get_text(" ", strip=True).split()[1] for head in page.select("tbody th")]


def sheet(client: FlaskClient, query: str = "", *, inside: bool = False) -> list[dict[str, object]]:
    address = f"/brent/measures/scorecard.xlsx{query}"
    answer = client.post(address) if inside else client.get(address)
    assert answer.status_code == 200
    return rows_of(answer.data, "Scorecard")


def rows_of(content: bytes, name: str) -> list[dict[str, object]]:
    heads, *rows = load_workbook(BytesIO(content))[name].iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def counted(measure: Measure, *pairs: tuple[int, int], out_of: str = "children") -> Measure:
    """Give the last figures of a measure their counts."""
    measure.out_of = out_of
    for value, (numerator, denominator) in zip(measure.values[-len(pairs) :], pairs, strict=True):
        value.numerator, value.denominator = numerator, denominator
    db.session.commit()
    return measure


def test_first_things_stand_first_in_each_area(director: FlaskClient, brent: Authority) -> None:
    given_indicators.a_measure(name="Fine", figures=STEADY, until=UNTIL)
    given_indicators.a_measure(name="Old", figures=(91,), until=date(2026, 1, 31))
    given_indicators.a_measure(name="Unusual", figures=(*STEADY, 99), until=UNTIL)
    given_indicators.a_measure(name="Off", figures=(71, 75, 73), until=UNTIL)
    given_indicators.a_measure(name="Worse", figures=(75, 73, 71), until=UNTIL)
    given_indicators.a_measure(name="Leaders", figures=(91, 92, 93), until=UNTIL, area_code="leadership")

    assert names(director) == ["Leaders", "Worse", "Off", "Unusual", "Old", "Fine"]
    assert names(director, "?show=off") == ["Off"]
    assert names(director, "?show=unusual") == ["Unusual"]
    assert names(director, "?show=not-recent") == ["Old"]
    assert names(director, "?area=leadership") == ["Leaders"]
    assert names(director, "?show=nonsense&area=nowhere") == []


def test_a_row_says_in_words_what_colours_only_echo(director: FlaskClient, brent: Authority, session: Session) -> None:
    given_indicators.a_measure(name="Worse", figures=(75, 73, 71), until=UNTIL, by=date(2027, 3, 31))

    row = BeautifulSoup(director.get("/brent/measures/scorecard").text, "html.parser").select("tbody tr")[0]

    said = " ".join(row.get_text(" ").split())
    for words in (
        "Off target and getting worse",
        "71%",
        "October 2026",
        "19 points short of 90%, due by 31 March 2027",
        "Worse: down over three months",
        "9 more figures needed",
    ):
        assert words.lower() in said.lower()


def test_the_sheet_has_the_figures_of_the_page_to_the_digit(director: FlaskClient, brent: Authority) -> None:
    given_indicators.a_measure(name="Letters", figures=("66.6667", "70.8333"), until=UNTIL)
    page = director.get("/brent/measures/scorecard").text

    (row,) = sheet(director)

    assert "70.8%" in page
    assert (row["Figure"], row["Unit"], row["Target"], row["Period"]) == (70.8, "%", 90, "October 2026")
    assert row["How far off"] == "19.2 points short of 90%"
    assert "19.2 points short of 90%" in page
    assert row["What to look at"] == "Off target"


def test_the_sheet_is_filtered_as_the_page_is(director: FlaskClient, brent: Authority) -> None:
    given_indicators.a_measure(name="Fine", figures=(91, 92, 93), until=UNTIL)
    given_indicators.a_measure(name="Off", figures=(71, 75, 73), until=UNTIL, area_code="leadership")

    assert [row["Measure"] for row in sheet(director, "?show=off")] == ["Off"]
    assert [row["Measure"] for row in sheet(director, "?area=help_protection")] == ["Fine"]


def test_a_small_number_is_seen_inside_and_not_outside(director: FlaskClient, brent: Authority) -> None:
    counted(given_indicators.a_measure(name="Few", figures=(75, 10), until=UNTIL), (30, 40), (4, 40))
    counted(given_indicators.a_measure(name="Many", figures=(75, 73), until=UNTIL), (30, 40), (29, 40))

    inside, outside = sheet(director, inside=True), sheet(director)

    assert [(row["Measure"], row["Figure"], row["Counted"]) for row in inside] == [("Few", 10, 4), ("Many", 73, 29)]
    assert [(row["Measure"], row["Figure"]) for row in outside] == [("Many", 73), ("Few", None)]
    few = outside[1]
    assert few["What to look at"] == "Not shown"
    assert few["How far off"] == "Fewer than 5 on one side, or to be worked out from others"
    assert [few[column] for column in ("Counted", "Out of", "Direction", "Usual range", "How usual")] == [None] * 5
    assert "4 of 40" in director.get("/brent/measures/scorecard").text
    as_outside = director.get("/brent/measures/scorecard?for=outside").text
    assert "4 of 40" not in as_outside
    assert "Hidden: fewer than 5 on one side" in as_outside


def test_the_file_with_small_numbers_is_marked_in_every_line_and_on_record(
    director: FlaskClient, brent: Authority
) -> None:
    counted(given_indicators.a_measure(name="Few", figures=(75, 10), until=UNTIL), (30, 40), (4, 40))
    page = director.get("/brent/measures/scorecard").text
    assert "Taken away last" not in page

    assert [row["Marking"] for row in sheet(director, inside=True)] == ["Internal: shows small numbers"]
    assert "Marking" not in sheet(director)[0]

    assert "the scorecard, 20 November 2026" in director.get("/brent/measures/scorecard").text
    assert director.post("/brent/readiness.xlsx").status_code == 200
    assert history.of(brent)[0].what == "took away with small numbers: readiness"


def test_no_file_that_is_taken_as_it_is_offered_shows_a_small_number(director: FlaskClient, brent: Authority) -> None:
    """The figures of measures, and the matrix in which one stands beside its item."""
    item = given.an_item(authority=brent)
    few = counted(given_indicators.a_measure(name="Few", figures=(75, 10), until=UNTIL), (30, 40), (4, 40))
    few.items.append(item)
    db.session.commit()

    figures = rows_of(director.get("/brent/measures/figures/figures.xlsx").data, "Figures")
    readiness = rows_of(director.get("/brent/readiness.xlsx").data, "Readiness")

    assert [(row["Above the line"], row["Figure"], row["Provisional or final"]) for row in figures] == [
        (30, 0.75, "Final"),
        (None, None, "Hidden"),
    ]
    assert [row["Latest"] for row in readiness] == ["Hidden"]
    full = rows_of(director.post("/brent/readiness.xlsx").data, "Readiness")
    assert [row["Latest"] for row in full] == [10]


def test_a_hidden_figure_takes_with_it_what_it_follows_from_even_beyond_the_filter(
    director: FlaskClient, brent: Authority
) -> None:
    out_of = "children in care"
    counted(given_indicators.a_measure(name="Few", figures=(3,), until=UNTIL, target=None), (3, 100), out_of=out_of)
    for name, number in (("Some", 40), ("Most", 57)):
        measure = given_indicators.a_measure(name=name, figures=(number,), until=UNTIL, area_code="leadership")
        counted(measure, (number, 100), out_of=out_of)

    outside = sheet(director, "?area=leadership")

    assert [(row["Measure"], row["Figure"]) for row in outside] == [("Most", 57), ("Some", None)]


def test_the_usual_range_for_outside_is_worked_out_from_what_is_shown(director: FlaskClient, brent: Authority) -> None:
    pairs = [(30, 40)] * 12 + [(2, 40)] + [(30, 40)]
    shown = given_indicators.a_measure(name="Mostly", figures=(*[75] * 12, 5, 75), until=UNTIL, target=None)
    counted(shown, *pairs)

    (inside,), (outside,) = sheet(director, inside=True), sheet(director)

    assert inside["Figure"] == outside["Figure"] == 75
    assert inside["Usual range"] != outside["Usual range"] == "54.5% to 95.5%"


def test_a_measure_for_context_has_no_target_in_the_sheet(director: FlaskClient, brent: Authority) -> None:
    given_indicators.a_measure(
        name="Referrals", figures=(54, 55, 56), until=UNTIL, unit=Unit.RATE, direction=Direction.CONTEXT
    )

    (row,) = sheet(director)

    assert (row["Target"], row["How far off"]) == (None, None)
    assert row["Direction"] == "↑ Rising over three months"


def test_nothing_of_another_authority_is_shown(director: FlaskClient, brent: Authority) -> None:
    elsewhere = given.an_authority(slug="barnet", name="Barnet")
    given_indicators.a_measure(name="Theirs", figures=(71, 72, 73), until=UNTIL, authority=elsewhere)

    assert names(director) == []
    assert sheet(director) == []
    assert "No measures yet" in director.get("/brent/measures/scorecard").text


def test_the_page_and_the_sheet_take_as_many_statements_for_many_measures_as_for_few(
    director: FlaskClient, brent: Authority
) -> None:
    for place in range(30):
        given_indicators.a_measure(name=f"Measure {place}", figures=STEADY, until=UNTIL)

    with at_most(9):
        assert len(names(director)) == 30
    with at_most(9):
        assert len(sheet(director)) == 30
