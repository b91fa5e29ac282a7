"""The file of a piece of evidence is replaced by its redacted copy, and what it held is let go of."""

from typing import BinaryIO
from uuid import UUID

from sqlalchemy import delete, exists, select

from tracker.evidence.bundles import letting_go as bundles
from tracker.evidence.files import commands as files
from tracker.evidence.files.models import FileVersion
from tracker.evidence.models import Evidence
from tracker.evidence.words import commands as words
from tracker.people.models import Person
from tracker.platform import jobs
from tracker.platform.db import db

TASK = "evidence.remove_content"
WHY = "What could lead to a child was taken out"


def replace(evidence: Evidence, redacted: BinaryIO, *, by: Person) -> None:
    """Make the redacted copy the newest version."""
    kept = files.keep(redacted, evidence.file_name, authority_id=evidence.authority_id)
    files.attach(evidence, kept, by=by, why=WHY)


def let_go(evidence: Evidence, sha256: str) -> None:
    """Forget that a piece of evidence ever had this content, and what it said where none other of the authority has it.

    The content is removed from the store after this was committed, unless something else refers to it.
    """
    db.session.execute(
        delete(FileVersion).where(FileVersion.evidence_id == evidence.id, FileVersion.file_sha256 == sha256)
    )
    if not _has(evidence.authority_id, sha256):
        words.forget(evidence.authority_id, sha256)
    copies = bundles.with_file(evidence.authority_id, sha256, because=f"{WHY} of {evidence.reference}, which is in it")
    for content in (sha256, *sorted(copies)):
        jobs.enqueue(TASK, {"sha256": content}, authority_id=evidence.authority_id)


def _has(authority_id: UUID, sha256: str) -> bool:
    had = exists().where(Evidence.authority_id == authority_id, Evidence.file_sha256 == sha256)
    return bool(db.session.scalar(select(had)))
