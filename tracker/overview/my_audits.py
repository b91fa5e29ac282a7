"""The part of My work that is a QA officer's: audits to finish or moderate, findings to close, cases to see again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.audits import queries
from tracker.audits.models import Audit, Finding
from tracker.audits.queries import Wanted, WantedFindings
from tracker.people.models import Authority, Person
from tracker.platform.db import db

MOST = 20
"""Lines of one list before it refers to the audits page. Our choice."""


@dataclass(frozen=True)
class AuditWork:
    """Each list starts with what has waited longest; the numbers count everything, not only what is listed."""

    drafts: Sequence[Audit]
    to_moderate: Sequence[Audit]
    to_moderate_number: int
    findings: Sequence[Finding]
    findings_number: int
    reaudits: Sequence[Audit]


def of_person(authority: Authority, person: Person, today: date) -> AuditWork:
    is_open = WantedFindings(show="open")
    findings = queries.findings(authority, is_open, viewer=person, today=today).limit(MOST)
    return AuditWork(
        drafts=queries.drafts_of(authority, person),
        to_moderate=queries.to_moderate(authority, person, limit=MOST),
        to_moderate_number=queries.audit_counts(authority, Wanted(), viewer=person, today=today)["moderate"],
        findings=db.session.scalars(findings).all(),
        findings_number=queries.finding_counts(authority, is_open, viewer=person, today=today)["open"],
        reaudits=queries.reaudits_due(authority, today),
    )
