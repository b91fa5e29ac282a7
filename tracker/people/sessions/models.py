from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.people.models import Person
from tracker.people.sessions.rules import Way
from tracker.platform.db import Model


class PersonSession(Model):
    """A browser in which somebody is signed in. The cookie has a secret of which only the hash is here."""

    __tablename__ = "person_session"
    __history__ = False  # who signed in is on record in sign_in_attempt

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    way: Mapped[Way]
    browser: Mapped[str]
    """In words: "Firefox on Windows"."""
    began_at: Mapped[datetime]
    confirmed_at: Mapped[datetime]
    """When she last showed who she is."""
    saved_at: Mapped[datetime]
    """When something was last saved from there, to the minute. Reading a page writes nothing, so it is not here."""
    ended_at: Mapped[datetime | None]
    must_set_codes_up: Mapped[bool] = mapped_column(default=False)
    """Whether nothing else may be done before one-time codes are set up."""

    person: Mapped[Person] = relationship()
