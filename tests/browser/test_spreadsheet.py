"""A council's own plan and past audits brought in, and our plan edited and taken back, in a browser."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DIRECTOR, PHONE, QA_OFFICER, WIDE
from tests.browser.test_every_page import faults_of
from tracker.platform import clock

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]


def a_council_plan(folder: Path) -> Path:
    """A title, other people's headings and words, and one action."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["Improvement plan 2026"])
    page.append([])
    page.append(["No.", "Recommendation", "Action required", "Lead officer", "Timescale", "RAG"])
    day = clock.today() + timedelta(days=90)
    page.append(["1", "Care proceedings and the pre-proceedings stage", "Train new managers", "S Okafor", day, "Amber"])
    path = folder / "council-plan.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("size", "javascript"),
    [(WIDE, True), (PHONE, True), (WIDE, False)],
    ids=["wide", "on a phone", "without JavaScript"],
)
def test_a_plan_of_ones_own_is_brought_in_row_by_row(
    visit: Visit, tmp_path: Path, size: ViewportSize, javascript: bool
) -> None:
    page = visit(DIRECTOR, size, javascript=javascript)
    page.goto("/brent/plan")
    page.get_by_role("link", name="Edit as a spreadsheet").click()
    page.get_by_label("Your plan, as an Excel file").set_input_files(a_council_plan(tmp_path))
    page.get_by_role("button", name="Read the file").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Which column holds what?")
    expect(page.get_by_label("What will be done")).to_have_value("2")
    faults = faults_of(page, size) if javascript else []
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What do these words mean?")
    page.get_by_label("“Amber”").select_option("Off track")
    faults += faults_of(page, size) if javascript else []
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What this file would do")
    expect(page.locator("#row-4")).to_contain_text("Status: Off track")
    faults += faults_of(page, size) if javascript else []
    page.get_by_role("button", name="Apply: 1 new, 0 changed").click()

    expect(page.get_by_role("status")).to_contain_text("1 action added, 0 actions changed")
    assert faults == []


def test_the_plan_is_downloaded_edited_and_taken_back(visit: Visit, tmp_path: Path) -> None:
    page = visit(DIRECTOR)
    page.goto("/brent/plan/sheets")
    with page.expect_download() as begun:
        page.get_by_role("button", name="Download the plan to edit").click()
    path = tmp_path / begun.value.suggested_filename
    begun.value.save_as(path)
    book = load_workbook(path)
    heading = {str(cell.value): place for place, cell in enumerate(book["Plan"][1], start=1)}
    row = next(row for row in book["Plan"].iter_rows(min_row=2) if row[0].value == "A-29")
    book["Plan"].cell(row[0].row or 0, heading["Success measure"], "Every meeting within five working days")
    book.save(path)

    page.get_by_label("Your plan, as an Excel file").set_input_files(path)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What this file would do")
    page.get_by_role("button", name="Apply: 0 new, 1 changed").click()

    expect(page.get_by_role("status")).to_contain_text("0 actions added, 1 action changed")
    page.goto("/brent/actions/29")
    expect(page.locator("main")).to_contain_text("Every meeting within five working days")


def past_audits(folder: Path) -> Path:
    """Two audits under a council's own headings; one of them cannot be taken."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["Case ref", "Audit date", "Team", "Audited by", "Overall rating", "Chronology", "Learning"])
    page.append(["BR-7001", "4 March 2025", "Localities 1", "Erin Vale", "RI", "Good", "- Plans come late\n- No visit"])
    page.append(["A name", "4 March 2025", "Localities 1", "Erin Vale", "Good", "", ""])
    path = folder / "past-audits.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("size", "javascript"),
    [(WIDE, True), (PHONE, True), (WIDE, False)],
    ids=["wide", "on a phone", "without JavaScript"],
)
def test_past_audits_are_brought_in_row_by_row(
    visit: Visit, tmp_path: Path, size: ViewportSize, javascript: bool
) -> None:
    page = visit(QA_OFFICER, size, javascript=javascript)
    page.goto("/brent/audits")
    page.get_by_role("link", name="Bring in past audits").click()
    page.get_by_label("Which tool were the audits made with?").select_option("Case audit, pre-proceedings")
    page.get_by_label("Your past audits, as an Excel file").set_input_files(past_audits(tmp_path))
    page.get_by_role("button", name="Read the file").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Which column holds what?")
    expect(page.get_by_label("Chronology")).to_have_value("5")
    faults = faults_of(page, size) if javascript else []
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What do these words mean?")
    expect(page.get_by_label("“RI”")).to_have_value("requires_improvement")
    expect(page.get_by_label("“Erin Vale”")).to_have_value("keep")
    faults += faults_of(page, size) if javascript else []
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("What this file would bring in")
    expect(page.locator("#row-3")).to_contain_text("Cell A3: This looks like a name")
    faults += faults_of(page, size) if javascript else []
    page.get_by_label("Leave row 3 out").check()
    page.get_by_role("button", name="Save these choices and look again").click()
    page.get_by_role("button", name="Bring in: 1 new, 0 changed").click()

    expect(page.get_by_role("status")).to_contain_text("past-audits.xlsx: 1 audit brought in, 0 audits changed")
    page.goto("/brent/audits/past")
    page.get_by_role("link", name="past-audits.xlsx").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("past-audits.xlsx")
    faults += faults_of(page, size) if javascript else []
    assert faults == []
