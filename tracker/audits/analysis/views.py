"""What audits tell over time, and what they changed."""

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker.audits.analysis import page
from tracker.audits.views.blueprint import bp
from tracker.people.guards import allowed, here
from tracker.people.rules import Permission
from tracker.platform import clock


@bp.get("/audits/analysis")
@allowed(Permission.READ)
def analysis() -> ResponseReturnValue:
    today = clock.today()
    return render_template("audits/analysis.html", page=page.asked(here(), today), today=today)
