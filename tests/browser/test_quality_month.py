"""A month of quality assurance, by keys alone and on a tablet: what is planned, audited, moderated, found and changed.

Nothing here clicks or fills in, but for a file that is brought back: a browser takes it from a dialogue of the machine.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import OTHER_QA_OFFICER, QA_OFFICER
from tests.browser.keys import arrives, goes, picks, reach, says, ticks, told
from tracker.platform import clock

Visit = Callable[..., Page]
TABLET: ViewportSize = {"width": 768, "height": 1024}
TOOL = "Case audit, pre-proceedings"
"""A tool whose findings only a re-audit closes."""
NOT_SAFE = "Inadequate"


@pytest.mark.timeout(600)
def test_a_month_of_quality_assurance_by_keyboard_alone_on_a_tablet(visit: Visit, tmp_path: Path) -> None:
    amina, nadia = visit(size=TABLET), visit(size=TABLET)
    arrives(amina, QA_OFFICER)
    arrives(nadia, OTHER_QA_OFFICER)

    plans(amina)
    begins_the_first_that_she_is_given(amina, draws(amina))
    reference = audits(amina, second=NOT_SAFE)
    moderates(nadia, reference)
    finding = joins_an_action(amina, reference)
    goes(amina, f"Start a re-audit of {reference}")
    picks(amina, "Yes", "Yes")
    goes(amina, "Start the audit")
    closes(amina, finding, audits(amina, second="Good"))
    makes_an_item_of_what_recurs(amina)
    answers_without_a_network(amina, tmp_path)

    assert makes_the_report(amina, tmp_path) > 5


def plans(page: Page) -> None:
    """Two audits more of a team this month."""
    goes(page, "Audits", "Programmes", "Programme of audits, this year", "Plan audits")
    says(page, "Team", "Localities 4")
    says(page, "Tool", TOOL)
    ticks(page, f"{clock.today():%b %Y}")
    says(page, "Audits in each of these months", "2")
    goes(page, "Save the plan")


def draws(page: Page) -> str:
    """Two cases of a list, each given to an auditor who may have it; the one that is hers."""
    goes(page, "Draw cases")
    reach(page, "Or paste it")
    cases = [f"BR-91{case:02d}\tLocalities 4\t7\tPre-proceedings" for case in range(12)]
    page.keyboard.type("\n".join(["Case\tTeam\tAge\tLegal status", *cases]))
    says(page, "Tool", TOOL)
    says(page, "How many cases?", "2")
    picks(page, "Random", "Random")
    says(page, "Seed", "the month, localities")
    goes(page, "Draw the cases", "Allocate 2 cases")
    told(page, "Every case has an auditor.")
    hers = page.get_by_role("row").filter(has_text="Amina Yusuf").get_by_role("rowheader")
    return hers.inner_text()


def begins_the_first_that_she_is_given(page: Page, case: str) -> None:
    goes(page, "My work", f"Start the audit of {case}")
    picks(page, "Yes", "Yes")
    goes(page, "Start the audit")


def audits(page: Page, *, second: str) -> str:
    """Every domain good but the second, and a finding where that is not safe; its reference."""
    reference = page.locator("h1").inner_text().split()[0]
    steps = page.locator(".app-steps li").count()
    for step in range(steps - 1):
        picks(page, "Outstanding", second if step == 1 else "Good")
        if step == 1 and second == NOT_SAFE:
            says(page, "What was done at once to make the child safe?", "The duty manager saw her at school today.")
            says(page, "What needs to change?", "Her plan has not been looked at for a year")
            says(page, "Who", "Samira Okafor")
        says(page, "What did you see?", "Three records were read.")
        says(page, "What difference did it make for the child?", "She knows what happens next.")
        goes(page, re.compile("^Save and go to"))
    picks(page, "Outstanding", "Good")
    says(page, "What was good?", "Her worker knows the family well.")
    goes(page, f"Finish {reference}")
    told(page, f"{reference} is finished: good.")
    return reference


def moderates(page: Page, reference: str) -> None:
    """Without sight of the first grades, which are there once the second are."""
    goes(page, "My work", reference, f"Begin to moderate {reference}")
    expect(page.locator("main")).not_to_contain_text("Three records were read.")
    for step in range(page.locator(".app-steps li").count() - 1):
        picks(page, "Outstanding", NOT_SAFE if step == 1 else "Good")
        goes(page, re.compile("^Save and go to"))
    picks(page, "Outstanding", "Requires improvement")
    says(page, "Why this grade?", "A plan that nobody looks at is no plan.")
    goes(page, "Give this grade")
    told(page, "Yours counts.")


def looks_up(page: Page, reference: str) -> None:
    says(page, "Search, or type a reference", reference)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def joins_an_action(page: Page, reference: str) -> str:
    """The finding of an audit, answered by an action that is under way already; its reference."""
    looks_up(page, reference)
    goes(page, re.compile(r"^F-\d+$"))
    finding = page.locator("h1").inner_text().split()[0]
    says(page, "Action", "A-")
    goes(page, "Join this action")
    return finding


def closes(page: Page, finding: str, again: str) -> None:
    """By the re-audit, as its tool asks; the chain from finding to change is one picture then."""
    looks_up(page, finding)
    says(page, "What has changed for children?", "The plan is looked at every six weeks, with her.")
    says(page, "Re-audit", again)
    goes(page, f"Close {finding}")
    told(page, "One higher")


def takes_away(page: Page, name: str | re.Pattern[str], folder: Path) -> Path:
    reach(page, name)
    with page.expect_download() as begun:
        page.keyboard.press("Enter")
    path = folder / begun.value.suggested_filename
    begun.value.save_as(path)
    return path


def makes_an_item_of_what_recurs(page: Page) -> None:
    goes(page, "Audits", "Themes that recur", re.compile("^Make this an improvement item : .*Management oversight"))
    told(page, "made of the theme and its audits.")


def answers_without_a_network(page: Page, folder: Path) -> None:
    """A case that she was given, in a workbook; what is brought back is shown before it counts."""
    goes(page, "Audits", "Answer audits in a workbook")
    ticks(page, re.compile("^BR-"))
    path = takes_away(page, "Download the workbook", folder)
    book = load_workbook(path)
    sheet = book[book.sheetnames[1]]
    sheet["D3"], sheet["E3"], sheet["F3"] = "Good", "It is kept up.", "She knows her own story."
    book.save(path)
    page.get_by_label("The workbook that you answered").set_input_files(path)
    goes(page, "Read the file")
    told(page, "empty → It is kept up.")
    goes(page, "Apply to 1 audit")
    told(page, "is in your drafts. Finish each when it is ready.")


def makes_the_report(page: Page, folder: Path) -> int:
    """How many pages it has."""
    goes(page, "Audits", "What they tell and changed", re.compile("^Make the quarterly report"))
    with pikepdf.open(takes_away(page, "Download the PDF", folder)) as pack:
        return len(pack.pages)
