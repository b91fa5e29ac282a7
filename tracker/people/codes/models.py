from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.people.models import Person
from tracker.platform.db import Model


class CodeKey(Model):
    """The key that somebody's app makes codes with; encrypted with a key that comes from TRACKER_SECRET_KEY."""

    __tablename__ = "code_key"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), unique=True)
    sealed: Mapped[str] = mapped_column(info={"history": False})
    confirmed_at: Mapped[datetime | None]
    """When a first code of it was right. Before that nobody is asked for one."""
    last_step: Mapped[int] = mapped_column(default=0, info={"history": False})
    """The step of the last code that was taken: neither it nor an earlier one is taken again."""

    person: Mapped[Person] = relationship()


class RecoveryCode(Model):
    """A code on paper, for once. Only its hash is kept."""

    __tablename__ = "recovery_code"
    __history__ = False  # renewing them and using one is put on record by the commands
    __table_args__ = (UniqueConstraint("person_id", "code_sha256"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    code_sha256: Mapped[str]
    used_at: Mapped[datetime | None]
