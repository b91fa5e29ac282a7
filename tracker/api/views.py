"""Read-only JSON: where each item stands, for a council's own dashboards. Signed in as in the pages."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from tracker.api import queries, schema
from tracker.improvements import queries as improvements
from tracker.people.guards import allowed, here
from tracker.people.rules import Permission
from tracker.platform import clock

bp = Blueprint("api", __name__, url_prefix="/<authority>/api")


@bp.get("/items")
@allowed(Permission.READ_PLAN)
def items() -> ResponseReturnValue:
    """Every improvement item with its actions, newest inspection first."""
    listed = schema.items(improvements.items(here()), queries.actions(here()), clock.today())
    return jsonify([item.model_dump(mode="json") for item in listed])
