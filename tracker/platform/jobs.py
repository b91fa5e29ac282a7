"""Work that takes longer than a page may: a row says what is to be done, a worker process does it.

The row is the truth. A worker that dies leaves its row ``running`` without a heartbeat, and the next
worker takes it up again; a restart loses nothing. The web process never imports what a job needs:
``TASKS`` holds names, and only a worker resolves them.
"""

import importlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

import structlog
from flask import Flask, current_app
from sqlalchemy import JSON, CursorResult, ForeignKey, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from tracker.platform import clock, ticks
from tracker.platform.db import Model, db
from tracker.platform.errors import Refused

log = structlog.get_logger()

MOST_TRIES = 3
HEARTBEAT = timedelta(seconds=5)
LOST_AFTER = timedelta(seconds=60)
"""Without a heartbeat for this long a job's worker is taken for dead. Our choice: twelve beats."""
PAUSE = 0.5
"""Seconds an idle worker waits before it looks again."""

Task = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Takes the payload, returns what is worth keeping on the row. Reads, calls ``let_others_write``, works, writes."""


class TryLater(Exception):
    """Raised by a task that could not do its work now and has changed nothing: it is called again at a moment."""

    def __init__(self, why: str, *, at: datetime) -> None:
        super().__init__(why)
        self.at = at


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Model):
    """One piece of work, its state and what became of it."""

    __tablename__ = "job"
    __history__ = False

    authority_id: Mapped[UUID | None] = mapped_column(ForeignKey("authority.id"), index=True)
    task: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    """When it may be taken up, if not at once."""
    started_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    message: Mapped[str] = mapped_column(default="")
    """Why it failed, or waits, in a sentence for the person who asked."""
    result: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


def enqueue(task: str, payload: Mapping[str, Any], *, authority_id: UUID | None) -> Job:
    """Ask for ``task``; with the inline engine it is done before this returns."""
    if task not in _tasks():
        raise LookupError(f"no task is called {task}")
    job = Job(task=task, payload=dict(payload), authority_id=authority_id, queued_at=clock.now())
    db.session.add(job)
    db.session.flush()
    if current_app.config["JOBS"] == "inline":
        _run_inline(job)
    return job


def work(app: Flask, *, until_idle: bool = False) -> int:
    """Do queued jobs one after another; returns how many, once nothing is left and ``until_idle`` is set."""
    done = 0
    while True:
        with app.app_context():
            ticks.do_due(_function)
            job_id = _claim()
            if job_id is not None:
                _run_claimed(app, job_id)
                done += 1
        if job_id is None:
            if until_idle:
                return done
            time.sleep(PAUSE)


def _claim() -> UUID | None:
    """Take the oldest queued (or lost) job. Two workers at once cannot take the same one."""
    lost = (Job.state == JobState.RUNNING) & (Job.heartbeat_at < clock.now() - LOST_AFTER)
    due = Job.not_before.is_(None) | (Job.not_before <= clock.now())
    waiting = ((Job.state == JobState.QUEUED) & due) | lost
    job = db.session.scalars(
        select(Job).where(waiting).order_by(Job.queued_at).limit(1).with_for_update(skip_locked=True)
    ).first()
    if job is None:
        db.session.rollback()
        return None
    taken = db.session.execute(
        update(Job)
        .where(Job.id == job.id, Job.state == job.state, Job.tries == job.tries)
        .values(state=JobState.RUNNING, tries=Job.tries + 1, started_at=clock.now(), heartbeat_at=clock.now())
    )
    job_id = job.id
    db.session.commit()
    return job_id if cast("CursorResult[Any]", taken).rowcount == 1 else None


def let_others_write() -> None:
    """Called by a task before long work: ends its transaction, so that a worker holds no lock meanwhile.

    SQLite has one write lock, and whoever saves a page would wait for it. In an inline job the transaction is the
    request's and goes on.
    """
    if current_app.config["JOBS"] != "inline":
        db.session.commit()


def _run_claimed(app: Flask, job_id: UUID) -> None:
    job = db.session.get_one(Job, job_id)
    task, payload = job.task, dict(job.payload)
    let_others_write()
    try:
        with _beating(app, job_id):
            result = _resolve(task)(payload)
        _finish(db.session.get_one(Job, job_id), JobState.DONE, result=result)
    except Refused as refusal:
        db.session.rollback()
        _finish(db.session.get_one(Job, job_id), JobState.FAILED, message=str(refusal))
    except TryLater as later:
        db.session.rollback()
        _put_off(db.session.get_one(Job, job_id), later)
        db.session.commit()
    except Exception:
        db.session.rollback()
        log.exception("job failed", task=task, job=str(job_id))
        _try_again_or_give_up(db.session.get_one(Job, job_id))


def _run_inline(job: Job) -> None:
    job.started_at = clock.now()
    job.tries = 1
    try:
        job.result = dict(_resolve(job.task)(job.payload))
        job.state = JobState.DONE
    except Refused as refusal:
        job.state, job.message = JobState.FAILED, str(refusal)
    except TryLater as later:
        _put_off(job, later)
        return
    job.finished_at = clock.now()
    db.session.flush()


def _put_off(job: Job, later: TryLater) -> None:
    job.state, job.message, job.not_before = JobState.QUEUED, str(later), later.at
    db.session.flush()


def _finish(job: Job, state: JobState, *, message: str = "", result: Mapping[str, Any] | None = None) -> None:
    job.state, job.message, job.result = state, message, dict(result or {})
    job.finished_at = clock.now()
    db.session.commit()


def _try_again_or_give_up(job: Job) -> None:
    if job.tries < MOST_TRIES:
        job.state = JobState.QUEUED
        db.session.commit()
    else:
        _finish(
            job,
            JobState.FAILED,
            message="This could not be finished. The fault is in the log; please tell support.",
        )


@contextmanager
def _beating(app: Flask, job_id: UUID) -> Iterator[None]:
    """Say every few seconds that the job's worker is alive, on a connection of its own."""
    stop = threading.Event()

    def beat() -> None:
        with app.app_context():
            while not stop.wait(HEARTBEAT.total_seconds()):
                # SQLite lets one write at a time: a beat that waited in vain is missed, and the next one follows.
                with suppress(OperationalError), db.engine.begin() as connection:
                    connection.execute(update(Job).where(Job.id == job_id).values(heartbeat_at=clock.now()))

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _tasks() -> Mapping[str, str]:
    tasks: Mapping[str, str] = current_app.extensions["tasks"]
    return tasks


def _resolve(task: str) -> Task:
    return _function(_tasks()[task])


def _function(place: str) -> Task:
    """The function that ``module:function`` names, which only a worker imports."""
    module, _, function = place.partition(":")
    return cast("Task", getattr(importlib.import_module(module), function))
