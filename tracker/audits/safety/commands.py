"""Passing a grade up, and answering for it."""

from datetime import datetime

from tracker.audits import rules as audit_rules
from tracker.audits.commands.checks import flush, require, require_may, require_words
from tracker.audits.models import Audit
from tracker.audits.safety import queries, rules
from tracker.audits.safety.models import SafetyEscalation
from tracker.audits.safety.rules import EscalationState
from tracker.people.models import Person
from tracker.people.rules import Permission
from tracker.platform import clock
from tracker.platform.db import db
from tracker.platform.errors import Conflict


def pass_up(audit: Audit) -> None:
    """Pass an audit up while a grade of it asks for safety at once; take that back when the grade was put right.

    The moderator's grades count as soon as she gives them: they are hidden from the auditor, not from those who answer.
    """
    codes = [audit.grade_code, audit.moderator_grade_code, audit.moderated_grade_code]
    codes += [code for domain in audit.domains for code in (domain.grade_code, domain.moderated_grade_code)]
    unsafe = audit_rules.needs_safety_action(audit.tool, codes)
    escalation = queries.of_audit(audit)
    if escalation is None:
        if unsafe:
            db.session.add(SafetyEscalation(authority=audit.authority, audit=audit, raised_at=clock.now()))
    elif unsafe and escalation.state is EscalationState.WITHDRAWN:
        escalation.state, escalation.raised_at = EscalationState.OPEN, clock.now()
    elif not unsafe and escalation.state is EscalationState.OPEN:
        escalation.state = EscalationState.WITHDRAWN
    flush(audit.reference)


def answer(escalation: SafetyEscalation, *, version: int, said: str, by: Person, at: datetime) -> None:
    """Say what was done. It then leaves My work of everybody who was told."""
    require_may(by, escalation.authority, Permission.ANSWER_FOR_SAFETY)
    name = escalation.answered_by.name if escalation.answered_by else ""
    require(rules.why_not_answer(escalation.state, reference=escalation.audit.reference, by=name))
    if escalation.version != version:
        raise Conflict(f"{escalation.reference} was changed after you opened it. Look at it again.")
    require_words(said, "Say what you have done, and who else knows.")
    escalation.state, escalation.answer = EscalationState.ANSWERED, said.strip()
    escalation.answered_by, escalation.answered_at = by, at
    flush(escalation.reference)
