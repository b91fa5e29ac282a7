from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.rules import Mark


class MarkAnswer(OfAuthority, Model):
    """Why a marked sentence may stay as it is. It holds as long as the sentence and its mark do."""

    __tablename__ = "mark_answer"
    __table_args__ = (UniqueConstraint("statement_id", "key"),)

    statement_id: Mapped[UUID] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"))
    key: Mapped[str]
    """As ``rules.key`` makes it."""
    mark: Mapped[Mark]
    sentence: Mapped[str]
    """As it read when it was answered for."""
    words: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime]

    statement: Mapped[Statement] = relationship()
    by: Mapped[Person] = relationship()
