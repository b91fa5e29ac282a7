from __future__ import annotations

from datetime import date

from sqlalchemy import JSON, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.checks.rules import Check
from tracker.people.models import OfAuthority
from tracker.platform.db import Model


class NightlyCheck(OfAuthority, Model):
    """What one check found in the night before a day, for the page to say what is new."""

    __tablename__ = "nightly_check"
    __history__ = False  # it follows from what is there, which has a history
    __table_args__ = (UniqueConstraint("authority_id", "found_on", "kind"),)

    found_on: Mapped[date]
    kind: Mapped[Check]
    keys: Mapped[list[str]] = mapped_column(JSON)
    """Of everything that it found; see ``queries.Fault``."""
