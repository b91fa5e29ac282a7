from __future__ import annotations

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.audits.summaries.rules import By, Counted, Key, Tally
from tracker.people.models import OfAuthority
from tracker.platform.db import Model


class AuditSummary(OfAuthority, Model):
    """One count of audits or findings. Never edited: it follows from the audits."""

    __tablename__ = "audit_summary"
    __history__ = False  # what it follows from has a history
    __table_args__ = (UniqueConstraint("authority_id", "by", "counted", "month", "member", "value", "place"),)

    by: Mapped[By]
    counted: Mapped[Counted]
    month: Mapped[date]
    member: Mapped[str]
    value: Mapped[str]
    place: Mapped[int] = mapped_column(default=0)
    number: Mapped[int]
    good: Mapped[int] = mapped_column(default=0)
    days: Mapped[int] = mapped_column(default=0)

    @property
    def key(self) -> Key:
        return Key(self.by, self.member, self.counted, self.month, self.value, self.place)

    @property
    def tally(self) -> Tally:
        return Tally(self.number, self.good, self.days)
