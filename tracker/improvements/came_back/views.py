"""Pages of weaknesses that came back: deciding on what is suggested, and the items of inspections side by side."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.improvements.came_back import pages, queries
from tracker.improvements.mapping import commands
from tracker.improvements.models import Echo
from tracker.improvements.rules import Decision
from tracker.people.guards import allowed, here, me, require_reach
from tracker.people.rules import Permission

bp = Blueprint("came_back", __name__, url_prefix="/<authority>/inspections")

SAID = {
    Decision.CONFIRMED: "{0.item.reference} came back: {0.earlier.reference} said it before.",
    Decision.REJECTED: "{0.item.reference} is another matter than {0.earlier.reference}.",
    Decision.SUGGESTED: "{0.item.reference} and {0.earlier.reference} are to be decided again.",
}


@bp.get("/came-back")
@allowed(Permission.READ_REPORTS)
def index() -> ResponseReturnValue:
    return render_template("improvements/came_back.html", page=pages.came_back(here()))


@bp.post("/came-back/<uuid:echo_id>")
@allowed(Permission.MAP_ITEMS)
def decide(echo_id: UUID) -> ResponseReturnValue:
    """Say yes or no to a pair, or leave it open again."""
    echo = queries.echo(here(), echo_id) or abort(404)
    require_reach(echo.item.area_codes, echo.item.owner_id, echo.item.accountable_id)
    wanted = request.form.get("decision", "")
    if wanted not in set(Decision):
        abort(400)
    _decide(echo, Decision(wanted))
    flash(SAID[Decision(wanted)].format(echo), "saved")
    return redirect(url_for(".index", _anchor=f"pair-{echo.id}"))


def _decide(echo: Echo, decision: Decision) -> None:
    if decision is Decision.CONFIRMED:
        commands.confirm(echo, by=me())
    elif decision is Decision.REJECTED:
        commands.reject(echo, by=me())
    else:
        commands.undo(echo)


@bp.get("/side-by-side")
@allowed(Permission.READ_REPORTS)
def side_by_side() -> ResponseReturnValue:
    page = pages.side_by_side(here(), request.args.getlist("show", type=int))
    return render_template("improvements/side_by_side.html", page=page)
