"""Case audits of eighteen months: graded, moderated by another auditor, some looked at again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from tracker.audits import commands as audits
from tracker.audits.blind import commands as blind
from tracker.audits.blind.rules import Sampling
from tracker.audits.models import Audit
from tracker.audits.rules import About, FamilyFeedback, Given
from tracker.audits.safety import queries as safety
from tracker.audits.safety.commands import answer
from tracker.audits.schema import Tool
from tracker.audits.tools import toolbox
from tracker.demonstration.audit_schema import AuditsFile, Begun, Case, Programme
from tracker.demonstration.phrases import Child, Phrases
from tracker.demonstration.programmes import ProgrammeFile
from tracker.demonstration.schema import Grade
from tracker.demonstration.stage import Scene, Stage
from tracker.people.models import Person
from tracker.platform import clock

MODERATED_AFTER = 6
"""Days from an audit to its moderation, where the file names no day."""
LOOKED_AT = timedelta(days=182)
"""Auditors judge the last six months."""
OTHER_AUDITOR = {"amina": "nadia", "nadia": "amina"}

NOT_HEARD = {
    "not yet": FamilyFeedback.NOT_YET,
    "declined": FamilyFeedback.DECLINED,
    "not appropriate": FamilyFeedback.NOT_APPROPRIATE,
}
MET: Mapping[Grade, str] = {
    "outstanding": "met",
    "good": "met",
    "requires_improvement": "partly_met",
    "inadequate": "not_met",
}
"""For tools that ask whether a standard is met."""


@dataclass(frozen=True)
class Look:
    """One audit to be made: the case, and what its programme says."""

    case: Case
    programme: Programme
    child: Child
    round: str

    @property
    def auditor(self) -> str:
        return self.case.by or self.programme.by

    @property
    def moderator(self) -> str:
        return OTHER_AUDITOR[self.auditor]

    @property
    def key(self) -> str:
        return self.case.key or f"{self.case.case} {self.case.day}"

    @property
    def moderated_on(self) -> int:
        return self.case.moderated.day if self.case.moderated else self.case.day + MODERATED_AFTER

    @property
    def tool(self) -> Tool:
        return toolbox().newest(self.programme.tool)

    def grade_of(self, domain: str) -> Grade:
        named: tuple[tuple[Grade, tuple[str, ...]], ...] = (
            ("outstanding", self.case.strong),
            ("requires_improvement", self.case.needs),
            ("inadequate", self.case.unsafe),
        )
        return next((grade for grade, domains in named if domain in domains), "good")

    def given(self, domain: str, other: Mapping[str, Grade] | None = None) -> Given:
        """The auditor's grade for a domain; the moderator's where ``other`` says that hers differs."""
        if domain in self.case.none:
            return Given(None, applies=False)
        return Given(self.code((other or {}).get(domain) or self.grade_of(domain)))

    def code(self, grade: Grade) -> str:
        return grade if self.tool.offers(grade) else MET[grade]


def scenes(stage: Stage, told: list[AuditsFile], phrases: Phrases, year: ProgrammeFile) -> Iterator[Scene]:
    looks = list(_looks(stage, told, year))
    yield Scene(min(look.case.day for look in looks), "amina", partial(_moderate_all, stage))
    for look in looks:
        yield Scene(look.case.day, look.auditor, partial(_audit, stage, look, phrases))
        if look.case.safety:
            yield Scene(look.case.day + 1, "dana", partial(_answer_for_safety, stage, look))
        if look.case.draft and look.case.draft.moderator:
            yield Scene(look.case.day + 3, look.moderator, partial(_look_alongside, stage, look, look.case.draft))
        elif not (look.case.draft or look.case.unmoderated):
            yield Scene(look.moderated_on, look.moderator, partial(_moderate, stage, look, phrases))


def _moderate_all(stage: Stage) -> None:
    """A small authority moderates every audit."""
    blind.choose_sampling(stage.council, version=0, sampling=Sampling(share=100), by=stage.person("amina"))


def _answer_for_safety(stage: Stage, look: Look) -> None:
    """The director answers for a grade that was passed up to her."""
    escalation = safety.of_audit(stage.get(Audit, look.key))
    if escalation is not None:
        said = "Read the record and spoke to the head of service the same day. The plan is reviewed with me each week."
        answer(escalation, version=escalation.version, said=said, by=stage.person("dana"), at=clock.now())


def _looks(stage: Stage, told: list[AuditsFile], year: ProgrammeFile) -> Iterator[Look]:
    for file in told:
        for programme in file.programmes:
            for place, case in enumerate(programme.audits):
                of_the_year = programme.in_year and year.counts(case.day, case.team, stage.today)
                name = year.name if of_the_year else programme.name
                yield Look(case, programme, Child("she" if place % 2 else "he", case.age), name)


def _audit(stage: Stage, look: Look, phrases: Phrases) -> None:
    auditor = stage.person(look.auditor)
    audit = stage.keep(look.key, _started(stage, look, auditor))
    graded = look.case.draft.graded if look.case.draft else [domain.domain_code for domain in audit.domains]
    for domain in graded:
        _grade(audit, domain, look, phrases, auditor)
    if look.case.draft is None:
        audits.finish(
            audit,
            version=audit.version,
            grade=look.code(look.case.grade),
            strengths=phrases.strengths(look.programme.tool, look.child),
            safety_action=look.case.safety,
            by=auditor,
            on=stage.day(look.case.day),
        )


def _started(stage: Stage, look: Look, auditor: Person) -> Audit:
    about, on = _about(stage, look), stage.day(look.case.day)
    if look.case.of:
        return audits.start_reaudit(stage.get(Audit, look.case.of), about=about, auditor=auditor, on=on)
    return audits.start_audit(stage.council, tool=look.tool, about=about, auditor=auditor, on=on)


def _about(stage: Stage, look: Look) -> About:
    case, on = look.case, stage.day(look.case.day)
    heard = NOT_HEARD.get(case.heard, FamilyFeedback.OBTAINED)
    return About(
        case_reference=case.case,
        area_code=look.programme.area,
        period_from=on - LOOKED_AT,
        period_to=on,
        theme_code=case.theme or look.programme.theme,
        age_band=case.age,
        team_id=stage.team(case.team).id,
        with_practitioner=not case.alone,
        family_feedback=heard,
        family_said=case.heard if heard is FamilyFeedback.OBTAINED else "",
        programme=look.round,
    )


def _grade(audit: Audit, domain: str, look: Look, phrases: Phrases, auditor: Person) -> None:
    tool, given = look.programme.tool, look.given(domain)
    seen = difference = ""
    if given.applies:
        grade = look.grade_of(domain)
        seen = phrases.seen(tool, domain, grade, look.child)
        difference = phrases.made(tool, domain, grade, look.child)
    audits.grade_domain(audit, domain, saves=0, given=given, seen=seen, difference=difference, by=auditor)


def _moderate(stage: Stage, look: Look, phrases: Phrases) -> None:
    """Grade every domain of the same case, then the whole."""
    audit, moderator, said = stage.get(Audit, look.key), stage.person(look.moderator), look.case.moderated
    audits.begin_moderation(audit, version=audit.version, by=moderator)
    for domain in audit.domains:
        given = look.given(domain.domain_code, said.differs if said else None)
        audits.moderate_domain(audit, domain.domain_code, saves=0, given=given, by=moderator)
    audits.moderate(
        audit,
        version=audit.version,
        grade=look.code((said.grade if said else None) or look.case.grade),
        reason=said.because if said else phrases.agreed(),
        by=moderator,
        on=stage.day(look.moderated_on),
    )


def _look_alongside(stage: Stage, look: Look, begun: Begun) -> None:
    """A moderator grades some domains while the audit is still a draft."""
    audit, moderator = stage.get(Audit, look.key), stage.person(look.moderator)
    audits.begin_moderation(audit, version=audit.version, by=moderator)
    for domain in begun.moderator:
        audits.moderate_domain(
            audit,
            domain,
            saves=0,
            given=look.given(domain, begun.differs),
            saw=begun.saw.get(domain, ""),
            by=moderator,
        )
