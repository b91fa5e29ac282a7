"""A programme: what is planned of which team and month, who audits, and what is behind."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.audits import tools
from tracker.audits.programme import commands, queries, rules
from tracker.audits.programme.forms import AuditorForm, BeginForm, PlanForm
from tracker.audits.programme.models import Planned, Programme
from tracker.audits.programme.rules import Progress
from tracker.audits.programme.views.blueprint import bp, programme_or_404, team_chosen
from tracker.frameworks import queries as frameworks
from tracker.people import queries as people
from tracker.people.guards import allowed, here, me
from tracker.people.models import Person
from tracker.people.rules import Permission, may
from tracker.platform import clock

EXCLUDED_MONTHS = 6
"""A case audited so lately is left out unless somebody says otherwise. Our choice: the period an audit looks at."""


TEAM_NOT_KNOWN = "Team not known"


@dataclass(frozen=True)
class Cell:
    month: date
    progress: Progress
    behind: str


@dataclass(frozen=True)
class TeamRow:
    name: str
    cells: Sequence[Cell]
    """One for each month of the programme."""
    behind: int
    """Not done of the months that are over."""
    whole: Progress


@dataclass(frozen=True)
class LookedAt:
    """What is planned of one theme with one tool."""

    theme: str
    tool: str
    number: int
    months: Sequence[date]
    teams: Sequence[str]


@bp.route("", methods=["GET"])
@allowed(Permission.READ)
def index() -> ResponseReturnValue:
    found, today = queries.programmes(here()), clock.today()
    plans = [(one, queries.progress(one)) for one in found]
    lines = [(one, rules.so_far(plan, today), rules.behind(plan, today)) for one, plan in plans]
    return render_template("audits/programme/index.html", lines=lines, today=today)


@bp.route("/begin", methods=["GET", "POST"])
@allowed(Permission.PLAN_AUDITS)
def begin() -> ResponseReturnValue:
    form, begun = BeginForm(), list[Programme]()
    if request.method == "GET":
        form.exclude_months.data = Decimal(EXCLUDED_MONTHS)

    def make() -> None:
        begins, ends = form.span
        name, excluded = form.name.data or "", form.excluded
        begun.append(commands.begin(here(), name=name, begins=begins, ends=ends, exclude_months=excluded, by=me()))

    if form.carries_out(make):
        flash(f"{begun[0].name} is begun. Say how many audits each team has in which month.", "saved")
        return redirect(url_for(".plan", programme_id=begun[0].id))
    return render_template("audits/programme/begin.html", form=form), form.status


@bp.get("/<uuid:programme_id>")
@allowed(Permission.READ)
def show(programme_id: UUID) -> ResponseReturnValue:
    programme, today = programme_or_404(programme_id), clock.today()
    plan = queries.progress(programme)
    return render_template(
        "audits/programme/show.html",
        programme=programme,
        rows=_rows(programme, plan, today),
        headings=["Team", *_headings(rules.months(programme.begins, programme.ends)), "All"],
        looked_at=_looked_at(programme),
        so_far=rules.so_far(plan, today),
        behind=rules.behind(plan, today),
        whole=sum(plan.values(), Progress()),
        tools={tool.id: tool.short_name for tool in tools.of(here().id).every},
        today=today,
    )


@bp.route("/<uuid:programme_id>/plan", methods=["GET", "POST"])
@allowed(Permission.PLAN_AUDITS)
def plan(programme_id: UUID) -> ResponseReturnValue:
    programme, form = programme_or_404(programme_id), PlanForm()
    box = tools.of(here().id)
    planned = {one.tool_id for one in programme.planned}
    areas = frameworks.library().framework(box.latest[0].framework).judged_areas
    gone = [tool for tool in box.every if tool.id in box.retired & planned]
    form.offer(programme, people.teams(here()), box.latest, areas, gone=gone)

    def keep() -> None:
        team = team_chosen(form.team.data) or abort(404)
        commands.plan(
            programme, team=team, tool_id=form.tool.data, months=form.chosen, number=int(form.number.data or 0),
            theme_code=form.theme.data, by=me(),
        )  # fmt: skip

    if form.carries_out(keep):
        flash(f"{programme.name} is planned anew.", "saved")
        return redirect(url_for(".show", programme_id=programme.id))
    return render_template("audits/programme/plan.html", programme=programme, form=form), form.status


@bp.route("/<uuid:programme_id>/auditors", methods=["GET", "POST"])
@allowed(Permission.PLAN_AUDITS)
def auditors(programme_id: UUID) -> ResponseReturnValue:
    programme, form = programme_or_404(programme_id), AuditorForm()
    able = [one for one in people.colleagues(here()) if may(one.role, Permission.LOG_AUDITS)]
    form.offer(able, people.teams(here()))

    def keep() -> None:
        person: Person = next(one.person for one in able if one.person_id == form.person.data)
        team = team_chosen(form.team.data)
        commands.staff(programme, person=person, per_month=int(form.per_month.data or 0), team=team, by=me())

    if form.carries_out(keep):
        flash(f"The auditors of {programme.name} are saved.", "saved")
        return redirect(url_for(".auditors", programme_id=programme.id))
    return render_template("audits/programme/auditors.html", programme=programme, form=form), form.status


def _headings(months: Sequence[date]) -> Sequence[str]:
    """Months in few letters; the first and each January with the year."""
    return [f"{month:%b %Y}" if place == 0 or month.month == 1 else f"{month:%b}" for place, month in enumerate(months)]


def _looked_at(programme: Programme) -> Sequence[LookedAt]:
    """What the programme plans by theme and tool, most first; without a theme, the tool's own questions are meant."""
    lines: defaultdict[tuple[str | None, str], list[Planned]] = defaultdict(list)
    for line in programme.planned:
        lines[line.theme_code, line.tool_id].append(line)
    library, names = frameworks.library(), {tool.id: tool.short_name for tool in tools.of(here().id).every}
    found = [
        LookedAt(
            theme=library.theme(theme).theme.name if theme else "",
            tool=names.get(tool, tool),
            number=sum(line.number for line in those),
            months=sorted({line.month for line in those}),
            teams=sorted({line.team.name for line in those}),
        )
        for (theme, tool), those in lines.items()
    ]
    return sorted(found, key=lambda one: (-one.number, one.theme, one.tool))


def _rows(programme: Programme, plan: rules.Plan, today: date) -> Sequence[TeamRow]:
    """A row for each team that has something, those furthest behind first; last what is of no team that is known."""
    rows, months = [], rules.months(programme.begins, programme.ends)
    names: dict[UUID | None, str] = {team.id: team.name for team in people.teams(here())}
    for team_id, name in [*names.items(), (None, TEAM_NOT_KNOWN)]:
        mine = {place: one for place, one in plan.items() if place[0] == team_id}
        if mine:
            by_month = [(month, mine.get((team_id, month), Progress())) for month in months]
            cells = [Cell(month, one, one.behind(month, today)) for month, one in by_month]
            rows.append(TeamRow(name, cells, rules.behind(mine, today), sum(mine.values(), Progress())))
    return sorted(rows, key=lambda row: (row.name == TEAM_NOT_KNOWN, -row.behind, row.name))
