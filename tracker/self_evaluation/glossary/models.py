from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from tracker.people.models import OfAuthority
from tracker.platform.db import Model


class GlossaryTerm(OfAuthority, Model):
    """Words that an authority would not say, and what it says instead."""

    __tablename__ = "glossary_term"
    __table_args__ = (UniqueConstraint("authority_id", "written"),)

    written: Mapped[str]
    """In small letters: "care leaver"."""
    shown: Mapped[str]
    """"care-experienced young person"."""
