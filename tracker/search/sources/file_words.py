"""The words inside the files of evidence, with the place of each passage.

What could lead to a child is blotted out in them already. A file that the virus scanner has not let through, or that
is held back until somebody decides about a warning, gives no words at all.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, select

from tracker.evidence.files.models import FileContent
from tracker.evidence.files.rules import OPEN
from tracker.evidence.guard.models import ChildDataWarning
from tracker.evidence.models import Evidence
from tracker.evidence.words.models import FileReading, FileWords
from tracker.platform.db import db
from tracker.search.sources.source import Ids, grouped


def words_in_files(ids: Ids) -> Mapping[UUID, Sequence[Any]]:
    """Evidence to the passages of its newest file, in their order: each with ``position``, ``place`` and ``text``."""
    shut = exists().where(FileContent.sha256 == Evidence.file_sha256, FileContent.scan.not_in(OPEN))
    held_back = exists().where(ChildDataWarning.evidence_id == Evidence.id, ChildDataWarning.decision.is_(None))
    of_its_file = and_(FileWords.authority_id == Evidence.authority_id, FileWords.sha256 == Evidence.file_sha256)
    return grouped(
        db.session.execute(
            select(Evidence.id, FileWords.position, FileWords.place, FileWords.text)
            .join(FileWords, of_its_file)
            .where(Evidence.id.in_(ids), ~shut, ~held_back)
            .order_by(FileWords.position)
        )
    )


def evidence_of(told: FileContent | FileReading) -> set[UUID]:
    """The evidence whose newest file this is told of."""
    having = select(Evidence.id).where(Evidence.file_sha256 == told.sha256)
    if isinstance(told, FileReading):
        having = having.where(Evidence.authority_id == told.authority_id)
    return set(db.session.scalars(having))
