from __future__ import annotations

import secrets
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import BigInteger, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.people.models import OfAuthority
from tracker.platform.db import Model
from tracker.platform.full_text import WordIndex
from tracker.search.rules import Found

KEY_BITS, SHELF_BITS = 62, 8
"""As many as a whole number has in both databases; and those of them that an authority's entries have in common."""
TITLE_WEIGHS = 8.0
"""How many words of the text one of the title outweighs. Our choice."""


def new_key(authority_id: UUID) -> int:
    """What SQLite's index calls a new entry.

    Entries of one authority stand near each other, so that whoever reads many of them does not turn over the pages of
    all others. The rest is by chance: among a million entries two are alike once in twenty thousand times.
    """
    within = KEY_BITS - SHELF_BITS
    return authority_id.bytes[0] << within | secrets.randbits(within)


class SearchEntry(OfAuthority, Model):
    """What one thing is found by, as ``rules.Entry`` says. Written from the rooms' own rows, and from nothing else."""

    __tablename__ = "search_entry"
    __history__ = False  # says again what the rooms' rows say
    __table_args__ = (
        UniqueConstraint("root_id", "kind", "thing_id", "part"),
        Index("ix_search_entry_newest", "authority_id", "dated"),
    )

    word_key: Mapped[int] = mapped_column(BigInteger, unique=True)
    kind: Mapped[Found]
    root_id: Mapped[UUID]
    thing_id: Mapped[UUID]
    part: Mapped[int]
    number: Mapped[int]
    dated: Mapped[date | None]
    year: Mapped[int | None]
    areas: Mapped[str]
    themes: Mapped[str]
    owner_id: Mapped[UUID | None]
    evidence_kind: Mapped[str]
    strength: Mapped[str]
    sensitive: Mapped[bool]
    withdrawn: Mapped[bool]
    anchor: Mapped[str]
    place: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    title_stems: Mapped[str]
    """What the index holds: ``rules.own_stems`` of the title, and of the text."""
    stems: Mapped[str]


COUNTED = (
    "authority_id", "withdrawn", "kind", "evidence_kind", "strength", "year", "owner_id", "areas",
    "thing_id", "root_id", "dated", "themes",
)  # fmt: skip

WORDS = WordIndex("search_entry", {"title_stems": TITLE_WEIGHS, "stems": 1.0}, COUNTED)
WORDS.keep_in_step(cast("Table", SearchEntry.__table__))
