"""The plan: as a page, and as a sheet of what the page shows."""

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker.actions import plan_page, spreadsheet
from tracker.actions.views.blueprint import bp
from tracker.people.guards import allowed, here, me
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.web.spreadsheet import download


@bp.get("/plan")
@allowed(Permission.READ_PLAN)
def plan() -> ResponseReturnValue:
    return render_template("actions/plan.html", page=plan_page.asked(here(), me(), clock.today()))


@bp.get("/plan.xlsx")
@allowed(Permission.READ_PLAN)
def export() -> ResponseReturnValue:
    """What the plan shows with the same filters and order, every page of it."""
    today = clock.today()
    content = spreadsheet.written(plan_page.asked_rows(here(), me(), today), today)
    return download(content, f"improvement-plan-{today}")
