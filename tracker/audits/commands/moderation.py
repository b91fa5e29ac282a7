"""What a moderator does: grade the same case without sight of the auditor's grades, then say which grade counts."""

from datetime import date

from tracker.audits import rules
from tracker.audits.blind import rules as blind
from tracker.audits.commands.auditing import set_reaudit
from tracker.audits.commands.checks import (
    changed_since,
    domain_of,
    flush,
    require,
    require_grade,
    require_made_here,
    require_may,
    require_version,
    require_words,
)
from tracker.audits.models import Audit, DomainGrade
from tracker.audits.rules import AuditState, Given
from tracker.audits.safety import commands as safety
from tracker.people.models import Person
from tracker.people.rules import Permission
from tracker.platform import windows
from tracker.platform.errors import NotAllowed, Refused


def begin_moderation(audit: Audit, *, version: int, by: Person) -> None:
    """Become the moderator of an audit whose grades ``by`` could not read. They stay hidden until hers are in."""
    require_may(by, audit.authority, Permission.MODERATE_AUDITS)
    require_version(audit, version)
    require_made_here(audit)
    _require_not_moderated(audit)
    _require_another(audit, by)
    audit.moderator = by
    flush(audit.reference)


def give_up_moderation(audit: Audit, *, version: int, by: Person) -> None:
    """Leave it to somebody else; not once a grade has been given, which would then belong to nobody."""
    _require_moderator(audit, by)
    require_version(audit, version)
    _require_not_moderated(audit)
    if any(domain.moderator_saves for domain in audit.domains):
        raise Refused(f"You have graded part of {audit.reference} already. Grade the whole case to finish.")
    audit.moderator = None
    flush(audit.reference)


def moderate_domain(
    audit: Audit, code: str, *, saves: int, given: Given, saw: str = "", window: str = "", by: Person
) -> DomainGrade:
    """Save the moderator's half of one domain, without sight of the auditor's."""
    _require_moderator(audit, by)
    _require_not_moderated(audit)
    domain = domain_of(audit, code)
    if domain.moderator_saves != saves and not windows.follows(domain.moderator_window, window):
        raise changed_since(f"{domain.domain.name} in {audit.reference}")
    if given.grade_code is not None:
        require_grade(audit, given.grade_code)
    require(rules.why_not_regrade(domain.by_moderator, given, other=domain.by_auditor, who=audit.auditor.name))
    domain.moderator_applies = given.applies
    domain.moderated_grade_code = given.grade_code if given.applies else None
    domain.moderator_saw, domain.moderator_saves = saw.strip(), domain.moderator_saves + 1
    domain.moderator_window = window[: windows.LONGEST]
    flush(audit.reference)
    safety.pass_up(audit)
    return domain


def moderate(
    audit: Audit, *, version: int, grade: str | None, reason: str, safety_action: str = "", by: Person, on: date
) -> bool:
    """Give the moderator's grade for the whole case, which counts from now on; whether it agrees with the auditor's.

    The auditor's own grade is kept beside it.
    """
    _require_moderator(audit, by)
    require_version(audit, version)
    _require_not_moderated(audit)
    if audit.state is AuditState.DRAFT:
        raise Refused(
            f"{audit.auditor.name} has not finished {audit.reference}. You can grade its domains now, "
            "and the whole case once that is done."
        )
    chosen = require_grade(audit, grade)
    require_words(reason, "Say why: what in the record led you to this grade.")
    _settle(audit, chosen, reason, safety_action)
    audit.moderator_grade_code, audit.moderated_on, audit.state = chosen, on, AuditState.MODERATED
    flush(audit.reference)
    safety.pass_up(audit)
    return chosen == audit.grade_code


def agree_grade(
    audit: Audit, *, version: int, grade: str | None, reason: str, safety_action: str = "", by: Person
) -> None:
    """Settle on the grade that counts, after auditor and moderator have talked. Both first grades are kept."""
    _require_moderator(audit, by)
    require_version(audit, version)
    if audit.state is not AuditState.MODERATED:
        raise Refused(f"Give your own grade for {audit.reference} first.")
    chosen = require_grade(audit, grade)
    require_words(reason, "Say why you settled on this grade.")
    _settle(audit, chosen, reason, safety_action)
    flush(audit.reference)
    safety.pass_up(audit)


def _settle(audit: Audit, grade: str, reason: str, safety_action: str) -> None:
    said = safety_action.strip() or audit.safety_action
    if rules.needs_safety_action(audit.tool, [grade]) and not said:
        raise Refused(
            "A grade this low means that a child may not be safe. Say what was done at once, by whom, and who was told."
        )
    audit.moderated_grade_code, audit.moderation_reason, audit.safety_action = grade, reason.strip(), said
    set_reaudit(audit)


def why_not_moderate(audit: Audit, by: Person) -> str | None:
    """Why somebody cannot be the moderator: the auditor, not the first, or whoever could read the grades."""
    others = rules.why_not_moderate(
        by.id, auditor=audit.auditor_id, moderator=audit.moderator_id, reference=audit.reference
    )
    return others or blind.why_not_blind(
        audit.moderation, by.id, asked_by=audit.moderation_asked_by_id, reference=audit.reference
    )


def _require_another(audit: Audit, by: Person) -> None:
    why_not = why_not_moderate(audit, by)
    if why_not:
        raise NotAllowed(why_not)


def _require_moderator(audit: Audit, by: Person) -> None:
    _require_another(audit, by)
    if audit.moderator_id != by.id:
        raise Refused(f"Begin to moderate {audit.reference} first: its grades are then hidden from you.")


def _require_not_moderated(audit: Audit) -> None:
    if audit.state is AuditState.MODERATED:
        raise Refused(f"{audit.reference} was moderated on {audit.moderated_on:%-d %B %Y}.")
