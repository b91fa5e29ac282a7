"""The application: ``create_app`` puts the rooms together; nothing else may."""

from datetime import timedelta

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker.actions import leaning as actions_leaning
from tracker.actions.saved_views.views import bp as saved_views
from tracker.actions.several.views import bp as plan_several
from tracker.actions.sheets.views import bp as plan_sheets
from tracker.actions.succession.views import bp as succession
from tracker.actions.views import bp as actions
from tracker.annex_a.views import bp as annex_a
from tracker.api.views import bp as api
from tracker.audits.authoring.views import bp as audit_tools
from tracker.audits.evidencing import commands as findings_evidencing
from tracker.audits.evidencing import queries as findings_leaning
from tracker.audits.models import Finding
from tracker.audits.programme.views import bp as audit_programmes
from tracker.audits.views import bp as audits
from tracker.boards.views import bp as boards
from tracker.checks.views import bp as checks
from tracker.corpus.views import bp as corpus
from tracker.deadlines.views import bp as deadlines
from tracker.evidence import queries as evidence_queries
from tracker.evidence.bundles.views import bp as evidence_bundles
from tracker.evidence.files.views import bp as evidence_files
from tracker.evidence.freshness.views import bp as evidence_freshness
from tracker.evidence.guard.views import bp as evidence_guard
from tracker.evidence.importing.views import bp as evidence_import
from tracker.evidence.leaning import init_leaning
from tracker.evidence.retention.views import bp as evidence_retention
from tracker.evidence.several.views import bp as evidence_several
from tracker.evidence.views import bp as evidence
from tracker.fieldwork.afterwards.views import bp as fieldwork_afterwards
from tracker.fieldwork.checklist.views import bp as fieldwork_documents
from tracker.fieldwork.notes.views import bp as fieldwork_notes
from tracker.fieldwork.plan.views import bp as fieldwork_plan
from tracker.frameworks.views import bp as frameworks
from tracker.handover.briefs.views import bp as briefs
from tracker.handover.meetings.views import bp as fieldwork_timetable
from tracker.handover.room.views import bp as inspectors_room
from tracker.handover.views import bp as handover
from tracker.handover.week import bp as fieldwork
from tracker.improvements.came_back.views import bp as came_back
from tracker.improvements.views import bp as improvements
from tracker.indicators import leaning as measures_leaning
from tracker.indicators.breakdowns.views import bp as breakdowns
from tracker.indicators.comparing.views import bp as comparing
from tracker.indicators.difference.views import bp as difference
from tracker.indicators.importing.views import bp as figure_sheets
from tracker.indicators.meanings.views import bp as measure_meanings
from tracker.indicators.resting import pictures as success_pictures
from tracker.indicators.resting import queries as success_measures
from tracker.indicators.resting.views import bp as resting
from tracker.indicators.surveys.views import bp as surveys
from tracker.indicators.targets.views import bp as measure_targets
from tracker.indicators.views import bp as indicators
from tracker.inspections.views import bp as inspections
from tracker.overview.line_views import bp as overview
from tracker.packs import leaning as packs_leaning
from tracker.packs.mailing import init_mailing
from tracker.packs.profiles.views import bp as pack_profiles
from tracker.packs.ready.views import bp as ready_packs
from tracker.packs.sets.views import bp as pack_sets
from tracker.packs.views import bp as packs
from tracker.people.codes import init_codes
from tracker.people.codes.views import bp as codes
from tracker.people.guards import init_guards
from tracker.people.identity.provider import init_provider
from tracker.people.identity.views import bp as identity
from tracker.people.limits import init_limits
from tracker.people.passkeys.views import bp as passkeys
from tracker.people.passwords.views import bp as passwords
from tracker.people.sessions.views import bp as person_sessions
from tracker.people.views import bp as people
from tracker.platform import metrics
from tracker.platform.db import commit_changes, db
from tracker.platform.logging import configure_logging
from tracker.platform.ticks import Every
from tracker.platform.waking import init_waking
from tracker.platform.walls import init_walls
from tracker.reminders import made as reminders_made
from tracker.reminders.views import bp as reminders
from tracker.search import citable
from tracker.search.views import bp as search
from tracker.self_evaluation import leaning as statements_leaning
from tracker.self_evaluation.finding import init_finding
from tracker.self_evaluation.views import bp as self_evaluation
from tracker.settings import PROJECT, Settings
from tracker.staff.service_area_views import bp as service_areas
from tracker.staff.views import bp as staff
from tracker.web import init_web
from tracker.web.requests_told import init_telling
from tracker.web.security import refuse_large_forms

ROOMS = (
    people,
    codes,
    identity,
    passkeys,
    passwords,
    person_sessions,
    frameworks,
    inspections,
    deadlines,
    annex_a,
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
    breakdowns,
    figure_sheets,
    difference,
    comparing,
    measure_meanings,
    measure_targets,
    resting,
    surveys,
    self_evaluation,
    packs,
    pack_sets,
    pack_profiles,
    ready_packs,
    reminders,
    checks,
    fieldwork,
    handover,
    inspectors_room,
    briefs,
    fieldwork_plan,
    fieldwork_timetable,
    fieldwork_documents,
    fieldwork_notes,
    fieldwork_afterwards,
    overview,
    staff,
    service_areas,
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
    "fieldwork.tell": "tracker.fieldwork.jobs:tell",
    "fieldwork.tell_moved": "tracker.fieldwork.jobs:tell_moved",
    "handover.look_through": "tracker.handover.jobs:look_through",
    "packs.collect": "tracker.packs.sets.jobs:collect",
    "packs.gather_set": "tracker.packs.sets.jobs:gather",
    "packs.look_ahead": "tracker.packs.ready.jobs:look",
    "packs.preview": "tracker.packs.profiles.jobs:preview",
    "packs.render": "tracker.packs.jobs:render",
    "people.mail_invitation": "tracker.people.invitation_jobs:mail_invitation",
    "people.mail_link": "tracker.people.passwords.jobs:mail_link",
    "reminders.send": "tracker.reminders.jobs:send",
}
"""Work for worker processes, by name, as ``module:function``: the web process imports none of it."""

BOARDS = {"boards.take_snapshots": Every(timedelta(hours=1), "tracker.boards.jobs:take_snapshots")}
CHECKS = {"checks.run": Every(timedelta(hours=1), "tracker.checks.jobs:run")}
FILES = {"evidence.read_words": Every(timedelta(hours=1), "tracker.evidence.guard.jobs:tidy")}
PEOPLE = {"people.forget_old": Every(timedelta(days=1), "tracker.people.sessions.jobs:forget_old")}
PACKS = {"packs.previews": Every(timedelta(hours=1), "tracker.packs.profiles.previewing:forget")}
PACKS_AHEAD = {"packs.ahead": Every(timedelta(minutes=10), "tracker.packs.ready.jobs:run")}
REMINDERS = {"reminders": Every(timedelta(minutes=5), "tracker.reminders.jobs:run")}
"""What worker processes do from time to time; reminders only unless the operator's own timetable does it."""


def create_app(settings: Settings | None = None) -> Flask:
    app = Flask("tracker", static_folder="static/dist", static_url_path="/static")
    app.debug = False  # whatever FLASK_DEBUG says: faults would leave our page, and plain HTTP be served for HTTPS
    app.config.update((settings or Settings()).as_flask())
    app.extensions["tasks"] = TASKS
    built_in = REMINDERS if app.config["REMINDERS"] == "built-in" else {}
    ahead = PACKS_AHEAD if app.config["PACKS_AHEAD"] else {}
    app.extensions["ticks"] = BOARDS | CHECKS | FILES | PACKS | ahead | PEOPLE | built_in
    if near := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=near, x_proto=near, x_host=near)  # type: ignore[method-assign]  # as Werkzeug's documentation says
    configure_logging(app.config["LOG_LEVEL"])
    if app.config["METRICS_ADDRESS"]:
        metrics.begin_counting()
    init_telling(app)
    db.init_app(app)
    init_walls(app)
    init_waking(app)
    Migrate(app, db, directory=PROJECT / "tracker" / "migrations")
    app.before_request(refuse_large_forms)  # before anything reads the form
    CSRFProtect(app)
    init_guards(app)
    init_codes(app)
    init_provider(app)
    init_limits(app)
    init_web(app)
    init_leaning(
        app,
        findings_leaning.on_evidence,
        statements_leaning.on_evidence,
        packs_leaning.on_evidence,
        told={Finding.prefix: findings_evidencing.attach_to},
    )
    actions_leaning.init_leaning(
        app,
        shows=(evidence_queries.shows_difference, success_measures.shows_difference),
        beside={"measures": success_pictures.beside_action},
    )
    measures_leaning.init_leaning(app, statements_leaning.on_evidence)
    init_finding(app, citable.references)
    init_mailing(app, reminders_made.tell)
    commit_changes(app)
    for room in ROOMS:
        app.register_blueprint(room)
    return app
