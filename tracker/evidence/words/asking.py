"""Whatever gives a piece of evidence a file, a worker is asked to look through it: on flush, so that nobody forgets."""

from sqlalchemy import Connection, event, exists, insert, inspect, select
from sqlalchemy.orm import Session

from tracker.evidence.models import Evidence
from tracker.evidence.words.models import FileReading
from tracker.platform import clock, history
from tracker.platform.db import db
from tracker.platform.jobs import Job

TASK = "evidence.read_words"
AT_ONCE = 500
"""Files that are asked for at one time. Our choice: an hour's work of one worker."""


@event.listens_for(db.session, "after_flush")
def ask_to_read(session: Session, context: object) -> None:
    """Queue a job for every file that came with this flush, in the same transaction."""
    for thing in (*session.new, *session.dirty):
        if isinstance(thing, Evidence) and thing.file_sha256 and inspect(thing).attrs.file_sha256.history.added:
            _ask(session.connection(), thing)


def ask_for_the_rest() -> int:
    """Queue a job for every file that has not been looked through; how many there were."""
    read = exists().where(FileReading.authority_id == Evidence.authority_id, FileReading.sha256 == Evidence.file_sha256)
    unread = db.session.scalars(
        select(Evidence).where(Evidence.file_sha256.is_not(None), ~read).order_by(Evidence.id).limit(AT_ONCE)
    ).all()
    for evidence in unread:
        _ask(db.session.connection(), evidence)
    return len(unread)


def _ask(connection: Connection, evidence: Evidence) -> None:
    by = history.actor().id
    payload = {"authority": str(evidence.authority_id), "sha256": evidence.file_sha256, "by": str(by) if by else None}
    connection.execute(
        insert(Job).values(task=TASK, payload=payload, authority_id=evidence.authority_id, queued_at=clock.now())
    )
