"""Packing a bundle, which worker processes do."""

import tempfile
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tracker.evidence.bundles import commands
from tracker.evidence.bundles.models import EvidenceBundle
from tracker.evidence.bundles.packing import pack
from tracker.platform import clock, jobs, storage
from tracker.platform.db import db


def make(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make the zip of a frozen bundle and keep it. Done again after a stop, it makes the same file."""
    bundle_id = UUID(payload["bundle"])
    contents = db.session.get_one(EvidenceBundle, bundle_id).held
    jobs.let_others_write()
    with tempfile.TemporaryFile() as file:
        pack(contents, file)
        file.seek(0)
        stored = storage.keep_made(file)
    commands.keep_file(db.session.get_one(EvidenceBundle, bundle_id), stored, at=clock.now())
    return {"bytes": stored.size}
