"""A real site on a loopback port with the whole demonstration, and a real Chromium looking at it."""

import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from werkzeug.serving import make_server

from tests.demonstration import application_in, copied
from tracker.demonstration import schema
from tracker.platform.db import db

WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 375, "height": 812}

DIRECTOR = "dana.whitfield@example.org"
HEAD_OF_SERVICE = "samira.okafor@example.org"
QA_OFFICER = "amina.yusuf@example.org"
OTHER_QA_OFFICER = "nadia.coyle@example.org"
PASSWORD = schema.people().password

LOADING = 600
"""Seconds that the first test of a run may take: it waits until the demonstration is loaded."""

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@dataclass(frozen=True)
class Site:
    address: str
    app: Flask


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.timeout(LOADING))


@contextmanager
def served(app: Flask) -> Iterator[Site]:
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # a failed test shows what failed, not every request
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", app)
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def site(demonstration: Path, tmp_path: Path) -> Iterator[Site]:
    """The demonstration, one test's own: whatever it changes, the next test does not see."""
    with served(application_in(copied(demonstration, tmp_path))) as site:
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("TRACKER_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    assert Path(path).exists(), "Chromium is not installed: run scripts/install-system.sh test"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(site: Site, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """``visit(DIRECTOR, PHONE)``: a page signed in as somebody, in a window of a size, with or without JavaScript."""
    contexts: list[BrowserContext] = []

    def opened(who: str | None = None, size: ViewportSize = WIDE, *, javascript: bool = True) -> Page:
        context = chromium.new_context(base_url=site.address, viewport=size, java_script_enabled=javascript)
        contexts.append(context)
        page = context.new_page()
        if who is not None:
            sign_in(page, who)
        return page

    yield opened
    for context in contexts:
        context.close()


def sign_in(page: Page, email: str, *, at: str = "brent") -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**/{at}/")
