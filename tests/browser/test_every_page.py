"""Every page that each person meets: no accessibility fault that axe knows, and nothing wider than the window."""

from collections.abc import Callable, Mapping

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect
from werkzeug.routing import Map

from tests.browser.conftest import DIRECTOR, HEAD_OF_SERVICE, PHONE, QA_OFFICER, WIDE, Site

pytestmark = pytest.mark.browser

AXE = Axe()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OF_A_SIZE = {"runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable", "color-contrast"]}}
"""What can be wrong in one window and right in another: a page is looked at wholly in one, and so in the other."""

# Lists are asked for with a filter: a long one has no fault that a short one has not, and axe reads every line of it.
PAGES = {
    DIRECTOR: [
        "/brent/",
        "/brent/readiness",
        "/brent/readiness?show=leadership&missing=all",
        "/brent/area-owners",
        "/brent/inspections",
        "/brent/inspections/3",
        "/brent/inspections/3/dates",
        "/brent/inspections/came-back",
        "/brent/inspections/side-by-side?show=1&show=2&show=3&show=4",
        "/brent/inspections/3/clock",
        "/brent/inspections/3/clock/receipt",
        "/brent/inspections/3/clock/publish_report/take-back",
        "/brent/published",
        "/brent/published?q=supervision",
        "/brent/published/reports",
        "/brent/frameworks",
        "/brent/frameworks/area-send-2023",
        "/brent/frameworks/national",
        "/brent/plan?source=R-3",
        "/brent/plan?show=overdue&sort=due",
        "/brent/items/9",
        "/brent/items/9/edit",
        "/brent/items/9/appraisals",
        "/brent/items/9/merge",
        "/brent/items/9/split",
        "/brent/items/9/supersede",
        "/brent/items/25/source",
        "/brent/items/27",
        "/brent/items/27/put-back",
        "/brent/items/new/peer-review",
        "/brent/items/9/appraise",
        "/brent/items/9/actions/new",
        "/brent/items/2/reopen",
        "/brent/items/new",
        "/brent/plan/several?status=off-track",
        "/brent/plan/hand-over",
        "/brent/boards",
        "/brent/boards/how-far",
        "/brent/boards/over-time",
        "/brent/boards/dates",
        "/brent/boards/dates/new",
        "/brent/boards/next-inspection",
        "/brent/boards/snapshots/1",
        "/brent/reminders",
        "/brent/reminders/times",
        "/brent/plan/sheets",
        "/brent/plan/views?filters=status%3Doff-track",
        "/brent/actions/1",
        "/brent/actions/15/sign-off",
        "/brent/actions/15/send-back",
        "/brent/actions/20/lead",
        "/brent/actions/20/due-date",
        "/brent/actions/20/supersede",
        "/brent/evidence/coverage?area=care_leavers",
        "/brent/self-evaluation",
        "/brent/self-evaluation/1",
        "/brent/self-evaluation/2/sign-off",
        "/brent/self-evaluation/areas/help_protection",
        "/brent/packs/",
        "/brent/search/?q=life-story",
        "/brent/search/?q=nothing-says-this",
        "/help",
        "/accessibility",
    ],
    HEAD_OF_SERVICE: [
        "/brent/",
        "/brent/?at=20",
        "/brent/my-work/several",
        "/brent/plan",
        "/brent/plan/boards",
        "/brent/plan/partners",
        "/brent/actions/20",
        "/brent/actions/20/update",
        "/brent/actions/29",
        "/brent/actions/29/change",
        "/brent/actions/29/milestones/new",
        "/brent/actions/29/waits-for",
        "/brent/actions/21/difference",
        "/brent/evidence?kind=voice",
        "/brent/evidence/1",
        "/brent/evidence/1/correct",
        "/brent/evidence/1/file",
        "/brent/evidence/1/links/new",
        "/brent/evidence/1/withdraw",
        "/brent/evidence/add",
        "/brent/evidence/add/voice",
        "/brent/measures?area=leadership",
        "/brent/measures/7",
        "/brent/measures/7/record",
        "/brent/measures/7/target",
        "/brent/measures/7/name",
        "/brent/measures/7/items/new",
        "/brent/measures/add",
        "/brent/measures/add/own",
        "/brent/statements/32",
        "/brent/statements/32/write",
        "/brent/statements/32/compare",
        "/brent/statements/32/remove",
        "/brent/statements/new?area=leadership",
    ],
    QA_OFFICER: [
        "/brent/",
        "/brent/items/9/mapping",
        "/brent/audits?show=moderate",
        "/brent/audits/80",
        "/brent/audits/80/agree",
        "/brent/audits/80/again",
        "/brent/audits/80/feedback",
        "/brent/audits/80/findings/new",
        "/brent/audits/126",
        "/brent/audits/126/about",
        "/brent/audits/126/finish",
        "/brent/audits/128/moderate",
        "/brent/audits/start",
        "/brent/audits/new/pre-proceedings",
        "/brent/findings",
        "/brent/findings/27",
        "/brent/findings/27/change",
    ],
}
ELSEWHERE = {
    "actions.board": "named by an id that each loading gives anew; seen in test_actions",
    "actions.drop_milestone": "as actions.board",
    "actions.move_milestone": "as actions.board",
    "actions.partner": "as actions.board",
    "actions.reach_milestone": "as actions.board",
    "actions.close_item": "every item of the demonstration that is open has open actions; it is the form of reopen",
    "corpus.check": "named by an id that each loading gives anew; seen in the integration tests",
    "corpus.passage": "as corpus.check",
    "corpus.report": "as corpus.check",
    "deadlines.done": "every deadline of the demonstration is met; seen in the integration tests",
    "deadlines.lead": "as deadlines.done",
    "deadlines.not_required": "as deadlines.done",
    "evidence.say_there": "named by an id that each loading gives anew",
    "inspections.review": "seen in test_journeys, where a report is imported",
    "packs.show": "seen in test_journeys, where a pack is made",
    "plan_sheets.columns": "seen in test_spreadsheet, where a plan is brought in",
    "plan_sheets.preview": "as plan_sheets.columns",
    "plan_sheets.words": "as plan_sheets.columns",
    "reminders.letter": "named by an id that each loading gives anew; seen in the integration tests",
    "reminders.stop_digest": "its address is in a mail; seen in the integration tests",
    "saved_views.show": "leads on",
    "people.front_door": "leads on",
    "people.home": "leads on",
    "people.sign_in": "seen below",
    "self_evaluation.start": "refused while a version is open; seen in the integration tests",
}
"""Pages that no address above opens, and why."""
NO_PAGES = ("export", "file", "picture", "health", "api.", "static", "spreadsheet")
"""What the endpoints that answer with something else than a page have in their names."""


@pytest.mark.parametrize("who", list(PAGES), ids=["director", "head", "qa"])
def test_no_page_has_an_accessibility_fault_or_scrolls_sideways(visit: Callable[..., Page], who: str) -> None:
    page = visit(who)
    found = {}

    for address in PAGES[who]:
        answer = page.goto(address)
        assert answer is not None
        faults = [] if answer.status == 200 else [f"status {answer.status}"]
        for size, rules in ((WIDE, RULES), (PHONE, OF_A_SIZE)):
            page.set_viewport_size(size)
            faults += faults_of(page, size, rules)
        if faults:
            found[address] = faults

    assert found == {}


def faults_of(page: Page, size: ViewportSize, rules: Mapping[str, object] = RULES) -> list[str]:
    faults = [fault["id"] for fault in AXE.run(page, options=dict(rules)).response["violations"]]
    if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
        faults.append("wider than the window")
    return faults


def test_every_page_of_the_site_is_looked_at(site: Site) -> None:
    addresses: Map = site.app.url_map
    router = addresses.bind("127.0.0.1")
    looked_at = {router.match(page.partition("?")[0])[0] for pages in PAGES.values() for page in pages}

    pages = {
        rule.endpoint
        for rule in addresses.iter_rules()
        if "GET" in (rule.methods or ()) and not any(part in rule.endpoint for part in NO_PAGES)
    }

    assert pages - looked_at - set(ELSEWHERE) == set()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_signing_in_has_no_accessibility_fault_even_when_it_fails(
    visit: Callable[..., Page], size: ViewportSize
) -> None:
    page = visit(None, size)
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill("nobody@example.org")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in").click()

    expect(page.locator("main")).to_contain_text("The e-mail address or the password is wrong")
    assert faults_of(page, size) == []
