"""Taking files out of the store once what held them was disposed of: after the decision is safe in the database."""

from collections.abc import Mapping
from typing import Any

from tracker.platform import clock, storage, storage_check
from tracker.platform.backup import hold


def remove_files(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Remove each file that no row refers to any more. One that was written within the last day may belong to an upload
    whose row is still to come: ``tracker storage verify --repair`` removes it later."""
    hold.let_it_end()
    removed = 0
    for sha256 in payload["files"]:
        written = storage.written_at(sha256)
        young = written is None or written > clock.now() - storage_check.YOUNG
        if not young and not storage_check.is_referred_to(sha256):
            storage.remove_file(sha256)
            removed += 1
    return {"removed": removed}
