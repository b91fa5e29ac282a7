"""Files with small numbers in them: for inside the authority, marked as that, and each download is on record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from tracker.people.models import Authority
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.history import HistoryEntry

TOOK = "took away with small numbers: "
LAST = 5
"""How many downloads a page lists. Our choice."""


def record(authority: Authority, what: str) -> None:
    """Put on record who took which file, and when."""
    history.record(authority, f"{TOOK}{what}")


@dataclass(frozen=True)
class Taken:
    what: str
    by: str
    at: datetime


def last_taken(authority: Authority) -> Sequence[Taken]:
    """The last downloads, newest first."""
    entries = db.session.scalars(
        select(HistoryEntry)
        .where(HistoryEntry.thing_id == authority.id, HistoryEntry.what.startswith(TOOK))
        .order_by(HistoryEntry.at.desc(), HistoryEntry.sequence.desc())
        .limit(LAST)
    )
    return [Taken(entry.what.removeprefix(TOOK), entry.actor_name, entry.at) for entry in entries]
