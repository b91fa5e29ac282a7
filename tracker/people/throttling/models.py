from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from tracker.people.throttling.rules import Outcome
from tracker.platform.db import Model


class SignInAttempt(Model):
    """One try to sign in. What was typed is not here: only a fingerprint of the address, which needs our key."""

    __tablename__ = "sign_in_attempt"
    __history__ = False  # a record of its own
    __table_args__ = (Index("ix_sign_in_attempt_account", "account", "at"),)

    at: Mapped[datetime] = mapped_column(index=True)
    account: Mapped[str]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    """None where nobody has that address."""
    address: Mapped[str]
    browser_id: Mapped[str | None]
    """Which known browser; None for any other."""
    browser: Mapped[str]
    """In words."""
    outcome: Mapped[Outcome]
