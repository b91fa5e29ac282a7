"""A real site on a loopback port with the whole demonstration, and a real Chromium looking at it."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pydantic import SecretStr
from tracker.demonstration import commands as demo
from werkzeug.serving import make_server

from tracker import create_app
from tracker.platform.db import db
from tracker.settings import Settings

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 812}

DIRECTOR = "dana.whitfield@example.org"
HEAD_OF_SERVICE = "samira.okafor@example.org"
QA_OFFICER = "amina.yusuf@example.org"

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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, migrated and loaded once for all browser tests of a worker."""
    place = tmp_path_factory.mktemp("site")
    app = create_app(
        Settings(
            _env_file=None,
            secret_key=SecretStr("a key for tests only"),
            database_url=f"sqlite:///{place / 'tracker.sqlite'}",
            storage_url=f"file://{place / 'files'}",
            jobs="inline",
            demonstration=True,
            sign_in_limit="1000 per minute",
        )
    )
    with app.app_context():
        upgrade()
        demo.load()
        db.session.commit()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", app)
    server.shutdown()
    thread.join()


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

    def opened(who: str | None = None, size: dict[str, int] = WIDE, *, javascript: bool = True) -> Page:
        context = chromium.new_context(
            base_url=site.address,
            viewport=size,
            java_script_enabled=javascript,
            accept_downloads=True,  # type: ignore[arg-type]  # a size is two whole numbers
        )
        contexts.append(context)
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        if who is not None:
            sign_in(page, who)
        return page

    yield opened
    for context in contexts:
        context.close()


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(demo.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/brent/")
