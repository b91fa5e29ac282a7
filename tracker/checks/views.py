"""The page of the standing checks."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker.checks import queries
from tracker.checks.rules import ABOUT, Check, Night, since
from tracker.people.guards import allowed, here, left_to_others
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.web import doors

bp = Blueprint("checks", __name__, url_prefix="/<authority>")

SHOWN = 10
"""Faults of one check before "Show all". Our choice: what fits on a screen."""


@bp.get("/readiness/checks")
@allowed(Permission.READ)
def index() -> ResponseReturnValue:
    """Always as at now: what is put right is gone when the page is opened again."""
    found = queries.found(here(), clock.today())
    night = queries.last_night(here())
    return render_template(
        "checks/index.html",
        about=ABOUT,
        found=found,
        night=night,
        changed=_changed(found, night),
        whole=request.args.get("show", ""),
        most=SHOWN,
        today=clock.today(),
        opens=doors.opens,
        left_to_others=left_to_others(fault.fix.endpoint for faults in found.values() for fault in faults),
    )


def _changed(found: queries.Found, night: queries.LastNight | None) -> dict[Check, Night]:
    """Nothing before the first night."""
    if night is None:
        return {}
    return {check: since(night.keys.get(check, ()), [fault.key for fault in faults]) for check, faults in found.items()}
