from uuid import UUID

from flask import Blueprint, abort, g

from tracker.audits.programme import queries
from tracker.audits.programme.models import Allocation, Programme, Sample
from tracker.people import queries as people
from tracker.people.guards import here, me
from tracker.people.models import Team
from tracker.people.rules import Permission

bp = Blueprint("audit_programmes", __name__, url_prefix="/<authority>/audit-programmes")


def programme_or_404(programme_id: UUID) -> Programme:
    return queries.programme(here(), programme_id) or abort(404)


def sample_or_404(sample_id: UUID) -> Sample:
    return queries.sample(here(), sample_id) or abort(404)


def allocation_or_404(allocation_id: UUID) -> Allocation:
    return queries.allocation(here(), allocation_id) or abort(404)


def case_given_to_me_or_404(allocation_id: UUID) -> Allocation:
    """A case that whoever asks was given to audit; whoever may know of every audit may see to any."""
    allocation = allocation_or_404(allocation_id)
    if allocation.auditor_id != me().id and not g.person.may(Permission.READ_EVERY_AUDIT.name):
        abort(404)
    return allocation


def team_chosen(team_id: str | None) -> Team | None:
    return next((team for team in people.teams(here()) if str(team.id) == team_id), None)
