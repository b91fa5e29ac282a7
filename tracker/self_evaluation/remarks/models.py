from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model
from tracker.self_evaluation.models import Statement
from tracker.self_evaluation.remarks.rules import RemarkKind, RemarkState, Suggested


class Remark(OfAuthority, Model):
    """What a colleague says of a statement, or how she would have a passage of it."""

    __tablename__ = "remark"
    __table_args__ = (
        CheckConstraint("(kind = 'Suggested change') = (suggested IS NOT NULL)", name="a_suggestion_has_words"),
        CheckConstraint("(state = 'Open') = (settled_at IS NULL)", name="settled_has_a_moment"),
    )

    statement_id: Mapped[UUID] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), index=True)
    kind: Mapped[RemarkKind]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    about: Mapped[str]
    """Words of the statement, letter for letter; empty where a comment is about all of it."""
    place: Mapped[int]
    """Characters before them when it was made."""
    suggested: Mapped[str | None]
    """What should stand there."""
    words: Mapped[str]
    """The comment; why a change is suggested, or empty."""
    state: Mapped[RemarkState] = mapped_column(default=RemarkState.OPEN)
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]
    settled_because: Mapped[str] = mapped_column(default="")

    statement: Mapped[Statement] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=by_id)
    settled_by: Mapped[Person | None] = relationship(foreign_keys=settled_by_id)

    @property
    def suggestion(self) -> Suggested:
        return Suggested(self.about, self.suggested or "", self.place)
