"""What people type into boxes: days in several ways, figures with a comma, and counts that are none."""

from datetime import date

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import given_indicators
from tests.integration.test_surveys import a_counted_survey
from tracker.indicators.models import Measure
from tracker.indicators.rules import Period
from tracker.people.models import Authority

RECORD = "/brent/measures/1/record"


def errors(response: TestResponse) -> list[tuple[str, str]]:
    """What the summary of errors says, and what each line links to."""
    lines = BeautifulSoup(response.text, "html.parser").select(".govuk-error-summary li")
    return [(line.get_text(" ", strip=True), str(line.a["href"]) if line.a else "") for line in lines]


def test_a_figure_with_a_comma_is_asked_for_with_a_point(head_of_service: FlaskClient, brent: Authority) -> None:
    given_indicators.a_measure(target=None)

    refused = head_of_service.post(RECORD, data={"period": "2026-10-31", "value": "70,5"})

    assert errors(refused) == [("Figure: use a point, as in 70.5", "#value")]


def test_a_day_with_a_short_year_is_taken_and_one_without_is_asked_for_it(
    session: Session, head_of_service: FlaskClient, brent: Authority
) -> None:
    given_indicators.a_measure(period=Period.DAY)

    refused = head_of_service.post(RECORD, data={"day": "30 September", "value": "17"})
    head_of_service.post(RECORD, data={"day": "30/09/25", "value": "17"})

    assert errors(refused) == [("Which day?: add the year, such as 11 December 2026", "#day")]
    assert [value.period_end for value in session.query(Measure).one().values] == [date(2025, 9, 30)]


def test_a_count_that_is_none_says_of_which_question(head_of_service: FlaskClient, brent: Authority) -> None:
    survey = a_counted_survey()

    refused = head_of_service.post(
        f"/brent/surveys/1/waves/{survey.waves[0].id}/answers", data={"q1_0": "many", "q1_1": "1.5"}
    )

    assert errors(refused) == [
        ("“Agree” of question 1 must be a number, such as 71", "#q1_0"),
        ("“Disagree” of question 1 must be a whole number", "#q1_1"),
    ]
