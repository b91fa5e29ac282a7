from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.people.models import Person
from tracker.platform.db import Model


class Passkey(Model):
    """What is known of a passkey: nothing of it lets anybody in. Its secret never leaves the device."""

    __tablename__ = "passkey"
    __history__ = False  # adding, renaming and removing one is put on record by the commands

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    """As she calls it: "My work laptop"."""
    credential_id: Mapped[str] = mapped_column(unique=True)
    """How the device calls it, in base64url."""
    public_key: Mapped[str]
    """In base64url. What it signs can be checked with it, and nothing be signed."""
    sign_count: Mapped[int] = mapped_column(BigInteger)
    """How often the device says that it was used; 0 of those that do not count."""
    added_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class SpentChallenge(Model):
    """A challenge that was answered, rightly or not: it is taken once. Cleared daily, once it is too old anyway."""

    __tablename__ = "spent_challenge"
    __history__ = False  # a memory of a day

    challenge_sha256: Mapped[str] = mapped_column(unique=True)
    spent_at: Mapped[datetime] = mapped_column(index=True)
