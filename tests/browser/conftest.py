"""A real site on a loopback port with the whole demonstration, and a real Chromium looking at it."""

import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from werkzeug.serving import make_server
from werkzeug.test import run_wsgi_app

from tests.demonstration import application_in, copied
from tracker.demonstration import schema
from tracker.people.limits import limiter
from tracker.platform.db import db

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

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


def _answering_whole(app: Flask) -> "WSGIApplication":
    """Have every answer read and closed before it is sent.

    Werkzeug's server never closes an answer whose browser breaks off while it is sent: a picture stayed an open file,
    and whichever test ran when Python found it was failed.
    """

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        body, status, headers = run_wsgi_app(app, environ, buffered=True)
        start_response(status, headers.to_wsgi_list())
        return body

    return answer


@contextmanager
def served(app: Flask) -> Iterator[Site]:
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # a failed test shows what failed, not every request
    server = make_server("127.0.0.1", 0, _answering_whole(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", app)
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Path]]:
    """One application for all tests, and the folder that it reads: to make it anew took as long as many a test."""
    place = tmp_path_factory.mktemp("site")
    with served(application_in(place)) as site:
        yield site, place


@pytest.fixture
def site(demonstration: Path, standing: tuple[Site, Path]) -> Iterator[Site]:
    """The demonstration as it was loaded: whatever a test changes, the next test does not see."""
    site, place = standing
    copied(demonstration, place)
    yield site
    with site.app.app_context():
        db.engine.dispose()
    limiter.reset()
    for part in place.iterdir():
        shutil.rmtree(part) if part.is_dir() else part.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("TRACKER_CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "Chromium is not installed: run scripts/install-system.sh test"
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
