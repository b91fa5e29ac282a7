from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.audits.evidencing import rules
from tracker.audits.models import Finding
from tracker.evidence.models import Evidence
from tracker.people.models import OfAuthority
from tracker.platform import clock
from tracker.platform.db import Model


class FindingEvidence(OfAuthority, Model):
    """What a piece of evidence shows about an audit finding."""

    __tablename__ = "finding_evidence"
    __history__ = False  # told in the histories of the finding and of the evidence
    __table_args__ = (
        UniqueConstraint("finding_id", "evidence_id"),
        CheckConstraint("shows_there <> ''", name="says_what_it_shows"),
    )

    finding_id: Mapped[UUID] = mapped_column(ForeignKey("finding.id"))
    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id"), index=True)
    shows_there: Mapped[str]
    added_at: Mapped[datetime] = mapped_column(default=clock.now)

    finding: Mapped[Finding] = relationship()
    evidence: Mapped[Evidence] = relationship()

    @property
    def why_weak(self) -> str:
        """Why it cannot show what has changed since; empty where it can."""
        one, finding = self.evidence, self.finding
        return rules.why_weak(
            one.reference, of=one.last_found_true, finding=finding.reference, raised_on=finding.raised_on
        )
