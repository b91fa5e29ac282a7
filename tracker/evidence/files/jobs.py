"""What is done with a file after it was added: the virus scanner looks at it, and a first look is made."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog

from tracker.evidence.files import commands, looks, queries
from tracker.evidence.files.rules import Look, Scan
from tracker.platform import clock, jobs, scanning, storage
from tracker.platform.backup import hold
from tracker.platform.db import db
from tracker.platform.jobs import TryLater
from tracker.platform.scanning import NotScanned

log = structlog.get_logger()

AGAIN_AFTER = timedelta(minutes=2)
"""When a scanner that did not answer is asked again. Our choice."""


def scan(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Ask the scanner about a content that is in quarantine; what it finds something in is removed."""
    sha256 = str(payload["sha256"])
    content = queries.content(sha256)
    if content is not None and content.scan is Scan.WAITING:
        if scanning.is_on():
            jobs.let_others_write()
            commands.note_verdict(content, found=_found(sha256), at=clock.now())
        else:
            commands.open_without_scan(content)
    if content is None:
        return {}
    jobs.let_others_write()  # it is written down that nothing refers to what is removed now
    db.session.refresh(content, with_for_update=True)  # whoever adds it again at this moment waits
    if content.scan is Scan.INFECTED:
        hold.let_it_end()
        storage.remove(storage.key(sha256))
    elif content.look is Look.WAITING:
        preview(payload)
    return {"scan": content.scan.value}


def _found(sha256: str) -> str:
    try:
        return scanning.found_in(storage.pieces(sha256))
    except NotScanned as error:
        log.warning("file not scanned", file=sha256, why=str(error))
        raise TryLater("The virus scanner could not look at the file.", at=clock.now() + AGAIN_AFTER) from None


def preview(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make the first look at a content, unless there is one or it may not be opened."""
    sha256 = str(payload["sha256"])
    content = queries.content(sha256)
    if content is None or content.why_shut or content.look is not Look.WAITING:
        return {}
    media_type = content.media_type
    jobs.let_others_write()
    pages = looks.of_file(sha256, media_type)
    commands.note_look(content, pages)
    return {"pages": len(pages)}
