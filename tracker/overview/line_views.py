"""The page of the line of sight."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.overview import line_of_sight as sight
from tracker.overview.person_views import bp as bp
from tracker.people.guards import allowed, here, left_to_others
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.web import doors, links

SHOWN = 12
"""Lines of broken links before "Show all". Our choice: what fits on a screen."""


@bp.get("/readiness/line-of-sight")
@allowed(Permission.READ)
def line_of_sight() -> ResponseReturnValue:
    page = sight.page(here(), request.args.get("area", ""), clock.today())
    choices = [(None if area is page.areas[0] else area.code, area.short_name) for area in page.areas]
    counts = {(None if code == page.areas[0].code else code): count for code, count in page.counts.items()}
    return render_template(
        "overview/line_of_sight.html",
        page=page,
        filters=links.filters("area", choices, counts=counts),
        shown=page.alike if request.args.get("broken") == "all" else page.alike[:SHOWN],
        opens=doors.opens,
        left_to_others=left_to_others(one.fix.endpoint for _, these in page.alike for one in these),
    )
