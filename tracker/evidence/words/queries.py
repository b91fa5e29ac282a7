"""Questions about what files say."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from tracker.evidence.words.models import FileReading, FileWords
from tracker.people.models import Authority
from tracker.platform.db import db


def reading(authority_id: UUID, sha256: str) -> FileReading | None:
    """None until a worker has looked through the file."""
    return db.session.scalars(
        select(FileReading).where(FileReading.authority_id == authority_id, FileReading.sha256 == sha256)
    ).one_or_none()


def words(authority: Authority, sha256: str) -> Sequence[FileWords]:
    """The passages of a file, in its order."""
    return db.session.scalars(
        select(FileWords)
        .where(FileWords.authority_id == authority.id, FileWords.sha256 == sha256)
        .order_by(FileWords.position)
    ).all()
