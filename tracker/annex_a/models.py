from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.annex_a.rules import Band, Said
from tracker.people.models import OfAuthority, Person
from tracker.platform.db import Model, Versioned


class AnnexList(Versioned, OfAuthority, Model):
    """What is known of one list of children: never a row of it."""

    __tablename__ = "annex_a_list"
    __table_args__ = (
        UniqueConstraint("authority_id", "code"),
        CheckConstraint("(said = 'Not tried') = (tested_on IS NULL)", name="tried_has_a_day"),
    )

    code: Mapped[str]
    """Of the list in the framework in force."""
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    said: Mapped[Said] = mapped_column(default=Said.NOT_TRIED)
    tested_on: Mapped[date | None]
    band: Mapped[Band | None]
    """How many rows the test run had; None: not said."""
    known_faults: Mapped[str] = mapped_column(default="")

    owner: Mapped[Person | None] = relationship()

    @property
    def reference(self) -> str:
        """As the history says it."""
        return f"Annex A list {self.code}"


class AnnexResult(OfAuthority, Model):
    """What a validator found in one list, by rule and count. The file it came in is not kept."""

    __tablename__ = "annex_a_result"

    code: Mapped[str]
    validator: Mapped[str]
    """Which validator, in the words of whoever brought its summary in."""
    validated_on: Mapped[date]
    faults: Mapped[list[Any]] = mapped_column(JSON)
    """One mapping a rule, the most frequent first: ``rule``, ``words`` (perhaps empty) and ``count``."""
    total: Mapped[int]
    brought_at: Mapped[datetime]
    brought_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))

    brought_by: Mapped[Person | None] = relationship()

    @property
    def reference(self) -> str:
        return f"Validator's result for Annex A list {self.code}"
