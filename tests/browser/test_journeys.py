"""What a head of service and a director come for, done in a browser from the first page to the last."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.conftest import DIRECTOR, HEAD_OF_SERVICE, PASSWORD, PHONE, WIDE, Site, sign_in
from tests.browser.keys import arrives, goes, reach
from tracker.people import commands as people
from tracker.people.rules import Role
from tracker.platform import clock
from tracker.platform.db import db

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]


def work(page: Page, reference: str) -> Locator:
    """One action in My work, whole."""
    top = page.locator(".app-work__top").get_by_role("link", name=reference, exact=True)
    return page.locator(".app-work > li").filter(has=top)


# A head of service


@pytest.mark.parametrize(
    ("size", "javascript"),
    [(WIDE, True), (PHONE, True), (WIDE, False)],
    ids=["wide", "on a phone", "without JavaScript"],
)
def test_a_head_of_service_updates_her_work_without_leaving_my_work(
    visit: Visit, size: ViewportSize, javascript: bool
) -> None:
    page = visit(HEAD_OF_SERVICE, size, javascript=javascript)

    first = work(page, "A-20")
    first.get_by_text("Update A-20").click()
    first.get_by_label("At risk").check()
    first.get_by_label(re.compile("What has happened")).fill("The third team has started.")
    day = f"{clock.today() + timedelta(days=50):%-d %B %Y}"
    first.get_by_label("Due date").fill(day)
    first.get_by_label("Reason for the new date").fill("The fourth team has no service manager until January")
    first.get_by_role("button", name="Save update").click()
    expect(page.get_by_role("status")).to_contain_text(f"A-20 saved as At risk. It is now due on {day}.")
    expect(page).to_have_url(re.compile("/brent/$"))

    second = work(page, "A-29")
    second.get_by_text("Update A-29").click()
    second.get_by_label("Delivered").check()
    second.get_by_label(re.compile("What has happened")).fill("Live in every team.")
    second.get_by_role("button", name="Save update").click()
    expect(page.get_by_role("status")).to_contain_text(
        "A-29 saved as Delivered. It is now with Helen Marsh to sign off."
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("My work")

    page.goto("/brent/actions/20")
    progress = page.get_by_role("table", name=re.compile("Progress of A-20"))
    expect(progress).to_contain_text("The fourth team has no service manager until January")


def test_a_head_of_service_says_what_difference_was_made_and_what_shows_it(visit: Visit) -> None:
    page = visit(HEAD_OF_SERVICE)

    delivered = work(page, "A-21")
    delivered.get_by_text("Say what difference A-21 made").click()
    delivered.get_by_label("What difference did it make for children?").fill(
        "Kinship placements were found in four of six cases."
    )
    delivered.get_by_role("checkbox").first.check()
    delivered.get_by_role("button", name="Save").click()

    page.goto("/brent/actions/21")
    expect(page.locator("main")).to_contain_text("Kinship placements were found in four of six cases.")
    expect(page.locator("main")).to_contain_text("Difference made: Shown")


def test_a_date_that_is_not_real_is_refused_with_everything_else_kept(visit: Visit) -> None:
    page = visit(HEAD_OF_SERVICE)

    action = work(page, "A-20")
    action.get_by_text("Update A-20").click()
    action.get_by_label("At risk").check()
    action.get_by_label(re.compile("What has happened")).fill("The third team has started.")
    action.get_by_label("Due date").fill("31 February 2027")
    action.get_by_role("button", name="Save update").click()

    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Due date must be a real date, such as 11 December 2026")
    expect(action.get_by_label(re.compile("What has happened"))).to_have_value("The third team has started.")
    summary.get_by_role("link").first.click()
    expect(action.get_by_label("Due date")).to_be_focused()


def test_an_action_is_updated_by_keyboard_alone(visit: Visit) -> None:
    page = visit()

    arrives(page, HEAD_OF_SERVICE)
    goes(page, "Update A-29")
    reach(page, "On track")
    page.keyboard.press("ArrowDown")
    reach(page, page.locator("label:visible", has_text="What has happened").first.inner_text().strip())
    page.keyboard.type("Two teams meet within five days.")
    reach(page, "Save update")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("A-29 saved as At risk.")


def test_an_update_is_undone(visit: Visit) -> None:
    page = visit(HEAD_OF_SERVICE)
    action = work(page, "A-29")
    action.get_by_text("Update A-29").click()
    action.get_by_label("Delivered").check()
    action.get_by_label(re.compile("What has happened")).fill("Saved on the wrong action.")
    action.get_by_role("button", name="Save update").click()

    page.get_by_role("button", name="Undo").click()

    expect(work(page, "A-29")).to_contain_text("On track")


def test_two_windows_with_one_action_see_both_and_one_chooses(visit: Visit) -> None:
    first, second = visit(HEAD_OF_SERVICE), visit(HEAD_OF_SERVICE)
    for page in (first, second):
        page.goto("/brent/actions/20/update")
    first.get_by_label("At risk").check()
    first.get_by_label(re.compile("What has happened")).fill("Three of four teams.")
    first.get_by_role("button", name="Save update").click()

    second.get_by_label("On track").check()
    second.get_by_label(re.compile("What has happened")).fill("All four teams.")
    second.get_by_role("button", name="Save update").click()

    both = second.get_by_role("group", name="Two versions of A-20")
    expect(both).to_contain_text("You changed A-20 in another window")
    expect(both).to_contain_text("Three of four teams.")
    expect(both).to_contain_text("All four teams.")
    second.get_by_role("button", name="Save mine as well").click()
    second.goto("/brent/actions/20")
    expect(second.get_by_role("table", name=re.compile("Progress of A-20"))).to_contain_text("Three of four teams.")
    expect(second.locator(".app-line")).to_contain_text("On track")


# A director


def test_everything_that_is_missing_leads_to_where_it_is_put_right(visit: Visit) -> None:
    page = visit(DIRECTOR)
    page.goto("/brent/readiness?missing=all")
    missing = page.locator(".app-missing a")
    addresses = [str(link.get_attribute("href")) for link in missing.all()]
    assert len(addresses) >= 6

    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        anchor = address.partition("#")[2]
        assert not anchor or page.locator(f'[id="{anchor}"]').count() == 1, f"{address} leads to no such place"


def test_a_director_agrees_a_grade_and_is_refused_her_signature_while_sentences_claim(visit: Visit) -> None:
    page = visit(DIRECTOR)
    page.goto("/brent/self-evaluation")
    page.get_by_role("button", name=re.compile("Agree this grade")).click()
    expect(page.get_by_role("button", name=re.compile("Agree this grade"))).to_have_count(0)
    page.get_by_role("button", name="Send version 2 for review").click()
    page.get_by_role("button", name="Pass version 2 on to the director").click()
    page.get_by_role("link", name="Sign off version 2").click()

    page.get_by_role("button", name="Sign off as Dana Whitfield").click()

    expect(page.get_by_role("alert")).to_contain_text(re.compile("without evidence|cites nothing|no evidence|claim"))
    page.goto("/brent/self-evaluation")
    expect(page.locator(".app-line")).to_contain_text("With the director")


def test_a_director_makes_a_pack_and_downloads_it(visit: Visit, tmp_path: Path) -> None:
    page = visit(DIRECTOR)
    page.set_default_timeout(120_000)
    page.goto("/brent/packs/")
    page.get_by_label("Self-evaluation", exact=True).check()
    page.get_by_role("button", name="Make it now").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Download the PDF").click()

    started.value.save_as(tmp_path / "pack.pdf")

    assert (tmp_path / "pack.pdf").read_bytes().startswith(b"%PDF-")
    page.reload()
    expect(page.locator("aside", has_text="What has happened")).to_contain_text("downloaded. Dana Whitfield")


def test_what_is_not_a_directors_is_refused_in_a_sentence(visit: Visit) -> None:
    page = visit(DIRECTOR)

    answer = page.goto("/brent/audits/start")

    assert answer is not None
    assert answer.status == 403
    expect(page.locator("main")).to_contain_text("log case audits")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


# Everybody


TABS = ["My work", "Readiness", "Inspections", "Plan", "Evidence", "Audits", "Measures", "Self-evaluation", "Packs"]
FIRST_STEP = re.compile(r"Import|Add|Start|Choose|Go to|Make|Look at|import|add|start|choose", re.MULTILINE)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.HEAD_OF_SERVICE, Role.QA_OFFICER], ids=str)
def test_in_an_empty_authority_every_tab_says_what_to_do_first(
    site: Site, visit: Visit, role: Role, size: ViewportSize
) -> None:
    with site.app.app_context():
        northmoor = people.create_authority(slug="northmoor", name="Northmoor")
        person = people.create_person(email="first@example.org", name="Ines Halloran", password=PASSWORD)
        people.give_role(person, authority=northmoor, role=role, job_title="")
        db.session.commit()
    page = visit(None, size)
    sign_in(page, "first@example.org", at="northmoor")

    for tab in TABS:
        open_menu(page)
        with page.expect_navigation():
            page.get_by_role("navigation", name="Menu").get_by_role("link", name=tab, exact=True).click()
        expect(page.get_by_role("navigation", name="Menu").locator("[aria-current]")).to_have_text(tab)
        expect(page.locator("main")).to_contain_text(FIRST_STEP)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], tab


def open_menu(page: Page) -> None:
    menu = page.get_by_role("button", name="Menu")
    if menu.is_visible():
        menu.click()
