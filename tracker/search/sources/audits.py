"""What is found of audits: their facts, what was answered, and findings. Who may find them is asked of
the audits themselves, for that changes without them."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import uuid5

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.audits.models import Audit, AuditAnswer, DomainGrade, Finding
from tracker.audits.rules import AuditState
from tracker.platform.db import db
from tracker.search.rules import Entry, Found, text_of
from tracker.search.sources.source import Ids, Source, at


def _audits(ids: Ids) -> Iterator[Entry]:
    found = (
        select(Audit)
        .where(Audit.id.in_(ids))
        .options(selectinload(Audit.domains), selectinload(Audit.answers), selectinload(Audit.findings))
    )
    for audit in db.session.scalars(found.execution_options(populate_existing=True)):
        common = _common(audit)
        yield Entry(
            kind=Found.AUDIT,
            thing_id=audit.id,
            number=audit.number,
            title=f"{audit.tool.name}, case {audit.case_reference}",
            text=text_of(audit.programme, audit.age_band),
            dated=audit.audited_on,
            owner_id=audit.auditor_id,
            **common,
            **at(audit.area_code, audit.theme_code),
        )
        yield _whole_case(audit, common)
        for domain in audit.domains:
            yield _answer(domain, audit, common)
        for finding in audit.findings:
            yield _finding(finding, audit, common)


def _common(audit: Audit) -> dict[str, Any]:
    return {"authority_id": audit.authority_id, "root_id": audit.id}


def _whole_case(audit: Audit, common: dict[str, Any]) -> Entry:
    """What a reader of the audit is shown of the case as a whole."""
    strengths = audit.strengths if audit.counted_grade else ""
    done_at_once = audit.safety_action if audit.is_flagged else ""
    moderated = audit.moderation_reason if audit.state is AuditState.MODERATED else ""
    return Entry(
        kind=Found.ANSWER,
        thing_id=uuid5(audit.id, "the whole case"),
        number=audit.number,
        title=f"The whole case {audit.case_reference}",
        text=text_of(strengths, audit.practitioner_said, audit.family_said, done_at_once, moderated),
        anchor="case",
        dated=audit.audited_on,
        owner_id=audit.auditor_id,
        **common,
        **at(audit.area_code, audit.theme_code),
    )


def _answer(domain: DomainGrade, audit: Audit, common: dict[str, Any]) -> Entry:
    answered = domain.answered
    notes = [answered[question.code].note for question in domain.asked if question.code in answered]
    both_are_in = domain.by_auditor.is_in and domain.by_moderator.is_in
    return Entry(
        kind=Found.ANSWER,
        thing_id=domain.id,
        number=audit.number,
        title=f"{domain.domain.name}, case {audit.case_reference}",
        text=text_of(domain.seen, domain.difference, domain.moderator_saw if both_are_in else "", *notes),
        anchor=domain.domain_code,
        dated=audit.audited_on,
        owner_id=audit.auditor_id,
        **common,
        **at(audit.area_code, audit.theme_code),
    )


def _finding(finding: Finding, audit: Audit, common: dict[str, Any]) -> Entry:
    return Entry(
        kind=Found.FINDING,
        thing_id=finding.id,
        number=finding.number,
        title=finding.what,
        text=text_of(finding.closed_because, finding.closed_evidence),
        dated=finding.raised_on,
        owner_id=finding.owner_id,
        **common,
        **at(audit.area_code, finding.theme_code),
    )


GIVE_GRADES_AWAY = frozenset({Found.ANSWER, Found.FINDING})
KINDS = GIVE_GRADES_AWAY | {Found.AUDIT}

PARTS = {DomainGrade: "audit_id", AuditAnswer: "audit_id", Finding: "audit_id"}

SOURCES: Sequence[Source] = (Source(Audit, KINDS, _audits, PARTS),)
