from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actions.models import Action
from tracker.improvements.models import ImprovementItem
from tracker.indicators import rules as indicator_rules
from tracker.indicators.models import Measure
from tracker.indicators.surveys import rules
from tracker.indicators.surveys.rules import Asked, FindingKind
from tracker.people.models import OfAuthority
from tracker.platform.db import Model, Versioned
from tracker.platform.references import Referenced


class Survey(Versioned, Referenced, OfAuthority, Model):
    """A questionnaire that is asked once or again, or a scheme that assesses a service: counts, never who said what."""

    __tablename__ = "survey"
    __table_args__ = (
        UniqueConstraint("authority_id", "number"),
        CheckConstraint("name <> ''", name="has_a_name"),
        CheckConstraint("ends_on IS NULL OR accredited_on IS NOT NULL", name="ends_what_was_given"),
        CheckConstraint("ends_on IS NULL OR accredited_on <= ends_on", name="accreditation_in_order"),
        CheckConstraint("accredited_on IS NULL OR scheme <> ''", name="accredited_by_a_scheme"),
    )
    prefix = "V"

    name: Mapped[str]
    asked: Mapped[Asked]
    about: Mapped[str] = mapped_column(default="")
    """What it wanted to know, in a sentence."""
    said_by: Mapped[str] = mapped_column(default="")
    """Who ran it: a team or an organisation, never a person."""
    area_code: Mapped[str]
    theme_code: Mapped[str | None]
    scheme: Mapped[str] = mapped_column(default="")
    """The accreditation or self-assessment it belongs to; empty: none."""
    level: Mapped[str] = mapped_column(default="")
    """What the scheme gave: "Bronze"."""
    accredited_on: Mapped[date | None]
    ends_on: Mapped[date | None]

    waves: Mapped[list[Wave]] = relationship(back_populates="survey", order_by="Wave.last_day")
    questions: Mapped[list[Question]] = relationship(back_populates="survey", order_by="Question.position")
    findings: Mapped[list[SchemeFinding]] = relationship(back_populates="survey", order_by="SchemeFinding.position")

    def standing(self, today: date) -> rules.Standing:
        return rules.standing(self.accredited_on, self.ends_on, today)


class Wave(Versioned, Model):
    """One time that a survey was asked."""

    __tablename__ = "survey_wave"
    __history__ = False  # told in the history of its survey
    __table_args__ = (
        UniqueConstraint("survey_id", "last_day"),
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        CheckConstraint("answered >= 0 AND answered <= invited AND invited > 0", name="answered_of_invited"),
    )

    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    invited: Mapped[int]
    answered: Mapped[int]
    origin: Mapped[str] = mapped_column(default="")
    """The report or system that its counts come from."""

    survey: Mapped[Survey] = relationship(back_populates="waves")
    answers: Mapped[list[Answers]] = relationship(back_populates="wave")

    @property
    def response(self) -> rules.Response:
        return rules.Response(self.invited, self.answered)

    @property
    def when(self) -> str:
        return indicator_rules.period_name(self.first_day, self.last_day)


class Question(Versioned, Model):
    """A question with the answers it offers. Once answers are counted it stays as it was asked."""

    __tablename__ = "survey_question"
    __history__ = False  # told in the history of its survey
    __table_args__ = (UniqueConstraint("survey_id", "position"), CheckConstraint("text <> ''", name="has_a_text"))

    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id"))
    position: Mapped[int]
    text: Mapped[str]
    options: Mapped[list[str]] = mapped_column(JSON)
    """In the order of the scale."""
    favourable: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Places of the answers that count as favourable, from 0; empty: nobody has said."""
    measure_id: Mapped[UUID | None] = mapped_column(ForeignKey("measure.id"), unique=True)
    """The measure that its share is counted as."""

    survey: Mapped[Survey] = relationship(back_populates="questions")
    measure: Mapped[Measure | None] = relationship()
    answers: Mapped[list[Answers]] = relationship(back_populates="question")

    @property
    def favourable_words(self) -> str:
        return ", ".join(self.options[place] for place in self.favourable)


class Answers(Model):
    """How many chose each answer to one question in one wave."""

    __tablename__ = "survey_answers"
    __history__ = False  # told in the history of its survey
    __table_args__ = (UniqueConstraint("wave_id", "question_id"),)

    wave_id: Mapped[UUID] = mapped_column(ForeignKey("survey_wave.id"))
    question_id: Mapped[UUID] = mapped_column(ForeignKey("survey_question.id"), index=True)
    counts: Mapped[list[int]] = mapped_column(JSON)
    """In the order of the question's options."""

    wave: Mapped[Wave] = relationship(back_populates="answers")
    question: Mapped[Question] = relationship(back_populates="answers")


class SchemeFinding(Model):
    """A strength, or an area for development, as a scheme or a survey's report says it."""

    __tablename__ = "scheme_finding"
    __history__ = False  # told in the history of its survey
    __table_args__ = (UniqueConstraint("survey_id", "position"), CheckConstraint("text <> ''", name="has_a_text"))

    survey_id: Mapped[UUID] = mapped_column(ForeignKey("survey.id"))
    position: Mapped[int]
    """In the order of saying, from 1; never used again."""
    kind: Mapped[FindingKind]
    text: Mapped[str]
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("improvement_item.id"), index=True)
    """The item that was made of it."""
    action_id: Mapped[UUID | None] = mapped_column(ForeignKey("action.id"), index=True)
    """The action that was made of it."""

    survey: Mapped[Survey] = relationship(back_populates="findings")
    item: Mapped[ImprovementItem | None] = relationship()
    action: Mapped[Action | None] = relationship()


class SurveyVoice(Model):
    """A voice of the register that was heard in a wave. Who shows both rooms loads it: evidence is not known here."""

    __tablename__ = "survey_voice"
    __history__ = False  # told in the history of its survey
    __table_args__ = (UniqueConstraint("evidence_id"),)

    wave_id: Mapped[UUID] = mapped_column(ForeignKey("survey_wave.id"), index=True)
    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id"))

    wave: Mapped[Wave] = relationship()
