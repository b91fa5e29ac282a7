"""Signing in with an identity server in a real browser, and with a phone's codes."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests import identity_server
from tests.browser.conftest import DIRECTOR, PASSWORD, WIDE, Site, served
from tests.browser.test_every_page import faults_of
from tests.demonstration import application_in, copied
from tracker.demonstration.identity import Account

pytestmark = pytest.mark.browser


@pytest.fixture
def site(demonstration: Path, tmp_path: Path) -> Iterator[Site]:
    """An application of its own: it is set up for another way to sign in."""
    with served(application_in(copied(demonstration, tmp_path))) as site:
        yield site


def test_a_director_comes_in_by_the_identity_server_and_then_with_codes_of_her_phone(
    site: Site, visit: Callable[..., Page]
) -> None:
    with identity_server.running(Account("dana", "Dana Whitfield", DIRECTOR, ("directors",))) as provider:
        site.app.config.update(identity_server.settings_for(provider) | {"PUBLIC_ADDRESS": site.address})
        identity_server.connect(site.app)
        page = visit()
        page.goto("/brent/self-evaluation")
        page.get_by_role("button", name="Sign in with your council account").click()
        page.get_by_role("button", name="Dana Whitfield").click()

        page.wait_for_url("**/brent/self-evaluation")
        page.goto("/account/codes")
        page.get_by_role("button", name="Set one-time codes up").click()
        faults = faults_of(page, WIDE)
        key = re.sub(r"[^A-Z2-7]", "", page.locator(".app-hash").inner_text())
        page.get_by_label("Code").fill(pyotp.TOTP(key).now())
        page.get_by_role("button", name="Save").click()
        faults += faults_of(page, WIDE)
        recovery = page.locator("code.app-hash").first.inner_text()
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("link", name="Sign out of your council account as well")).to_be_visible()
        faults += faults_of(page, WIDE)

    page.goto("/password/forgotten")
    faults += faults_of(page, WIDE)
    page.goto("/sign-in?next=/brent/packs/")
    faults += faults_of(page, WIDE)
    page.get_by_label("E-mail address").fill(DIRECTOR)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    faults += faults_of(page, WIDE)
    page.get_by_role("link", name=re.compile("use a recovery code")).click()
    faults += faults_of(page, WIDE)
    page.get_by_label("Recovery code").fill(recovery)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("You have 9 recovery codes left")).to_be_visible()
    assert faults == []
