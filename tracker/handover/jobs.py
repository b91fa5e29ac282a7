"""Looking through a file that came straight to a request, for what could lead to a child."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tracker.evidence.words import jobs as words
from tracker.handover import commands
from tracker.handover.models import HandedFile
from tracker.platform import clock, jobs
from tracker.platform.db import db


def look_through(payload: Mapping[str, Any]) -> Mapping[str, int]:
    """How much was found; nothing is done for a file that was left out meanwhile or was looked through before."""
    file_id = UUID(payload["file"])
    file = db.session.get(HandedFile, file_id)
    if file is None or file.read_at is not None:
        return {"found": 0}
    sha256, media_type = file.file_sha256, file.file_type
    jobs.let_others_write()
    said = words.look_through(sha256, media_type)
    file = db.session.get(HandedFile, file_id)
    if file is None:
        return {"found": 0}
    commands.note_reading(file, said, at=clock.now())
    return {"found": len(said.found)}
