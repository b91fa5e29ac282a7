"""The plan as people look at it: filtered, sorted, paged and taken out."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests import given
from tests.given_actions import samira
from tests.queries_counted import at_most
from tracker.actions.rules import Status
from tracker.platform import clock

TODAY = clock.today()


def test_an_empty_plan_says_what_to_do_first(head_of_service: FlaskClient) -> None:
    page = head_of_service.get("/brent/plan").text

    assert "No plan yet" in page
    assert "Import a report" in page


def test_the_plan_shows_each_item_with_its_actions_and_the_item_that_has_none(head_of_service: FlaskClient) -> None:
    given.an_action(item=given.an_item(title="Pre-proceedings"), title="Review every plan")
    given.an_item(title="Foster carers’ training")

    page = head_of_service.get("/brent/plan").text

    assert "Pre-proceedings" in page
    assert "Review every plan" in page
    assert "Foster carers’ training" in page
    assert "No action" in page


def test_filters_narrow_the_plan_and_can_be_put_together(head_of_service: FlaskClient) -> None:
    late = TODAY - timedelta(days=23)
    given.an_action(title="Mine and late", lead=samira(), due_on=late, status=Status.OFF_TRACK)
    given.an_action(title="Mine in time", lead=samira())
    given.an_action(title="Late but not mine", due_on=late)

    mine = head_of_service.get("/brent/plan?show=mine").text
    overdue = head_of_service.get("/brent/plan?show=overdue").text
    both = head_of_service.get(f"/brent/plan?show=overdue&status=off-track&who={samira().id}").text

    assert ("Mine in time" in mine, "Late but not mine" in mine) == (True, False)
    assert ("Mine in time" in overdue, "Late but not mine" in overdue) == (False, True)
    assert ("Mine and late" in both, "Late but not mine" in both) == (True, False)
    assert "23 days late" in both


@pytest.mark.parametrize(
    "question",
    [
        "who=nobody",
        "status=finished",
        "area=%00",
        "source=R-x",
        "sort=;drop",
        "page=-5",
        "page=x",
        "show=' or 1=1",
        f"page={10**30}",
        "due=yesterday",
        "partner=police",
        "board=1",
        "priority=urgent",
        "lines=-1",
    ],
)
def test_an_address_that_asks_nonsense_still_shows_a_plan(head_of_service: FlaskClient, question: str) -> None:
    given.an_action()

    assert head_of_service.get(f"/brent/plan?{question}").status_code == 200


def test_a_filter_that_nothing_answers_says_so_and_leads_back(head_of_service: FlaskClient) -> None:
    given.an_action()

    assert "Nothing matches" in head_of_service.get("/brent/plan?status=superseded").text


def test_a_superseded_action_leaves_the_plan_but_not_its_filter(head_of_service: FlaskClient) -> None:
    given.an_action(title="Old way", status=Status.SUPERSEDED)

    assert "Old way" not in head_of_service.get("/brent/plan").text
    assert "Old way" in head_of_service.get("/brent/plan?status=superseded").text


@pytest.mark.parametrize("sort", ["due", "-due", "who", "status", "-item", "action"])
def test_a_long_plan_is_paged_whatever_its_order(head_of_service: FlaskClient, sort: str) -> None:
    item = given.an_item()
    lead = given.a_person()
    for number in range(70):
        given.an_action(item=item, lead=lead, title=f"Action number {number}")

    first = head_of_service.get(f"/brent/plan?sort={sort}").text
    second = head_of_service.get(f"/brent/plan?sort={sort}&page=2").text

    assert "Lines 1 to 20 of 70" in first
    assert "Lines 21 to 40 of 70" in second


def test_a_page_of_the_plan_may_have_more_lines(head_of_service: FlaskClient) -> None:
    item = given.an_item()
    for _ in range(51):
        given.an_action(item=item)

    assert "Lines 1 to 50 of 51" in head_of_service.get("/brent/plan?lines=50").text
    assert "Lines 1 to 20 of 51" in head_of_service.get("/brent/plan?lines=9999").text


def test_a_page_past_the_end_of_the_plan_is_its_last(head_of_service: FlaskClient) -> None:
    item = given.an_item()
    for _ in range(21):
        given.an_action(item=item)

    assert "Lines 21 to 21 of 21" in head_of_service.get("/brent/plan?page=9").text


def test_the_plan_asks_no_more_questions_as_it_grows(head_of_service: FlaskClient) -> None:
    for _ in range(40):
        given.an_action(item=given.an_item(owner=given.a_person()))

    with at_most(8):
        head_of_service.get("/brent/plan")


def test_the_export_holds_what_is_shown_with_real_dates_and_no_formula(head_of_service: FlaskClient) -> None:
    given.an_action(title='=HYPERLINK("http://bad")', lead=samira(), due_on=TODAY)
    given.an_action(title="Not mine")

    answer = head_of_service.get("/brent/plan.xlsx?show=mine")

    sheet = load_workbook(BytesIO(answer.data)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(min_row=2))
    cells = dict(zip([cell.value for cell in sheet[1]], rows[0], strict=True))
    assert [row[4].value for row in rows] == ["A-1"]
    assert rows[0][5].value == '\'=HYPERLINK("http://bad")'
    assert rows[0][5].data_type == "s"
    assert cells["Due"].value.date() == TODAY  # type: ignore[union-attr]  # a date cell
    assert sheet.freeze_panes == "B2"
