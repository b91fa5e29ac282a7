"""Every page that each person meets: no accessibility fault that axe knows, and nothing wider than the window."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DIRECTOR, HEAD_OF_SERVICE, PHONE, QA_OFFICER, WIDE

pytestmark = pytest.mark.browser

AXE = Axe()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

EVERYBODY = [
    "/brent/",
    "/brent/readiness",
    "/brent/readiness?show=gaps&missing=all",
    "/brent/inspections",
    "/brent/inspections/3",
    "/brent/frameworks",
    "/brent/plan",
    "/brent/plan?show=overdue",
    "/brent/items/9",
    "/brent/items/9/mapping",
    "/brent/items/12",
    "/brent/actions/1",
    "/brent/evidence",
    "/brent/evidence/1",
    "/brent/audits",
    "/brent/audits/80",
    "/brent/findings/1",
    "/brent/measures",
    "/brent/measures/1",
    "/brent/self-evaluation",
    "/brent/self-evaluation/1",
    "/brent/statements/31",
    "/brent/packs/",
    "/brent/search/?q=life-story",
    "/help",
    "/accessibility",
]
THEIR_OWN = {
    DIRECTOR: ["/brent/items/9/edit", "/brent/items/9/appraise", "/brent/items/new"],
    HEAD_OF_SERVICE: ["/brent/evidence/add", "/brent/statements/31/write"],
    QA_OFFICER: ["/brent/audits/new"],
}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("who", [DIRECTOR, HEAD_OF_SERVICE, QA_OFFICER], ids=["director", "head", "qa"])
def test_no_page_has_an_accessibility_fault_or_scrolls_sideways(
    visit: Callable[..., Page], who: str, size: dict[str, int]
) -> None:
    page = visit(who, size)
    found = {}

    for address in [*(EVERYBODY if who == DIRECTOR else EVERYBODY[:1]), *THEIR_OWN[who]]:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{address}: {answer.status}"
        faults = [fault["id"] for fault in AXE.run(page, options=RULES).response["violations"]]
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            faults.append("wider than the window")
        if faults:
            found[address] = faults

    assert found == {}


def test_signing_in_has_no_accessibility_fault_even_when_it_fails(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill("nobody@example.org")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in").click()

    assert "The e-mail address or the password is wrong" in page.content()
    assert [fault["id"] for fault in AXE.run(page, options=RULES).response["violations"]] == []
