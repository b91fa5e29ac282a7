from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actions.models import Action
from tracker.evidence import rules
from tracker.evidence.rules import Kind, Marking, Strength, VoiceOf
from tracker.improvements.models import ImprovementItem
from tracker.people.models import OfAuthority, Person
from tracker.platform import clock, storage
from tracker.platform.db import Model, Versioned
from tracker.platform.references import Referenced


class Evidence(Versioned, Referenced, OfAuthority, Model):
    """Something that shows how children's lives are, with the day it speaks of."""

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("authority_id", "number"),
        CheckConstraint(
            "kind <> 'Voice' OR (words <> '' AND voice_of IS NOT NULL)", name="voice_has_words_and_speaker"
        ),
        CheckConstraint("kind <> 'Link' OR url <> ''", name="link_has_an_address"),
        CheckConstraint("kind <> 'Document' OR file_sha256 IS NOT NULL", name="document_has_a_file"),
        CheckConstraint("withdrawn_on IS NULL OR withdrawn_because <> ''", name="withdrawn_for_a_reason"),
        CheckConstraint("period_from IS NULL OR period_to IS NULL OR period_from <= period_to", name="period_in_order"),
    )
    prefix = "E"

    title: Mapped[str]
    kind: Mapped[Kind]
    dated: Mapped[date]
    """The day it speaks of, not the day it was added."""
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    shows: Mapped[str]
    """What it shows, in a sentence."""
    strength: Mapped[Strength]
    origin: Mapped[str] = mapped_column(default="")
    """Where it comes from: a system, a team, a survey."""
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    marking: Mapped[Marking] = mapped_column(default=Marking.OFFICIAL)
    url: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    """A voice's own words, without a name."""
    voice_of: Mapped[VoiceOf | None]
    setting: Mapped[str] = mapped_column(default="")
    """Where a voice was heard: a survey, a visit, a forum."""
    consent: Mapped[str] = mapped_column(default="")
    """How consent to use the words was given."""
    file_sha256: Mapped[str | None] = mapped_column(index=True, info=storage.OF_A_FILE)
    file_name: Mapped[str] = mapped_column(default="")
    file_size: Mapped[int | None]
    """Bytes."""
    file_type: Mapped[str] = mapped_column(default="")
    """Media type by content, not by name."""
    not_child_data_because: Mapped[str] = mapped_column(default="")
    """Why what looked like a child's number or contact was kept; see ``child_data``."""
    withdrawn_on: Mapped[date | None]
    withdrawn_because: Mapped[str] = mapped_column(default="")

    owner: Mapped[Person | None] = relationship()
    links: Mapped[list[EvidenceLink]] = relationship(back_populates="evidence", order_by="EvidenceLink.added_at")
    practice: Mapped[PracticeExample | None] = relationship(back_populates="evidence")

    def freshness(self, today: date) -> rules.Freshness:
        return rules.freshness(self.kind, self.dated, today)

    def stale_words(self, today: date) -> str:
        return rules.stale_words(self.kind, self.dated, today)


class PracticeExample(OfAuthority, Model):
    """What a practice example says beyond what all evidence does, in the order of a practice spotlight submission.

    Its summary is the evidence's title, its evidence of impact is ``shows``, its voice is ``words``.
    """

    __tablename__ = "practice_example"
    __table_args__ = (UniqueConstraint("evidence_id"),)

    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id"))
    contact: Mapped[str]
    """Whom a colleague elsewhere would ask: a job title or a team's mailbox."""
    team: Mapped[str]
    partners: Mapped[str] = mapped_column(default="")
    aims: Mapped[str]
    """Motivation and objectives."""
    done: Mapped[str]
    in_the_way: Mapped[str] = mapped_column(default="")

    evidence: Mapped[Evidence] = relationship(back_populates="practice")


class EvidenceLink(OfAuthority, Model):
    """What a piece of evidence shows about one area, theme, item or action."""

    __tablename__ = "evidence_link"
    __table_args__ = (
        CheckConstraint(
            "CASE WHEN area_code IS NULL THEN 0 ELSE 1 END + CASE WHEN theme_code IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN item_id IS NULL THEN 0 ELSE 1 END + CASE WHEN action_id IS NULL THEN 0 ELSE 1 END = 1",
            name="links_to_one_thing",
        ),
        CheckConstraint("NOT shows_difference OR action_id IS NOT NULL", name="difference_is_an_actions"),
        UniqueConstraint("evidence_id", "area_code"),
        UniqueConstraint("evidence_id", "theme_code"),
        UniqueConstraint("evidence_id", "item_id"),
        UniqueConstraint("evidence_id", "action_id"),
    )

    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id"), index=True)
    area_code: Mapped[str | None] = mapped_column(index=True)
    theme_code: Mapped[str | None] = mapped_column(index=True)
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("improvement_item.id"), index=True)
    action_id: Mapped[UUID | None] = mapped_column(ForeignKey("action.id"), index=True)
    shows_there: Mapped[str] = mapped_column(default="")
    """What it shows about that one thing; empty: what it shows in general."""
    shows_difference: Mapped[bool] = mapped_column(default=False)
    """The action was marked embedded because of this evidence."""
    added_at: Mapped[datetime] = mapped_column(default=clock.now, info={"history": False})

    evidence: Mapped[Evidence] = relationship(back_populates="links")
    item: Mapped[ImprovementItem | None] = relationship()
    action: Mapped[Action | None] = relationship()
