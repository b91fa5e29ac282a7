"""Going through pages by keys alone."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD

MOST_TABS = 250
"""How often somebody presses Tab to reach anything on a page."""
LONGEST = 180_000
"""Milliseconds for fifty pages to be laid out, on a machine that does other things too."""


def focused(page: Page) -> str:
    """What the element with the focus is called."""
    name = page.evaluate(
        "(document.activeElement.labels?.[0] ?? document.activeElement).innerText?.trim().replace(/\\s+/g, ' ') ?? ''"
    )
    return str(name)


def reach(page: Page, name: str | re.Pattern[str]) -> None:
    """Press Tab until what is called ``name`` has the focus, on the page to which a click before it leads."""
    page.wait_for_load_state()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        found = focused(page)
        if found == name or (isinstance(name, re.Pattern) and name.match(found)):
            return
    raise AssertionError(f"Tab never reaches {name!r} on {page.url}")


def goes(page: Page, *names: str | re.Pattern[str]) -> None:
    """From link to link, or over a button to the page that it leads to."""
    for name in names:
        reach(page, name)
        with page.expect_navigation(timeout=LONGEST):
            page.keyboard.press("Enter")


def says(page: Page, name: str, words: str) -> None:
    """Type into a field, in place of what is there; in a list, what begins with these words is chosen."""
    reach(page, name)
    if page.evaluate("document.activeElement.tagName") != "SELECT":
        page.keyboard.press("Control+A")
    page.keyboard.type(words)


def ticks(page: Page, *names: str | re.Pattern[str]) -> None:
    for name in names:
        reach(page, name)
        page.keyboard.press("Space")


def picks(page: Page, first: str, name: str) -> None:
    """One of several radio buttons: Tab reaches the chosen one, or the first, and arrows the others."""
    reach(page, re.compile("|".join(map(re.escape, (first, name)))))
    for _ in range(MOST_TABS):
        if focused(page) == name:
            page.keyboard.press("Space")
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"No arrow reaches {name!r} on {page.url}")


def arrives(page: Page, email: str) -> None:
    """Sign in."""
    page.goto("/sign-in")
    says(page, "E-mail address", email)
    says(page, "Password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/brent/")


def told(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("main")).to_contain_text(words)
