from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.improvements.models import ImprovementItem
from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model, Versioned
from tracker.platform.references import Referenced
from tracker.self_evaluation import rules
from tracker.self_evaluation.rules import Confidence, Kind, Question, StatementState, VersionState


class SelfEvaluation(Versioned, OfAuthority, Model):
    """One version of an authority's self-evaluation."""

    __tablename__ = "self_evaluation"
    __table_args__ = (
        UniqueConstraint("authority_id", "edition"),
        CheckConstraint("(state = 'Signed off') = (signed_on IS NOT NULL)", name="signed_off_has_a_day"),
        CheckConstraint("noted_on IS NULL OR signed_on IS NOT NULL", name="noted_once_signed"),
        CheckConstraint("published_on IS NULL OR noted_on IS NOT NULL", name="published_once_noted"),
    )

    edition: Mapped[int]
    """1 for the first; people say "version 6"."""
    title: Mapped[str]
    """The round: "Autumn 2026"."""
    framework_id: Mapped[str]
    state: Mapped[VersionState] = mapped_column(default=VersionState.DRAFT)
    started_on: Mapped[date]
    reviewed_on: Mapped[date | None]
    reviewed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """The head of service who passed it on to the director; None again once its words change."""
    signed_on: Mapped[date | None]
    signed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    frozen: Mapped[dict[str, Any] | None] = mapped_column(JSON, info={"history": False})
    """All that was signed, as it stood; None until then."""
    frozen_sha256: Mapped[str] = mapped_column(default="")
    noted_on: Mapped[date | None]
    """The day on which the lead member noted it."""
    noted_where: Mapped[str] = mapped_column(default="")
    """The meeting or briefing."""
    published_on: Mapped[date | None]
    published_where: Mapped[str] = mapped_column(default="")
    """The address or place where it can be read."""

    signed_by: Mapped[Person | None] = relationship(foreign_keys=signed_by_id)
    reviewed_by: Mapped[Person | None] = relationship(foreign_keys=reviewed_by_id)
    views: Mapped[list[AreaView]] = relationship(back_populates="self_evaluation", order_by="AreaView.position")
    statements: Mapped[list[Statement]] = relationship(
        back_populates="self_evaluation", order_by="(Statement.area_code, Statement.position)"
    )

    @property
    def standing(self) -> str:
        """How far it has come, in a word or two."""
        return rules.standing(self.state, noted=self.noted_on is not None, published=self.published_on is not None)


class AreaView(Versioned, Model):
    """What the authority thinks of one judgement area."""

    __tablename__ = "area_view"
    __table_args__ = (UniqueConstraint("self_evaluation_id", "area_code"),)

    self_evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("self_evaluation.id"), index=True)
    position: Mapped[int]
    area_code: Mapped[str]
    grade_code: Mapped[str | None]
    confidence: Mapped[Confidence | None]
    reason: Mapped[str] = mapped_column(default="")
    """Why this grade; asked for where the evidence is less kind."""
    not_sure_of: Mapped[str] = mapped_column(default="")
    """One point a line: what we are not yet sure of."""
    prints_doubt: Mapped[bool] = mapped_column(default=True)
    """Where the grade is kinder than the evidence, a pack says so with the reason, among what we are not sure of."""
    agreed: Mapped[bool] = mapped_column(default=False)

    self_evaluation: Mapped[SelfEvaluation] = relationship(back_populates="views")


class Statement(Versioned, Referenced, OfAuthority, Model):
    """One thing the authority says about itself, in Markdown, citing by reference: ``[E-231]``."""

    __tablename__ = "statement"
    __table_args__ = (UniqueConstraint("authority_id", "number"),)
    prefix = "S"

    self_evaluation_id: Mapped[UUID] = mapped_column(ForeignKey("self_evaluation.id"), index=True)
    area_code: Mapped[str]
    question: Mapped[Question]
    kind: Mapped[Kind | None]
    position: Mapped[int]
    title: Mapped[str]
    text: Mapped[str]
    state: Mapped[StatementState] = mapped_column(default=StatementState.DRAFT)
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("improvement_item.id"), index=True)
    saved_at: Mapped[datetime] = mapped_column(info={"history": False})
    saved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), info={"history": False})
    """Who wrote in it last; neither she nor the author may sign it off."""
    window: Mapped[str] = mapped_column(default="", info={"history": False})
    """The page that saved it last, as ``platform.windows`` knows it; empty where it has no script."""
    carried_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("statement.id"), info={"history": False})
    """The statement of the version before that this one carries on."""

    aged: Mapped[str] = mapped_column(default="", info={"history": False})
    """What had aged in it when it was carried forward, in a sentence; empty once somebody wrote in it."""

    self_evaluation: Mapped[SelfEvaluation] = relationship(back_populates="statements")
    author: Mapped[Person | None] = relationship(foreign_keys=author_id)
    saved_by: Mapped[Person | None] = relationship(foreign_keys=saved_by_id)
    carried_from: Mapped[Statement | None] = relationship(remote_side="Statement.id")
    item: Mapped[ImprovementItem | None] = relationship()
    citations: Mapped[list[Citation]] = relationship(
        back_populates="statement", order_by="Citation.place", cascade="all, delete-orphan"
    )

    @property
    def still_stands(self) -> bool:
        """Carried forward word for word, and nothing that it rests on has aged."""
        return bool(self.carried_from and not self.aged and self.text == self.carried_from.text)


class Citation(Model):
    """A reference that a statement's text makes, kept so that a thing can say where it is cited."""

    __tablename__ = "citation"
    __table_args__ = (UniqueConstraint("statement_id", "place"), UniqueConstraint("statement_id", "reference"))
    __history__ = False

    statement_id: Mapped[UUID] = mapped_column(ForeignKey("statement.id"), index=True)
    place: Mapped[int]
    """1 for the first reference in the text."""
    reference: Mapped[str] = mapped_column(index=True)
    """``E-231``, ``Q-88``, ``M-7``, or ``R-3:8`` for paragraph 8 of a report."""

    statement: Mapped[Statement] = relationship(back_populates="citations")
