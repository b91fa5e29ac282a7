"""Passkeys in a real browser, with a device that Chromium makes up: added, signed in with, shown again, removed."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import DIRECTOR, PASSWORD, WIDE, Site, served
from tests.browser.test_every_page import faults_of
from tests.demonstration import application_in, copied

pytestmark = pytest.mark.browser

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def site(demonstration: Path, tmp_path: Path) -> Iterator[Site]:
    """By a name: no passkey is made for a number."""
    with served(application_in(copied(demonstration, tmp_path))) as site:
        named = site.address.replace("127.0.0.1", "localhost")
        site.app.config["PUBLIC_ADDRESS"] = named
        yield Site(named, site.app)


def device_of(page: Page) -> tuple[CDPSession, str]:
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    return browser, str(browser.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"])


def kept_in(device: tuple[CDPSession, str]) -> int:
    browser, number = device
    return len(browser.send("WebAuthn.getCredentials", {"authenticatorId": number})["credentials"])


def verified(device: tuple[CDPSession, str], whether: bool) -> None:
    browser, number = device
    browser.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": whether})


def with_password(page: Page) -> None:
    page.goto("/sign-in?next=/account")
    page.get_by_label("E-mail address").fill(DIRECTOR)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("http://localhost:*/account")


def with_passkey(page: Page, target: str) -> None:
    page.goto(f"/sign-in?next={target}")
    page.get_by_role("button", name="Sign in with a passkey").click()


def test_a_director_adds_a_passkey_signs_in_with_it_and_removes_it(site: Site, visit: Callable[..., Page]) -> None:
    page = visit()
    device = device_of(page)
    with_password(page)
    page.get_by_role("link", name=re.compile("^Add one")).click()
    page.get_by_role("button", name="Add a passkey").click()
    faults = faults_of(page, WIDE)
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("alert").filter(has_text="Give the passkey a name")).to_be_visible()
    faults += faults_of(page, WIDE)
    page.get_by_label("Name").fill("My work laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_text("“My work laptop” is saved")).to_be_visible()
    assert kept_in(device) == 1
    faults += faults_of(page, WIDE)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("Name").fill("The same laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_text("has a passkey of yours already")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    with_passkey(page, "/brent/packs/")
    page.wait_for_url("http://localhost:*/brent/packs/")
    site.app.config["CONFIRMED_FOR"] = timedelta(0)
    page.goto("/account/passkeys/add")
    faults += faults_of(page, WIDE)
    site.app.config["CONFIRMED_FOR"] = timedelta(minutes=30)
    page.get_by_role("button", name="Use a passkey instead").click()
    page.wait_for_url("http://localhost:*/account/passkeys/add")

    page.goto("/account/passkeys")
    page.get_by_role("link", name="Rename My work laptop").click()
    faults += faults_of(page, WIDE)
    page.get_by_label("Name").fill("The old laptop")
    page.get_by_role("button", name="Save the name").click()
    page.get_by_role("button", name="Remove The old laptop").click()
    expect(page.get_by_text("“The old laptop” is removed here")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    with_passkey(page, "/brent/packs/")
    expect(page.get_by_text("That passkey does not let you in here")).to_be_visible()
    faults += faults_of(page, WIDE)
    assert faults == []


def test_who_is_not_verified_by_her_device_is_told_and_tries_again(site: Site, visit: Callable[..., Page]) -> None:
    page = visit()
    device = device_of(page)
    with_password(page)
    page.goto("/account/passkeys/add")
    page.get_by_label("Name").fill("My phone")
    page.get_by_role("button", name="Add the passkey").click()
    page.get_by_role("button", name="Sign out").click()

    verified(device, False)
    with_passkey(page, "/account")
    expect(page.get_by_role("alert")).to_have_text("No passkey was used. Try again when you are ready.")
    verified(device, True)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("http://localhost:*/account")


def test_without_javascript_or_at_another_address_the_page_offers_none(site: Site, visit: Callable[..., Page]) -> None:
    without = visit(javascript=False)
    without.goto("/sign-in")
    expect(without.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(without.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()

    elsewhere = visit()
    elsewhere.goto(site.address.replace("localhost", "127.0.0.1") + "/sign-in", wait_until="networkidle")
    expect(elsewhere.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
