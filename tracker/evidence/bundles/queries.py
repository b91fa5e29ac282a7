"""Which evidence belongs to which judgement area, as coverage counts it."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from tracker.evidence import queries as evidence
from tracker.frameworks.schema import Framework
from tracker.people.models import Authority
from tracker.platform.db import db


def ids_by_area(authority: Authority, framework: Framework) -> Mapping[str, frozenset[UUID]]:
    """Code of a judged area -> ids of the evidence that counts for it or one of its themes. One statement."""
    pairs = evidence.placed_by_area(authority, framework).subquery()
    found: dict[str, set[UUID]] = defaultdict(set)
    for code, evidence_id in db.session.execute(select(pairs.c.key, pairs.c.evidence_id)):
        found[code].add(evidence_id)
    return {area.code: frozenset(found[area.code]) for area in framework.judged_areas}
