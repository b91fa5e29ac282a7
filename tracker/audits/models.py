from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actions.models import Action
from tracker.audits import asking, rules, tools
from tracker.audits.asking import Answered
from tracker.audits.blind.rules import Moderation, Seen, Viewer, shows_grades
from tracker.audits.rules import AuditState, FamilyFeedback, FindingState, Given
from tracker.audits.schema import Domain, Question, Tool
from tracker.improvements.models import ImprovementItem
from tracker.people.models import OfAuthority, Person, Team
from tracker.platform.db import Model, Versioned
from tracker.platform.references import Referenced


class Audit(Versioned, Referenced, OfAuthority, Model):
    """One case, looked at by one auditor with one version of one tool."""

    __tablename__ = "audit"
    __table_args__ = (
        UniqueConstraint("authority_id", "number"),
        Index("ix_audit_of_programme", "authority_id", "programme"),
        CheckConstraint("state = 'Draft' OR grade_code IS NOT NULL", name="done_has_a_grade"),
        CheckConstraint(
            "brought_in <> '' OR (with_practitioner IS NOT NULL AND family_feedback IS NOT NULL)",
            name="made_here_says_who_was_heard",
        ),
        CheckConstraint("moderator_id IS NULL OR moderator_id <> auditor_id", name="moderated_by_another"),
        CheckConstraint(
            "state <> 'Moderated' OR (moderator_id IS NOT NULL AND moderated_on IS NOT NULL"
            " AND moderated_grade_code IS NOT NULL AND moderation_reason <> '')",
            name="moderated_is_whole",
        ),
        Index("ix_audit_of_team", "authority_id", "team_id", "audited_on"),
    )
    prefix = "Q"

    tool_id: Mapped[str]
    tool_version: Mapped[int]
    programme: Mapped[str] = mapped_column(default="")
    """The round it belongs to: "Autumn programme: pre-proceedings"."""
    area_code: Mapped[str] = mapped_column(index=True)
    theme_code: Mapped[str | None] = mapped_column(index=True)
    case_reference: Mapped[str]
    """Pseudonymous: "BR-4471". Never a name or a system's own number."""
    lenses: Mapped[str] = mapped_column(default="")
    """Lenses that were added, each with its version, as ``tools.carrying`` writes them: "equity-lens@1"."""
    age_band: Mapped[str] = mapped_column(default="")
    legal_status: Mapped[str] = mapped_column(default="")
    team_id: Mapped[UUID | None] = mapped_column(ForeignKey("team.id"), index=True)
    period_from: Mapped[date]
    period_to: Mapped[date]
    audited_on: Mapped[date] = mapped_column(index=True)
    """The day it was finished; of a draft, the day it was begun."""
    auditor_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    with_practitioner: Mapped[bool | None]
    """Whether the practitioner was there when her work was looked at; None where a past audit's file does not say."""
    practitioner_said: Mapped[str] = mapped_column(default="")
    family_feedback: Mapped[FamilyFeedback | None]
    """None where a past audit's file does not say it."""
    family_said: Mapped[str] = mapped_column(default="")
    state: Mapped[AuditState] = mapped_column(default=AuditState.DRAFT)
    grade_code: Mapped[str | None]
    """The auditor's own grade for the whole case. Given, never computed."""
    strengths: Mapped[str] = mapped_column(default="")
    auditor_window: Mapped[str] = mapped_column(default="", info={"history": False})
    """The page in a browser that kept the auditor's words of the whole case last."""
    safety_action: Mapped[str] = mapped_column(default="")
    """What was done at once to make the child safe, where a grade asks for it."""
    moderation: Mapped[Moderation] = mapped_column(default=Moderation.UNDECIDED)
    """Whether it is to be graded a second time; until it was, who may do that does not see the first grades."""
    moderation_asked_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    moderation_asked_because: Mapped[str] = mapped_column(default="")
    moderator_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    moderated_on: Mapped[date | None]
    moderator_grade_code: Mapped[str | None]
    """The moderator's first grade, given without sight of the auditor's; kept."""
    moderated_grade_code: Mapped[str | None]
    """The grade that counts once there is one: the moderator's first, or what she settled on afterwards."""
    moderation_reason: Mapped[str] = mapped_column(default="")
    brought_in: Mapped[str] = mapped_column(default="")
    """Where a past audit was brought in from: "Audits 2024.xlsx, row 14"; empty for one that was made here."""
    past_sheet_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("past_audit_sheet.id"), index=True, info={"history": False}
    )
    """The file that brought a past audit in, which can take it out again."""
    auditor_said: Mapped[str] = mapped_column(default="")
    """Who audited in the words of a past audit's file, where that is no colleague; its auditor brought it in."""
    reaudit_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("audit.id"), index=True)
    reaudit_due_on: Mapped[date | None]

    team: Mapped[Team | None] = relationship()
    auditor: Mapped[Person] = relationship(foreign_keys=auditor_id)
    moderator: Mapped[Person | None] = relationship(foreign_keys=moderator_id)
    moderation_asked_by: Mapped[Person | None] = relationship(foreign_keys=moderation_asked_by_id)
    domains: Mapped[list[DomainGrade]] = relationship(back_populates="audit", order_by="DomainGrade.position")
    answers: Mapped[list[AuditAnswer]] = relationship(back_populates="audit", cascade="all, delete-orphan")
    findings: Mapped[list[Finding]] = relationship(
        back_populates="audit", order_by="Finding.number", foreign_keys="Finding.audit_id"
    )
    reaudit_of: Mapped[Audit | None] = relationship(remote_side="Audit.id", back_populates="reaudits")
    reaudits: Mapped[list[Audit]] = relationship(back_populates="reaudit_of", order_by="Audit.number")

    @property
    def tool(self) -> Tool:
        """The tool in the version in which this audit was answered, with the domains of the lenses it carries."""
        return tools.tool(self.authority_id, self.tool_id, self.tool_version).through(self.carried)

    @property
    def carried(self) -> Sequence[Tool]:
        """The lenses that were added, in the versions in which they were answered."""
        return tools.carried(self.authority_id, self.lenses)

    @property
    def is_past(self) -> bool:
        """Made before, elsewhere, and brought in finished: nothing is asked of anybody for it."""
        return bool(self.brought_in)

    @property
    def auditor_name(self) -> str:
        return self.auditor_said or self.auditor.name

    @property
    def counted_grade(self) -> str | None:
        """The moderated grade where there is one, else the auditor's."""
        return self.moderated_grade_code or self.grade_code

    @property
    def is_weak(self) -> bool:
        """Finished, and below good."""
        return self.counted_grade is not None and not self.tool.is_good(self.counted_grade)

    @property
    def weighted(self) -> str:
        """The weighted profile of the domains' grades that count, in words."""
        counted = {one.domain_code: one.counted.grade_code for one in self.domains}
        return asking.weighted(self.tool, {code: grade for code, grade in counted.items() if grade})

    @property
    def is_shown_to_all(self) -> bool:
        """As ``blind.queries.shown_to_all``."""
        finished = self.state is AuditState.DONE and self.moderation is Moderation.NOT_CHOSEN
        return finished or self.state is AuditState.MODERATED

    def shows_grades_to(self, viewer: Viewer) -> bool:
        """Whether somebody may see the auditor's grades yet, and what would give them away."""
        seen = Seen(
            auditor=self.auditor_id,
            moderator=self.moderator_id,
            moderated=self.moderated_grade_code is not None,
            moderation=self.moderation,
            asked_by=self.moderation_asked_by_id,
        )
        return shows_grades(seen, viewer)

    @property
    def counted_label(self) -> str:
        """The grade that counts, as a table cell says it; empty for a draft."""
        return self.tool.grade(self.counted_grade).short_label if self.counted_grade else ""

    @property
    def is_flagged(self) -> bool:
        """Some grade asks what was done at once to make the child safe. Of a past audit nobody asks that any more."""
        if self.is_past:
            return False
        codes = [self.grade_code, self.moderated_grade_code, *(domain.counted.grade_code for domain in self.domains)]
        return rules.needs_safety_action(self.tool, codes)

    @property
    def reaudit(self) -> rules.Reaudit | None:
        """When and why the case is to be looked at again, by the grades that are in. A past one asks for none."""
        if self.is_past:
            return None
        return rules.reaudit_due(
            self.tool,
            case=self.counted_grade,
            domains=[domain.counted.grade_code for domain in self.domains],
            audited_on=self.audited_on,
        )


class DomainGrade(Versioned, Model):
    """What the auditor, and then the moderator, made of one domain."""

    __tablename__ = "domain_grade"
    __table_args__ = (
        UniqueConstraint("audit_id", "domain_code"),
        CheckConstraint("applies OR grade_code IS NULL", name="graded_only_if_it_applies"),
    )

    audit_id: Mapped[UUID] = mapped_column(ForeignKey("audit.id"), index=True)
    position: Mapped[int]
    domain_code: Mapped[str]
    applies: Mapped[bool] = mapped_column(default=True)
    grade_code: Mapped[str | None]
    seen: Mapped[str] = mapped_column(default="")
    """What the auditor saw."""
    difference: Mapped[str] = mapped_column(default="")
    """What difference it made for the child."""
    auditor_window: Mapped[str] = mapped_column(default="", info={"history": False})
    """The page in a browser that saved the auditor's half last: it never stands in its own way, even when the answer
    to its last save was lost on the way back."""
    auditor_saves: Mapped[int] = mapped_column(default=0, info={"history": False})
    """How often the auditor's half was saved: a page that shows an older half is told so. The moderator's has its
    own count, so that the two never stand in each other's way."""
    moderated_grade_code: Mapped[str | None]
    moderator_applies: Mapped[bool] = mapped_column(default=True)
    moderator_saw: Mapped[str] = mapped_column(default="")
    moderator_window: Mapped[str] = mapped_column(default="", info={"history": False})
    moderator_saves: Mapped[int] = mapped_column(default=0, info={"history": False})

    audit: Mapped[Audit] = relationship(back_populates="domains")

    @property
    def domain(self) -> Domain:
        return self.audit.tool.domain(self.domain_code)

    @property
    def authority_id(self) -> UUID:
        """So that its history stands in its authority's chain."""
        return self.audit.authority_id

    @property
    def reference(self) -> str:
        """As the history says it: "Q-88 Plan"."""
        return f"{self.audit.reference} {self.domain.name}"

    @property
    def answered(self) -> Mapping[str, Answered]:
        """Question code to the auditor's answer; questions without one are left out."""
        return {one.question_code: one.given for one in self.audit.answers if one.domain_code == self.domain_code}

    @property
    def asked(self) -> Sequence[Question]:
        """The questions that the case's facts and the answers so far lead to."""
        audit = self.audit
        return asking.asked(self.domain, self.answered, age=audit.age_band, legal_status=audit.legal_status)

    @property
    def unanswered(self) -> Sequence[Question]:
        """Questions to answer before the audit is finished; none where the domain does not apply."""
        facts = {"age": self.audit.age_band, "legal_status": self.audit.legal_status}
        return asking.unanswered(self.domain, self.answered, **facts) if self.applies else ()

    @property
    def by_auditor(self) -> Given:
        return Given(self.grade_code, self.applies)

    @property
    def by_moderator(self) -> Given:
        return Given(self.moderated_grade_code, self.moderator_applies)

    @property
    def counted(self) -> Given:
        """The moderator's grade once both are in, else the auditor's."""
        return self.by_moderator if self.by_moderator.is_in and self.by_auditor.is_in else self.by_auditor


class AuditAnswer(Model):
    """The auditor's answer to one question. There are hundreds of thousands, so a row holds no more than it must."""

    __tablename__ = "audit_answer"
    __table_args__ = (UniqueConstraint("audit_id", "domain_code", "question_code"),)

    audit_id: Mapped[UUID] = mapped_column(ForeignKey("audit.id"))
    domain_code: Mapped[str]
    question_code: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    """A code of the question's kind or, for a grade, of the tool's scale; empty where it is answered in words."""
    note: Mapped[str] = mapped_column(default="")

    audit: Mapped[Audit] = relationship(back_populates="answers")

    @property
    def authority_id(self) -> UUID:
        return self.audit.authority_id

    @property
    def reference(self) -> str:
        """As the history says it: "Q-88 plan, specific"."""
        return f"{self.audit.reference} {self.domain_code}, {self.question_code}"

    @property
    def given(self) -> Answered:
        return Answered(self.answer, self.note)


class Finding(Versioned, Referenced, OfAuthority, Model):
    """What an audit says must change."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("authority_id", "number"),
        CheckConstraint("(state = 'Closed') = (closed_on IS NOT NULL)", name="closed_has_a_day"),
        CheckConstraint("state = 'Open' OR closed_because <> ''", name="closed_has_a_reason"),
        CheckConstraint("closed_by_reaudit_id IS NULL OR state = 'Closed'", name="reaudited_is_closed"),
        Index("ix_finding_raised", "authority_id", "raised_on", "theme_code"),
    )
    prefix = "F"

    audit_id: Mapped[UUID] = mapped_column(ForeignKey("audit.id"), index=True)
    domain_code: Mapped[str | None]
    """The domain it was raised in; None for the case as a whole."""
    what: Mapped[str]
    theme_code: Mapped[str | None] = mapped_column(index=True)
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("improvement_item.id"), index=True)
    action_id: Mapped[UUID | None] = mapped_column(ForeignKey("action.id"), index=True)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    raised_on: Mapped[date]
    agree_by: Mapped[date | None]
    """The day by which an action has to be agreed."""
    state: Mapped[FindingState] = mapped_column(default=FindingState.OPEN)
    closed_on: Mapped[date | None]
    closed_because: Mapped[str] = mapped_column(default="")
    """What has changed for children."""
    closed_evidence: Mapped[str] = mapped_column(default="")
    """Where that was seen, in words or as references of evidence; empty where a re-audit shows it."""
    closed_by_reaudit_id: Mapped[UUID | None] = mapped_column(ForeignKey("audit.id"), index=True)

    audit: Mapped[Audit] = relationship(back_populates="findings", foreign_keys=audit_id)
    item: Mapped[ImprovementItem | None] = relationship()
    action: Mapped[Action | None] = relationship()
    owner: Mapped[Person | None] = relationship()
    closed_by_reaudit: Mapped[Audit | None] = relationship(foreign_keys=closed_by_reaudit_id)

    def is_late(self, today: date) -> bool:
        """Whether an action should have been agreed by now."""
        late = self.agree_by is not None and self.agree_by < today
        return late and self.action_id is None and self.state is FindingState.OPEN
