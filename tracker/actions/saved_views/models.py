from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model


class SavedView(OfAuthority, Model):
    """Filters and order of the plan under a name."""

    __tablename__ = "saved_view"
    __history__ = False  # says how somebody looks at the plan, not what is in it
    __table_args__ = (
        UniqueConstraint("authority_id", "owner_id", "name"),
        CheckConstraint("name <> ''", name="has_a_name"),
    )

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    query: Mapped[str]
    """As it stands in the address after the question mark."""
    shared: Mapped[bool] = mapped_column(default=False)
    """Whether colleagues see it among theirs; its link works for every one of them either way."""

    owner: Mapped[Person] = relationship()
