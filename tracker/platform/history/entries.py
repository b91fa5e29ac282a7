"""What an entry of the trail is, what its hash covers, and how the newest of a chain is sealed."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.platform.db import Model
from tracker.platform.history.guards import guard

NOBODY = "The system"
DISPOSED = "disposed of"
FORGOTTEN = "forgotten"
"""In the changes of an entry: whose earlier entries were blanked; see ``forget``."""
PLATFORM = UUID(int=0)
"""The chain of rows that belong to no authority, such as people."""
FORM = 2
"""What the hash of a new entry covers; see ``FIELDS``."""
ROWS = ("added", "changed", "removed")
"""What can become of a row; all else is an act, such as a download."""
ACTS = text("what NOT IN ('added', 'changed', 'removed')")


class HistoryEntry(Model):
    """One change or one act worth remembering (a download, a sign-off)."""

    __tablename__ = "history_entry"
    __table_args__ = (
        UniqueConstraint("chain", "sequence"),
        Index("ix_history_entry_by_day", "chain", "at"),
        Index("ix_history_entry_by_person", "chain", "actor_id", "at"),
        Index("ix_history_entry_by_kind", "chain", "thing_kind", "at"),
        Index("ix_history_entry_acts", "chain", "at", sqlite_where=ACTS, postgresql_where=ACTS),
    )
    __history__ = False

    chain: Mapped[UUID]
    """The authority's id, or PLATFORM."""
    sequence: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    came_from: Mapped[str] = mapped_column(default="")
    """From where: the network of a request ("10.20.30.0/24"), or words. Empty: not known; before it was kept."""
    thing_kind: Mapped[str]
    thing_id: Mapped[UUID] = mapped_column(index=True)
    reference: Mapped[str]
    what: Mapped[str]
    """``added``, ``changed``, ``removed``, or the act in words: ``downloaded``."""
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Field to [from, to], as text."""
    why: Mapped[str]
    form: Mapped[int] = mapped_column(default=FORM)
    """Which of FIELDS its hash covers."""
    previous_hash: Mapped[str]
    hash: Mapped[str]


class HistoryHead(Model):
    """The newest link of each chain; locked while one is added, so that two writers cannot fork it."""

    __tablename__ = "history_head"
    __history__ = False

    sequence: Mapped[int]
    hash: Mapped[str]
    seal: Mapped[str] = mapped_column(default="")
    """Made with the secret key, which is not in the database: whoever writes the chain anew there cannot make it."""


guard(HistoryEntry.__table__, HistoryHead.__table__)

_FIRST = (
    "id", "chain", "sequence", "at", "actor_id", "actor_name", "thing_kind", "thing_id", "reference", "what",
    "changes", "why", "previous_hash",
)  # fmt: skip
FIELDS: Mapping[int, tuple[str, ...]] = {1: _FIRST, FORM: (*_FIRST, "came_from")}
"""What a hash covers, by form: what is covered later must not make earlier entries look altered."""


_AS_TEXT = (UUID, date, datetime, Decimal)
_written = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode
"""Made once: a million entries are checked one after another."""


def hash_of(values: Mapping[str, Any]) -> str:
    return hashlib.sha256(_written([plain(values[field]) for field in FIELDS[values["form"]]]).encode()).hexdigest()


def plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, _AS_TEXT) else value


def seal_of(*parts: object) -> str:
    """Signed with the secret key of today."""
    return _signed(_keys()[0], parts)


def sealed_by_us(seal: str, *parts: object) -> bool:
    """Whether it was made with the secret key of today, or with one that it took the place of."""
    return any(hmac.compare_digest(_signed(key, parts), seal) for key in _keys())


def _signed(key: bytes, parts: tuple[object, ...]) -> str:
    return hmac.new(key, "|".join(map(str, parts)).encode(), hashlib.sha256).hexdigest()


def _keys() -> list[bytes]:
    config = current_app.config
    return [_derived(key) for key in (config["SECRET_KEY"], *(config.get("SECRET_KEY_FALLBACKS") or ()))]


@lru_cache(maxsize=16)
def _derived(key: str) -> bytes:
    """A key of the trail's own: the secret key signs other things too."""
    return hashlib.sha256(f"tracker history {key}".encode()).digest()
