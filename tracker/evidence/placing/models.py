from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped

from tracker.evidence.models import Evidence
from tracker.improvements.models import Mapping
from tracker.people.models import OfAuthority
from tracker.platform.db import Model

_evidence, _mapping = Evidence.__table__.c, Mapping.__table__.c

evidence_place = Table(
    "evidence_place",
    Model.metadata,
    Column("evidence_id", _evidence.id.type, ForeignKey("evidence.id", ondelete="CASCADE"), primary_key=True),
    Column("to", _mapping.to.type, primary_key=True),
    Column("code", String, primary_key=True),
    Column("authority_id", _evidence.authority_id.type, nullable=False),
    Column("number", Integer, nullable=False),
    Column("stands", Boolean, nullable=False),
    Column("kind", _evidence.kind.type, nullable=False),
    Column("strength", _evidence.strength.type, nullable=False),
    Column("dated", _evidence.dated.type, nullable=False),
    Column("stale_on", _evidence.stale_on.type, nullable=False),
    # What is counted and listed is read from this index alone.
    Index(
        "ix_evidence_place_counted",
        "authority_id", "to", "stands", "code", "kind", "strength", "stale_on", "dated", "number", "evidence_id",
    ),
    sqlite_with_rowid=False,
)  # fmt: skip
"""A judgement area or a theme under which a piece of evidence stands, however it came there: once for each place.

``to`` is AREA or THEME. Nobody edits a row: it follows from links, mappings and actions, and the rest is its
evidence's. ``stands``: it was not withdrawn; only such pieces are counted, and the register can be asked for the rest.
No class: rows are only ever counted, and written by the database itself.
"""


class PlacedBy(OfAuthority, Model):
    """By which lists of themes the places of an authority were last made anew."""

    __tablename__ = "evidence_placed_by"
    __history__ = False  # what it follows from is a file
    __table_args__ = (UniqueConstraint("authority_id"),)

    themes: Mapped[str]
    """See ``finding.themes``."""
