"""Which evidence belongs to which judgement area, as coverage counts it; and the bundles there are."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload

from tracker.evidence.bundles.models import EvidenceBundle
from tracker.evidence.placing import queries as placing
from tracker.frameworks.schema import Framework
from tracker.people.models import Authority
from tracker.platform.db import db

LAST_BUNDLES = 20
"""How many bundles the page lists. Our choice."""


def ids_by_area(authority: Authority, framework: Framework) -> Mapping[str, frozenset[UUID]]:
    """Code of a judged area -> ids of the evidence that counts for it or one of its themes. One statement."""
    return placing.ids_by_area(authority, [area.code for area in framework.judged_areas])


def bundle(authority: Authority, bundle_id: UUID) -> EvidenceBundle | None:
    return db.session.scalars(
        select(EvidenceBundle)
        .where(EvidenceBundle.authority_id == authority.id, EvidenceBundle.id == bundle_id)
        .options(joinedload(EvidenceBundle.asked_by), joinedload(EvidenceBundle.job))
    ).one_or_none()


def last_bundles(authority: Authority) -> Sequence[EvidenceBundle]:
    """Newest first, each with who asked and how its job stands; their contents stay in the database."""
    return db.session.scalars(
        select(EvidenceBundle)
        .where(EvidenceBundle.authority_id == authority.id)
        .options(joinedload(EvidenceBundle.asked_by), joinedload(EvidenceBundle.job), defer(EvidenceBundle.contents))
        .order_by(EvidenceBundle.asked_at.desc())
        .limit(LAST_BUNDLES)
    ).all()
