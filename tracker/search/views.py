from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from tracker.people.guards import allowed, here
from tracker.people.rules import Permission
from tracker.platform import references
from tracker.search import queries
from tracker.search.marking import marked
from tracker.web.links import PAGES, reference_url

bp = Blueprint("search", __name__, url_prefix="/<authority>/search")

LONGEST_SEARCH = 200


@bp.get("/")
@allowed(Permission.READ)
def results() -> ResponseReturnValue:
    """A reference opens its thing; anything else is searched for."""
    typed = request.args.get("q", "")[:LONGEST_SEARCH]
    text = "".join(letter if letter.isprintable() else " " for letter in typed).strip()
    parsed = references.parse(text)
    if parsed and parsed[0] in PAGES:
        return redirect(reference_url(f"{parsed[0]}-{parsed[1]}"))
    kinds = queries.search(here(), text, viewer=g.person)
    page = {"text": text, "kinds": kinds, "words": queries.words_of(text), "marked": marked}
    return render_template("search/results.html", **page)
