from __future__ import annotations

from datetime import date, datetime
from typing import cast
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actions import rules
from tracker.actions.rules import Confidence, Priority, Status
from tracker.improvements.models import ImprovementItem
from tracker.people.models import OfAuthority, PartnerOrganisation, Person
from tracker.platform.append_only import only_added_to
from tracker.platform.db import Model, Versioned
from tracker.platform.references import Referenced


class GovernanceBoard(Versioned, OfAuthority, Model):
    """A board that watches over actions: the improvement board, the safeguarding partnership, scrutiny."""

    __tablename__ = "governance_board"
    __table_args__ = (UniqueConstraint("authority_id", "name"), CheckConstraint("name <> ''", name="has_a_name"))

    name: Mapped[str]


class Action(Versioned, Referenced, OfAuthority, Model):
    """A promise by one person to do one thing for one improvement item by a day."""

    __tablename__ = "action"
    __table_args__ = (
        UniqueConstraint("authority_id", "number"),
        Index(
            "ix_action_of_item",
            "item_id",
            "status",
            "due_on",
            "number",
            "id",
            "authority_id",
            "first_due_on",
            "starts_on",
            "delivered_on",
        ),
        Index("ix_action_plan_by_due", "authority_id", "status", "due_on"),
        Index("ix_action_led_by", "authority_id", "lead_id", "status"),
        Index("ix_action_compared", "authority_id", "id", "status", "due_on", "number", "board_id"),
        CheckConstraint(
            "status NOT IN ('Delivered, impact not yet evidenced', 'Embedded') OR signed_off_on IS NOT NULL",
            name="delivered_is_signed_off",
        ),
        CheckConstraint("signed_off_by_id IS NULL OR signed_off_by_id <> lead_id", name="signed_off_by_another"),
        CheckConstraint(
            "signed_off_by_id IS NULL OR delivered_by_id IS NULL OR signed_off_by_id <> delivered_by_id",
            name="not_signed_off_by_its_deliverer",
        ),
        CheckConstraint("status <> 'Embedded' OR difference <> ''", name="embedded_made_a_difference"),
        CheckConstraint("starts_on IS NULL OR starts_on <= due_on", name="starts_before_it_is_due"),
        CheckConstraint("partner_contact = '' OR partner_id IS NOT NULL", name="contact_is_of_a_partner"),
    )
    prefix = "A"

    item_id: Mapped[UUID] = mapped_column(ForeignKey("improvement_item.id"))
    title: Mapped[str]
    lead_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    accountable_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """The director who answers for it; nobody: whoever answers for its item."""
    partner_id: Mapped[UUID | None] = mapped_column(ForeignKey("partner_organisation.id"), index=True)
    """The organisation that shares it."""
    partner_contact: Mapped[str] = mapped_column(default="")
    """Whom we speak to there, as a role: "Designated nurse". Never somebody's number or address."""
    board_id: Mapped[UUID | None] = mapped_column(ForeignKey("governance_board.id"), index=True)
    """The board that watches over it."""
    priority: Mapped[Priority] = mapped_column(default=Priority.MEDIUM)
    starts_on: Mapped[date | None]
    due_on: Mapped[date]
    first_due_on: Mapped[date]
    """The day first promised; never altered."""
    status: Mapped[Status] = mapped_column(default=Status.NOT_STARTED)
    success_measure: Mapped[str] = mapped_column(default="")
    """How we shall know: what will be different for children."""
    delivered_on: Mapped[date | None]
    delivered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who said so: neither she nor the lead may sign it off."""
    signed_off_on: Mapped[date | None]
    signed_off_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    difference: Mapped[str] = mapped_column(default="")
    """What changed for children, and where it was seen; required once embedded."""
    difference_due_on: Mapped[date | None]
    """When we promised to be able to say what changed."""
    last_update_at: Mapped[datetime | None] = mapped_column(info={"history": False})
    """When its trail last grew. It moves with every update, so that no two people save over one version."""

    item: Mapped[ImprovementItem] = relationship()
    lead: Mapped[Person] = relationship(foreign_keys=lead_id)
    accountable: Mapped[Person | None] = relationship(foreign_keys=accountable_id)
    partner: Mapped[PartnerOrganisation | None] = relationship()
    board: Mapped[GovernanceBoard | None] = relationship()
    milestones: Mapped[list[Milestone]] = relationship(
        back_populates="action", order_by="(Milestone.due_on, Milestone.position)", cascade="all, delete-orphan"
    )
    signed_off_by: Mapped[Person | None] = relationship(foreign_keys=signed_off_by_id)
    updates: Mapped[list[ActionUpdate]] = relationship(back_populates="action", order_by="ActionUpdate.at.desc()")

    @property
    def delivery(self) -> rules.DeliveryWord:
        return rules.delivery(self.status)

    @property
    def difference_word(self) -> rules.DifferenceWord:
        return rules.difference(self.status)

    @property
    def status_tag(self) -> str:
        """The status as a tag; ``status_note`` is what a list says beneath it."""
        return rules.TAGS[self.status]

    @property
    def status_note(self) -> str:
        return rules.SECOND_LINE.get(self.status, "")

    @property
    def next_due(self) -> date | None:
        """The day of the next thing its lead owes: to deliver, then to say what changed."""
        return rules.next_due(self.status, self.due_on, self.difference_due_on)

    def days_late(self, today: date) -> str:
        """ "23 days late", or empty: for what its lead owes next."""
        days = rules.days_late(self.status, self.due_on, self.difference_due_on, today)
        return rules.late(days) if days else ""

    @property
    def hands(self) -> rules.Hands:
        """Who has to do with it; reads its item."""
        answers = self.accountable_id or self.item.accountable_id
        return rules.Hands(self.lead_id, self.item.owner_id, answers, self.delivered_by_id, self.partner_id)


class Milestone(Model):
    """A step on the way to delivering an action, with a day of its own. Its action's version guards it."""

    __tablename__ = "milestone"
    __history__ = False  # told in the trail and the history of its action
    __table_args__ = (
        UniqueConstraint("action_id", "position"),
        CheckConstraint("title <> ''", name="has_a_title"),
        CheckConstraint("reached_on IS NULL OR dropped_on IS NULL", name="reached_or_dropped"),
        Index("ix_milestone_to_reach", "action_id", "reached_on", "due_on"),
    )

    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"))
    position: Mapped[int]
    """Order in which they were agreed, from 0; among those due on one day it decides."""
    title: Mapped[str]
    due_on: Mapped[date]
    first_due_on: Mapped[date]
    """The day first promised; never altered."""
    reached_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    """When we agreed to do without it."""

    action: Mapped[Action] = relationship(back_populates="milestones")

    @property
    def to_reach(self) -> bool:
        return self.reached_on is None and self.dropped_on is None

    def days_late(self, today: date) -> str:
        """ "23 days late", or empty."""
        return rules.late((today - self.due_on).days) if self.to_reach and self.due_on < today else ""


class ActionUpdate(Model):
    """What a lead said about an action on one day. Only ever added; the database refuses anything else."""

    __tablename__ = "action_update"
    __history__ = False  # a trail of its own; the action's history quotes it as the reason of each change
    __table_args__ = (
        CheckConstraint("(due_from IS NULL) = (due_to IS NULL)", name="due_date_moves_from_and_to"),
        CheckConstraint("due_to IS NULL OR due_reason <> ''", name="due_date_moves_with_a_reason"),
        CheckConstraint(
            "(milestone_due_from IS NULL) = (milestone_due_to IS NULL)", name="milestone_moves_from_and_to"
        ),
        CheckConstraint(
            "milestone_due_to IS NULL OR (due_reason <> '' AND milestone_id IS NOT NULL)",
            name="milestone_moves_with_a_reason",
        ),
        Index("ix_action_update_trail", "action_id", "at"),
        Index(
            "ix_action_update_steps",
            "action_id",
            "at",
            "status_from",
            "status_to",
            sqlite_where=text("status_from <> status_to"),
            postgresql_where=text("status_from <> status_to"),
        ),
    )

    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"))
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    status_from: Mapped[Status]
    status_to: Mapped[Status]
    done: Mapped[str]
    """What has happened since the last update."""
    difference: Mapped[str] = mapped_column(default="")
    """What it changed for children."""
    next_step: Mapped[str] = mapped_column(default="")
    confidence: Mapped[Confidence | None]
    """How sure the lead is of the due date."""
    due_from: Mapped[date | None]
    due_to: Mapped[date | None]
    due_reason: Mapped[str] = mapped_column(default="")
    """Why the due date, or that of the milestone, moved."""
    milestone_id: Mapped[UUID | None] = mapped_column(ForeignKey("milestone.id"))
    """The milestone that it says was reached, or whose day it moves."""
    milestone_due_from: Mapped[date | None]
    milestone_due_to: Mapped[date | None]
    takes_back_id: Mapped[UUID | None] = mapped_column(ForeignKey("action_update.id"), unique=True)
    """The update that this one undoes: both stay in the trail, neither counts."""

    action: Mapped[Action] = relationship(back_populates="updates")
    by: Mapped[Person | None] = relationship()
    milestone: Mapped[Milestone | None] = relationship()
    takes_back: Mapped[ActionUpdate | None] = relationship(
        remote_side="ActionUpdate.id", back_populates="taken_back_by"
    )
    taken_back_by: Mapped[ActionUpdate | None] = relationship(back_populates="takes_back", uselist=False)

    @property
    def stands(self) -> bool:
        """Whether it counts: it neither takes another back nor was taken back."""
        return self.takes_back_id is None and self.taken_back_by is None


only_added_to(cast("Table", ActionUpdate.__table__))
