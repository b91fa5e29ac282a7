"""Which period a figure is asked for, what may be recorded of one that still runs, and taking a figure out."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import given_indicators
from tracker.indicators.models import Measure
from tracker.indicators.rules import Period
from tracker.people.models import Authority

TODAY = date(2026, 12, 1)
RECORD = "/brent/measures/1/record"
TAKE_OUT = "/brent/measures/1/figures/2026-11-30/take-out"
NOT_ENDED = "December 2026 has not ended yet, so its figure can only be provisional."


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


def soup(response: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(response.text, "html.parser")


def errors(response: TestResponse) -> list[tuple[str, str]]:
    """What the summary of errors says, and what each line links to."""
    lines = soup(response).select(".govuk-error-summary li")
    return [(line.get_text(" ", strip=True), str(line.a["href"]) if line.a else "") for line in lines]


def chosen(response: TestResponse) -> str:
    return " ".join(str(one["value"]) for one in soup(response).select("[name=period] option[selected]"))


def only(session: Session) -> Measure:
    return session.query(Measure).one()


def test_the_last_period_that_has_ended_is_offered_until_it_has_its_figure(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    given_indicators.a_measure(figures=(71,), until=date(2026, 10, 31))
    given_indicators.a_measure(name="Complete", figures=(71,), until=date(2026, 11, 30))
    given_indicators.a_measure(name="Empty")

    assert chosen(head_of_service.get(RECORD)) == "2026-11-30"
    assert chosen(head_of_service.get("/brent/measures/2/record")) == ""
    assert chosen(head_of_service.get("/brent/measures/3/record")) == "2026-11-30"
    page = soup(head_of_service.get(RECORD))
    groups = {str(group["label"]): group.select("option") for group in page.select("[name=period] optgroup")}
    assert next(iter(groups)) == "Has ended"
    assert [one["value"] for one in groups["Has not ended: provisional only"]] == ["2026-12-31"]


def test_a_figure_of_a_period_that_still_runs_is_provisional(session: Session, head_of_service: FlaskClient) -> None:
    given_indicators.a_measure()
    said = {"period": "2026-12-31", "value": "60"}

    refused = head_of_service.post(RECORD, data=said)
    taken = head_of_service.post(RECORD, data=said | {"provisional": "y"})

    assert refused.status_code == 422
    assert errors(refused) == [(NOT_ENDED, "#provisional")]
    assert taken.status_code == 302
    assert [value.provisional for value in only(session).values] == [True]


def test_a_final_figure_of_a_period_that_still_runs_becomes_provisional(
    session: Session, head_of_service: FlaskClient
) -> None:
    """It was recorded before this was asked for."""
    given_indicators.a_measure(figures=(71,), until=date(2026, 12, 31))

    shown = soup(head_of_service.get(f"{RECORD}?period=2026-12-31"))
    said = {"period": "2026-12-31", "value": "60", "provisional": "y", "reason": "The month runs on"}
    head_of_service.post(RECORD, data=said)

    assert shown.select("[name=provisional][checked]")
    assert [(value.value, value.provisional) for value in only(session).values] == [(Decimal(60), True)]


def test_a_count_of_today_is_final(session: Session, head_of_service: FlaskClient) -> None:
    given_indicators.a_measure(period=Period.DAY)

    head_of_service.post(RECORD, data={"day": "1 December 2026", "value": "17"})

    assert [value.provisional for value in only(session).values] == [False]


def test_a_figure_recorded_by_mistake_is_taken_out_with_a_reason(
    session: Session, head_of_service: FlaskClient
) -> None:
    given_indicators.a_measure(figures=(70, 7))

    assert "Take this figure out" in head_of_service.get(f"{RECORD}?period=2026-11-30").text
    assert "Take this figure out" not in head_of_service.get(RECORD).text
    assert "for November 2026?" in head_of_service.get(TAKE_OUT).text
    without = head_of_service.post(TAKE_OUT, data={"reason": " "})
    done = head_of_service.post(TAKE_OUT, data={"reason": "Typed into the wrong month"}, follow_redirects=True)

    assert errors(without) == [("Say why the figure is taken out", "#reason")]
    assert "Figure of M-1 for November 2026 taken out." in done.text
    assert "November 2026 taken out: it was 7%" in done.text
    assert "Typed into the wrong month" in done.text
    assert [value.value for value in only(session).values] == [Decimal(70)]
    assert head_of_service.get(TAKE_OUT).status_code == 404


def test_only_who_records_figures_takes_one_out(director: FlaskClient, session: Session, brent: Authority) -> None:
    given_indicators.a_measure(figures=(70, 7))

    assert director.post(TAKE_OUT, data={"reason": "Mistake"}).status_code == 403
    assert len(only(session).values) == 2


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"value": "70"}, "#period"),
        ({"period": "2026-11-30"}, "#value"),
        ({"period": "2026-10-31", "value": "1"}, "#reason"),
    ],
)
def test_a_refusal_leads_to_the_field_it_is_about(
    head_of_service: FlaskClient, brent: Authority, said: dict[str, str], field: str
) -> None:
    given_indicators.a_measure(figures=(71,), until=date(2026, 10, 31))

    assert [link for _, link in errors(head_of_service.post(RECORD, data=said))] == [field]
