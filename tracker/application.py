"""The application: ``create_app`` puts the rooms together; nothing else may."""

from datetime import timedelta

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker.actions.saved_views.views import bp as saved_views
from tracker.actions.several.views import bp as plan_several
from tracker.actions.sheets.views import bp as plan_sheets
from tracker.actions.succession.views import bp as succession
from tracker.actions.views import bp as actions
from tracker.api.views import bp as api
from tracker.audits.authoring.views import bp as audit_tools
from tracker.audits.evidencing import commands as findings_evidencing
from tracker.audits.evidencing import queries as findings_leaning
from tracker.audits.models import Finding
from tracker.audits.programme.views import bp as audit_programmes
from tracker.audits.views import bp as audits
from tracker.boards.views import bp as boards
from tracker.corpus.views import bp as corpus
from tracker.deadlines.views import bp as deadlines
from tracker.evidence.bundles.views import bp as evidence_bundles
from tracker.evidence.files.views import bp as evidence_files
from tracker.evidence.freshness.views import bp as evidence_freshness
from tracker.evidence.guard.views import bp as evidence_guard
from tracker.evidence.importing.views import bp as evidence_import
from tracker.evidence.leaning import init_leaning
from tracker.evidence.retention.views import bp as evidence_retention
from tracker.evidence.several.views import bp as evidence_several
from tracker.evidence.views import bp as evidence
from tracker.frameworks.views import bp as frameworks
from tracker.improvements.came_back.views import bp as came_back
from tracker.improvements.views import bp as improvements
from tracker.indicators.importing.views import bp as figure_sheets
from tracker.indicators.views import bp as indicators
from tracker.inspections.views import bp as inspections
from tracker.overview.readiness_views import bp as overview
from tracker.packs import leaning as packs_leaning
from tracker.packs.views import bp as packs
from tracker.people.guards import init_guards
from tracker.people.views import bp as people
from tracker.people.views import limiter
from tracker.platform.db import commit_changes, db
from tracker.platform.logging import configure_logging
from tracker.platform.ticks import Every
from tracker.reminders.views import bp as reminders
from tracker.search.views import bp as search
from tracker.self_evaluation import leaning as statements_leaning
from tracker.self_evaluation.views import bp as self_evaluation
from tracker.settings import PROJECT, Settings
from tracker.web import init_web

ROOMS = (
    people,
    frameworks,
    inspections,
    deadlines,
    improvements,
    came_back,
    corpus,
    actions,
    succession,
    plan_several,
    plan_sheets,
    saved_views,
    evidence,
    evidence_files,
    evidence_several,
    evidence_guard,
    evidence_import,
    evidence_bundles,
    evidence_freshness,
    evidence_retention,
    audits,
    audit_tools,
    audit_programmes,
    boards,
    indicators,
    figure_sheets,
    self_evaluation,
    packs,
    reminders,
    overview,
    search,
    api,
)

TASKS = {
    "evidence.remove_files": "tracker.evidence.retention.jobs:remove_files",
    "corpus.add_inspection": "tracker.corpus.jobs:add_inspection",
    "evidence.preview": "tracker.evidence.files.jobs:preview",
    "evidence.scan": "tracker.evidence.files.jobs:scan",
    "evidence.read_words": "tracker.evidence.guard.jobs:read_words",
    "evidence.remove_content": "tracker.evidence.guard.jobs:remove_content",
    "evidence.carry_out_import": "tracker.evidence.importing.jobs:carry_out",
    "evidence.look_through_import": "tracker.evidence.importing.jobs:look_through",
    "evidence.make_bundle": "tracker.evidence.bundles.jobs:make",
    "packs.render": "tracker.packs.jobs:render",
    "reminders.send": "tracker.reminders.jobs:send",
}
"""Work for worker processes, by name, as ``module:function``: the web process imports none of it."""

BOARDS = {"boards.take_snapshots": Every(timedelta(hours=1), "tracker.boards.jobs:take_snapshots")}
FILES = {"evidence.read_words": Every(timedelta(hours=1), "tracker.evidence.guard.jobs:tidy")}
REMINDERS = {"reminders": Every(timedelta(minutes=5), "tracker.reminders.jobs:run")}
"""What worker processes do from time to time; reminders only unless the operator's own timetable does it."""


def create_app(settings: Settings | None = None) -> Flask:
    app = Flask("tracker", static_folder="static/dist", static_url_path="/static")
    app.config.update((settings or Settings()).as_flask())
    app.extensions["tasks"] = TASKS
    app.extensions["ticks"] = BOARDS | FILES | (REMINDERS if app.config["REMINDERS"] == "built-in" else {})
    if near := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=near, x_proto=near, x_host=near)  # type: ignore[method-assign]  # as Werkzeug's documentation says
    configure_logging()
    db.init_app(app)
    Migrate(app, db, directory=PROJECT / "tracker" / "migrations")
    CSRFProtect(app)
    limiter.init_app(app)
    init_guards(app)
    init_web(app)
    init_leaning(
        app,
        findings_leaning.on_evidence,
        statements_leaning.on_evidence,
        packs_leaning.on_evidence,
        told={Finding.prefix: findings_evidencing.attach_to},
    )
    commit_changes(app)
    for room in ROOMS:
        app.register_blueprint(room)
    return app
