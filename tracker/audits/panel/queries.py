"""Who sits on the panel of an audit."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.audits.commands import why_not_moderate
from tracker.audits.models import Audit
from tracker.audits.panel.models import PanelSeat
from tracker.people import queries as people
from tracker.people.models import Person
from tracker.people.rules import Permission, may
from tracker.platform.db import db


def seats(audit: Audit) -> Sequence[PanelSeat]:
    """Every member, the one who leads first, then by name."""
    found = db.session.scalars(
        select(PanelSeat).where(PanelSeat.audit_id == audit.id).options(joinedload(PanelSeat.person))
    ).all()
    return sorted(found, key=lambda seat: (seat.person_id != audit.moderator_id, seat.person.name))


def possible_members(audit: Audit, *, besides: Person) -> Sequence[Person]:
    """Colleagues who may moderate it and could not read its grades."""
    return [
        each.person
        for each in people.colleagues(audit.authority)
        if may(each.role, Permission.MODERATE_AUDITS)
        and each.person_id != besides.id
        and why_not_moderate(audit, each.person) is None
    ]
