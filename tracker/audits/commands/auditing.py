"""What an auditor does: start, grade a domain at a time, finish, and start again where it is due."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from tracker.audits import rules
from tracker.audits.asking import Answered
from tracker.audits.blind.queries import sampling
from tracker.audits.blind.rules import Moderation, again, chosen, lot
from tracker.audits.commands.answers import (
    answer,
    leave_out_what_is_not_asked,
    newest_of,
    require_answers,
    waiting_domains,
    why_not_through,
)
from tracker.audits.commands.checks import (
    added,
    changed_since,
    domain_of,
    flush,
    require,
    require_auditor,
    require_draft,
    require_grade,
    require_made_here,
    require_may,
    require_version,
    require_words,
)
from tracker.audits.models import Audit, DomainGrade
from tracker.audits.rules import About, AuditState, FamilyFeedback, Given
from tracker.audits.safety import commands as safety
from tracker.audits.schema import Tool
from tracker.audits.tools import carrying
from tracker.people.models import Authority, Person, Team
from tracker.people.rules import Permission
from tracker.platform import windows
from tracker.platform.db import db
from tracker.platform.errors import Refused


def start_audit(
    authority: Authority, *, tool: Tool, about: About, auditor: Person, on: date, lenses: Sequence[Tool] = ()
) -> Audit:
    """Begin a draft with every domain of the tool, and of the lenses added to it, waiting."""
    require_may(auditor, authority, Permission.LOG_AUDITS)
    _require_about(authority, tool, about, on)
    require(why_not_through(tool, lenses))
    audit = Audit(authority=authority, tool_id=tool.id, tool_version=tool.version, audited_on=on, auditor=auditor)
    audit.authority_id, audit.lenses = authority.id, carrying(lenses)
    _set(audit, tool, about)
    audit.domains = waiting_domains(tool, lenses)
    leave_out_what_is_not_asked(audit)
    return added(audit)


def start_reaudit(of: Audit, *, about: About, auditor: Person, on: date) -> Audit:
    """Look at the same case again, with the newest version of the same tool and of its lenses."""
    if of.state is AuditState.DRAFT:
        raise Refused(f"{of.reference} is still a draft. A case is audited again once the first audit is finished.")
    if about.case_reference.strip().upper() != of.case_reference:
        raise Refused(f"A re-audit looks at the same case. {of.reference} is about {of.case_reference}.")
    waiting = next((again for again in of.reaudits if again.state is AuditState.DRAFT), None)
    if waiting is not None:
        raise Refused(f"{waiting.reference} is a re-audit of {of.reference} already, begun by {waiting.auditor.name}.")
    tool, lenses = newest_of(of)
    audit = start_audit(of.authority, tool=tool, lenses=lenses, about=about, auditor=auditor, on=on)
    audit.reaudit_of = of
    flush(audit.reference)
    return audit


def correct(audit: Audit, *, version: int, about: About, by: Person, on: date) -> None:
    """Correct the facts of a draft."""
    require_auditor(audit, by)
    require_version(audit, version)
    require_draft(audit)
    _require_about(audit.authority, audit.tool, about, on)
    _set(audit, audit.tool, about)
    leave_out_what_is_not_asked(audit)
    flush(audit.reference)


def record_feedback(
    audit: Audit,
    *,
    version: int,
    family_feedback: FamilyFeedback,
    family_said: str,
    practitioner_said: str | None = None,
    by: Person,
) -> None:
    """Add what the family and the practitioner said, also after the audit is finished: it often comes later."""
    require_auditor(audit, by)
    require_made_here(audit)
    require_version(audit, version)
    require(rules.why_not_said(family_feedback, family_said))
    audit.family_feedback, audit.family_said = family_feedback, family_said.strip()
    if practitioner_said is not None:
        audit.practitioner_said = practitioner_said.strip()
    flush(audit.reference)


def grade_domain(
    audit: Audit,
    code: str,
    *,
    saves: int,
    given: Given,
    seen: str = "",
    difference: str = "",
    answers: Mapping[str, Answered] | None = None,
    window: str = "",
    by: Person,
) -> DomainGrade:
    """Save the auditor's half of one domain. ``saves`` is how often it had been saved when the page was made.

    Words may be saved before there is a grade, so that nothing typed is lost. ``answers`` are by question code;
    a question that is not among them keeps its answer, and an empty one takes it back. ``window`` is the page
    that saves, with its count, where it saves by itself.
    """
    require_auditor(audit, by)
    require_draft(audit)
    domain = domain_of(audit, code)
    if domain.auditor_saves != saves and not windows.follows(domain.auditor_window, window):
        raise changed_since(f"{domain.domain.name} in {audit.reference}")
    if given.grade_code is not None:
        require_grade(audit, given.grade_code)
    who = audit.moderator.name if audit.moderator else ""
    require(rules.why_not_regrade(domain.by_auditor, given, other=domain.by_moderator, who=who))
    answer(domain, answers or {})
    domain.applies, domain.grade_code = given.applies, given.grade_code if given.applies else None
    domain.seen, domain.difference = seen.strip(), difference.strip()
    domain.auditor_saves, domain.auditor_window = domain.auditor_saves + 1, window[: windows.LONGEST]
    flush(audit.reference)
    safety.pass_up(audit)
    return domain


def keep_whole(
    audit: Audit,
    *,
    version: int,
    grade: str | None,
    strengths: str,
    safety_action: str,
    window: str = "",
    by: Person,
) -> None:
    """Keep what the auditor has written of the whole case so far, before she finishes it."""
    require_auditor(audit, by)
    require_draft(audit)
    if not windows.follows(audit.auditor_window, window):
        require_version(audit, version)
    audit.grade_code = require_grade(audit, grade) if grade else None
    audit.strengths, audit.safety_action = strengths.strip(), safety_action.strip()
    audit.auditor_window = window[: windows.LONGEST]
    flush(audit.reference)
    safety.pass_up(audit)


def record_safety_action(audit: Audit, *, version: int, safety_action: str, by: Person) -> None:
    """Say what was done at once to make the child safe, from the page of the domain whose grade asks for it."""
    said = safety_action.strip()
    if said == audit.safety_action:
        return
    require_auditor(audit, by)
    require_draft(audit)
    require_version(audit, version)
    audit.safety_action = said
    flush(audit.reference)


def finish(
    audit: Audit, *, version: int, grade: str | None, strengths: str, safety_action: str = "", by: Person, on: date
) -> None:
    """Give the grade for the whole case. It is the auditor's judgement and is never worked out from the domains."""
    require_auditor(audit, by)
    require_version(audit, version)
    require_draft(audit)
    _require_every_domain(audit)
    given = require_grade(audit, grade)
    require_words(strengths, "Say what was good, so that the practitioner and others can learn from it.")
    _require_safety_action(audit, given, safety_action)
    audit.grade_code, audit.strengths, audit.safety_action = given, strengths.strip(), safety_action.strip()
    audit.state, audit.audited_on = AuditState.DONE, on
    audit.moderation = _moderation(audit, given)
    set_reaudit(audit)
    flush(audit.reference)
    safety.pass_up(audit)


def _moderation(audit: Audit, grade: str) -> Moderation:
    """Whether the finished audit is to be graded a second time. One that somebody grades alongside already is."""
    if audit.moderator is not None:
        return Moderation.CHOSEN
    drawn = chosen(audit.tool, grade, place=lot(audit.id), sampling=sampling(audit.authority))
    return again(audit.moderation, drawn)


def take_up_again(audit: Audit, *, version: int, by: Person) -> None:
    """Make a finished audit a draft again, to put something right. Not once a moderator has begun."""
    require_auditor(audit, by)
    require_version(audit, version)
    require_made_here(audit)
    if audit.state is AuditState.DRAFT:
        raise Refused(f"{audit.reference} is a draft already.")
    if audit.moderator is not None:
        raise Refused(f"{audit.moderator.name} is moderating {audit.reference}, so its grades stand.")
    if audit.reaudits:
        raise Refused(f"{audit.reaudits[0].reference} is a re-audit of {audit.reference}, so its grades stand.")
    audit.state, audit.reaudit_due_on = AuditState.DRAFT, None
    flush(audit.reference)


def set_reaudit(audit: Audit) -> None:
    """Keep the day by which the case is to be looked at again beside the grades that it follows from."""
    due = audit.reaudit
    audit.reaudit_due_on = due.due_on if due else None


def _set(audit: Audit, tool: Tool, about: About) -> None:
    facts = replace(
        about,
        case_reference=about.case_reference.strip().upper(),
        theme_code=about.theme_code or tool.theme,
        family_said=about.family_said.strip(),
        practitioner_said=about.practitioner_said.strip(),
        programme=about.programme.strip(),
    )
    for name, value in vars(facts).items():
        setattr(audit, name, value)


def _require_about(authority: Authority, tool: Tool, about: About, on: date) -> None:
    require(rules.why_not_about(tool, about, on))
    team = db.session.get(Team, about.team_id) if about.team_id else None
    if about.team_id and (team is None or team.authority_id != authority.id):
        raise Refused("Choose one of your own teams.")


def _require_every_domain(audit: Audit) -> None:
    waiting = [domain.domain.name for domain in audit.domains if not domain.by_auditor.is_in]
    if waiting:
        raise Refused(f"Grade every domain first, or say that it does not apply. Not graded yet: {'; '.join(waiting)}.")
    if not any(domain.grade_code for domain in audit.domains):
        raise Refused("No domain applies, so there is nothing to grade. Grade at least one.")
    require_answers(audit)


def _require_safety_action(audit: Audit, grade: str, safety_action: str) -> None:
    codes = [grade, *(domain.grade_code for domain in audit.domains)]
    if rules.needs_safety_action(audit.tool, codes) and not safety_action.strip():
        raise Refused(
            "A grade this low means that a child may not be safe. Say what was done at once, by whom, and who was told."
        )
