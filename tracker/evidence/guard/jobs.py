"""What a worker does with a file that came: look through it, then warn about what it found."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from tracker.evidence.files import commands as files
from tracker.evidence.files.models import FileContent, FilePreview
from tracker.evidence.guard import commands
from tracker.evidence.words import asking
from tracker.evidence.words import jobs as words
from tracker.evidence.words.commands import forget_what_is_gone
from tracker.platform import clock, jobs, storage, storage_check
from tracker.platform.backup import hold
from tracker.platform.db import db


def read_words(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """``authority``, ``sha256`` and ``by``, the person who added the file, if it was one."""
    reading = words.read(UUID(payload["authority"]), payload["sha256"])
    if reading is None:
        return {"found": 0}
    commands.warn(reading, by_id=UUID(payload["by"]) if payload["by"] else None, at=clock.now())
    return {"found": len(reading.found)}


def tidy(payload: Mapping[str, Any]) -> Mapping[str, int]:
    """Forget what files say that are gone, and ask for those that were there before files were looked through."""
    forget_what_is_gone()
    return {"asked": asking.ask_for_the_rest()}


def remove_content(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Remove a content and the first look at it from the store, once it is committed that nothing refers to them."""
    hold.let_it_end()
    sha256 = payload["sha256"]
    if storage_check.is_referred_to(sha256):
        return {"removed": 0}
    contents = [sha256, *_pictures(sha256)]
    files.let_go(sha256)
    jobs.let_others_write()
    gone = [one for one in contents if storage.exists(one) and not storage_check.is_referred_to(one)]
    for one in gone:
        storage.remove(storage.key(one))
    return {"removed": len(gone)}


def _pictures(sha256: str) -> Sequence[str]:
    """Of the first look at a content."""
    asked = select(FilePreview.file_sha256).join(FileContent).where(FileContent.sha256 == sha256)
    return db.session.scalars(asked).all()
