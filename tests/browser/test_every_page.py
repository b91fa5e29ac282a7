"""Every page that each person meets: no accessibility fault that axe knows, and nothing wider than the window."""

from collections.abc import Callable, Mapping

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect
from werkzeug.routing import Map

from tests.browser.conftest import DIRECTOR, HEAD_OF_SERVICE, PHONE, QA_OFFICER, WIDE, Site
from tests.browser.pages import PAGES, looked_up, of_anything
from tests.browser.pages_elsewhere import ELSEWHERE, NO_PAGES

pytestmark = pytest.mark.browser

AXE = Axe()
ONLY_FAULTS = {"resultTypes": ["violations"], "selectors": False}
"""Nobody asks where on the page what passed is: naming every element of a long page takes longer than the rules."""
RULES = ONLY_FAULTS | {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OF_A_SIZE = ONLY_FAULTS | {"runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}}
"""What can be wrong in one window and right in another: a page is looked at wholly in one, and so in the other. No
colour of ours changes with the window."""

AT_ONCE = 40
"""Pages that one test looks at, so that the workers of a run share them."""
PARTS = {
    f"{name}-{first // AT_ONCE + 1}": (who, PAGES[who][first : first + AT_ONCE])
    for name, who in {"director": DIRECTOR, "head": HEAD_OF_SERVICE, "qa": QA_OFFICER}.items()
    for first in range(0, len(PAGES[who]), AT_ONCE)
}


@pytest.mark.parametrize("part", list(PARTS))
def test_no_page_has_an_accessibility_fault_or_scrolls_sideways(
    site: Site, visit: Callable[..., Page], part: str
) -> None:
    who, addresses = PARTS[part]
    page = visit(who)
    found = {}

    for address in addresses:
        with site.app.app_context():
            there = looked_up(address)
        answer = page.goto(there)
        assert answer is not None
        faults = [] if answer.status == 200 else [f"status {answer.status}"]
        if not page.url.endswith(there):
            faults.append(f"leads on to {page.url}")
        for size, rules in ((WIDE, RULES), (PHONE, OF_A_SIZE)):
            page.set_viewport_size(size)
            faults += faults_of(page, size, rules)
        if faults:
            found[address] = faults

    assert found == {}


def faults_of(page: Page, size: ViewportSize, rules: Mapping[str, object] = RULES) -> list[str]:
    page.wait_for_load_state()  # a click waits until the next page begins, which has no body yet
    if not page.evaluate("'axe' in window"):  # another window of the same page has it already
        page.evaluate(AXE.axe_script)
    results = page.evaluate("rules => axe.run(rules)", dict(rules))
    faults = [fault["id"] for fault in results["violations"]]
    if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
        faults.append("wider than the window")
    return faults


def test_every_page_of_the_site_is_looked_at(site: Site) -> None:
    addresses: Map = site.app.url_map
    router = addresses.bind("127.0.0.1")
    looked_at = {router.match(of_anything(page.partition("?")[0]))[0] for pages in PAGES.values() for page in pages}

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
