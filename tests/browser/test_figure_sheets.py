"""A council's scorecard brought in through its pages, in a browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import HEAD_OF_SERVICE, PHONE, WIDE
from tests.browser.test_every_page import faults_of
from tests.given_sheets import a_workbook

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]

SCORECARD = (
    ("Children’s services scorecard",),
    (),
    ("Ref", "Indicator", "Target", "Aug-24", "Sep-24", "Oct"),
    ("CS1", "Supervisions held in time", "90%", "88%", "90%", "91%"),
    ("CS2", "Adoptions in the year", "", "54%", "c", "n/a"),
)


@pytest.mark.parametrize(
    ("size", "javascript"),
    [(WIDE, True), (PHONE, True), (WIDE, False)],
    ids=["wide", "on a phone", "without JavaScript"],
)
def test_a_scorecard_is_brought_in_row_by_row(
    visit: Visit, tmp_path: Path, size: ViewportSize, javascript: bool
) -> None:
    path = tmp_path / "scorecard.xlsx"
    path.write_bytes(a_workbook(SCORECARD))
    page, faults = visit(HEAD_OF_SERVICE, size, javascript=javascript), list[str]()

    def look() -> None:
        if javascript:
            faults.extend(faults_of(page, size))

    page.goto("/brent/measures")
    page.get_by_role("link", name="Bring figures in from a spreadsheet").click()
    look()
    page.get_by_label("A spreadsheet of figures").set_input_files(path)
    page.get_by_role("button", name="Read it").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Which column holds what?")
    expect(page.get_by_label("Name of the measure")).to_have_value("1")
    expect(page.locator("main")).to_contain_text("“Oct” (cell F3, not clear yet)")
    look()
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What do these words mean?")
    page.get_by_label("“Oct”").fill("October 2024")
    expect(page.get_by_label("“Supervisions held in time”")).to_have_value("3")
    page.get_by_label("“Adoptions in the year”").select_option("none")
    look()
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What this file would do")
    expect(page.locator("#row-4")).to_contain_text("August 2024: 88%")
    expect(page.locator("#row-5")).to_contain_text("Left out")
    look()
    page.get_by_role("button", name="Apply: 1 new, 0 changed").click()

    expect(page.get_by_role("status")).to_contain_text("3 figures recorded")
    assert faults == []
