"""Somebody who works in two authorities, in a real browser: she sees where she is on every page, and goes over."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import PASSWORD, PHONE, WIDE, Site, served
from tests.browser.test_every_page import faults_of
from tests.demonstration import application_in, copied
from tracker.demonstration import neighbour
from tracker.platform.db import db

pytestmark = pytest.mark.browser

BOTH = "helen.marsh@example.org"
BOROUGH = "/demonstration-borough"


@pytest.fixture
def site(demonstration: Path, tmp_path: Path) -> Iterator[Site]:
    """An application of its own: with the second authority, as ``make demo`` has it."""
    app = application_in(copied(demonstration, tmp_path))
    with app.app_context():
        neighbour.load()
        db.session.commit()
        db.session.remove()
    with served(app) as site:
        yield site


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_she_chooses_where_to_work_sees_it_on_every_page_and_goes_over(
    site: Site, visit: Callable[..., Page], size: ViewportSize
) -> None:
    page, faults = visit(size=size), list[str]()
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(BOTH)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Where do you want to work?")).to_be_visible()
    faults += faults_of(page, size)
    page.get_by_role("link", name="Demonstration Borough (invented)").click()
    place = page.locator(".app-top__place")

    for path in ("/", "/plan", "/items/1", "/readiness", "/self-evaluation"):
        page.goto(BOROUGH + path)
        expect(place).to_have_text("Demonstration Borough (invented)")
        faults += faults_of(page, size)
    expect(page.get_by_role("link", name="Helen Marsh, Head of service, family help")).to_be_visible()
    assert "Brent" not in page.locator("main").inner_text()

    page.get_by_role("link", name="Change authority").click()
    page.get_by_role("link", name="Brent", exact=True).click()
    expect(place).to_have_text("Brent")
    expect(page.get_by_role("link", name="Helen Marsh, Assistant director")).to_be_visible()
    assert faults == []
