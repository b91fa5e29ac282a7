"""Inspection readiness tracker. ``create_app`` puts the rooms together; nothing else may."""

import importlib
import importlib.util
import sys

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

from tracker import models  # noqa: F401  # every table must be known before the first query
from tracker.people.guards import init_guards
from tracker.people.views import limiter
from tracker.platform.db import commit_changes, db
from tracker.platform.logging import configure_logging
from tracker.settings import PROJECT, Settings
try:
    from tracker.web import init_web
except ImportError:
    init_web = lambda app: None

ROOMS = (
    "people", "frameworks", "inspections", "improvements", "actions", "evidence", "audits", "indicators",
    "self_evaluation", "packs", "overview", "search", "api",
)

TASKS = {"packs.render": "tracker.packs.jobs:render"}


def create_app(settings: Settings | None = None) -> Flask:
    app = Flask(__name__, static_folder="static/dist", static_url_path="/static")
    app.config.update((settings or Settings()).as_flask())
    app.extensions["tasks"] = TASKS
    configure_logging()
    db.init_app(app)
    Migrate(app, db, directory=PROJECT / "tracker" / "migrations")
    CSRFProtect(app)
    limiter.init_app(app)
    init_guards(app)
    init_web(app)
    commit_changes(app)
    for room in ROOMS:  # TEMPORARY while rooms are being built
        name = f"tracker.{room}.views"
        if importlib.util.find_spec(name) is None:
            continue
        try:
            app.register_blueprint(importlib.import_module(name).bp)
        except Exception as error:
            print(f"room {room} is not ready: {error!r}", file=sys.stderr)
    return app
