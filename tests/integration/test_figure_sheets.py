"""Figures of measures from somebody's spreadsheet: read, looked at, applied whole, and sent out to come back."""

import shutil
import subprocess
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import load_workbook
from openpyxl.comments import Comment
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from tests import given, given_figures, given_indicators
from tests.given_figures import ADDRESS, apply, bring_in, outcomes
from tests.given_sheets import a_csv, a_workbook
from tests.queries_counted import at_most
from tracker.indicators import commands
from tracker.indicators.importing import commands as importing
from tracker.indicators.importing.models import FigureMemory, FigureSheet
from tracker.indicators.models import Measure, MeasureValue
from tracker.indicators.rules import Period, Unit
from tracker.people.models import Authority
from tracker.platform import history
from tracker.platform.errors import Refused

LETTERS = "Letter before proceedings to decision within 16 weeks"

SCORECARD = (
    ("Children’s services scorecard",),
    (),
    ("Ref", "Indicator", "Target", "Sep-26", "Oct-26", "2025/26"),
    ("CS1", "Letter before proceedings to decision within 16 weeks", 0.9, 0.69, 0.7125, 0.66),
    ("CS2", "Referrals in month", "", 310, 295, 3605),
)
PERCENT = {f"{column}4": "0.0%" for column in "CDEF"}

LONG = (
    ("Measure", "Period", "Numerator", "Denominator", "Value", "Status", "Source"),
    (LETTERS, "Oct 2026", 17, 24, "70.8%", "Provisional", "Case system"),
    ("M-2", "October 2026", "", "", 295, "Final", "Case system"),
)


@pytest.fixture
def letters(brent: Authority) -> Measure:
    """M-1, a percentage by month, with August and September 2026."""
    return given_indicators.a_measure(authority=brent, figures=(63, 69), until=date(2026, 9, 30))


@pytest.fixture
def referrals(brent: Authority, letters: Measure) -> Measure:
    """M-2, a count by month without a figure."""
    return given_indicators.a_measure(
        authority=brent, name="Referrals in a month", unit=Unit.COUNT, basis="of the month", target=None
    )


def figures(measure: Measure, session: Session) -> dict[str, str]:
    """Month -> figure."""
    session.expire_all()
    return {f"{one.period_end:%b %y}": f"{one.value.normalize():f}" for one in measure.values}


def kept(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(FigureSheet)) or 0


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


def errors_of(text: str) -> str:
    return " ".join(given_figures.errors(text))


def test_a_final_figure_changes_for_a_reason_only_and_nothing_else_meanwhile(
    qa_officer: FlaskClient, letters: Measure, session: Session
) -> None:
    rows = (("Measure", "Aug-26", "Sep-26", "Oct-26"), (LETTERS, "63%", "68%", "71%"))
    address = bring_in(qa_officer, a_workbook(rows))
    given_figures.columns(qa_officer, address)
    assert outcomes(qa_officer, address)["2"] == ["Changed", "September 2026: 69% → 68% October 2026: 71%"]
    assert "1 final figure would change" in qa_officer.get(address).text

    refused = apply(qa_officer, address)
    assert errors_of(refused) == "A final figure changes. Say why, once for the whole file."
    assert figures(letters, session) == {"Aug 26": "63", "Sep 26": "69"}

    apply(qa_officer, address, reason="September was counted again")
    assert figures(letters, session) == {"Aug 26": "63", "Sep 26": "68", "Oct 26": "71"}
    entry = history.of(letters)[0]
    assert entry.what == "2 figures brought in from scorecard.xlsx: September 2026 from 69% to 68%"
    assert entry.why == "September was counted again"


def test_a_provisional_figure_becomes_final_without_a_reason_and_never_the_other_way(
    qa_officer: FlaskClient, letters: Measure, session: Session
) -> None:
    letters.values[1].provisional = True
    session.flush()
    final = (("Measure", "Period", "Value", "Status"), ("M-1", "Sep 2026", "69%", "Final"))
    address = bring_in(qa_officer, a_workbook(final))
    given_figures.columns(qa_officer, address)
    assert outcomes(qa_officer, address)["2"] == ["Changed", "September 2026: 69%, provisional → 69%"]
    apply(qa_officer, address)
    session.expire_all()
    assert not letters.values[1].provisional

    again = bring_in(qa_officer, a_workbook((final[0], ("M-1", "Sep 2026", "70%", "Provisional"))))
    given_figures.columns(qa_officer, again)
    assert "is final, so it cannot become provisional" in outcomes(qa_officer, again)["2"][1]


def test_what_is_refused_names_its_cell_and_holds_everything_back(
    qa_officer: FlaskClient, letters: Measure, referrals: Measure, session: Session
) -> None:
    rows = (
        ("Measure", "Period", "Numerator", "Denominator", "Value", "Status"),
        (LETTERS, "Oct 2026", 25, 24, "", ""),
        (LETTERS, "Q1", 1, 2, "", ""),
        (LETTERS, "2026-27 Q1", 1, 2, "", ""),
        (LETTERS, "Dec 2099", 1, 2, "", ""),
        (LETTERS, "Oct 2026", 17, 24, "75%", ""),
        (LETTERS, "Jul 2026", "", "", "0.71", ""),
        (LETTERS, "Jul 2026", "", "", "1 in 3", ""),
        ("M-2", "Jul 2026", "", "", "71%", ""),
        ("M-2", "Jul 2026", "", "", 300, "perhaps"),
        ("M-2", "Jun 2026", "", "", 99_999_999_999, ""),
        ("M-2", "May 2026", "", "", date(2026, 5, 1), ""),
        ("M-2", "Apr 2026", "", "", -3, ""),
        ("M-2", "Mar 2026", "", "", 301, ""),
    )
    address = bring_in(qa_officer, a_workbook(rows))
    given_figures.columns(qa_officer, address)
    given_figures.words(qa_officer, address)
    said = {row: what[1].removesuffix(f" Leave row {row} out") for row, what in outcomes(qa_officer, address).items()}
    assert said["2"] == "Cell D2: 25 of 24 is more than all of them. Check both counts."
    assert said["3"] == "Cell B3: “Q1” does not say of which year. Write it like 2026-27 Q1."
    assert said["4"] == "Cell B4: April to June 2026 is no month: each figure of M-1 is of a month."
    assert said["5"] == "Cell C5: The period has not begun. Choose one that has."
    assert said["6"] == "Cell E6: 17 of 24 is 70.8%, and the file says 75%. Check both."
    assert said["7"] == "Cell E7: 0.71 may be 0.71% or 71%. Write it with a percent sign."
    assert said["8"] == "Cell E8: “1 in 3” is no number."
    assert said["9"] == "Cell E9: “71%” is a percentage, and this measure is none."
    assert said["10"] == "Cell F10: “perhaps” is neither provisional nor final. Write one of the two."
    assert said["11"] == "Cell E11: This figure is too large to be one. Check it."
    assert said["12"] == "Cell E12: 1 May 2026 is a day, not a number."
    assert said["13"] == "Cell E13: A figure cannot be less than 0."
    assert said["14"] == "March 2026: 301"

    answer = qa_officer.post(address, data={"digest": "anything"})
    assert answer.status_code == 422
    assert "12 rows are refused, so nothing was applied" in errors_of(answer.text)
    assert figures(referrals, session) == {}

    qa_officer.post(f"{address}/choices", data={"shown": list(range(2, 14)), "leave_out": list(range(2, 14))})
    assert "1 figure recorded" in apply(qa_officer, address)
    assert figures(referrals, session) == {"Mar 26": "301"}


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


def test_two_cells_that_give_one_figure_must_agree(qa_officer: FlaskClient, letters: Measure, session: Session) -> None:
    rows = (("Measure", "Oct-26"), (LETTERS, "71%"), ("M-1", "71%"), ("M-1", "72%"))
    address = bring_in(qa_officer, a_workbook(rows))
    given_figures.columns(qa_officer, address)
    said = outcomes(qa_officer, address)
    assert (said["2"][0], said["3"][0], said["4"][0]) == ("New", "Same", "Refused")
    assert "Cell B4: Cell B2 gives another figure" in said["4"][1]
    qa_officer.post(f"{address}/choices", data={"shown": "4", "leave_out": "4"})
    apply(qa_officer, address)
    assert figures(letters, session)["Oct 26"] == "71"


def test_figures_that_moved_since_the_preview_are_not_overwritten(
    qa_officer: FlaskClient, letters: Measure, session: Session
) -> None:
    address = bring_in(qa_officer, a_workbook((("Measure", "Oct-26"), (LETTERS, "71%"))))
    given_figures.columns(qa_officer, address)
    page = BeautifulSoup(qa_officer.get(address).text, "html.parser")
    digest = str(page.select("input[name=digest]")[0]["value"])
    commands.record_value(
        letters,
        period_start=date(2026, 10, 1),
        period_end=date(2026, 10, 31),
        figure=commands.Figure(value=Decimal(80)),
        on=date(2026, 11, 20),
    )
    session.commit()
    answer = qa_officer.post(address, data={"digest": digest, "reason": "So it is"})
    assert "The figures have changed since you looked" in errors_of(answer.text)
    assert figures(letters, session)["Oct 26"] == "80"


def test_two_people_who_record_one_figure_at_once_are_told_apart(
    qa_officer: FlaskClient, letters: Measure, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = bring_in(qa_officer, a_workbook((("Measure", "Oct-26"), (LETTERS, "71%"))))
    given_figures.columns(qa_officer, address)
    page = BeautifulSoup(qa_officer.get(address).text, "html.parser")
    record = commands.record_values

    def overtaken(measure: Measure, *rest: Any, **others: Any) -> None:
        """Somebody else's figure is there after ours were read."""
        columns = {"period_start": date(2026, 10, 1), "period_end": date(2026, 10, 31), "provisional": False}
        session.execute(insert(MeasureValue).values(measure_id=measure.id, value=Decimal(80), **columns))
        record(measure, *rest, **others)

    monkeypatch.setattr(commands, "record_values", overtaken)
    answer = qa_officer.post(address, data={"digest": str(page.select("input[name=digest]")[0]["value"])})
    assert answer.status_code == 422
    assert "The figures have changed since you looked. Nothing was applied" in errors_of(answer.text)
    assert session.scalars(select(FigureSheet.applied_at)).one() is None


def test_the_cells_are_let_go_once_applied_or_forgotten(
    qa_officer: FlaskClient, letters: Measure, session: Session
) -> None:
    content = a_workbook((("Measure", "Oct-26"), (LETTERS, "71%")))
    address = bring_in(qa_officer, content)
    given_figures.columns(qa_officer, address)
    apply(qa_officer, address)
    assert session.scalars(select(FigureSheet.content)).one() is None
    assert "1 figure recorded" in qa_officer.get(address).text
    for step in ("columns", "words"):
        assert qa_officer.get(f"{address}/{step}").headers["Location"].endswith(address)
    assert "was applied on" in errors_of(qa_officer.post(address, data={}).text)

    again = bring_in(qa_officer, content)
    assert "is forgotten" in qa_officer.post(f"{again}/forget", follow_redirects=True).text
    assert kept(session) == 1


CHILDREN = (
    ("Child Unique ID", "Gender", "Date of Birth", "Referral date"),
    ("100200", "F", date(2015, 3, 2), date(2026, 9, 1)),
)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (CHILDREN, "cell A1 is headed “Child Unique ID”"),
        ((("Ref", "Forename", "Oct-26"), (1, "A", 1)), "cell B1 is headed “Forename”"),
        ((("Measure", "Oct-26"), ("UPN", 1)), "cell A2 is headed “UPN”"),
        ((("Measure", "Child’s NHS number (10 digits)", "Oct-26"), (1, 2, 3)), "is headed “Child’s NHS number"),
        ((("Measure", "Oct-26"), ("943 476 5919", 1)), "cell A2 looks like an NHS number"),
        ((("Measure", "Oct-26"), (LETTERS, 9434765919)), "cell B2 looks like an NHS number"),
        ((("Measure", "Oct-26"), ("Born 3 May 2015", 1)), "cell A2 looks like a date of birth"),
        ((("Measure", "Oct-26"), *((f"LL{100200 + n}", 1) for n in range(4))), "4 of its cells look like case numbers"),
        (
            (("ID", "Team", "Visits"), *((20200 + n, "North", 1) for n in range(4))),
            "4 of its cells look like case numbers",
        ),
    ],
    ids=["Annex A", "a name", "UPN", "longer heading", "number", "number as number", "birth", "cases", "numbers"],
)
@pytest.mark.parametrize("pasted", [False, True])
def test_a_list_of_children_is_refused_and_nothing_of_it_is_kept(
    qa_officer: FlaskClient,
    brent: Authority,
    session: Session,
    rows: given_figures.Table,
    why: str,
    pasted: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tracker.platform.storage.keep", lambda stream: pytest.fail("the file was stored"))
    before = session.scalar(select(func.count()).select_from(history.HistoryEntry))
    if pasted:
        table = "\n".join("\t".join(f"{cell}" for cell in row) for row in rows)
        answer = qa_officer.post(ADDRESS, data={"table": table})
    else:
        answer = qa_officer.post(ADDRESS, data={"file": (BytesIO(a_workbook(rows)), "sam-example.xlsx")})
    assert answer.status_code == 422
    assert "This looks like a list of children" in errors_of(answer.text)
    assert why in errors_of(answer.text)
    assert "Nothing of it was kept" in errors_of(answer.text)
    box = BeautifulSoup(answer.text, "html.parser").select("textarea[name=table]")[0]
    assert box.get_text().strip() == ""
    assert "sam-example" not in answer.text
    assert "943" not in answer.text
    assert kept(session) == 0
    assert session.scalar(select(func.count()).select_from(history.HistoryEntry)) == before
    assert "sam-example" not in qa_officer.get(ADDRESS).text


def test_a_list_of_children_on_another_sheet_or_in_the_name_is_refused_too(
    qa_officer: FlaskClient, brent: Authority, session: Session
) -> None:
    book = load_workbook(BytesIO(a_workbook(SCORECARD, name="Scorecard")))
    hidden = book.create_sheet("Data")
    hidden.sheet_state = "hidden"
    for row in CHILDREN:
        hidden.append(list(row))
    file = BytesIO()
    book.save(file)
    for content, name in ((file.getvalue(), "scorecard.xlsx"), (a_workbook(SCORECARD), "943 476 5919.xlsx")):
        answer = qa_officer.post(ADDRESS, data={"file": (BytesIO(content), name)})
        assert "This looks like a list of children" in errors_of(answer.text)
        assert "476" not in answer.text
    assert kept(session) == 0


def test_only_the_cells_of_a_workbook_are_kept_and_none_of_what_it_hides(
    qa_officer: FlaskClient, letters: Measure, session: Session
) -> None:
    book = load_workbook(BytesIO(a_workbook((("Measure", "Oct-26"), (LETTERS, "71%")))))
    book.properties.creator = "Somebody Else"
    book["Sheet"]["B2"].comment = Comment("See Sam Example", "Somebody Else")
    file = BytesIO()
    book.save(file)
    bring_in(qa_officer, file.getvalue())
    content = str(session.scalars(select(FigureSheet.content)).one())
    assert LETTERS in content
    assert "Some" not in content
    assert "Sam" not in content


def hostile_formula() -> bytes:
    return a_workbook((("Measure", "Oct-26"), (LETTERS, "=1+1"), ("M-1", '=WEBSERVICE("http://example.org")')))


def test_a_formula_counts_as_what_it_kept_or_is_refused(qa_officer: FlaskClient, letters: Measure) -> None:
    address = bring_in(qa_officer, hostile_formula())
    given_figures.columns(qa_officer, address)
    said = outcomes(qa_officer, address)
    assert said["2"][1].startswith("Cell B2: This is a formula that kept no result. Open the file in Excel")
    assert said["3"][1].startswith("Cell B3: This is a formula that kept no result.")


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "empty.xlsx", "There is nothing in this file"),
        (b"PK\x03\x04 not a zip", "broken.xlsx", "cut off or damaged"),
        (b"\xd0\xcf\x11\xe0", "old.xls", "old .xls workbook"),
        (b"\x00\x01\x02", "picture.png", "neither a workbook nor text"),
        (b"Measure,Oct-26\n" + b"x,1\n" * 100_000, "many.csv", "more than 5,000 rows"),
        (b"Measure," + b"1," * 200 + b"\n", "wide.csv", "more than 100 columns"),
        (b"Measure,Oct-26\n" + b"a" * 200_000 + b",1\n", "long.csv", "cannot be read"),
        ((b"Measure" + b",1" * 90 + b"\n") * 1_000, "much.csv", "at most 60,000 are read"),
    ],
)
def test_what_cannot_be_figures_is_refused_in_a_sentence(
    qa_officer: FlaskClient, brent: Authority, session: Session, content: bytes, name: str, why: str
) -> None:
    answer = qa_officer.post(ADDRESS, data={"file": (BytesIO(content), name)})
    assert answer.status_code == 422
    assert why in errors_of(answer.text)
    assert kept(session) == 0


def test_ten_megabytes_in_one_cell_are_cut_or_refused(brent: Authority, session: Session) -> None:
    by = given.a_person()
    packed = BytesIO()
    with (
        ZipFile(BytesIO(a_workbook((("Measure", "Oct-26"), ("text", 71))))) as book,
        ZipFile(packed, "w", ZIP_DEFLATED) as made,
    ):
        for part in book.namelist():
            made.writestr(part, book.read(part).replace(b"text", b"a" * 10_000_000 if "shared" in part else b"text"))
    packed.seek(0)
    sheet = importing.bring_in(brent, packed, file_name="long.xlsx", by=by)
    assert len(str(sheet.content)) < 20_000
    with pytest.raises(Refused, match="larger than 10 MB"):
        importing.bring_in(brent, BytesIO(b"a," * 6_000_000), file_name="long.csv", by=by)


@pytest.mark.parametrize(
    "cell", ["9" * 400, "1e400", "NaN", "Infinity", "٣", "1,2,3", "--", "x" * 32_000, "\u202e71", "<script>", "-", "c"]
)
def test_no_cell_ends_in_a_fault(qa_officer: FlaskClient, letters: Measure, cell: str) -> None:
    for rows in (
        (("Measure", "Oct-26"), (LETTERS, cell)),
        (("Measure", "Period", "Numerator", "Denominator", "Value"), (LETTERS, "Oct 2026", cell, cell, "")),
        (("Measure", "Period", "Value"), (cell, cell, 71)),
        ((cell, "Period", "Oct-26"), (LETTERS, cell, 71)),
    ):
        address = bring_in(qa_officer, a_workbook(rows))
        given_figures.columns(qa_officer, address, column_measure="0")
        for page in (f"{address}/columns", f"{address}/words", address):
            assert qa_officer.get(page).status_code in {200, 302}
        assert qa_officer.post(address, data={"digest": "x"}).status_code == 422


def test_a_file_or_a_table_is_asked_for_and_not_both(qa_officer: FlaskClient, brent: Authority) -> None:
    for data in ({}, {"table": "Measure\tOct-26", "file": (BytesIO(b"Measure,Oct-26"), "a.csv")}):
        answer = qa_officer.post(ADDRESS, data=data)
        assert errors_of(answer.text) == "Choose a file or paste its cells: one of the two."


def test_who_may_not_record_figures_may_not_bring_them_in_but_take_them_out(
    director: FlaskClient, letters: Measure
) -> None:
    assert director.get(ADDRESS).status_code == 403
    assert director.post(ADDRESS, data={"table": "Measure\tOct-26"}).status_code == 403
    assert director.get(f"{ADDRESS}/figures.xlsx").status_code == 200
    assert director.post(f"{ADDRESS}/figures.xlsx").status_code == 200
    page = director.get("/brent/measures").text
    assert "Export, small numbers hidden" in page
    assert "Bring figures in" not in page


def exported(client: FlaskClient) -> bytes:
    answer = client.post(f"{ADDRESS}/figures.xlsx")
    assert answer.status_code == 200
    return bytes(answer.data)


@pytest.fixture
def many(brent: Authority, letters: Measure, referrals: Measure, session: Session) -> int:
    """Measures of every period and unit, with odd figures. How many figures there are in all."""
    given_indicators.a_measure(authority=brent, name="Rate", unit=Unit.RATE, period=Period.YEAR,
                               figures=("53.7143", "0.5"), until=date(2026, 3, 31))  # fmt: skip
    given_indicators.a_measure(authority=brent, name="Day", unit=Unit.PER_CENT, period=Period.DAY,
                               figures=("0.25", "1"), until=date(2026, 3, 31))  # fmt: skip
    third = given_indicators.a_measure(authority=brent, name="Third", period=Period.QUARTER, figures=("33.3333",),
                                       until=date(2026, 9, 30))  # fmt: skip
    third.values[0].numerator, third.values[0].denominator, third.values[0].provisional = 1, 3, True
    odd = MeasureValue(period_start=date(2026, 1, 5), period_end=date(2026, 2, 20), value=Decimal(12))
    third.values.append(odd)
    session.flush()
    return 8


def test_what_is_taken_out_comes_back_as_the_same(qa_officer: FlaskClient, many: int, session: Session) -> None:
    content = exported(qa_officer)
    page = load_workbook(BytesIO(content))["Figures"]
    assert page.freeze_panes == "B2"
    assert page["D2"].value.date() == date(2026, 8, 1)
    assert page["H2"].value == 0.63
    assert page["H2"].number_format == "0%"

    address = bring_in(qa_officer, content, name="figures.xlsx")
    given_figures.columns(qa_officer, address)
    said = outcomes(qa_officer, address)
    assert len(said) == many + 1  # and one measure without a figure
    assert {one[0] for one in said.values()} == {"Same"}, said


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_libreoffice_saved_again_comes_back_as_the_same(
    qa_officer: FlaskClient, many: int, tmp_path: Path
) -> None:
    (tmp_path / "in.xlsx").write_bytes(exported(qa_officer))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    saved = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", "out", "in.xlsx"]
    subprocess.run(saved, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    address = bring_in(qa_officer, (tmp_path / "out" / "in.xlsx").read_bytes())
    given_figures.columns(qa_officer, address)
    said = outcomes(qa_officer, address)
    assert len(said) == many + 1
    assert {one[0] for one in said.values()} == {"Same"}, said


def test_reading_and_applying_many_figures_takes_few_statements(
    qa_officer: FlaskClient, brent: Authority, session: Session
) -> None:
    for place in range(12):
        given_indicators.a_measure(authority=brent, name=f"Measure number {place}", unit=Unit.COUNT)
    months = [f"{name} 2025" for name in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep")]
    rows = (("Measure", *months), *((f"M-{place}", *range(1, 10)) for place in range(1, 13)))
    session.commit()
    address = bring_in(qa_officer, a_workbook(rows))
    given_figures.columns(qa_officer, address)
    with at_most(10):
        page = BeautifulSoup(qa_officer.get(address).text, "html.parser")
    digest = str(page.select("input[name=digest]")[0]["value"])
    with at_most(200):
        assert qa_officer.post(address, data={"digest": digest}).status_code == 302
    assert session.scalar(select(func.count()).select_from(MeasureValue)) == 108


def test_figures_of_another_authority_are_out_of_reach(
    qa_officer: FlaskClient, letters: Measure, session: Session
) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    elsewhere = given_indicators.a_measure(authority=barnet, name="Elsewhere")
    address = bring_in(qa_officer, a_workbook((("Measure", "Oct-26"), ("Elsewhere", "71%"))))
    given_figures.columns(qa_officer, address)
    assert outcomes(qa_officer, address)["2"][0] == "Refused"
    assert qa_officer.get(address.replace("brent", "barnet")).status_code == 404
    assert elsewhere.values == []
