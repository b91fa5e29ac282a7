"""The plan kept up to date by keyboard: milestones, what waits for what, several updates in one save, two at once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.conftest import DIRECTOR, HEAD_OF_SERVICE, PHONE, WIDE
from tests.browser.keys import goes, reach
from tests.browser.test_every_page import faults_of

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
SIZES = [(WIDE, True), (PHONE, True), (WIDE, False)]
IDS = ["wide", "on a phone", "without JavaScript"]


def line(page: Page, reference: str) -> Locator:
    """One action in My work, whole."""
    return page.locator(f"li#{reference}")


def no_sideways_scrolling(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("size", "javascript"), SIZES, ids=IDS)
def test_a_milestone_is_reached_and_another_agreed_by_keyboard_alone(
    visit: Visit, size: ViewportSize, javascript: bool
) -> None:
    page = visit(HEAD_OF_SERVICE, size, javascript=javascript)
    page.goto("/brent/actions/29")

    goes(page, "Say it is reached : No meeting waits longer than seven")
    reach(page, "What has happened?")
    page.keyboard.type("The longest wait of the last month was six days.")
    reach(page, "Confident")
    page.keyboard.press("Space")
    goes(page, "Reached: No meeting waits longer than seven")
    expect(page.get_by_role("status")).to_contain_text("“No meeting waits longer than seven” of A-29 is reached.")

    goes(page, "Add a milestone")
    reach(page, "What is the milestone?")
    page.keyboard.type("Families say that they knew the day")
    reach(page, "Due date")
    page.keyboard.type("1 January 1999")
    goes(page, "Add a milestone")
    expect(page.get_by_role("alert")).to_contain_text("The day of a milestone is past.")
    expect(page.get_by_label("What is the milestone?")).to_have_value("Families say that they knew the day")
    no_sideways_scrolling(page)


def test_what_an_action_waits_for_is_said_and_a_circle_refused_by_keyboard_alone(visit: Visit) -> None:
    page = visit(HEAD_OF_SERVICE)
    page.goto("/brent/actions/22")

    goes(page, "Say what it waits for")
    reach(page, "Which action does it wait for?")
    page.keyboard.type("A-29")
    goes(page, "Say what it waits for")
    expect(page.get_by_role("alert")).to_contain_text(
        "A-22 cannot wait for A-29: A-29 waits for A-22, so neither could be finished first."
    )

    reach(page, "Which action does it wait for?")
    page.keyboard.press("Control+a")
    page.keyboard.type("A-20")
    goes(page, "Say what it waits for")
    expect(page.get_by_role("status")).to_contain_text("A-22 now waits for A-20.")
    expect(page.locator("main")).to_contain_text("The way to the last day of I-9")


def test_a_late_action_says_what_it_moves(visit: Visit) -> None:
    page = visit(HEAD_OF_SERVICE)
    page.goto("/brent/actions/20")

    expect(page.locator("main")).to_contain_text(re.compile(r"A-20 is \d+ days late\. It holds up A-\d+, so I-9 moves"))


@pytest.mark.parametrize(("size", "javascript"), SIZES, ids=IDS)
def test_several_actions_are_saved_in_one_go_by_keyboard_alone(
    visit: Visit, size: ViewportSize, javascript: bool
) -> None:
    page = visit(HEAD_OF_SERVICE, size, javascript=javascript)

    goes(page, "Update several at once")
    no_sideways_scrolling(page)
    reach(page, "What has happened with A-20?")
    page.keyboard.type("The deputy begins on Monday.")
    reach(page, "Where is A-29 now?")
    page.keyboard.type("At risk")
    goes(page, "Save them")

    expect(page.get_by_role("status")).to_contain_text("1 action saved: A-20 as Off track.")
    expect(page.get_by_role("alert")).to_contain_text("A-29: Say what has happened since the last update.")
    reach(page, "What has happened with A-29?")
    page.keyboard.type("One of eleven took nine days.")
    goes(page, "Save them")

    expect(page).to_have_url(re.compile("/brent/$"))
    expect(page.get_by_role("status")).to_contain_text("1 action saved: A-29 as At risk.")
    expect(line(page, "A-29")).to_contain_text("One of eleven took nine days.")


def test_two_windows_on_my_work_show_both_versions_and_one_chooses(visit: Visit) -> None:
    first, second = visit(HEAD_OF_SERVICE), visit(HEAD_OF_SERVICE, PHONE)
    for page in (first, second):
        page.goto("/brent/?at=20")
    saved(first, "At risk", "Three of four teams.")

    saved(second, "On track", "All four teams.")
    both = second.get_by_role("group", name="Two versions of A-20")
    expect(both).to_contain_text("You changed A-20 in another window")
    expect(both).to_contain_text("Three of four teams.")
    expect(both).to_contain_text("All four teams.")
    no_sideways_scrolling(second)

    with second.expect_navigation():
        second.get_by_role("button", name="Save mine as well").click()
    expect(second.get_by_role("status")).to_contain_text("A-20 saved as On track.")
    second.goto("/brent/actions/20")
    progress = second.get_by_role("table", name=re.compile("Progress of A-20"))
    expect(progress).to_contain_text("Three of four teams.")
    expect(progress).to_contain_text("All four teams.")


def saved(page: Page, now: str, done: str) -> None:
    page.get_by_label(now, exact=True).check()
    page.get_by_label(re.compile("What has happened")).fill(done)
    with page.expect_navigation():
        page.get_by_role("button", name="Save update").click()


STEPS = {
    "due-date": {"New due date": ("2 March 2099", "3 March 2099"), "Reason for the new date": ("Theirs", "Mine")},
    "lead": {
        "Who leads it from now on?": ("Tom Ferris", "Leon Grant"),
        "Why does somebody else lead": ("Theirs", "Mine"),
    },
    "change": {"What will be done?": ("Theirs, in other words", "Mine, in other words")},
    "milestones/new": {"What is the milestone?": ("Theirs", "Mine"), "Due date": ("", "")},
}


@pytest.mark.parametrize("step", STEPS)
def test_the_second_of_two_who_take_one_step_sees_both_versions(visit: Visit, step: str) -> None:
    first, second = visit(DIRECTOR), visit(HEAD_OF_SERVICE)
    for page in (first, second):
        page.goto(f"/brent/actions/29/{step}")
    due = second.locator("li", has_text="Due").locator("strong").first.inner_text()

    for page, turn in ((first, 0), (second, 1)):
        for label, answers in STEPS[step].items():
            box = page.get_by_label(label)
            if box.evaluate("field => field.tagName") == "SELECT":
                box.select_option(label=answers[turn])
            else:
                box.fill(answers[turn] or due)
        with page.expect_navigation():
            page.locator("main form button[type=submit]").last.click()

    expect(first.get_by_role("status")).to_be_visible()
    both = second.get_by_role("group", name="Two versions of A-29")
    expect(both).to_contain_text("Dana Whitfield changed A-29")
    expect(both).to_contain_text(next(iter(STEPS[step].values()))[1])
    expect(second.get_by_role("button", name="Save mine as well")).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_plan_is_narrowed_and_sorted_by_keyboard_alone(visit: Visit, size: ViewportSize) -> None:
    page = visit(HEAD_OF_SERVICE, size)
    page.goto("/brent/plan")

    reach(page, re.compile("Filter by area, due date"))
    page.keyboard.press("Enter")
    goes(page, "Metropolitan Police")
    expect(page.get_by_role("table")).to_contain_text("With Metropolitan Police")
    expect(page.locator("tbody tr[id]")).to_have_count(1)
    no_sideways_scrolling(page)

    page.goto("/brent/plan")
    goes(page, re.compile("Due ?, sort")) if size == WIDE else page.goto("/brent/plan?sort=due")
    expect(page).to_have_url(re.compile("sort=due"))
    goes(page, re.compile("Next"))
    expect(page.locator("main")).to_contain_text(re.compile(r"Lines 21 to \d+ of"))


LED_FROM = {
    "/brent/actions/29": ["Say it is reached", "Move", "Do without"],
    "/brent/plan/partners": ["Change"],
    "/brent/plan/boards": ["Rename"],
}


@pytest.mark.parametrize(("address", "link"), [(address, link) for address in LED_FROM for link in LED_FROM[address]])
def test_a_page_that_only_a_link_leads_to_has_no_accessibility_fault(visit: Visit, address: str, link: str) -> None:
    page = visit(HEAD_OF_SERVICE)
    page.goto(address)
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile(f"^{link}")).first.click()

    found = []
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        found += faults_of(page, size)

    assert found == []


def test_what_was_refused_beside_an_action_is_accessible_and_leads_to_its_line(visit: Visit) -> None:
    page = visit(HEAD_OF_SERVICE, PHONE)
    page.goto("/brent/my-work/several")
    page.get_by_label("Where is A-20 now?").select_option(label="At risk")
    with page.expect_navigation():
        page.get_by_role("button", name="Save them").click()

    assert faults_of(page, PHONE) == []
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.get_by_label("What has happened with A-20?")).to_be_focused()
