"""The kit on a small application of its own, with one page for everything it does."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Blueprint, Flask, abort, flash, g, render_template_string
from flask.testing import FlaskClient
from flask_wtf import CSRFProtect
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.test import TestResponse

from tests import page_check
from tracker.platform.db import db
from tracker.platform.errors import Conflict, NotAllowed, Refused
from tracker.web import init_web
from tracker.web.links import PAGES
from tracker.web.navigation import TABS

PAGE = """{% extends "layout/base.html" %}
{% block title %}Plan{% endblock %}
{% block content %}<h1>Plan</h1>{% endblock %}"""

FAULTS: dict[str, Callable[[], object]] = {
    "refused": lambda: _raise(Refused("This action was completed on 4 March 2026")),
    "not-allowed": lambda: _raise(NotAllowed("As director you may not moderate case audits.")),
    "conflict": lambda: _raise(Conflict("Helen Marsh changed A-104 at 09:42.")),
    "stale": lambda: _raise(StaleDataError("UPDATE statement on table 'action' expected to update 1 row(s)")),
    "broken": lambda: _raise(ZeroDivisionError("the secret inside")),
    "too-large": lambda: abort(413),
    "too-often": lambda: abort(429),
}


class CheckingClient(FlaskClient):
    """Checks every page. ``tests.clients`` has one for the whole application, which signs people in."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.location is None and response.request.method != "HEAD":
            page_check.check(response.text)
        return response


def _raise(error: Exception) -> None:
    raise error


def _page(number: int = 0) -> str:
    return render_template_string(PAGE)


def _flashing() -> str:
    flash("A-98 saved as Delivered.", "saved")
    flash("A-99 is locked.", "refused")
    return _page()


def _fault(name: str) -> str:
    FAULTS[name]()
    return ""


def _rooms() -> Iterator[Blueprint]:
    """A blueprint for each room that a tab or a reference leads to."""
    ends = [(endpoint, "") for endpoint in TABS] + [(endpoint, "/<int:number>") for endpoint in PAGES.values()]
    for room in {endpoint.partition(".")[0] for endpoint, _ in ends}:
        blueprint = Blueprint(room, __name__, url_prefix=f"/<authority>/{room}")
        for endpoint, rule in ends:
            if endpoint.startswith(f"{room}."):
                name = endpoint.partition(".")[2]
                blueprint.add_url_rule(f"/{name}{rule}", name, _page, methods=["GET", "POST"])
        yield blueprint


def _enter_brent(app: Flask) -> None:
    @app.url_value_preprocessor
    def read_authority(endpoint: str | None, values: dict[str, object] | None) -> None:
        g.authority = g.person = None
        if values and values.pop("authority", None):
            g.authority = SimpleNamespace(name="Brent", slug="brent")
            g.person = SimpleNamespace(name="Samira Okafor", role_label="Head of service", may=lambda name: False)

    @app.url_defaults
    def fill_authority(endpoint: str, values: dict[str, object]) -> None:
        if app.url_map.is_endpoint_expecting(endpoint, "authority"):
            values.setdefault("authority", "brent")


def make(**config: object) -> Flask:
    app = Flask("kit", static_folder=None)
    app.config.update(
        SECRET_KEY="a key for tests only",
        SQLALCHEMY_DATABASE_URI="sqlite://",
        CONTACT="the digital desk",
        MAX_CONTENT_LENGTH=1000,
        **config,
    )
    app.test_client_class = CheckingClient
    app.add_url_rule("/static/<path:filename>", "static", lambda filename: filename)
    _enter_brent(app)
    db.init_app(app)
    CSRFProtect(app)
    init_web(app)
    for blueprint in _rooms():
        app.register_blueprint(blueprint)
    app.add_url_rule("/<authority>/flashing", view_func=_flashing, endpoint="flashing")
    app.add_url_rule("/<authority>/fault/<name>", view_func=_fault, endpoint="fault")
    app.add_url_rule("/<authority>/search", view_func=_page, endpoint="search.results")
    return app


@pytest.fixture(scope="session")
def kit() -> Flask:
    return make(DEMONSTRATION=True, HTTPS=False)


@pytest.fixture
def visitor(kit: Flask) -> FlaskClient:
    return kit.test_client()
