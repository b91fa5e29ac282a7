"""What shows that a snapshot is still what was taken: the hash of everything in it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any
from uuid import UUID

from tracker.boards import queries
from tracker.boards.models import Snapshot

ITEM = ("item_id", "number", "title", "source", "owner_name", "state", "raised_on")
ACTION = (
    "action_id", "item_id", "board_id", "number", "title", "lead_name", "status", "starts_on", "due_on",
    "first_due_on", "moves", "delivered_on", "signed_off_on", "difference_due_on",
)  # fmt: skip


def digest(as_at: date, items: Sequence[Mapping[str, Any]], actions: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 of everything in a snapshot, in hexadecimal. ``items`` and ``actions`` are by number."""
    content = {
        "as_at": as_at.isoformat(),
        "items": [[_plain(item[name]) for name in ITEM] for item in items],
        "actions": [[_plain(action[name]) for name in ACTION] for action in actions],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, UUID | date) else value


def holds(snapshot: Snapshot) -> bool:
    """Whether a snapshot is still what was taken: read whole and hashed again."""
    items = [vars(item) for item in queries.items_kept(snapshot)]
    actions = [vars(action) for action in queries.actions_kept(snapshot)]
    return digest(snapshot.as_at, items, actions) == snapshot.sha256
