"""Looking through an import and carrying it out, which worker processes do."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from flask import current_app

from tracker.evidence.importing import commands
from tracker.evidence.importing.models import EvidenceImport
from tracker.evidence.importing.sources import Source, source_at
from tracker.platform import clock, history, storage
from tracker.platform.db import db
from tracker.platform.errors import Refused


def look_through(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Check every file and row of an import and keep what each would do."""
    imported = db.session.get_one(EvidenceImport, UUID(payload["import"]))
    with _source(imported) as source:
        looked = commands.look_through(imported, source, on=clock.today())
    return {"rows": len(looked.verdicts), "refused": looked.refused}


def carry_out(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Bring in what was looked through; nothing when that is done already."""
    imported = db.session.get_one(EvidenceImport, UUID(payload["import"]))
    if imported.carried_out_at is not None:
        return {"taken": imported.taken}
    by = imported.brought_by
    with history.acting(by.id, by.name), _source(imported) as source:
        found = commands.carry_out(imported, source, on=clock.today(), at=clock.now())
    return {"taken": found.taken}


@contextmanager
def _source(imported: EvidenceImport) -> Iterator[Source]:
    if imported.file_sha256 is None:
        raise Refused(f"{imported.file_name} is kept no longer. Bring it in again.")
    largest: int = current_app.config["LARGEST_UPLOAD"]
    with storage.on_disk(imported.file_sha256) as path, source_at(path, largest=largest) as source:
        yield source
