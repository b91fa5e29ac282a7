"""An audit that saves itself in a real browser: the network drops, the session ends, and nothing typed is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import PASSWORD, QA_OFFICER

Visit = Callable[..., Page]
PAGE = "/brent/audits/126?domain=plan"
"""The draft that the demonstration leaves to Amina Yusuf."""
SAVED = re.compile(r"^Saved at \d\d:\d\d")


def test_what_is_typed_without_a_network_or_a_session_is_kept_and_sent(visit: Visit) -> None:
    page = visit(QA_OFFICER)
    page.goto(PAGE)
    status, seen = page.locator("[data-autosave-status]"), page.get_by_label("What did you see?", exact=True)

    seen.fill("Reviewed twice in six months")
    expect(status).to_have_text(SAVED, timeout=30_000)
    page.context.set_offline(True)
    seen.fill("Reviewed twice in six months; the reason for delay is not recorded")
    expect(status).to_have_text(re.compile("no connection. It is kept on this device and will be sent"), timeout=30_000)
    page.context.set_offline(False)
    expect(status).to_have_text(SAVED, timeout=60_000)

    page.get_by_label("Inadequate").check()
    expect(page.get_by_label("What was done at once to make the child safe?")).to_be_visible()
    expect(status).to_have_text(SAVED, timeout=30_000)
    page.context.clear_cookies()
    page.get_by_label("What difference did it make for the child?").fill("Five weeks were lost")
    expect(status).to_contain_text("you were signed out", timeout=30_000)
    status.get_by_role("link", name="Sign in and go on").click()
    page.get_by_label("E-mail address").fill(QA_OFFICER)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("group", name="Kept on this device").get_by_role("button", name="Put it back").click()
    expect(status).to_have_text(SAVED, timeout=30_000)
    page.reload()
    expect(page.get_by_label("What difference did it make for the child?")).to_have_value("Five weeks were lost")
    expect(seen).to_have_value("Reviewed twice in six months; the reason for delay is not recorded")
    assert page.evaluate("Object.keys(localStorage)") == []


@pytest.mark.parametrize("size", [{"width": 768, "height": 1024}, {"width": 1024, "height": 768}])
def test_an_audit_fits_a_tablet(visit: Visit, size: ViewportSize) -> None:
    page = visit(QA_OFFICER, size)

    page.goto(PAGE)

    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    row = page.get_by_label("Action agreed by").bounding_box()
    assert row is not None
    assert row["width"] >= 80, "a date cannot be read in a narrower box"
