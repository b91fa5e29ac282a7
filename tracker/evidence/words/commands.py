"""Keeping and forgetting what a file says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, insert

from tracker.evidence.models import Evidence
from tracker.evidence.words import rules
from tracker.evidence.words.models import FileReading, FileWords
from tracker.platform.db import db


@dataclass(frozen=True)
class Said:
    """What a file says; see ``reading.read``."""

    passages: Sequence[tuple[str, str]] = ()
    found: Sequence[tuple[str, str, str]] = ()
    gaps: Sequence[str] = ()


def keep(authority_id: UUID, sha256: str, said: Said, *, at: datetime) -> FileReading:
    """Write down what a file says, in place of what was written down before."""
    forget(authority_id, sha256)
    reading = FileReading(
        authority_id=authority_id, sha256=sha256, extent=rules.extent(len(said.passages), len(said.gaps)),
        gaps=list(said.gaps), found=[list(one) for one in said.found], read_at=at,
    )  # fmt: skip
    db.session.add(reading)
    db.session.flush()
    rows = [
        {"authority_id": authority_id, "sha256": sha256, "position": position, "place": place, "text": text}
        for position, (place, text) in enumerate(said.passages)
    ]
    if rows:
        db.session.execute(insert(FileWords), rows)
    return reading


def forget_what_is_gone() -> None:
    """What is said by files that no evidence has any more: they were replaced or disposed of."""
    for table in (FileWords, FileReading):
        had = exists().where(Evidence.authority_id == table.authority_id, Evidence.file_sha256 == table.sha256)
        db.session.execute(delete(table).where(~had).execution_options(synchronize_session=False))


def forget(authority_id: UUID, sha256: str) -> None:
    """For a file that is gone, or that is read again."""
    for table in (FileWords, FileReading):
        db.session.execute(delete(table).where(table.authority_id == authority_id, table.sha256 == sha256))
