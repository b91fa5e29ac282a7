"""What a QA officer comes for, done in a browser: a case audited and moderated, and a report imported and put right."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import given_reports
from tests.browser.conftest import OTHER_QA_OFFICER, QA_OFFICER
from tracker.settings import SEED

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]


def test_a_case_is_audited_a_finding_raised_and_another_officer_moderates_blind(visit: Visit) -> None:
    amina, nadia = visit(QA_OFFICER), visit(OTHER_QA_OFFICER)

    amina.goto("/brent/audits")
    amina.get_by_role("link", name="Start an audit").click()
    amina.get_by_role("link", name="Case audit, pre-proceedings").click()
    amina.get_by_label("Case", exact=True).fill("BR-9001")
    amina.get_by_label("Age", exact=True).select_option(index=2)
    amina.get_by_role("group", name="Was the practitioner there when it was audited?").get_by_label("Yes").check()
    amina.get_by_role("button", name="Start the audit").click()
    amina.wait_for_url(re.compile(r"/audits/\d+"))
    audit = amina.url.split("?")[0]
    reference = "Q-" + audit.rsplit("/", 1)[-1]
    expect(amina.get_by_role("heading", level=1)).to_contain_text(reference)

    answer_every_domain(amina, grade="Requires improvement", finding="Reasons for delay are not written down")
    amina.get_by_label("Requires improvement").check()
    amina.get_by_label("What was good?").fill("The worker knows the family well.")
    amina.get_by_role("button", name=f"Finish {reference}").click()
    expect(amina.locator("main")).to_contain_text("Reasons for delay are not written down")
    amina.get_by_role("link", name="Raise a finding").click()
    amina.get_by_label("What needs to change?").fill("The letter is hard to read")
    amina.get_by_role("button", name="Raise the finding").click()
    expect(amina.locator("main")).to_contain_text("The letter is hard to read")

    nadia.goto("/brent/audits?show=moderate")
    nadia.goto(f"{audit}/moderate")
    nadia.get_by_role("button", name=f"Begin to moderate {reference}").click()
    nadia.goto(audit)
    expect(nadia.locator("main")).not_to_contain_text("It changed little for the child")
    nadia.goto(f"{audit}/moderate")
    grade_every_domain(nadia, "Good")
    nadia.get_by_label("Good", exact=True).check()
    nadia.get_by_label(re.compile("Why|reason", re.IGNORECASE)).first.fill("The plan moved on within three weeks.")
    nadia.get_by_role("button", name="Give this grade").click()
    nadia.goto(audit)
    expect(nadia.locator("main")).to_contain_text("Moderated")
    expect(nadia.locator("main")).to_contain_text("It changed little for the child")


def answer_every_domain(page: Page, *, grade: str, finding: str) -> None:
    """From the first domain to the page about the whole case; the first domain has the finding."""
    for step in each_domain(page):
        page.get_by_label(grade, exact=True).check()
        page.get_by_label("What did you see?").fill("Three records were read.")
        page.get_by_label("What difference did it make for the child?").fill("It changed little for the child.")
        if step == 0:
            page.get_by_label("What needs to change?").fill(finding)
        page.get_by_role("button", name=re.compile("^Save and go to")).click()


def grade_every_domain(page: Page, grade: str) -> None:
    for _ in each_domain(page):
        page.get_by_label(grade, exact=True).check()
        page.get_by_role("button", name=re.compile("^Save and go to")).click()


def each_domain(page: Page) -> Iterator[int]:
    """The steps before the whole case, each once its page is there; ends when the whole case is."""
    steps = page.locator(".app-steps li")
    for step in range(steps.count() - 1):
        expect(steps.nth(step)).to_have_attribute("aria-current", "step")
        yield step
    expect(steps.last).to_have_attribute("aria-current", "step")


def a_report_of_2024() -> bytes:
    """An invented report in the layout of a published one."""
    return given_reports.drawn(
        given_reports.Report(
            front=(
                "Inspection dates: 3 to 14 June 2024",
                "Lead inspector: Ann Example, His Majesty’s Inspector",
            ),
            judgements=(
                ("The impact of leaders on social work practice with children and families", "Good"),
                (
                    "The experiences and progress of children who need help and protection",
                    "Requires improvement to be good",
                ),
                ("The experiences and progress of children in care", "Good"),
                ("The experiences and progress of care leavers", "Good"),
                ("Overall effectiveness", "Good"),
            ),
            summary=("Children in Brent are safer than at the last inspection.",),
            items=(
                ("The timeliness of return home interviews when children have been missing.",),
                ("The quality of records of supervision.",),
            ),
            sections=(
                (
                    "The experiences and progress of children who need help and protection",
                    (
                        ("1.", "Return home interviews come late for too many children who have been missing."),
                        ("2.", "Strategy meetings are held in time."),
                    ),
                ),
                (
                    "The impact of leaders on social work practice with children and families",
                    (("3.", "Supervision is regular, but records of supervision do not show reflection."),),
                ),
            ),
        ),
        given_reports.Layout(
            footer_text=("Inspection of Brent local authority children’s services", "3 to 14 June 2024")
        ),
    )


def test_a_report_is_imported_checked_put_right_accepted_and_an_item_mapped(visit: Visit, tmp_path: Path) -> None:
    page = visit(QA_OFFICER)
    page.goto("/brent/inspections")
    page.get_by_label("Reports, as PDF files").set_input_files(
        given_reports.saved(tmp_path, a_report_of_2024(), "brent-2024.pdf")
    )
    page.get_by_role("button", name="Read the report").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Check what was read")
    expect(page.locator("main")).to_contain_text("The quality of records of supervision.")
    page.get_by_text(re.compile("^Dates, lead inspector and")).click()
    page.get_by_role("row", name=re.compile("Ann Example")).get_by_role("link", name=re.compile("Change")).click()
    page.get_by_label("What it should say").fill("Anne Example")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main")).to_contain_text("Anne Example")
    decide_everything(page)
    page.get_by_role("button", name="Accept and record the inspection").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("2024")
    expect(page.locator("main")).to_contain_text("Anne Example")
    page.get_by_role("table", name=re.compile("improve", re.IGNORECASE)).get_by_role(
        "link", name=re.compile("^I-")
    ).first.click()
    page.get_by_role("link", name=re.compile("^Map")).first.click()
    row = page.get_by_role("row").filter(has_text="Return home interviews come late").first
    row.get_by_label("Yes").check()
    page.get_by_role("button", name="Save decisions").click()
    expect(page.locator("main")).to_contain_text("Return home interviews come late")


def decide_everything(page: Page) -> None:
    """Take the likelier answer to everything that is to be checked."""
    for box in page.locator(".app-field--unsure").all():
        if box.get_by_role("radio").count():
            box.get_by_role("radio").first.check()
        elif box.locator("select").count():
            box.locator("select").select_option(index=1)
        else:
            box.get_by_role("checkbox").check()


def test_a_report_that_is_recorded_already_says_so(visit: Visit) -> None:
    page = visit(QA_OFFICER)
    page.goto("/brent/inspections")

    page.get_by_label("Reports, as PDF files").set_input_files(
        next((SEED / "inspections" / "brent").glob("*2018*.pdf"))
    )
    page.get_by_role("button", name="Read the report").click()

    expect(page.get_by_role("status")).to_contain_text("This file was imported before")
    expect(page.get_by_role("heading", level=1)).to_contain_text("R-1")
