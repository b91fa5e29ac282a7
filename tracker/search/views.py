from flask import Blueprint, g, jsonify, redirect, render_template
from flask.typing import ResponseReturnValue

from tracker.people.guards import allowed, here
from tracker.people.rules import Permission
from tracker.platform import references
from tracker.search import results as page
from tracker.search import schema
from tracker.web.links import PAGES, reference_url

bp = Blueprint("search", __name__, url_prefix="/<authority>")


@bp.get("/search/")
@allowed(Permission.SEARCH)
def results() -> ResponseReturnValue:
    """A reference opens its thing; anything else is searched for."""
    parsed = references.parse_hurried(page.typed())
    if parsed and parsed[0] in PAGES:
        return redirect(reference_url(f"{parsed[0]}-{parsed[1]}"))
    return render_template("search/results.html", page=page.asked(here(), g.person))


@bp.get("/api/search")
@allowed(Permission.SEARCH)
def as_json() -> ResponseReturnValue:
    """What the page of results shows with the same question, for other systems."""
    return jsonify(schema.search(page.asked(here(), g.person)).model_dump(mode="json"))
