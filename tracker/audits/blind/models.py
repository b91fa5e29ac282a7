from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from tracker.audits.blind.rules import Sampling
from tracker.people.models import OfAuthority
from tracker.platform.db import Model, Versioned


class ModerationSampling(Versioned, OfAuthority, Model):
    """Which audits an authority moderates, where it has chosen otherwise than ``rules.Sampling``."""

    __tablename__ = "moderation_sampling"
    __table_args__ = (
        UniqueConstraint("authority_id"),
        CheckConstraint("share BETWEEN 0 AND 100", name="share_of_a_hundred"),
    )

    share: Mapped[int]
    ends: Mapped[bool]

    @property
    def sampling(self) -> Sampling:
        return Sampling(self.share, self.ends)
