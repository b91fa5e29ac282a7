"""Looking through a file, which a worker does: in a process of its own, for the file is a stranger's."""

from uuid import UUID

from sqlalchemy import select

from tracker.evidence.models import Evidence
from tracker.evidence.words import commands, queries
from tracker.evidence.words.commands import Said
from tracker.evidence.words.models import FileReading
from tracker.platform import apart, clock, jobs, storage
from tracker.platform.db import db
from tracker.platform.errors import Refused

NOT_THERE = "It is not where files are kept. Tell whoever looks after this service."


def read(authority_id: UUID, sha256: str) -> FileReading | None:
    """Look through a file, once for each authority that has it. None if none of its evidence has it any more."""
    known = queries.reading(authority_id, sha256)
    if known is not None:
        return known
    media_type = _media_type(authority_id, sha256)
    if media_type is None:
        return None
    jobs.let_others_write()
    return commands.keep(authority_id, sha256, look_through(sha256, media_type), at=clock.now())


def _media_type(authority_id: UUID, sha256: str) -> str | None:
    """None if no evidence has that file any more."""
    return db.session.scalars(
        select(Evidence.file_type).where(Evidence.authority_id == authority_id, Evidence.file_sha256 == sha256).limit(1)
    ).one_or_none()


def look_through(sha256: str, media_type: str) -> Said:
    """What a stored file says, read in a process apart; nothing of the database is held meanwhile."""
    if not storage.exists(sha256):
        return Said(gaps=[NOT_THERE])
    try:
        with storage.on_disk(sha256) as path:
            return Said(**apart.call("tracker.evidence.words.reading:read", str(path), media_type))
    except Refused as refused:
        return Said(gaps=[str(refused)])
