"""The trail: who changed what, from what, to what, why and from where, in words that nobody can quietly change.

Entries are only ever added. Each holds the hash of the one before it in its authority; the newest is sealed with the
secret key. An entry that is altered, removed or moved behind the application's back is found by ``faults``.
"""

from tracker.platform.history.anchoring import Anchor, anchored, not_as_anchored
from tracker.platform.history.checking import chains, faults, lost_chains, seal_again, seen_at_once
from tracker.platform.history.entries import DISPOSED, FORGOTTEN, NOBODY, PLATFORM, ROWS, HistoryEntry, HistoryHead
from tracker.platform.history.writing import (
    Actor,
    act_as,
    acting,
    actor,
    because,
    forget,
    from_where,
    of,
    record,
    take_turn,
)

__all__ = [
    "DISPOSED",
    "FORGOTTEN",
    "NOBODY",
    "PLATFORM",
    "ROWS",
    "Actor",
    "Anchor",
    "HistoryEntry",
    "HistoryHead",
    "act_as",
    "acting",
    "actor",
    "anchored",
    "because",
    "chains",
    "faults",
    "forget",
    "from_where",
    "lost_chains",
    "not_as_anchored",
    "of",
    "record",
    "seal_again",
    "seen_at_once",
    "take_turn",
]
