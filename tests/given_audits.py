"""Builders of case audits and findings, by way of the commands themselves."""

from datetime import date

from tests import given
from tracker.actions.models import Action
from tracker.audits import commands
from tracker.audits.blind.models import ModerationSampling
from tracker.audits.blind.queries import chosen_sampling
from tracker.audits.models import Audit, Finding
from tracker.audits.programme import commands as programmes
from tracker.audits.programme.commands import Draw
from tracker.audits.programme.models import Allocation
from tracker.audits.rules import About, Change, FamilyFeedback, Given
from tracker.audits.sampling.lists import read_pasted
from tracker.audits.sampling.rules import Method
from tracker.audits.tools import toolbox
from tracker.improvements.models import ImprovementItem, Mapping
from tracker.improvements.rules import Decision, MappedTo
from tracker.people.models import Authority, Person, Team
from tracker.people.rules import Role
from tracker.platform import clock
from tracker.platform.db import db

DAY = date(2026, 11, 12)
GOOD, WEAK, WORST = "good", "requires_improvement", "inadequate"


def a_qa_officer(name: str = "Amina Yusuf", *, authority: Authority | None = None) -> Person:
    return given.a_person(name=name, authority=authority, role=Role.QA_OFFICER)


def about(
    *,
    case_reference: str = "BR-4471",
    area_code: str = "help_protection",
    theme_code: str | None = None,
    team: Team | None = None,
    on: date = DAY,
    programme: str = "",
    family_feedback: FamilyFeedback = FamilyFeedback.NOT_YET,
    family_said: str = "",
) -> About:
    return About(
        case_reference=case_reference,
        area_code=area_code,
        theme_code=theme_code,
        team_id=team.id if team else None,
        age_band="5 to 9",
        period_from=date(on.year - 1, on.month, 1),
        period_to=on,
        with_practitioner=True,
        programme=programme,
        family_feedback=family_feedback,
        family_said=family_said,
    )


def typed_about(**changes: str) -> dict[str, str]:
    """What the form of a new audit posts."""
    return {
        "case_reference": "BR-4471",
        "age_band": "5 to 9",
        "area": "help_protection",
        "period_from": "20 May 2026",
        "period_to": "12 November 2026",
        "with_practitioner": "yes",
        "family_feedback": "Not yet",
    } | changes


def a_draft(
    *,
    auditor: Person | None = None,
    tool_id: str = "pre-proceedings",
    on: date = DAY,
    authority: Authority | None = None,
    case_reference: str = "BR-4471",
    area_code: str = "help_protection",
    theme_code: str | None = None,
    team: Team | None = None,
    programme: str = "",
) -> Audit:
    authority = authority or given.an_authority()
    moderates_all(authority)
    return commands.start_audit(
        authority,
        tool=toolbox().newest(tool_id),
        about=about(
            case_reference=case_reference,
            area_code=area_code,
            theme_code=theme_code,
            team=team,
            on=on,
            programme=programme,
        ),
        auditor=auditor or a_qa_officer(authority=authority),
        on=on,
    )


def moderates_all(authority: Authority, share: int = 100) -> None:
    """Every audit is chosen for moderation, or with 0 only the best and the worst, so that no test hangs on the draw.

    What an authority has chosen already stays.
    """
    if chosen_sampling(authority) is None:
        db.session.add(ModerationSampling(authority=authority, share=share, ends=True))
        db.session.flush()


def graded(audit: Audit, code: str, grade: str | None = GOOD, *, seen: str = "", difference: str = "") -> None:
    """The auditor has graded one domain; without a grade it does not apply."""
    saves = next(domain.auditor_saves for domain in audit.domains if domain.domain_code == code)
    commands.grade_domain(
        audit,
        code,
        saves=saves,
        given=Given(grade, applies=grade is not None),
        seen=seen,
        difference=difference,
        by=audit.auditor,
    )


def an_audit(
    grade: str = GOOD,
    *,
    auditor: Person | None = None,
    tool_id: str = "pre-proceedings",
    on: date = DAY,
    authority: Authority | None = None,
    case_reference: str = "BR-4471",
    area_code: str = "help_protection",
    theme_code: str | None = None,
    team: Team | None = None,
    programme: str = "",
    safety_action: str = "Strategy discussion held the same day",
    moderated: str | None = None,
    domain_grades: dict[str, str] | None = None,
) -> Audit:
    """A finished audit whose domains are all ``grade`` unless named; moderated where there is a moderated grade."""
    audit = a_draft(
        auditor=auditor,
        tool_id=tool_id,
        on=on,
        authority=authority,
        case_reference=case_reference,
        area_code=area_code,
        theme_code=theme_code,
        team=team,
        programme=programme,
    )
    for domain in audit.domains:
        graded(audit, domain.domain_code, (domain_grades or {}).get(domain.domain_code, grade))
    commands.finish(
        audit,
        version=audit.version,
        grade=grade,
        strengths="Visits were frequent and purposeful",
        safety_action=safety_action,
        by=audit.auditor,
        on=on,
    )
    if moderated is not None:
        moderate(audit, moderated)
    return audit


def moderate(audit: Audit, grade: str, *, by: Person | None = None, on: date | None = None) -> Person:
    """Somebody has moderated a finished audit; answers who."""
    moderator = by or a_qa_officer("Nadia Coyle", authority=audit.authority)
    if audit.moderator is None:
        commands.begin_moderation(audit, version=audit.version, by=moderator)
    commands.moderate(
        audit,
        version=audit.version,
        grade=grade,
        reason="The record shows it",
        by=moderator,
        on=on or audit.audited_on,
    )
    return moderator


def a_reaudit(of: Audit, grade: str = GOOD, *, on: date = date(2026, 11, 20), auditor: Person | None = None) -> Audit:
    """A finished re-audit."""
    audit = commands.start_reaudit(
        of, about=about(case_reference=of.case_reference, on=on), auditor=auditor or of.auditor, on=on
    )
    for domain in audit.domains:
        graded(audit, domain.domain_code, grade)
    commands.finish(audit, version=audit.version, grade=grade, strengths="Drift has ended", by=audit.auditor, on=on)
    return audit


def a_finding(
    audit: Audit | None = None,
    *,
    what: str = "Reason for delay not recorded at review",
    owner: Person | None = None,
    item: ImprovementItem | None = None,
    action: Action | None = None,
    theme_code: str | None = None,
    domain_code: str | None = None,
    on: date = DAY,
    agree_by: date | None = None,
) -> Finding:
    audit = audit or an_audit()
    finding = commands.raise_finding(
        audit,
        change=Change(
            what,
            owner_id=owner.id if owner else None,
            item_id=item.id if item else None,
            theme_code=theme_code,
            domain_code=domain_code,
            agree_by=agree_by,
        ),
        by=audit.auditor,
        on=on,
    )
    if action is not None:
        commands.join_action(finding, version=finding.version, action=action, by=audit.auditor)
    return finding


def closed(finding: Finding, *, on: date) -> Finding:
    """The finding, closed by evidence; its tool must allow it."""
    commands.close_by_evidence(
        finding,
        version=finding.version,
        because="Delay is explained in every plan",
        evidence="E-231",
        by=finding.audit.auditor,
        on=on,
    )
    return finding


def a_confirmed_theme(item: ImprovementItem, code: str) -> None:
    db.session.add(
        Mapping(
            item=item,
            to=MappedTo.THEME,
            code=code,
            rank=1,
            score=1.0,
            reason="Said so",
            decision=Decision.CONFIRMED,
            decided_at=clock.now(),
        )
    )
    db.session.flush()


def an_allocated_case(authority: Authority, *, to: Person) -> Allocation:
    """A case drawn for November and given to somebody, who is the only auditor of its programme."""
    year = programmes.begin(
        authority, name="The year", begins=date(2026, 4, 1), ends=date(2027, 3, 31), exclude_months=6, by=to
    )
    programmes.staff(year, person=to, per_month=4, team=None, by=to)
    asked = Draw("supervision", date(2026, 11, 1), 1, "autumn", Method.RANDOM)
    sample = programmes.draw(year, cases=read_pasted("Case\nBR-100\nBR-101"), asked=asked, by=to, on=DAY)
    assert programmes.allocate(sample, by=to) == []
    return sample.cases[0]
