"""What rests on the audits that a file brought in: then the file cannot be taken out again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from tracker.audits.evidencing.models import FindingEvidence
from tracker.audits.models import Audit, Finding
from tracker.audits.past.models import PastSheet
from tracker.audits.rules import FindingState
from tracker.evidence import leaning
from tracker.platform.db import db


@dataclass(frozen=True)
class Use:
    """One audit or finding that is used, and how."""

    reference: str
    how: str
    """Completes a sentence: "is for I-9"."""

    @property
    def said(self) -> str:
        return f"{self.reference} {self.how}"


def number_of_audits(sheet: PastSheet) -> int:
    """How many audits the file brought in are still here."""
    return db.session.scalar(select(func.count()).where(Audit.past_sheet_id == sheet.id)) or 0


def uses(sheet: PastSheet) -> Sequence[Use]:
    """Findings that somebody works on, cases looked at again, and what statements and made packs name."""
    return [*_findings(sheet), *_looked_at_again(sheet), *_named(sheet)]


def _findings(sheet: PastSheet) -> Iterator[Use]:
    evidenced = exists().where(FindingEvidence.finding_id == Finding.id).label("evidenced")
    found = db.session.execute(
        select(Finding, evidenced)
        .join(Finding.audit)
        .where(
            Audit.past_sheet_id == sheet.id,
            or_(
                Finding.state != FindingState.PAST,
                Finding.item_id.is_not(None),
                Finding.action_id.is_not(None),
                evidenced,
            ),
        )
        .options(contains_eager(Finding.audit), joinedload(Finding.item), joinedload(Finding.action))
        .order_by(Finding.number)
    )
    for finding, has_evidence in found:
        yield Use(finding.reference, _how(finding, has_evidence=has_evidence))


def _how(finding: Finding, *, has_evidence: bool) -> str:
    if finding.item is not None:
        return f"is for {finding.item.reference}"
    if finding.action is not None:
        return f"is answered by {finding.action.reference}"
    if has_evidence:
        return "has evidence"
    return "is closed" if finding.state is FindingState.CLOSED else "is open"


def _looked_at_again(sheet: PastSheet) -> Iterator[Use]:
    again = aliased(Audit)
    found = db.session.execute(
        select(Audit.number, again.number)
        .join(again, again.reaudit_of_id == Audit.id)
        .where(Audit.past_sheet_id == sheet.id)
        .order_by(Audit.number, again.number)
    )
    for first, second in found:
        yield Use(f"{Audit.prefix}-{first}", f"was audited again: {Audit.prefix}-{second}")


def _named(sheet: PastSheet) -> Iterator[Use]:
    numbers = select(Audit.number).where(Audit.past_sheet_id == sheet.id).order_by(Audit.number)
    of_findings = (
        select(Finding.number).join(Finding.audit).where(Audit.past_sheet_id == sheet.id).order_by(Finding.number)
    )
    references = [f"{Audit.prefix}-{number}" for number in db.session.scalars(numbers)]
    references += [f"{Finding.prefix}-{number}" for number in db.session.scalars(of_findings)]
    for reference, resting in leaning.on(sheet.authority, references).items():
        by = ", ".join(dict.fromkeys(one.reference for one in resting))
        if by:
            yield Use(reference, f"is named in {by}")
