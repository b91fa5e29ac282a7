from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.people.models import Person
from tracker.platform.db import Model
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.wordings.rules import How


class Wording(Model):
    """A statement as it once read. The newest is the statement as it reads now."""

    __tablename__ = "statement_wording"
    __table_args__ = (UniqueConstraint("statement_id", "number"),)
    __history__ = False

    statement_id: Mapped[UUID] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"))
    number: Mapped[int]
    """1 for the first."""
    title: Mapped[str]
    text: Mapped[str]
    how: Mapped[How]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Whose words they are: of a suggestion, who made it."""
    agreed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    """Who put somebody else's suggestion into the text."""
    began_at: Mapped[datetime]
    """When the first of the saves that it holds was made."""
    saved_at: Mapped[datetime]

    statement: Mapped[Statement] = relationship()
    by: Mapped[Person | None] = relationship(foreign_keys=by_id)
    agreed_by: Mapped[Person | None] = relationship(foreign_keys=agreed_by_id)
