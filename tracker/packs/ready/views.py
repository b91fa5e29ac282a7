"""The button that brings the packs made ahead up to date; what they are is told on the readiness page."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from tracker.packs.ready import jobs
from tracker.people.guards import allowed, here
from tracker.people.rules import Permission

bp = Blueprint("ready_packs", __name__, url_prefix="/<authority>/packs/ahead")


@bp.post("")
@allowed(Permission.MAKE_PACKS)
def look() -> ResponseReturnValue:
    jobs.ask(here())
    flash("The packs for inspection day are looked through now. What says the same already is not made again.", "saved")
    return redirect(url_for("pack_sets.index"))
