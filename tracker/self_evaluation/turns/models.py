from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.people.models import Person
from tracker.platform.db import Model
from tracker.self_evaluation.models import Statement


class WritingTurn(Model):
    """Somebody has a statement open to write in it. It counts for nothing once it has run out."""

    __tablename__ = "writing_turn"
    __history__ = False

    statement_id: Mapped[UUID] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), unique=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    since: Mapped[datetime]
    until: Mapped[datetime]

    statement: Mapped[Statement] = relationship()
    person: Mapped[Person] = relationship()
