from flask import Blueprint, abort, request

from tracker.audits.authoring import queries
from tracker.audits.authoring.models import AuthorityTool
from tracker.people.guards import here

bp = Blueprint("audit_tools", __name__, url_prefix="/<authority>/audit-tools")


def own_or_404(tool_id: str) -> AuthorityTool:
    return queries.tool(here(), tool_id) or abort(404)


def version_sent() -> int:
    """Which state of the tool the page was opened with."""
    return request.form.get("version", 0, type=int)
