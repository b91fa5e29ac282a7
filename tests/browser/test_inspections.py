"""Inspections in a browser: their history, items side by side, what came back, and a report checked by keyboard."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DIRECTOR, HEAD_OF_SERVICE, PHONE, QA_OFFICER, WIDE
from tests.browser.keys import reach
from tests.given_reports import Sheet, letter, pdf, saved
from tests.unit.reading.test_letters import JOINT_INSPECTION
from tests.unit.reading.test_refusals import encrypted, scanned
from tracker.settings import SEED

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
REPORT = next((SEED / "inspections" / "brent").glob("*2018*.pdf"))
MEGABYTE = 1024 * 1024
JOINT: list[Any] = JOINT_INSPECTION


def sideways(page: Page, size: ViewportSize) -> bool:
    """Whether the page is wider than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width > size["width"]


def upload(page: Page, *files: Path) -> None:
    page.goto("/brent/inspections")
    page.get_by_label("Reports, as PDF files").set_input_files(files)
    with page.expect_navigation():
        page.get_by_role("button", name="Read the report").click()


# History


@pytest.mark.parametrize(("size", "picture"), [(WIDE, "across"), (PHONE, "down")], ids=["wide", "phone"])
def test_a_director_sees_areas_merge_and_split_over_four_inspections(
    visit: Visit, size: ViewportSize, picture: str
) -> None:
    page = visit(DIRECTOR, size)

    page.goto("/brent/inspections")

    drawn = page.get_by_role("img", name=re.compile("^Grades by judgement area at 4 inspections, 2015 to 2026"))
    expect(drawn).to_have_count(1)
    expect(drawn).to_have_attribute("aria-labelledby", f"grades-{picture}-t grades-{picture}-d")
    expect(drawn).to_contain_text("Children in care and care")
    expect(page.locator("main")).to_contain_text("In 2023 children in care and care leavers split into")
    expect(page.get_by_role("table", name="Grade of each judgement area at each inspection")).to_be_visible()
    assert not sideways(page, size)


def test_a_director_chooses_which_inspections_stand_side_by_side(visit: Visit) -> None:
    page = visit(DIRECTOR)
    page.goto("/brent/inspections")
    page.get_by_role("link", name="Items side by side").click()

    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(
        ["2018, standard inspection", "2023, short inspection", "2026, short inspection"]
    )
    expect(table).to_contain_text("Came back (2)")

    page.get_by_role("link", name=re.compile("^2015")).click()
    expect(table.get_by_role("columnheader")).to_have_count(4)
    expect(table).to_contain_text("Came back (3)")
    page.get_by_role("link", name=re.compile("^2023")).click()
    expect(table.get_by_role("columnheader")).to_have_count(3)
    expect(table.get_by_role("row").filter(has_text="I-9")).to_contain_text("I-2")


def test_items_side_by_side_become_a_list_on_a_phone(visit: Visit) -> None:
    page = visit(DIRECTOR, PHONE)

    page.goto("/brent/inspections/side-by-side?show=1&show=2&show=3&show=4")

    expect(page.get_by_role("row").filter(has_text="I-9").get_by_role("cell")).to_have_count(4)
    assert not sideways(page, PHONE)


# What came back


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_head_of_service_says_that_a_weakness_came_back_and_takes_it_back(visit: Visit, *, javascript: bool) -> None:
    page = visit(HEAD_OF_SERVICE, javascript=javascript)
    page.goto("/brent/inspections/came-back")
    pair = page.get_by_role("article").first
    later = pair.get_by_role("link").last.inner_text()
    expect(pair.locator("blockquote, .app-quote")).to_have_count(2)
    expect(pair.locator("mark").first).to_be_visible()

    with page.expect_navigation():
        pair.get_by_role("button", name=re.compile("^Yes, it came back")).click()
    expect(page.get_by_role("status")).to_contain_text(f"{later} came back")
    page.goto(f"/brent/items/{later.removeprefix('I-')}")
    expect(page.locator(".app-line")).to_contain_text(re.compile(r"Also in .*20\d\d"))

    page.goto("/brent/inspections/came-back")
    with page.expect_navigation():
        page.get_by_role("row").filter(has_text=later).get_by_role("button", name=re.compile("^Undo")).first.click()
    expect(page.get_by_role("heading", name=re.compile("^To decide"))).to_be_visible()


def test_a_pair_is_decided_by_keyboard_alone(visit: Visit) -> None:
    page = visit(QA_OFFICER)
    page.goto("/brent/inspections/came-back")
    name = page.get_by_role("button", name=re.compile("^No, another matter")).first.inner_text()

    reach(page, re.sub(r"\s+", " ", name).strip())
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("is another matter than")
    expect(page.get_by_role("heading", name=re.compile("^Another matter"))).to_be_visible()


# A report checked


def test_a_joint_inspection_is_checked_and_accepted_by_keyboard_alone(visit: Visit, tmp_path: Path) -> None:
    page = visit(QA_OFFICER)
    upload(page, saved(tmp_path, letter(JOINT), "joint.pdf"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Check what was read")
    expect(page.locator("main")).to_contain_text("responsible: Integrated care board")
    expect(page.locator("main")).to_contain_text("Visits of this kind give no grades")

    while page.locator(".app-field--unsure input:not(:checked)").count():
        reach(page, "It is right as it was read")
        page.keyboard.press("Space")
    reach(page, "Accept and record the inspection")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Joint targeted area inspection letter, 2023")
    expect(page.get_by_role("heading", name="Headline findings")).to_be_visible()
    expect(page.get_by_role("heading", name="Judgements")).to_have_count(0)


def test_what_is_unsure_stands_first_beside_the_picture_of_its_page(visit: Visit, tmp_path: Path) -> None:
    page = visit(QA_OFFICER)
    report = next((Path(__file__).parents[1] / "reports" / "ilacs").glob("*middlesbrough_2026*.pdf"))
    upload(page, report)

    picture = page.get_by_role("img", name=re.compile("^Page 1 of the report"))
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1000
    excerpts = page.get_by_role("img", name="Page 2, where it stands")
    expect(excerpts).to_have_count(2)
    fields = page.locator(".app-field--unsure")
    expect(fields.first).to_contain_text("1. Authority")
    expect(fields.nth(1)).to_contain_text("Outcomes 2 and 3 changed places")


# Files that are no reports

WRONG = {
    "a file of 60 MB": (REPORT.read_bytes() + bytes(60 * MEGABYTE), "is 60 MB"),
    "5,000 pages": (pdf([Sheet()] * 5000), "has 5,000 pages"),
    "a password": (encrypted(), "protected by a password"),
    "a scan": (scanned(), "pictures without text"),
    "a web page": (b"<!doctype html><html><body>404</body></html>", "a web page saved with the name of a PDF"),
    "an empty file": (b"", "The file is empty"),
    "half a report": (REPORT.read_bytes()[:150_000], "damaged"),
    "a Word file": (b"PK\x03\x04" + bytes(3000), "a Word file"),
}


def test_files_that_are_no_reports_are_each_refused_in_a_sentence_and_the_good_one_is_read(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit(QA_OFFICER)
    good = saved(tmp_path, letter(JOINT), "good.pdf")
    names = [name.replace(" ", "-").replace(",", "") + ".pdf" for name in WRONG]
    files = [saved(tmp_path, content, name) for name, (content, _) in zip(names, WRONG.values(), strict=True)]

    upload(page, *files)

    summary = page.get_by_role("alert").first
    for name, (_, sentence) in zip(names, WRONG.values(), strict=True):
        expect(summary).to_contain_text(re.compile(f"{re.escape(name)}: [^:]*{re.escape(sentence)}"))
    expect(page.get_by_role("heading", name=re.compile("Waiting to be checked"))).to_have_count(0)

    upload(page, files[2], good)

    expect(page.get_by_role("heading", level=1)).to_have_text("Check what was read")
    expect(page.locator("body")).to_contain_text("a-password.pdf: This PDF is protected by a password")
