"""The history of an item's appraisals: drawn, told, and the start of the next one."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import given
from tests.queries_counted import at_most
from tracker.improvements import commands, queries
from tracker.improvements.models import Appraisal, ImprovementItem
from tracker.people.models import Authority
from tracker.platform import clock

MAY, NOVEMBER = date(2026, 5, 4), date(2026, 11, 11)


def appraised(item: ImprovementItem, on: date, scale: int, *, worried: str = "Long waits", aim: int = 8) -> Appraisal:
    return commands.appraise(
        item,
        on=on,
        by=given.a_person(name="Samira Okafor"),
        worried_about=[worried],
        working_well=["Letters are clear"],
        needs_to_happen=["Hear families"],
        scale=scale,
        aim=aim,
        next_step="Every delay is explained",
        together_with="Helen Marsh",
    )


def test_the_history_is_drawn_beside_a_table_that_says_the_same(qa_officer: FlaskClient, brent: Authority) -> None:
    item = given.an_item(authority=brent)
    appraised(item, MAY, 5)
    appraised(item, NOVEMBER, 6, worried="One team has no reviews")

    page = BeautifulSoup(qa_officer.get("/brent/items/1/appraisals").text, "html5lib")

    drawing = page.select_one("svg[role=img]")
    assert drawing is not None
    assert "4 May 2026 5, aim 8; 11 November 2026 6, aim 8" in drawing.get_text()
    newest, first = page.select("table tbody tr")
    assert "11 November 2026" in newest.get_text()
    assert "Samira Okafor, Helen Marsh" in newest.get_text()
    assert [one.get_text() for one in newest.select("td:last-child li")] == [
        "Up 1 since May.", "New worry: One team has no reviews", "No longer a worry: Long waits",
    ]  # fmt: skip
    assert "The first appraisal." in first.get_text()


def test_the_page_of_an_item_leads_to_its_appraisals(qa_officer: FlaskClient, brent: Authority) -> None:
    item = given.an_item(authority=brent)
    appraised(item, MAY, 5)
    appraised(item, NOVEMBER, 6)

    page = qa_officer.get("/brent/items/1").text

    assert "up 1 since May" in page
    assert 'href="/brent/items/1/appraisals"' in page


def test_an_item_that_nobody_appraised_says_what_to_do(head_of_service: FlaskClient, qa_officer: FlaskClient) -> None:
    given.an_item()

    assert "Appraise it" in head_of_service.get("/brent/items/1/appraisals").text
    assert "Appraise it" not in qa_officer.get("/brent/items/1/appraisals").text


def test_a_new_appraisal_starts_from_the_last_one_but_for_the_scale_and_who_took_part(
    head_of_service: FlaskClient, brent: Authority
) -> None:
    item = given.an_item(authority=brent)
    appraised(item, MAY, 5)

    page = BeautifulSoup(head_of_service.get("/brent/items/1/appraise").text, "html5lib")

    assert page.select_one("#worried_about").get_text().strip() == "Long waits"  # type: ignore[union-attr]  # it is there
    filled = {name: page.select_one(f"#{name}").get("value", "") for name in ("scale", "aim", "together_with")}  # type: ignore[union-attr]  # it is there
    assert filled == {"scale": "", "aim": "8", "together_with": ""}
    assert "Last time: Helen Marsh." in page.get_text()
    assert "On 4 May 2026 it was 5." in page.get_text()


def test_of_two_appraisals_of_one_day_the_later_counts(session: Session, brent: Authority) -> None:
    item = given.an_item(authority=brent)
    for hour, scale in ((9, 4), (15, 7), (12, 6)):
        with time_machine.travel(datetime(2026, 11, 11, hour, tzinfo=clock.LONDON), tick=False):
            appraised(item, NOVEMBER, scale)
    session.expire(item)

    latest = queries.latest_appraisal(item)

    assert latest is not None
    assert latest.scale == 7


@pytest.mark.parametrize(
    ("field", "typed"), [("scale", "11"), ("scale", "-1"), ("aim", "4.5"), ("scale", "five"), ("scale", "")]
)
def test_a_number_off_the_scale_is_refused_and_what_was_typed_stays(
    head_of_service: FlaskClient, brent: Authority, field: str, typed: str
) -> None:
    item = given.an_item(authority=brent)
    posted = {"worried_about": "Long waits", "scale": "4", "aim": "8"} | {field: typed}

    answer = head_of_service.post("/brent/items/1/appraise", data=posted)

    assert answer.status_code == 422
    assert "Long waits" in answer.text
    assert item.appraisals == []


@pytest.mark.parametrize("field", ["worried_about", "working_well", "needs_to_happen", "next_step", "together_with"])
def test_no_answer_says_who_a_child_is(head_of_service: FlaskClient, brent: Authority, field: str) -> None:
    item = given.an_item(authority=brent)
    posted = {"worried_about": "Long waits", "scale": "4", "aim": "8"} | {field: "She is 943 476 5919"}

    answer = head_of_service.post("/brent/items/1/appraise", data=posted)

    assert answer.status_code == 422
    assert "looks like an NHS number" in answer.text
    assert item.appraisals == []


def test_a_qa_officer_reads_appraisals_and_makes_none(qa_officer: FlaskClient) -> None:
    item = given.an_item()

    assert qa_officer.post("/brent/items/1/appraise", data={"scale": "4", "aim": "8"}).status_code == 403
    assert qa_officer.get("/brent/items/1/appraisals").status_code == 200
    assert item.appraisals == []


def test_appraisals_of_another_authority_are_not_found(director: FlaskClient) -> None:
    given.an_item(authority=given.an_authority(slug="barnet", name="Barnet"))

    assert director.get("/brent/items/1/appraisals").status_code == 404


@pytest.mark.parametrize("number", [2, 40])
def test_the_page_asks_no_more_questions_as_the_history_grows(
    qa_officer: FlaskClient, brent: Authority, number: int
) -> None:
    item = given.an_item(authority=brent)
    for place in range(number):
        appraised(item, MAY + timedelta(days=place), place % 11)

    with at_most(12):
        qa_officer.get("/brent/items/1/appraisals")
