from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actions.models import Action
from tracker.improvements.models import ImprovementItem
from tracker.people.models import OfAuthority
from tracker.platform.db import Model


class ActionMove(OfAuthority, Model):
    """An action that went from an item which gave way to one that stands in its place. Gone when that is undone."""

    __tablename__ = "action_move"
    __history__ = False  # told in the history of the action, whose item changes
    __table_args__ = (
        UniqueConstraint("action_id", "from_item_id"),
        CheckConstraint("from_item_id <> to_item_id", name="goes_to_another"),
    )

    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"))
    from_item_id: Mapped[UUID] = mapped_column(ForeignKey("improvement_item.id"), index=True)
    to_item_id: Mapped[UUID] = mapped_column(ForeignKey("improvement_item.id"), index=True)
    action_version: Mapped[int]
    """Of the action just after it moved: with another one, it has been changed since."""

    action: Mapped[Action] = relationship()
    from_item: Mapped[ImprovementItem] = relationship(foreign_keys=from_item_id)
    to_item: Mapped[ImprovementItem] = relationship(foreign_keys=to_item_id)
