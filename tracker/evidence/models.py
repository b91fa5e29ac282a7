from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actions.models import Action
from tracker.evidence import rules
from tracker.evidence.freshness.models import days_of
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
            "disposed_on IS NOT NULL OR kind <> 'Voice' OR (words <> '' AND voice_of IS NOT NULL)",
            name="voice_has_words_and_speaker",
        ),
        CheckConstraint("disposed_on IS NOT NULL OR kind <> 'Link' OR url <> ''", name="link_has_an_address"),
        CheckConstraint(
            "disposed_on IS NOT NULL OR kind <> 'Document' OR file_sha256 IS NOT NULL", name="document_has_a_file"
        ),
        CheckConstraint(
            "disposed_on IS NULL OR (withdrawn_on IS NOT NULL AND file_sha256 IS NULL"
            " AND shows = '' AND words = '' AND url = '')",
            name="disposed_of_holds_nothing",
        ),
        CheckConstraint("looked_again_on IS NULL OR looked_again_because <> ''", name="looked_again_for_a_reason"),
        CheckConstraint("withdrawn_on IS NULL OR withdrawn_because <> ''", name="withdrawn_for_a_reason"),
        CheckConstraint("period_from IS NULL OR period_to IS NULL OR period_from <= period_to", name="period_in_order"),
        Index("ix_evidence_counted", "authority_id", "withdrawn_on", "kind", "strength", "stale_on", "owner_id"),
        Index("ix_evidence_tallied", "authority_id", "id", "withdrawn_on", "kind", "strength", "dated", "stale_on"),
        Index("ix_evidence_newest", "authority_id", "withdrawn_on", "dated", "number", "id", "stale_on"),
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
    looked_again_on: Mapped[date | None]
    """When somebody last looked at it and found it still true; the day it speaks of stays what it was."""
    looked_again_because: Mapped[str] = mapped_column(default="")
    """How she knows."""
    stale_on: Mapped[date] = mapped_column(info={"history": False})
    """The first day on which it is stale; follows from its days and its kind, see ``follow``."""
    ask_again_on: Mapped[date] = mapped_column(info={"history": False})
    """The day before which its owner is asked to look at it again or to replace it."""
    disposed_on: Mapped[date | None]
    """When its content was disposed of; what is left says that it was there. See ``retention``."""

    owner: Mapped[Person | None] = relationship()
    links: Mapped[list[EvidenceLink]] = relationship(back_populates="evidence", order_by="EvidenceLink.added_at")
    practice: Mapped[PracticeExample | None] = relationship(back_populates="evidence")

    @property
    def last_found_true(self) -> date:
        """The day from which it grows stale."""
        return rules.last_found_true(self.kind, self.dated, self.looked_again_on)

    def freshness(self, today: date) -> rules.Freshness:
        return rules.freshness(self.stale_on, today)

    def stale_words(self, today: date) -> str:
        return rules.stale_words(self.dated, self.stale_on, today)


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
        Index("ix_evidence_link_of_area", "authority_id", "area_code", "evidence_id"),
        Index("ix_evidence_link_of_theme", "authority_id", "theme_code", "evidence_id"),
        Index("ix_evidence_link_of_item", "item_id", "authority_id", "evidence_id"),
        Index("ix_evidence_link_of_action", "action_id", "authority_id", "evidence_id"),
        UniqueConstraint("evidence_id", "area_code"),
        UniqueConstraint("evidence_id", "theme_code"),
        UniqueConstraint("evidence_id", "item_id"),
        UniqueConstraint("evidence_id", "action_id"),
    )

    evidence_id: Mapped[UUID] = mapped_column(ForeignKey("evidence.id"), index=True)
    area_code: Mapped[str | None]
    theme_code: Mapped[str | None]
    item_id: Mapped[UUID | None] = mapped_column(ForeignKey("improvement_item.id"))
    action_id: Mapped[UUID | None] = mapped_column(ForeignKey("action.id"))
    shows_there: Mapped[str] = mapped_column(default="")
    """What it shows about that one thing; empty: what it shows in general."""
    shows_difference: Mapped[bool] = mapped_column(default=False)
    """The action was marked embedded because of this evidence."""
    added_at: Mapped[datetime] = mapped_column(default=clock.now, info={"history": False})

    evidence: Mapped[Evidence] = relationship(back_populates="links")
    item: Mapped[ImprovementItem | None] = relationship()
    action: Mapped[Action | None] = relationship()


FOLLOWED = ("kind", "dated", "looked_again_on")


@event.listens_for(Evidence, "before_insert")
@event.listens_for(Evidence, "before_update")
def follow(mapper: object, connection: Connection, evidence: Evidence) -> None:
    """Keep ``stale_on`` and ``ask_again_on`` true, so that a page compares one day and no command forgets to."""
    state: Any = inspect(evidence)
    if state.persistent and not any(state.attrs[name].history.has_changes() for name in FOLLOWED):
        return
    days = days_of(connection, evidence.authority_id)[evidence.kind]
    kind, dated, looked = evidence.kind, evidence.dated, evidence.looked_again_on
    evidence.stale_on = rules.stale_on(kind, dated, looked, days=days)
    evidence.ask_again_on = rules.ask_again_on(dated, looked, days=days)
