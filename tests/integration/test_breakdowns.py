"""A measure by its parts: recorded a period at a time, shown with care, and taken out without small numbers."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import given, given_indicators
from tests.queries_counted import at_most
from tracker.indicators import commands as measures
from tracker.indicators import queries
from tracker.indicators.breakdowns import commands, leaving, page
from tracker.indicators.breakdowns.commands import OfPart
from tracker.indicators.breakdowns.models import MeasurePart, PartValue
from tracker.indicators.commands import Figure
from tracker.indicators.models import Measure
from tracker.people.models import Authority
from tracker.platform import history
from tracker.platform.errors import Refused

TODAY = date(2026, 11, 20)
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
ADDRESS = "/brent/measures/1/parts/record"
TEAMS = {"Localities 1": (37, 40), "Localities 2": (20, 40), "Assessment": (19, 20)}
TABLE = "\n".join(f"{name}\t{above}\t{below}" for name, (above, below) in TEAMS.items())


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def measure(brent: Authority) -> Measure:
    """76 of 100 children in October, after 70% in September."""
    measure = given_indicators.a_measure(authority=brent, figures=(70,), until=date(2026, 9, 30))
    figure = Figure(numerator=76, denominator=100)
    measures.record_value(measure, period_start=FIRST, period_end=LAST, figure=figure, on=TODAY)
    return measure


def record(measure: Measure, counts: dict[str, tuple[int, int]], *, by: str = "Team", reason: str = "") -> None:
    lines = [OfPart(name, Figure(numerator=above, denominator=below)) for name, (above, below) in counts.items()]
    commands.record(measure, by, lines, period_start=FIRST, period_end=LAST, reason=reason, on=TODAY)


def said(response: TestResponse) -> str:
    return " ".join(BeautifulSoup(response.text, "html.parser").get_text(" ").split())


def errors(response: TestResponse) -> str:
    soup = BeautifulSoup(response.text, "html.parser")
    return " ".join(one.get_text(" ", strip=True) for one in soup.select(".govuk-error-summary li"))


def rows(content: bytes) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in load_workbook(BytesIO(content))["Parts"].iter_rows(min_row=2)]


def count(session: Session) -> int | None:
    return session.scalar(select(func.count(PartValue.id)))


def test_a_pasted_table_breaks_a_measure_down(head_of_service: FlaskClient, measure: Measure) -> None:
    assert "Break it down, such as by team" in head_of_service.get("/brent/measures/1").text

    answer = head_of_service.post(ADDRESS, data={"kind": "Team", "period": LAST.isoformat(), "pasted": TABLE})
    shown = said(head_of_service.get("/brent/measures/1"))

    assert answer.status_code == 302
    assert "By Team: October 2026" in shown
    assert "Furthest from the others is Localities 2: 50%, beside 93.3% of all others together." in shown
    assert "leaves them out: chance alone would seldom do that" in shown
    assert "Together they are the measure’s own: 76 of 100 children." in shown
    assert "Localities 2 50% 20 of 40 children 40 points away" in shown
    assert history.of(measure, limit=1)[0].what.startswith("October 2026 by Team recorded: Localities 1 92.5%")


def test_a_line_for_each_part_is_changed_for_a_reason(
    head_of_service: FlaskClient, session: Session, measure: Measure
) -> None:
    record(measure, TEAMS)
    session.commit()
    parts = {part.name: f"part_{part.id.hex}" for part in session.scalars(select(MeasurePart))}
    typed = {f"{key}_above": str(TEAMS[name][0]) for name, key in parts.items()}
    typed |= {f"{key}_below": str(TEAMS[name][1]) for name, key in parts.items()}
    changed = {"kind": "Team", **typed, f"{parts['Assessment']}_above": "18", "new_1_name": "Children in care"}
    changed |= {"new_1_above": "0", "new_1_below": "12"}
    address = f"{ADDRESS}?by=Team&period={LAST}"

    page_of = BeautifulSoup(head_of_service.get(address).text, "html.parser")
    unsaid = head_of_service.post(address, data=changed)
    emptied = head_of_service.post(
        address, data={**changed, f"{parts['Assessment']}_above": "", f"{parts['Assessment']}_below": ""}
    )
    before = count(session)
    saved = head_of_service.post(address, data={**changed, "reason": "One was counted twice"})

    assert page_of.select_one(f"[name={parts['Assessment']}_above]")["value"] == "19"  # type: ignore[index]  # it is there
    assert "Assessment: October 2026 has a figure already: 95%. Say why it changes." in errors(unsaid)
    assert "Assessment has a figure for this period" in errors(emptied)
    assert before == 3
    assert saved.status_code == 302
    entry = history.of(measure, limit=1)[0]
    assert entry.what == "October 2026 by Team recorded: Assessment from 95% to 90%; Children in care 0%"
    assert entry.why == "One was counted twice"
    assert "12 children" not in said(head_of_service.get("/brent/measures/1")) or count(session) == 4


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("Localities 1; 41; 40", "Localities 1: 41 of 40 is more than all of them"),
        ("Localities 1; 90; 101", "Localities 1: 101 is more than the 100 that the measure itself counts"),
        ("Localities 1; 3; 4\nlocalities  1; 3; 4", "stands here twice"),
        ("Localities 1; 3; 4\nLocalities 2; 3", "should be a part in a line"),
        ("", "Enter the figure of at least one part"),
    ],
)
def test_what_is_wrong_in_one_line_keeps_all_out(
    head_of_service: FlaskClient, session: Session, measure: Measure, table: str, sentence: str
) -> None:
    answer = head_of_service.post(ADDRESS, data={"kind": "Team", "period": LAST.isoformat(), "pasted": table})

    assert sentence in errors(answer)
    assert count(session) == 0


def test_figures_from_before_its_meaning_changed_are_not_compared(
    director: FlaskClient, session: Session, measure: Measure
) -> None:
    record(measure, TEAMS)
    measure.comparable_since = date(2026, 11, 1)
    session.commit()

    shown = said(director.get("/brent/measures/1"))

    assert "Localities 1, Localities 2, Assessment: none since what it counts changed" in shown
    assert "Furthest" not in shown
    assert "Record a period by" not in shown
    assert director.get(ADDRESS).status_code == 403


def test_a_part_that_nobody_counted_says_so(director: FlaskClient, session: Session, measure: Measure) -> None:
    record(measure, TEAMS)
    commands.record(
        measure,
        "team",
        [OfPart("Localities 1", Figure(numerator=1, denominator=2, provisional=True))],
        period_start=date(2026, 11, 1),
        period_end=date(2026, 11, 30),
        on=TODAY,
    )
    session.commit()

    shown = said(director.get("/brent/measures/1"))

    assert "By Team: November 2026" in shown
    assert "Localities 2 No figure Last: October 2026" in shown


def test_files_for_outside_hide_what_is_small_and_what_would_tell_it(
    director: FlaskClient, head_of_service: FlaskClient, session: Session, measure: Measure
) -> None:
    record(measure, TEAMS)
    session.commit()

    outside = rows(director.get("/brent/measures/1/parts/spreadsheet.xlsx").data)
    inside = rows(head_of_service.post("/brent/measures/1/parts/spreadsheet.xlsx").data)

    told = {str(row[4]): row[7:10] for row in outside}
    assert told["Localities 2"] == (20, 40, 0.5)
    assert told["Localities 1"] == told["Assessment"] == (None, None, None)  # 3 and 1 are left over in them
    assert {str(row[4]): row[7:9] for row in inside} == TEAMS
    assert all("Internal" in str(row[-1]) for row in inside)
    assert "took away with small numbers: the parts of M-1" in history.of(measure.authority, limit=1)[0].what


def test_what_is_read_is_bounded_and_of_one_authority(
    director: FlaskClient, session: Session, measure: Measure
) -> None:
    for by in ("Team", "Age", "Ethnicity", "Sex"):
        record(measure, TEAMS, by=by)
    other = given_indicators.a_measure(authority=given.an_authority(slug="camden"), figures=(70,))
    record(other, {"Elsewhere": (1, 2)})
    session.commit()
    loaded = queries.measure(measure.authority, 1)
    assert loaded is not None
    with at_most(1):
        assert len(page.of(loaded)) == 4
    with at_most(4):
        places = leaving.hidden(measure.authority, 5)
    mine = set(session.scalars(select(MeasurePart.id).where(MeasurePart.measure_id == measure.id)))
    assert len(places) == 8
    assert {place[0] for place in places} <= mine
    with at_most(40) as sent:
        director.get("/brent/measures/scorecard?for=outside")
    assert not [statement for statement in sent if "measure_part" in statement]


def test_the_database_keeps_both_counts_or_neither(session: Session, measure: Measure) -> None:
    record(measure, TEAMS)
    value = session.scalars(select(PartValue)).first()
    assert value is not None
    value.denominator = None
    with pytest.raises(IntegrityError, match="both_counts_or_neither"):
        session.flush()
    session.rollback()


def test_a_breakdown_that_is_not_there_is_not_found(head_of_service: FlaskClient, measure: Measure) -> None:
    assert head_of_service.get(f"{ADDRESS}?by=Planet").status_code == 404
    with pytest.raises(Refused, match="broken down by"):
        record(measure, TEAMS, by="  ")
