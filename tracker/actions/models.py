from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actions import rules
from tracker.actions.rules import Status
from tracker.improvements.models import ImprovementItem
from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model, Versioned
from tracker.platform.references import Referenced


class Action(Versioned, Referenced, OfAuthority, Model):
    """A promise by one person to do one thing for one improvement item by a day."""

    __tablename__ = "action"
    __table_args__ = (
        UniqueConstraint("authority_id", "number"),
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
    )
    prefix = "A"

    item_id: Mapped[UUID] = mapped_column(ForeignKey("improvement_item.id"), index=True)
    title: Mapped[str]
    lead_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
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
    signed_off_by: Mapped[Person | None] = relationship(foreign_keys=signed_off_by_id)
    updates: Mapped[list[ActionUpdate]] = relationship(back_populates="action", order_by="ActionUpdate.at.desc()")

    @property
    def delivery(self) -> rules.DeliveryWord:
        return rules.delivery(self.status)

    @property
    def difference_word(self) -> rules.DifferenceWord:
        return rules.difference(self.status)

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
        return rules.Hands(self.lead_id, self.item.owner_id, self.item.accountable_id, self.delivered_by_id)


class ActionUpdate(Model):
    """What a lead said about an action on one day. Only ever added."""

    __tablename__ = "action_update"
    __history__ = False  # a trail of its own; the action's history quotes it as the reason of each change
    __table_args__ = (
        CheckConstraint("(due_from IS NULL) = (due_to IS NULL)", name="due_date_moves_from_and_to"),
        CheckConstraint("due_to IS NULL OR due_reason <> ''", name="due_date_moves_with_a_reason"),
    )

    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    status_from: Mapped[Status]
    status_to: Mapped[Status]
    done: Mapped[str]
    """What has happened since the last update."""
    difference: Mapped[str] = mapped_column(default="")
    due_from: Mapped[date | None]
    due_to: Mapped[date | None]
    due_reason: Mapped[str] = mapped_column(default="")
    takes_back_id: Mapped[UUID | None] = mapped_column(ForeignKey("action_update.id"), unique=True)
    """The update that this one undoes: both stay in the trail, neither counts."""

    action: Mapped[Action] = relationship(back_populates="updates")
    by: Mapped[Person | None] = relationship()
    takes_back: Mapped[ActionUpdate | None] = relationship(
        remote_side="ActionUpdate.id", back_populates="taken_back_by"
    )
    taken_back_by: Mapped[ActionUpdate | None] = relationship(back_populates="takes_back", uselist=False)

    @property
    def stands(self) -> bool:
        """Whether it counts: it neither takes another back nor was taken back."""
        return self.takes_back_id is None and self.taken_back_by is None
