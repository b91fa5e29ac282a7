"""What a board's people do in a browser: keep the plan for a date, see what moved, make the report, see pictures."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect
from pypdfium2 import PdfDocument

from tests.browser.conftest import DIRECTOR, HEAD_OF_SERVICE, PHONE, QA_OFFICER, WIDE
from tests.browser.test_every_page import faults_of

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
PAGES = [
    "/brent/boards",
    "/brent/boards?from=B-1&to=B-2&show=slipped",
    "/brent/boards/how-far",
    "/brent/boards/over-time",
    "/brent/boards/over-time?item=I-9",
    "/brent/boards/dates",
    "/brent/boards/dates/new",
    "/brent/boards/next-inspection",
    "/brent/boards/snapshots/2",
]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_director_sees_what_moved_between_any_two_boards(visit: Visit, javascript: bool) -> None:
    page = visit(DIRECTOR, javascript=javascript)
    page.goto("/brent/boards")
    expect(page.locator("main")).to_contain_text(re.compile(r"From .*B-2, Improvement board.* to now"))

    page.get_by_label("From").select_option(label=page.get_by_label("From").locator("option").last.inner_text())
    page.get_by_label("To", exact=True).select_option("B-2")
    with page.expect_navigation():
        page.get_by_role("button", name="Compare").click()

    expect(page.locator("main")).to_contain_text(re.compile("2 actions are put back by up to 45 days"))
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("Due date put back")).click()
    moved = page.get_by_role("table", name=re.compile("Actions that moved"))
    expect(moved).to_contain_text("Put back by 45 days")
    expect(moved.get_by_role("row")).to_have_count(3)
    expect(page.get_by_label("From")).to_have_value("B-1")


def test_a_comparison_is_made_by_keyboard_alone(visit: Visit) -> None:
    page = visit(DIRECTOR)
    page.goto("/brent/boards")

    page.get_by_label("From").focus()
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("from=B-1&to=B-1"))
    expect(page.locator("main")).to_contain_text("Nothing has moved between the two days.")


def test_a_head_of_service_plans_dates_and_keeps_the_plan_for_the_next_one(visit: Visit) -> None:
    page = visit(HEAD_OF_SERVICE)
    page.goto("/brent/boards/dates/new")
    page.get_by_label("Board", exact=True).select_option(label="Children and families scrutiny committee")
    page.get_by_label("First date").fill("2 February 2200")
    with page.expect_navigation():
        page.get_by_role("button", name="Add the dates").click()
    expect(page.get_by_role("alert")).to_contain_text("First date must be a real date")
    page.get_by_label("First date").fill("4 March 2099")
    with page.expect_navigation():
        page.get_by_role("button", name="Add the dates").click()
    expect(page.get_by_role("status")).to_contain_text("scrutiny committee: 4 March 2099 added")

    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Take the snapshot now")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("B-3")
    expect(page.locator("main")).to_contain_text("by Samira Okafor")
    with page.expect_navigation():
        page.get_by_role("link", name="What has moved since, until now").click()
    expect(page.locator("main")).to_contain_text("Nothing is newly late, newly off track or put back.")


def test_a_snapshot_stays_as_it_was_while_the_plan_goes_on(visit: Visit) -> None:
    page = visit(HEAD_OF_SERVICE)
    page.goto("/brent/actions/20/due-date")
    page.get_by_label("New due date").fill("11 January 2099")
    page.get_by_label(re.compile("reason|Why", re.IGNORECASE)).fill("The fourth team has no service manager")
    with page.expect_navigation():
        page.get_by_role("button").filter(has_text=re.compile("Change|Save")).click()

    page.goto("/brent/boards?show=slipped")
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="A-20", exact=True))
    expect(row).to_contain_text("to 11 January 2099")
    expect(row).to_contain_text("Moved 2 times since it was first promised")
    page.goto("/brent/boards/snapshots/2")
    expect(page.get_by_role("row").filter(has_text="A-20 ")).not_to_contain_text("2099")


def test_a_qa_officer_makes_the_board_report_and_takes_it_away(visit: Visit, tmp_path: Path) -> None:
    page = visit(QA_OFFICER)
    page.goto("/brent/boards/snapshots/2")
    expect(page.get_by_role("button", name=re.compile("Take the snapshot"))).to_have_count(0)

    with page.expect_navigation():
        page.get_by_role("button", name="Make the board report").click()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download the PDF").click()
    downloading.value.save_as(tmp_path / "report.pdf")

    with PdfDocument(tmp_path / "report.pdf") as document:
        text = " ".join(page_.get_textpage().get_text_bounded() for page_ in document)
    assert "What moved since the last board" in text
    assert "Put back by 45 days" in " ".join(text.split())


@pytest.mark.parametrize(("size", "shown", "hidden"), [(WIDE, "wide", "narrow"), (PHONE, "narrow", "wide")])
def test_pictures_are_drawn_for_the_width_of_the_window(
    visit: Visit, size: ViewportSize, shown: str, hidden: str
) -> None:
    page = visit(DIRECTOR, size)
    page.goto("/brent/boards/over-time")

    expect(page.locator(f".app-chart--{shown} svg")).to_have_count(3)
    for place in range(3):
        expect(page.locator(f".app-chart--{shown} svg").nth(place)).to_be_visible()
        expect(page.locator(f".app-chart--{hidden} svg").nth(place)).to_be_hidden()
    box = page.locator(f".app-chart--{shown} svg").first.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= size["width"]


def test_one_items_actions_are_seen_along_their_days(visit: Visit) -> None:
    page = visit(HEAD_OF_SERVICE)
    page.goto("/brent/boards/how-far")

    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("See its actions along their days for I-9")).click()

    expect(page.get_by_role("heading", name="Timeline of the actions for I-9")).to_be_visible()
    expect(page.get_by_role("table", name="The actions along their days")).to_contain_text("A-20")


def test_no_board_page_has_an_accessibility_fault_or_scrolls_sideways(visit: Visit) -> None:
    page = visit(DIRECTOR)
    found = {}

    for address in PAGES:
        page.goto(address)
        faults = []
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)
            faults += faults_of(page, size)
        if faults:
            found[address] = faults

    assert found == {}
