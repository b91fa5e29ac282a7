"""Going through pages by keys alone."""

import re

from playwright.sync_api import Page

MOST_TABS = 250
"""How often somebody presses Tab to reach anything on a page."""


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


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Reach a link or a button by keyboard, and go where it leads."""
    reach(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
