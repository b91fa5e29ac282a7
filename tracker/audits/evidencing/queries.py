"""Which evidence is attached to a finding, and which findings a piece of evidence is attached to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from tracker.audits.blind.queries import shown_to_all
from tracker.audits.blind.rules import as_told
from tracker.audits.evidencing.models import FindingEvidence
from tracker.audits.models import Finding
from tracker.evidence.leaning import Leaning
from tracker.evidence.models import Evidence
from tracker.people.models import Authority
from tracker.platform.db import db
from tracker.platform.references import parse


def of_finding(finding: Finding) -> Sequence[FindingEvidence]:
    """The newest evidence first; what was withdrawn since is among it, and says so."""
    return db.session.scalars(
        select(FindingEvidence)
        .join(FindingEvidence.evidence)
        .where(FindingEvidence.finding_id == finding.id)
        .options(contains_eager(FindingEvidence.evidence))
        .order_by(Evidence.dated.desc(), Evidence.number.desc())
    ).all()


def tie(finding: Finding, tie_id: UUID) -> FindingEvidence | None:
    return db.session.scalars(
        select(FindingEvidence)
        .where(FindingEvidence.id == tie_id, FindingEvidence.finding_id == finding.id)
        .options(joinedload(FindingEvidence.evidence), joinedload(FindingEvidence.finding))
    ).one_or_none()


def on_evidence(authority: Authority, references: Sequence[str]) -> Mapping[str, Sequence[Leaning]]:
    """The findings that each piece of evidence is attached to."""
    numbers = [found[1] for found in map(parse, references) if found and found[0] == Evidence.prefix]
    ties = db.session.execute(
        select(FindingEvidence, shown_to_all())
        .join(FindingEvidence.evidence)
        .join(FindingEvidence.finding)
        .join(Finding.audit)
        .where(FindingEvidence.authority_id == authority.id, Evidence.number.in_(numbers))
        .options(contains_eager(FindingEvidence.evidence), contains_eager(FindingEvidence.finding))
        .order_by(Finding.number)
    )
    leaning: dict[str, list[Leaning]] = defaultdict(list)
    for each, to_all in ties:
        kind, says = f"Audit finding, {each.finding.state.lower()}", as_told(each.finding.what, to_all=to_all)
        leaning[each.evidence.reference].append(Leaning(each.finding.reference, says, kind, each.shows_there))
    return leaning
