"""Figures of measures are read in somebody's spreadsheet: its layout, its sheet, its headings and its words."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import given_figures, given_indicators
from tests.given_figures import ADDRESS, LETTERS, SCORECARD, apply, bring_in, errors_of, figures, outcomes
from tests.given_figures import letters as letters  # a fixture
from tests.given_figures import referrals as referrals  # a fixture
from tests.given_sheets import a_csv, a_workbook
from tracker.indicators.importing.models import FigureMemory
from tracker.indicators.models import Measure
from tracker.indicators.rules import Period
from tracker.people.models import Authority
from tracker.platform import history

PERCENT = {f"{column}4": "0.0%" for column in "CDEF"}

LONG = (
    ("Measure", "Period", "Numerator", "Denominator", "Value", "Status", "Source"),
    (LETTERS, "Oct 2026", 17, 24, "70.8%", "Provisional", "Case system"),
    ("M-2", "October 2026", "", "", 295, "Final", "Case system"),
)


def test_a_councils_scorecard_comes_in_by_its_own_headings_and_names(
    qa_officer: FlaskClient, letters: Measure, referrals: Measure, session: Session
) -> None:
    address = bring_in(qa_officer, a_workbook(SCORECARD, formats=PERCENT))
    page = qa_officer.get(f"{address}/columns").text
    assert "read as a column for each period" in page
    assert "September 2026, October 2026, April 2025 to March 2026." in page
    given_figures.columns(qa_officer, address)

    assert given_figures.asked(qa_officer, f"{address}/words") == {"word0": "2"}  # the likeliest
    given_figures.words(qa_officer, address)

    said = outcomes(qa_officer, address)
    assert said["4"][0] == "New"
    assert "October 2026: 71.25%" in said["4"][1]
    assert "Passed over: April 2025 to March 2026 is no month" in said["4"][1]
    assert said["5"][0] == "New"
    assert figures(letters, session) == {"Aug 26": "63", "Sep 26": "69"}  # nothing yet

    assert "3 figures recorded" in apply(qa_officer, address)
    assert figures(letters, session) == {"Aug 26": "63", "Sep 26": "69", "Oct 26": "71.25"}
    assert figures(referrals, session) == {"Sep 26": "310", "Oct 26": "295"}
    assert history.of(letters)[0].what == "1 figure brought in from scorecard.xlsx"


def test_what_was_explained_once_is_remembered_and_the_same_file_says_same(
    qa_officer: FlaskClient, letters: Measure, referrals: Measure, session: Session
) -> None:
    content = a_workbook(SCORECARD, formats=PERCENT)
    first = bring_in(qa_officer, content)
    given_figures.columns(qa_officer, first)
    given_figures.words(qa_officer, first)
    apply(qa_officer, first)

    again = bring_in(qa_officer, content)
    given_figures.columns(qa_officer, again)
    assert qa_officer.get(f"{again}/words").headers["Location"].endswith(again)
    assert {said[0] for said in outcomes(qa_officer, again).values()} == {"Same"}
    assert "Nothing to change" in qa_officer.get(again).text


def test_what_was_explained_wrongly_is_explained_again(
    qa_officer: FlaskClient, letters: Measure, referrals: Measure, session: Session
) -> None:
    content = a_workbook((("Measure", "Oct-26"), ("Letters decided", "71%"), (LETTERS, "71%")))
    first = bring_in(qa_officer, content)
    given_figures.columns(qa_officer, first)
    given_figures.words(qa_officer, first, word0="none")
    assert outcomes(qa_officer, first)["2"] == ["Left out", "Somebody said that no measure here is meant."]
    assert "Say what words mean" in qa_officer.get(first).text

    again = bring_in(qa_officer, content)
    given_figures.columns(qa_officer, again)
    assert given_figures.asked(qa_officer, f"{again}/words?again=1") == {"word0": "none"}
    given_figures.words(qa_officer, again, word0="1")
    assert outcomes(qa_officer, again)["2"][0] == "New"

    measured = bring_in(qa_officer, a_workbook((("Measure", "Oct-26"), (LETTERS, "71%"))))
    given_figures.columns(qa_officer, measured)
    assert "Say what words mean" not in qa_officer.get(measured).text


@pytest.mark.parametrize("kind", ["xlsx", "csv", "pasted"])
def test_a_row_for_each_figure_comes_in(
    qa_officer: FlaskClient, letters: Measure, referrals: Measure, session: Session, kind: str
) -> None:
    if kind == "pasted":
        table = "\r\n".join("\t".join(map(str, row)) for row in LONG)
        answer = qa_officer.post(ADDRESS, data={"table": table})
        address = str(answer.headers["Location"]).removesuffix("/columns")
    else:
        content = a_workbook(LONG) if kind == "xlsx" else a_csv(LONG)
        address = bring_in(qa_officer, content, name=f"figures.{kind}")
    assert "read as a row for each figure" in qa_officer.get(f"{address}/columns").text
    given_figures.columns(qa_officer, address)

    said = outcomes(qa_officer, address)
    assert said["2"] == ["New", "October 2026: 70.8% (17 of 24 children), provisional"]
    assert said["3"] == ["New", "October 2026: 295"]
    assert "Referrals in a month" in qa_officer.get(address).text  # the row has its reference alone
    apply(qa_officer, address)

    value = next(one for one in letters.values if one.period_end == date(2026, 10, 31))
    assert (value.numerator, value.denominator, value.provisional) == (17, 24, True)
    assert value.value == Decimal("70.8333")
    assert history.of(letters)[0].why == "Source: Case system."


def test_a_pasted_table_may_begin_with_an_empty_cell(qa_officer: FlaskClient, letters: Measure) -> None:
    table = f"\tMeasure\tOct-26\n1\t{LETTERS}\t71%"
    address = qa_officer.post(ADDRESS, data={"table": table}).headers["Location"].removesuffix("/columns")
    given_figures.columns(qa_officer, address)
    assert outcomes(qa_officer, address)["2"] == ["New", "October 2026: 71%"]


def test_a_layout_that_was_guessed_wrong_can_be_changed(qa_officer: FlaskClient, letters: Measure) -> None:
    address = bring_in(qa_officer, a_workbook(LONG))
    qa_officer.post(f"{address}/layout", data={"layout": "a column for each period"})
    assert "read as a column for each period" in qa_officer.get(f"{address}/columns").text
    assert qa_officer.post(f"{address}/layout", data={"layout": "upside down"}).status_code == 409


def test_the_sheet_with_the_figures_is_found_and_can_be_changed(qa_officer: FlaskClient, letters: Measure) -> None:
    book = load_workbook(BytesIO(a_workbook(SCORECARD, name="Scorecard")))
    notes = book.create_sheet("Notes", 0)
    notes.append(["How to read this scorecard"])
    file = BytesIO()
    book.save(file)
    address = bring_in(qa_officer, file.getvalue())
    assert "sheet “Scorecard”" in qa_officer.get(f"{address}/columns").text
    qa_officer.post(f"{address}/sheet", data={"name": "Notes"})
    assert "sheet “Notes”" in qa_officer.get(f"{address}/columns").text
    assert qa_officer.post(f"{address}/sheet", data={"name": "Elsewhere"}).status_code == 409


def test_counts_of_lists_come_in_by_explained_names_and_one_period(
    qa_officer: FlaskClient, referrals: Measure, session: Session
) -> None:
    rows = (("Position at October 2026",), (), ("List", "Count"), ("List 3", 295), ("List 11", 14))
    address = bring_in(qa_officer, a_workbook(rows))
    refused = qa_officer.post(
        f"{address}/columns", data=given_figures.asked(qa_officer, f"{address}/columns", period="")
    )
    assert "say which period all rows are of" in errors_of(refused.text)
    given_figures.columns(qa_officer, address, period="October 2026")
    given_figures.words(qa_officer, address, word0="2", word1="none")
    said = outcomes(qa_officer, address)
    assert said["4"] == ["New", "October 2026: 295"]
    assert said["5"][0] == "Left out"
    apply(qa_officer, address)
    assert figures(referrals, session) == {"Oct 26": "295"}


def test_an_annex_a_analysis_of_six_months_comes_in_with_its_counts_in_rows_of_their_own(
    qa_officer: FlaskClient, brent: Authority, session: Session
) -> None:
    measure = given_indicators.a_measure(
        authority=brent, name="Assessments in 45 days", period=Period.HALF_YEAR, basis="list 4", target=None
    )
    rows = (
        ("Annex A analysis: counts only",),
        ("6 months to 30 September 2026",),
        ("Annex A list", "Measure", "Numerator or denominator", "Count", "Date run"),
        ("List 4", "Assessments in 45 days", "Numerator", 1098, "2 October 2026"),
        ("List 4", "", "Denominator", 1356, ""),
        ("List 4", "", "%", "81%", ""),
        ("List 11", "Adopters approved", "Numerator", 14, "2 October 2026"),
    )

    address = bring_in(qa_officer, a_workbook(rows))
    given_figures.columns(qa_officer, address, column_measure="1", column_reference="")
    given_figures.words(qa_officer, address, word0="none")
    said = outcomes(qa_officer, address)
    apply(qa_officer, address)

    assert said["4"] == ["New", "April to September 2026: 81% (1,098 of 1,356 children)"]
    assert said["7"][0] == "Left out"
    session.expire_all()
    (value,) = measure.values
    assert (value.period_start, value.numerator, value.denominator) == (date(2026, 4, 1), 1098, 1356)
    assert (value.source, value.source_date) == ("scorecard.xlsx", date(2026, 10, 2))


def test_an_unclear_heading_is_explained_for_this_file_or_passed_over(
    qa_officer: FlaskClient, letters: Measure, session: Session
) -> None:
    rows = (("Measure", "Oct", "2026", "Sep-26"), (LETTERS, "71%", "80%", "69%"))
    address = bring_in(qa_officer, a_workbook(rows))
    given_figures.columns(qa_officer, address)
    page = qa_officer.get(f"{address}/words").text
    assert "Cell B1. “Oct” does not say which year." in page
    refused = qa_officer.post(f"{address}/words", data={"word0": "soon", "word1": "none"})
    assert errors_of(refused.text).startswith("“soon” is no period.")
    given_figures.words(qa_officer, address, word0="Oct 2026", word1="none")
    assert outcomes(qa_officer, address)["2"] == ["New", "October 2026: 71%"]

    memory = session.scalars(select(FigureMemory)).one()
    assert "oct" not in memory.headings  # next year it means another one


def test_a_year_over_its_quarters_is_carried_across(qa_officer: FlaskClient, brent: Authority) -> None:
    given_indicators.a_measure(authority=brent, period=Period.QUARTER)
    rows = (("", "2025/26", "", "2026/27", ""), ("Measure", "Q3", "Q4", "Q1", "Q2"), (LETTERS, "1%", "2%", "3%", "4%"))
    address = bring_in(qa_officer, a_workbook(rows))
    given_figures.columns(qa_officer, address)
    said = outcomes(qa_officer, address)["3"][1]
    assert said == (
        "October to December 2025: 1% January to March 2026: 2% April to June 2026: 3% July to September 2026: 4%"
    )
