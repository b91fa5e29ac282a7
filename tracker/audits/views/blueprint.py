"""What the pages of this room share: their blueprint, and finding what an address names."""

from collections.abc import Sequence

from flask import Blueprint, abort, g

from tracker.actions import queries as actions
from tracker.audits import finding_queries, queries
from tracker.audits.blind.rules import Viewer, shows_audit
from tracker.audits.models import Audit, Finding
from tracker.audits.schema import Tool
from tracker.frameworks import queries as frameworks
from tracker.frameworks.schema import Area
from tracker.improvements.models import ImprovementItem
from tracker.people.guards import here
from tracker.platform.errors import Refused

bp = Blueprint("audits", __name__, url_prefix="/<authority>")


def viewer() -> Viewer:
    """Who reads, with her role here: it decides whose grades are hidden from her."""
    reader: Viewer = g.person
    return reader


def audit_or_404(number: int) -> Audit:
    """An audit that whoever asks may know of: an auditor has only her own."""
    audit = queries.audit(here(), number)
    if audit is None or not shows_audit(audit.auditor_id, viewer()):
        abort(404)
    return audit


def finding_or_404(number: int) -> Finding:
    return finding_queries.finding(here(), number) or abort(404)


def areas_of(tool: Tool) -> Sequence[Area]:
    """Every judged area of the framework that a tool uses."""
    return frameworks.library().framework(tool.framework).judged_areas


def item_asked_for(number: int | None) -> ImprovementItem | None:
    """The improvement item whose reference was typed; None where none was."""
    if number is None:
        return None
    item = actions.item(here(), number)
    if item is None:
        raise Refused(f"There is no improvement item I-{number}. Leave it empty, or check the reference.")
    return item
