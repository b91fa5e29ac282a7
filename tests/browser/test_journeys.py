"""What the three people come for, done in a browser from the first page to the last."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests import given_reports
from tests.browser.conftest import (
    DIRECTOR,
    HEAD_OF_SERVICE,
    OTHER_QA_OFFICER,
    PASSWORD,
    PHONE,
    QA_OFFICER,
    WIDE,
    Site,
    sign_in,
)
from tests.browser.keys import arrives, goes, reach
from tracker.people import commands as people
from tracker.people.rules import Role
from tracker.platform import clock
from tracker.platform.db import db
from tracker.settings import SEED

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
    expect(both).to_contain_text("Samira Okafor changed A-20")
    expect(both).to_contain_text("Three of four teams.")
    expect(both).to_contain_text("All four teams.")
    second.get_by_role("button", name="Save mine as well").click()
    second.goto("/brent/actions/20")
    expect(second.get_by_role("table", name=re.compile("Progress of A-20"))).to_contain_text("Three of four teams.")
    expect(second.locator(".app-line")).to_contain_text("On track")


# A QA officer


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
