from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.actions.models import Action
from tracker.people.models import OfAuthority
from tracker.platform.db import Model


class Dependency(OfAuthority, Model):
    """One action that cannot be finished before another is. Both are of one authority; no circle is ever stored."""

    __tablename__ = "action_dependency"
    __history__ = False  # told in the history of the action that waits
    __table_args__ = (
        UniqueConstraint("action_id", "waits_for_id"),
        CheckConstraint("action_id <> waits_for_id", name="waits_for_another"),
    )

    action_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"))
    waits_for_id: Mapped[UUID] = mapped_column(ForeignKey("action.id"), index=True)
    days: Mapped[int | None]
    """Days that the plan gave ``action`` after the due date of what it waits for, when this was said or its own due
    date last changed; None where that left it none. It keeps them when what it waits for is put off."""

    action: Mapped[Action] = relationship(foreign_keys=action_id)
    waits_for: Mapped[Action] = relationship(foreign_keys=waits_for_id)
