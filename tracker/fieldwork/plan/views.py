"""What usually happens on a kind of visit: read by everybody who may see the week, changed by who runs it."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.fieldwork import queries as fieldwork
from tracker.fieldwork.asked import staff
from tracker.fieldwork.forms import PressedForm, by_area, places
from tracker.fieldwork.plan import commands, queries
from tracker.fieldwork.plan.forms import DocumentLineForm, MeetingLineForm
from tracker.fieldwork.plan.models import PlanLine
from tracker.fieldwork.plan.rules import Line, LineSort
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import Activity, Framework
from tracker.people.guards import allowed, here
from tracker.people.rules import Permission
from tracker.platform import clock

bp = Blueprint("fieldwork_plan", __name__, url_prefix="/<authority>/fieldwork/usual")


@bp.get("")
@allowed(Permission.READ_FIELDWORK)
def index() -> ResponseReturnValue:
    framework = fieldwork.framework(clock.today())
    kinds = [(one, queries.shown(here(), framework.id, one.code)) for one in framework.activities]
    return render_template("fieldwork/plan/index.html", framework=framework, kinds=kinds)


@bp.get("/<framework_id>/<activity>")
@allowed(Permission.READ_FIELDWORK)
def show(framework_id: str, activity: str) -> ResponseReturnValue:
    return _show(*_visit(framework_id, activity), PressedForm())


def _show(framework: Framework, activity: Activity, form: PressedForm) -> ResponseReturnValue:
    return render_template(
        "fieldwork/plan/show.html",
        framework=framework,
        activity=activity,
        form=form,
        lines=queries.shown(here(), framework.id, activity.code),
        file=framework.fieldwork_plan(activity.code),
        sorts=LineSort,
        names=dict(staff()),
        about=dict(place for area in framework.judged_areas for place in (*places(area), (area.code, area.short_name))),
    ), form.status


@bp.post("/<framework_id>/<activity>/own")
@allowed(Permission.RUN_FIELDWORK)
def make_own(framework_id: str, activity: str) -> ResponseReturnValue:
    framework, visit = _visit(framework_id, activity)
    form = PressedForm()
    if form.carries_out(lambda: commands.make_own(here(), framework_id, activity)):
        flash("These lines are your authority’s own now. Change what is different here.", "saved")
        return redirect(url_for(".show", framework_id=framework_id, activity=activity))
    return _show(framework, visit, form)


@bp.route("/<framework_id>/<activity>/<sort>/new", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def add(framework_id: str, activity: str, sort: str) -> ResponseReturnValue:
    framework, visit = _visit(framework_id, activity)
    if sort not in set(LineSort):
        abort(404)
    form = _form(framework, LineSort(sort), None)
    if form.carries_out(lambda: commands.add(here(), framework_id, activity, form.line())):
        flash(f"“{form.name.data}” added.", "saved")
        return redirect(url_for(".show", framework_id=framework_id, activity=activity))
    return render_template(
        "fieldwork/plan/line.html", framework=framework, activity=visit, form=form, row=None, sort=sort
    ), form.status


@bp.route("/lines/<uuid:line_id>", methods=["GET", "POST"])
@allowed(Permission.RUN_FIELDWORK)
def change(line_id: UUID) -> ResponseReturnValue:
    row = _row(line_id)
    framework, visit = _visit(row.framework_id, row.activity)
    form = _form(framework, row.sort, row)
    if form.carries_out(lambda: commands.change(row, line=form.line(row.line), version=form.version.data or 0)):
        flash(f"“{row.name}” saved. Inspections that have begun keep what they began with.", "saved")
        return redirect(url_for(".show", framework_id=row.framework_id, activity=row.activity))
    return render_template(
        "fieldwork/plan/line.html", framework=framework, activity=visit, form=form, row=row, sort=row.sort.value
    ), form.status


@bp.post("/lines/<uuid:line_id>/take-out")
@allowed(Permission.RUN_FIELDWORK)
def take_out(line_id: UUID) -> ResponseReturnValue:
    return _switch(line_id, commands.take_out, "“{}” taken out: the next inspection begins without it.")


@bp.post("/lines/<uuid:line_id>/put-back")
@allowed(Permission.RUN_FIELDWORK)
def put_back(line_id: UUID) -> ResponseReturnValue:
    return _switch(line_id, commands.put_back, "“{}” put back.")


def _switch(line_id: UUID, command: commands.Switch, said: str) -> ResponseReturnValue:
    row, form = _row(line_id), PressedForm()
    if form.carries_out(lambda: command(row, version=request.form.get("version", 0, type=int))):
        flash(said.format(row.name), "saved")
        return redirect(url_for(".show", framework_id=row.framework_id, activity=row.activity))
    return _show(*_visit(row.framework_id, row.activity), form)


def _form(framework: Framework, sort: LineSort, row: PlanLine | None) -> DocumentLineForm | MeetingLineForm:
    line: Line | None = row.line if row else None
    shape = MeetingLineForm if sort is LineSort.MEETING else DocumentLineForm
    form = shape(obj=line, version=row.version if row else 0)
    form.owner.offer(staff())
    if isinstance(form, MeetingLineForm):
        form.about.offer(by_area(framework.judged_areas))
    return form


def _visit(framework_id: str, activity: str) -> tuple[Framework, Activity]:
    framework = frameworks.library().frameworks.get(framework_id) or abort(404)
    return framework, next((one for one in framework.activities if one.code == activity), None) or abort(404)


def _row(line_id: UUID) -> PlanLine:
    return queries.row(here(), line_id) or abort(404)
