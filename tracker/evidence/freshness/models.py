from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import JSON, Connection, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from tracker.evidence.rules import STALE_AFTER_DAYS, Kind
from tracker.people.models import OfAuthority
from tracker.platform.db import Model, Versioned


class StaleAfter(Versioned, OfAuthority, Model):
    """After how many days each kind goes stale in one authority, once it has said so."""

    __tablename__ = "evidence_stale_after"
    __table_args__ = (UniqueConstraint("authority_id"),)

    days: Mapped[dict[str, int]] = mapped_column(JSON)
    """By the kind's value, every kind."""


def days_of(connection: Connection, authority_id: UUID) -> Mapping[Kind, int]:
    """After how many days each kind goes stale there."""
    said = connection.scalar(select(StaleAfter.days).where(StaleAfter.authority_id == authority_id)) or {}
    return {kind: said.get(kind.value, days) for kind, days in STALE_AFTER_DAYS.items()}
