"""Answers to the questions of a domain, and which domains and questions a case leads to."""

from collections.abc import Mapping, Sequence

from tracker.audits import asking, tools
from tracker.audits.asking import Answered
from tracker.audits.commands.checks import flush, require, require_auditor, require_draft, require_version
from tracker.audits.models import Audit, AuditAnswer, DomainGrade
from tracker.audits.schema import Tool
from tracker.audits.tools import carrying
from tracker.people.models import Person
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.platform.lists import listed


def answer(domain: DomainGrade, answers: Mapping[str, Answered]) -> None:
    """Keep the answers to some of a domain's questions; an empty one is taken back."""
    questions = {question.code: question for question in domain.domain.questions}
    for code in answers:
        if code not in questions:
            raise Refused(f"{domain.domain.name} has no such question. Open {domain.audit.reference} again.")
    given = {code: Answered(one.answer, one.note.strip()) for code, one in answers.items()}
    for code, one in given.items():
        require(asking.why_not_answer(domain.audit.tool, questions[code], one))
    _require_asked(domain, {**domain.answered, **given})
    for code, one in given.items():
        _set(domain, code, one)


def leave_out_what_is_not_asked(audit: Audit) -> None:
    """Say of the domains that the facts of the case do not lead to that they do not apply, and drop their answers.

    What somebody has graded or written in stays: the auditor knows better than a rule. A domain that was left out
    waits again once the facts lead to it.
    """
    facts = {"age": audit.age_band, "legal_status": audit.legal_status}
    for domain in audit.domains:
        if not domain.auditor_saves:
            domain.applies = audit.tool.domain(domain.domain_code).applies.holds_for(**facts)
    kept = {(one.code, question.code) for one in audit.tool.domains for question in one.asked(**facts)}
    for row in [row for row in audit.answers if (row.domain_code, row.question_code) not in kept]:
        audit.answers.remove(row)


def move_to_newest(audit: Audit, *, version: int, by: Person) -> None:
    """Take a draft that has no answers yet to the newest version of its tool, and of the lenses it carries."""
    require_auditor(audit, by)
    require_version(audit, version)
    require_draft(audit)
    tool, lenses = newest_of(audit)
    require(why_not_move(audit, tool, lenses))
    with db.session.no_autoflush:
        audit.tool_version, audit.lenses = tool.version, carrying(lenses)
        begun = {domain.domain_code: domain for domain in audit.domains}
        audit.domains = waiting_domains(tool, lenses, begun)
        for gone in [one for one in begun.values() if one not in audit.domains]:
            db.session.delete(gone)
        leave_out_what_is_not_asked(audit)
    flush(audit.reference)


def why_not_move(audit: Audit, tool: Tool, lenses: Sequence[Tool]) -> str | None:
    """Why a draft stays in the version in which it was begun, or None."""
    if (audit.tool_version, audit.lenses) == (tool.version, carrying(lenses)):
        return f"{audit.reference} is in the newest version already."
    begun = any(domain.auditor_saves or domain.moderator_saves for domain in audit.domains)
    if begun or audit.answers or audit.findings:
        return f"{audit.reference} has answers, so it stays in version {audit.tool_version}, in which they were given."
    return why_not_through(tool, lenses)


def newest_of(audit: Audit) -> tuple[Tool, Sequence[Tool]]:
    """The newest version of the tool that an audit was answered with, and of the lenses it carries."""
    box = tools.of(audit.authority_id)
    return box.newest(audit.tool_id), [box.newest(lens.id) for lens in audit.carried]


def waiting_domains(
    tool: Tool, lenses: Sequence[Tool], begun: Mapping[str, DomainGrade] | None = None
) -> list[DomainGrade]:
    """A row for each domain, in order; those in ``begun``, by code, are used again."""
    rows = [(begun or {}).get(one.code) or DomainGrade(domain_code=one.code) for one in tool.through(lenses).domains]
    for place, row in enumerate(rows):
        row.position = place
    return rows


def require_answers(audit: Audit) -> None:
    """Every question that must be answered has an answer."""
    waiting = {domain.domain.name: len(domain.unanswered) for domain in audit.domains if domain.unanswered}
    if waiting:
        number = sum(waiting.values())
        said = (
            "1 question that must be answered waits"
            if number == 1
            else f"{number} questions that must be answered wait"
        )
        raise Refused(f"{said} in {listed(list(waiting))}. Answer {'it' if number == 1 else 'them'}, then finish.")


def why_not_through(tool: Tool, lenses: Sequence[Tool]) -> str | None:
    """Why these lenses cannot be added to a tool, or None."""
    if tool.is_lens:
        return f"{tool.name} is a lens: it is added to an audit with another tool. Choose a tool first."
    if other := next((lens.name for lens in lenses if not lens.is_lens), None):
        return f"{other} is no lens. Choose one from the list."
    codes = [domain.code for domain in tool.through(lenses).domains]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    return f"{tool.name} asks about {twice} already, so this lens cannot be added to it." if twice else None


def _require_asked(domain: DomainGrade, given: Mapping[str, Answered]) -> None:
    audit = domain.audit
    reached = asking.asked(domain.domain, given, age=audit.age_band, legal_status=audit.legal_status)
    for question in domain.domain.questions:
        if question not in reached and given.get(question.code, asking.NOT_ANSWERED).is_in:
            raise Refused(asking.why_not_asked(audit.tool, domain.domain, question))


def _set(domain: DomainGrade, code: str, given: Answered) -> None:
    audit, place = domain.audit, (domain.domain_code, code)
    row = next((one for one in audit.answers if (one.domain_code, one.question_code) == place), None)
    if row is not None and not given.is_in:
        audit.answers.remove(row)
    elif row is not None:
        row.answer, row.note = given.answer, given.note
    elif given.is_in:
        audit.answers.append(
            AuditAnswer(domain_code=domain.domain_code, question_code=code, answer=given.answer, note=given.note)
        )
