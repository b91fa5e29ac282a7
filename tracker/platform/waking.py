"""Tells a worker that a job waits, once the job is saved. A call that is lost costs time and nothing else: the row
waits, and workers find it again."""

import importlib
from collections.abc import Callable
from functools import cache
from typing import cast
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy import event
from sqlalchemy.orm import Session

from tracker.platform.db import db

CALL = "jobs.call"
"""In ``app.extensions``: tells a worker of a job, and never raises."""
CELERY = "tracker.platform.by_celery"
"""Imported when it is first needed: most installations need it never."""
TO_CALL = "jobs to call workers for"

Call = Callable[[UUID], None]


def init_waking(app: Flask) -> None:
    """With Celery, let it call workers."""

    @cache
    def engine() -> object:
        return importlib.import_module(CELERY).engine(app.config["REDIS_URL"])

    def call_by_celery(job_id: UUID) -> None:
        importlib.import_module(CELERY).call(engine(), job_id)

    if app.config["JOBS"] == "celery":
        app.extensions[CALL] = call_by_celery


def work(app: Flask) -> None:
    """Do jobs until stopped, with the engine of the settings."""
    if app.config["JOBS"] == "celery":
        importlib.import_module(CELERY).work(app)
    else:
        importlib.import_module("tracker.platform.jobs").work(app)


def once_saved(job_id: UUID) -> None:
    """Call a worker when this transaction is committed; a worker that came earlier would find no row."""
    db.session.info.setdefault(TO_CALL, []).append(job_id)


@event.listens_for(db.session, "after_commit")
def call(session: Session) -> None:
    if session.in_nested_transaction():  # a savepoint is kept, the transaction is not yet
        return
    for job_id in session.info.pop(TO_CALL, ()):
        cast("Call", current_app.extensions[CALL])(job_id)


@event.listens_for(db.session, "after_rollback")
def forget(session: Session) -> None:
    session.info.pop(TO_CALL, None)
