from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.people.models import Person
from tracker.platform.db import Model


class LinkFor(StrEnum):
    RESET = "new password"
    SIGNING_IN = "signing in"
    """Made by an operator, where people sign in elsewhere and that does not work."""


class OneTimeLink(Model):
    """A link that works once and not for long. Only the hash of its secret is kept."""

    __tablename__ = "one_time_link"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[LinkFor]
    token_sha256: Mapped[str] = mapped_column(unique=True, info={"history": False})
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    """When it ends, unused; brought forward when it is used or another one takes its place."""
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
