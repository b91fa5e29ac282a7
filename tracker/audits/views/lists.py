"""The lists of audits and findings, above them what they say in words, and both as Excel files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.audits import figures, finding_queries, queries, spreadsheet
from tracker.audits.blind.queries import shown_to_all
from tracker.audits.blind.rules import Viewer
from tracker.audits.figures import Changes, Counts
from tracker.audits.models import Audit, Finding
from tracker.audits.queries import SHOWS, SORTS, Wanted
from tracker.audits.rules import months_after
from tracker.audits.tools import Toolbox
from tracker.audits.tools import of as tools_of
from tracker.audits.views.blueprint import bp, viewer
from tracker.frameworks import queries as frameworks
from tracker.people import queries as people
from tracker.people.guards import allowed, here
from tracker.people.rules import Permission, may
from tracker.platform import clock, references
from tracker.platform.db import db
from tracker.web.links import Filter, Sort, filters, sorted_by, sorts
from tracker.web.paging import Page, page_of
from tracker.web.spreadsheet import download

EVERY_YEAR = "all"
"""Value of ``year``: not only the last twelve months."""
COLUMNS = (
    ("Audit", "audit"), ("Case", None), ("Team", "team"), ("Auditor", "auditor"), ("Date", "date"), ("Grade", None),
    ("Findings", None),
)  # fmt: skip


@dataclass(frozen=True)
class AreaLine:
    """What the audits of one area say, now and in the period before."""

    name: str
    counts: Counts


@dataclass(frozen=True)
class AuditList:
    rows: Page[Audit]
    viewer: Viewer
    headings: Sequence[str | Sort]
    filters: Mapping[str, Sequence[Filter]]
    """Label of each row of filters to its links."""
    open_findings: Mapping[UUID, int]


@dataclass(frozen=True)
class Summary:
    """What stands above the list. ``since`` and ``before`` are the first days of the two periods."""

    since: date
    before: date
    areas: Sequence[AreaLine]
    changes: Changes


@bp.get("/audits")
@allowed(Permission.READ_AUDITS)
def index() -> ResponseReturnValue:
    today = clock.today()
    toolbox = tools_of(here().id)
    audits, summary = _audit_list(today, toolbox), _summary(today, toolbox)
    return render_template("audits/index.html", page=audits, summary=summary, today=today)


@bp.get("/audits.xlsx")
@allowed(Permission.READ_AUDITS)
def export() -> ResponseReturnValue:
    """What the list shows with the same filters and order, every page of it."""
    today = clock.today()
    key, descending = sorted_by(list(SORTS), default="-date")
    statement = queries.audits(here(), _wanted(today), viewer=viewer(), today=today, sort=key, descending=descending)
    rows = db.session.scalars(statement).all()
    areas, open_findings = _area_names(tools_of(here().id)), finding_queries.open_findings_of(rows)
    file = spreadsheet.audits(rows, viewer=viewer(), areas=areas, open_findings=open_findings, today=today)
    return download(file, f"audits-{today}")


@bp.get("/findings")
@allowed(Permission.READ)
def findings() -> ResponseReturnValue:
    today, wanted = clock.today(), _wanted_findings()
    statement = finding_queries.findings(here(), wanted, viewer=viewer(), today=today)
    counts = finding_queries.finding_counts(here(), wanted, viewer=viewer(), today=today)
    page: Page[Finding] = page_of(db.session(), statement)
    shows = [(None if show == "open" else show, label) for show, label in finding_queries.SHOWS.items()]
    counts = {None if show == "open" else show: count for show, count in counts.items()}
    return render_template(
        "audits/findings.html",
        page=page,
        filters={"Show:": filters("show", shows, counts=counts), "Area:": _area_filters(tools_of(here().id))},
        item=f"I-{wanted.item_number}" if wanted.item_number else None,
        theme=wanted.theme_code,
        today=today,
    )


@bp.get("/findings.xlsx")
@allowed(Permission.READ)
def export_findings() -> ResponseReturnValue:
    today = clock.today()
    rows = db.session.scalars(finding_queries.findings(here(), _wanted_findings(), viewer=viewer(), today=today)).all()
    return download(spreadsheet.findings(rows, today=today), f"audit-findings-{today}")


def _audit_list(today: date, toolbox: Toolbox) -> AuditList:
    wanted = _wanted(today)
    key, descending = sorted_by(list(SORTS), default="-date")
    statement = queries.audits(here(), wanted, viewer=viewer(), today=today, sort=key, descending=descending)
    rows: Page[Audit] = page_of(db.session(), statement)
    return AuditList(
        rows=rows,
        viewer=viewer(),
        headings=sorts(COLUMNS, default="-date"),
        filters=_filters(wanted, today, toolbox),
        open_findings=finding_queries.open_findings_of(rows.rows),
    )


def _filters(wanted: Wanted, today: date, toolbox: Toolbox) -> Mapping[str, Sequence[Filter]]:
    counts = queries.audit_counts(here(), wanted, viewer=viewer(), today=today)
    teams = [(team.name, team.name) for team in people.teams(here())]
    tools = [(tool.id, tool.short_name) for tool in toolbox.every]
    rounds = [(name, name) for name in queries.programmes(here())]
    rows: dict[str, Sequence[Filter]] = {
        "Show:": filters("show", list(SHOWS.items()), counts=counts),
        "Area:": _area_filters(toolbox),
        "Tool:": filters("tool", [(None, "All"), *tools]),
        "Team:": filters("team", [(None, "All"), *teams]) if teams else (),
        "Round:": filters("round", [(None, "All"), *rounds]) if rounds else (),
        "When:": filters("year", [(None, "Last 12 months"), (EVERY_YEAR, "All years")]),
    }
    return {label: links for label, links in rows.items() if links}


def _area_filters(toolbox: Toolbox) -> list[Filter]:
    names = _area_names(toolbox)
    codes = sorted(queries.audited_areas(here()), key=list(names).index)
    return filters("area", [(None, "All"), *((code, names[code]) for code in codes)])


def _wanted(today: date) -> Wanted:
    """What the address asks for; what no filter of ours offers shows nothing rather than failing."""
    show = request.args.get("show") or None
    return Wanted(
        show=show if show in SHOWS else None,
        tool_id=request.args.get("tool") or None,
        team=request.args.get("team") or None,
        area_code=request.args.get("area") or None,
        programme=request.args.get("round") or None,
        since=None if request.args.get("year") == EVERY_YEAR else months_after(today, -12),
    )


def _wanted_findings() -> finding_queries.Wanted:
    show = request.args.get("show") or "open"
    item = references.parse(request.args.get("item", ""))
    return finding_queries.Wanted(
        show=show if show in finding_queries.SHOWS else "open",
        area_code=request.args.get("area") or None,
        item_number=item[1] if item and item[0] == "I" else None,
        theme_code=request.args.get("theme") or None,
    )


def _summary(today: date, toolbox: Toolbox) -> Summary | None:
    """Not for who may not know of every audit: it is about all of them."""
    if not may(viewer().role, Permission.READ_EVERY_AUDIT):
        return None
    since = months_after(today, -figures.PERIOD_MONTHS)
    before = months_after(since, -figures.PERIOD_MONTHS)
    counts = figures.counts_by_area(here(), since=since, before=before, states=figures.FINISHED, only=shown_to_all())
    names = _area_names(toolbox)
    lines = [AreaLine(names[code], counts[code]) for code in names if code in counts]
    return Summary(since, before, lines, figures.what_changed(here(), since=before))


def _area_names(toolbox: Toolbox) -> Mapping[str, str]:
    """Code to short name of every area that any tool is used in, in the framework's order."""
    names: dict[str, str] = {}
    for framework_id in dict.fromkeys(tool.framework for tool in toolbox.versions.values()):
        for area in frameworks.library().framework(framework_id).judged_areas:
            names.setdefault(area.code, area.short_name)
    return names
