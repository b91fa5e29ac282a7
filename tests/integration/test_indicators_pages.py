"""Measures through their pages."""

from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import given, given_indicators
from tests.queries_counted import at_most
from tracker.indicators.models import Measure
from tracker.indicators.rules import Direction, Period, Unit
from tracker.people.models import Authority

OWN = {
    "name": "Tracker dates complete",
    "definition": "Children whose dates are complete.",
    "basis": "on the last day",
    "unit": "%",
    "direction": "Higher is better",
    "period": "month",
    "area": "leadership",
}


def only(session: Session) -> Measure:
    return session.query(Measure).one()


def rows(response: TestResponse) -> list[str]:
    soup = BeautifulSoup(response.text, "html.parser")
    return [" ".join(row.get_text(" ").split()) for row in soup.select("table tbody tr")]


def errors(response: TestResponse) -> list[str]:
    soup = BeautifulSoup(response.text, "html.parser")
    return [one.get_text(" ", strip=True) for one in soup.select(".govuk-error-summary li")]


def chosen(response: TestResponse, name: str) -> str:
    """What a box or a select of this name holds."""
    box = BeautifulSoup(response.text, "html.parser").select(f"[name={name}]")[0]
    options = box.select("option[selected]")
    return str(options[0]["value"] if options else box.get("value", ""))


def test_without_measures_the_page_says_what_to_do_first(head_of_service: FlaskClient, director: FlaskClient) -> None:
    assert "Add a measure" in head_of_service.get("/brent/measures").text
    assert "A head of service or a QA officer adds them" in director.get("/brent/measures").text


def test_measures_stand_by_area_with_what_they_say(head_of_service: FlaskClient, brent: Authority) -> None:
    given_indicators.a_measure(name="Supervision", figures=(88, 90, 92), area_code="leadership")
    given_indicators.a_measure(name="Letters", figures=(54, 58, 57, 63, 69, 71))
    given_indicators.a_measure(name="Interviews", figures=(80, 76, 70))
    page = head_of_service.get("/brent/measures")

    shown = rows(page)

    assert [row.split()[1] for row in shown] == ["Supervision", "Interviews", "Letters"]
    assert shown[2] == (
        "M-2 Letters from the date the letter was sent 71% November 2026 90% 19 points short of 90% "
        "↑ Better: up over three months Up in four of the last five months"
    )
    assert "Off target (2)" in " ".join(page.text.split())


def test_measures_are_filtered_by_the_address(head_of_service: FlaskClient, brent: Authority) -> None:
    given_indicators.a_measure(name="Fine", figures=(90, 91, 92))
    given_indicators.a_measure(name="Off", figures=(60, 61, 62), area_code="leadership")
    given_indicators.a_measure(name="Empty")

    def names(query: str) -> list[str]:
        return [row.split()[1] for row in rows(head_of_service.get(f"/brent/measures?{query}"))]

    assert names("show=off") == ["Off"]
    assert names("show=at") == ["Fine"]
    assert names("show=missing") == ["Empty"]
    assert names("area=leadership") == ["Off"]
    assert names("area=leadership&show=at") == []
    assert names("show=nonsense") == ["Off", "Empty", "Fine"]


def test_a_usual_measure_is_added_for_an_item_and_given_its_first_figure(
    session: Session, head_of_service: FlaskClient
) -> None:
    given.an_item()

    added = head_of_service.post("/brent/measures/add?item=I-1", data={"definition": "unregistered-homes"})
    recorded = head_of_service.post(
        "/brent/measures/1/record", data={"period": "2026-10-31", "value": "2", "provisional": "y"}
    )

    assert added.location == recorded.location == "/brent/measures/1"
    assert [item.reference for item in only(session).items] == ["I-1"]
    page = head_of_service.get("/brent/measures/1").text
    assert "October 2026 recorded as 2 (provisional)" in page
    assert "2 above 0" in page


def test_the_same_measure_is_not_added_twice(head_of_service: FlaskClient, brent: Authority) -> None:
    head_of_service.post("/brent/measures/add", data={"definition": "conferences-15-days"})

    again = head_of_service.post("/brent/measures/add", data={"definition": "conferences-15-days"})
    otherwise = head_of_service.post(
        "/brent/measures/add", data={"definition": "conferences-15-days", "basis": "from the strategy discussion"}
    )

    assert errors(again) == ["M-1 counts the same on the same basis. Record its figures there."]
    assert otherwise.location == "/brent/measures/2"


def test_an_own_measure_is_added(session: Session, qa_officer: FlaskClient) -> None:
    wrong = qa_officer.post("/brent/measures/add/own", data=OWN | {"basis": "", "area": "vibes"})
    right = qa_officer.post("/brent/measures/add/own", data=OWN)

    assert wrong.status_code == 422
    assert errors(wrong) == ["Say how it is counted", "Judgement area: choose from the list"]
    assert right.location == "/brent/measures/1"
    assert only(session).basis == "on the last day"


def test_a_percentage_is_worked_out_from_its_counts(session: Session, head_of_service: FlaskClient) -> None:
    given_indicators.a_measure(target=None)

    head_of_service.post(
        "/brent/measures/1/record", data={"period": "2026-10-31", "numerator": "17", "denominator": "24"}
    )

    assert "17 of 24 children" in rows(head_of_service.get("/brent/measures/1"))[0]
    assert only(session).values[0].value == Decimal("70.8333")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Choose the period that the figure is for."),
        ({"period": "2026-10-31"}, "Enter the figure."),
        ({"period": "2026-10-30", "value": "1"}, "Which period?: choose from the list"),
        ({"period": "yesterday", "value": "1"}, "Which period?: choose from the list"),
        ({"period": "2026-10-31", "value": "101"}, "A percentage cannot be more than 100."),
        ({"period": "2026-10-31", "value": "many"}, "must be a number, such as 71"),
        ({"period": "2026-10-31", "numerator": "17"}, "Enter both counts, or neither."),
        ({"period": "2026-10-31", "numerator": "1.5", "denominator": "2"}, "must be a whole number"),
        ({"period": "2026-10-31", "numerator": "25", "denominator": "24"}, "25 of 24 is more than all of them."),
        ({"period": "2026-09-30", "value": "70"}, "September 2026 has a figure already: 71%. Say why it changes."),
    ],
)
def test_a_figure_that_cannot_be_says_why_and_changes_nothing(
    session: Session, head_of_service: FlaskClient, said: dict[str, str], sentence: str
) -> None:
    given_indicators.a_measure(figures=(71,), until=date(2026, 9, 30))

    response = head_of_service.post("/brent/measures/1/record", data=said)

    assert response.status_code == 422
    assert any(sentence in error for error in errors(response)), errors(response)
    assert [value.value for value in only(session).values] == [Decimal(71)]


def test_the_form_offers_the_next_period_or_the_one_to_change(head_of_service: FlaskClient, brent: Authority) -> None:
    given_indicators.a_measure(figures=(71,), until=date(2026, 9, 30))

    next_one = head_of_service.get("/brent/measures/1/record")
    that_one = head_of_service.get("/brent/measures/1/record?period=2026-09-30")

    assert chosen(next_one, "period") == "2026-10-31"
    assert chosen(that_one, "period") == "2026-09-30"
    assert Decimal(chosen(that_one, "value")) == 71


def test_a_measure_of_single_days_asks_for_the_day(session: Session, head_of_service: FlaskClient) -> None:
    given_indicators.a_measure(period=Period.DAY, unit=Unit.CASES, direction=Direction.LOWER)

    head_of_service.post("/brent/measures/1/record", data={"day": "30 September 2025", "value": "17.4"})

    assert rows(head_of_service.get("/brent/measures/1"))[0].startswith("30 September 2025 17.4 cases")


def test_a_measure_is_linked_renamed_and_unlinked(session: Session, head_of_service: FlaskClient) -> None:
    given.an_item(title="Care proceedings")
    given_indicators.a_measure()

    head_of_service.post("/brent/measures/1/items/new", data={"item": "1"})
    head_of_service.post("/brent/measures/1/name", data={"version": "1", "name": "Letter to decision"})
    page = head_of_service.get("/brent/measures/1").text
    head_of_service.post("/brent/measures/1/items/1/remove")

    assert "Care proceedings" in page
    assert "Letter to decision" in page
    assert only(session).items == []


@pytest.mark.parametrize(
    "path",
    ["add", "add/own", "1/record", "1/targets/new", "1/tolerance", "1/counts", "1/name", "1/items/new"],
)
def test_a_director_reads_measures_and_does_not_change_them(
    director: FlaskClient, head_of_service: FlaskClient, brent: Authority, path: str
) -> None:
    given_indicators.a_measure(figures=(71,))

    assert head_of_service.get(f"/brent/measures/{path}").status_code == 200
    assert director.get(f"/brent/measures/{path}").status_code == 403
    assert "Record a figure" not in director.get("/brent/measures/1").text


def test_a_measure_of_another_authority_is_not_there(head_of_service: FlaskClient, brent: Authority) -> None:
    given_indicators.a_measure(authority=given.an_authority(slug="barnet", name="Barnet"))

    assert head_of_service.get("/brent/measures/1").status_code == 404


def test_the_page_takes_as_many_statements_for_many_measures_as_for_few(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    for place in range(20):
        given_indicators.a_measure(name=f"Measure {place}", figures=(70, 71, 72))

    with at_most(8):
        assert len(rows(head_of_service.get("/brent/measures"))) == 20


def test_a_measure_says_how_far_off_it_is_and_what_its_usual_range_tells(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    given_indicators.a_measure(figures=(70, 72, 69, 71, 70, 73, 69, 70, 72, 71, 70, 69, 50), until=date(2026, 10, 31))

    page = head_of_service.get("/brent/measures/1")
    said = " ".join(BeautifulSoup(page.text, "html.parser").get_text(" ").split())

    assert "40 points short of 90%" in said
    assert "↓ Worse: down over three months" in said
    assert "The latest figure lies below its usual range" in said
    title = BeautifulSoup(page.text, "html.parser").select_one(".app-chart svg title")
    assert title is not None
    assert "50% in October 2026, 40 points short of 90%, below its usual range" in title.get_text()
    assert rows(page)[0].startswith("October 2026 50% – 60.1% to 77.8%")
    assert "Outside the limits" in rows(page)[0]


def test_a_measure_with_few_figures_says_how_many_more_its_usual_range_takes(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    given_indicators.a_measure(figures=(70, 72, 69))

    page = head_of_service.get("/brent/measures/1").text

    assert "it takes 12, and 9 more are needed" in page
    assert "Usual range" not in page
