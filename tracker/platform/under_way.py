"""What a long job tells of itself while it works, and whether somebody wants it stopped."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from tracker.platform import jobs
from tracker.platform.db import ONLY_READS, db
from tracker.platform.errors import Refused
from tracker.platform.jobs import Job


class Cancelled(Refused):
    """Somebody stopped the job; ``str(error)`` says who."""


def tell(progress: Mapping[str, Any]) -> None:
    """Keep how far the job is, for the page that waits for it. Call it after ``jobs.let_others_write``."""
    job_id = jobs.current.get()
    if job_id is None:
        return
    # On a connection of its own, as the heartbeat: what could not be told now is told with the next step.
    with suppress(OperationalError), db.engine.begin() as connection:
        connection.execute(update(Job).where(Job.id == job_id).values(progress=dict(progress)))


def stop_if_cancelled() -> None:
    """Raises Cancelled when somebody has asked for the job to be stopped."""
    job_id = jobs.current.get()
    if job_id is None:
        return
    with db.engine.connect().execution_options(**{ONLY_READS: True}) as connection:
        cancelled_at, message = connection.execute(select(Job.cancelled_at, Job.message).where(Job.id == job_id)).one()
    if cancelled_at is not None:
        raise Cancelled(message)
