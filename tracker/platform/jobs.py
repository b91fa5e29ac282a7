"""Work that takes longer than a page may: a row says what is to be done, a worker process does it.

The row is the truth. A worker that dies leaves its row ``running`` without a heartbeat, and the next
worker takes it up again; a restart loses nothing. What a task wrote is saved together with the row's end, and only by
the worker whose try it is: whoever was taken for dead and was not saves nothing. The web process never imports what a
job needs: ``TASKS`` holds names, and only a worker resolves them.
"""

import importlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

import structlog
from flask import Flask, current_app
from sqlalchemy import JSON, ColumnElement, CursorResult, ForeignKey, or_, select, update
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from tracker.platform import clock, history, metrics, stopping, ticks, waking, walls
from tracker.platform.db import ONLY_READS, Model, db
from tracker.platform.errors import Refused

log = structlog.get_logger()

WORKER = "a worker process"
"""What the history says of where a change came from."""
MOST_TRIES = 3
HEARTBEAT = timedelta(seconds=5)
LOST_AFTER = timedelta(seconds=60)
"""Without a heartbeat for this long a job's worker is taken for dead. Our choice: twelve beats."""
PAUSE = 0.5
"""Seconds an idle worker waits before it looks again."""
MOST_BREAKS = 30
"""How often a job may be tried again because the database went away meanwhile, which is no fault of its own."""
NO_ANSWER = 2.0
"""Seconds until a worker asks a database again that did not answer. Our choice."""

Task = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""Takes the payload, returns what is worth keeping on the row. Reads, calls ``let_others_write``, works, writes."""


@dataclass(frozen=True)
class Taken:
    """A job that a worker has claimed, and which try of it that is: only the newest try may end it."""

    job_id: UUID
    tries: int


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
    progress: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What the task last told of itself, as ``under_way.tell`` was given it."""
    cancelled_at: Mapped[datetime | None]
    """When somebody asked for it to be stopped; ``message`` then says who."""


def enqueue(
    task: str, payload: Mapping[str, Any], *, authority_id: UUID | None, not_before: datetime | None = None
) -> Job:
    """Ask for ``task``, at once or not before a moment; with the inline engine it is done before this returns."""
    if task not in _tasks():
        raise LookupError(f"no task is called {task}")
    job = Job(task=task, payload=dict(payload), authority_id=authority_id, queued_at=clock.now(), not_before=not_before)
    db.session.add(job)
    db.session.flush()
    if current_app.config["JOBS"] == "inline":
        _run_inline(job)
    elif current_app.config["JOBS"] == "celery" and not_before is None:
        waking.once_saved(job.id)
    return job


current: ContextVar[UUID | None] = ContextVar("the job that this worker does", default=None)
"""None in an inline job, whose row nobody else can see yet."""


def cancel(job: Job, *, by: str, at: datetime) -> None:
    """Stop it: at once where no worker has it yet, else as soon as its task looks. ``by`` is a name.

    Raises Refused when it has ended.
    """
    stopped = {"cancelled_at": at, "message": f"{by} cancelled it."}
    ended = {"state": JobState.FAILED, "finished_at": at}
    for state, values in ((JobState.QUEUED, stopped | ended), (JobState.RUNNING, stopped)):
        done = db.session.execute(update(Job).where(Job.id == job.id, Job.state == state).values(**values))
        if cast("CursorResult[Any]", done).rowcount == 1:
            db.session.refresh(job)
            return
    raise Refused("It has ended already. Look at the page again.")


def work(app: Flask, *, until_idle: bool = False) -> int:
    """Do queued jobs one after another; returns how many, once nothing is left and ``until_idle`` is set.

    A database that does not answer is asked again, for as long as it takes.
    """
    done = 0
    while not stopping.is_asked():
        try:
            do_ticks(app)
            worked = do(app)
        except (OperationalError, InterfaceError):
            if until_idle:
                raise
            log.exception("the database does not answer")
            time.sleep(NO_ANSWER)
            continue
        done += worked
        if not worked:
            if until_idle:
                return done
            time.sleep(PAUSE)
    log.info("worker stopped", jobs=done)
    return done


def do_ticks(app: Flask) -> None:
    """Say that a worker is there, and do what it is time for, unless another worker was first."""
    history.from_where(WORKER)
    with app.app_context():
        ticks.say_alive()
        ticks.do_due(_function)


def do(app: Flask, job_id: UUID | None = None) -> bool:
    """Do this job, or the one that has waited longest; False, and nothing done, where it does not wait."""
    history.from_where(WORKER)
    with app.app_context():
        taken = _claim(job_id)
        if taken is not None:
            _run_claimed(app, taken)
        return taken is not None


def waiting(most: int) -> Sequence[UUID]:
    """Jobs that any worker may take up now, the longest waiting first."""
    return db.session.scalars(select(Job.id).where(_waits()).order_by(Job.queued_at).limit(most)).all()


def _waits() -> ColumnElement[bool]:
    now = clock.now()
    lost = (Job.state == JobState.RUNNING) & (Job.heartbeat_at < now - LOST_AFTER)
    due = or_(Job.not_before.is_(None), Job.not_before <= now)
    return ((Job.state == JobState.QUEUED) & due) | lost


def _claim(job_id: UUID | None) -> Taken | None:
    """Take the oldest queued (or lost) job, or the one asked for. Two workers at once cannot take the same one."""
    asked = select(Job).where(_waits()).order_by(Job.queued_at).limit(1).with_for_update(skip_locked=True)
    job = db.session.scalars(asked if job_id is None else asked.where(Job.id == job_id)).first()
    if job is None:
        db.session.rollback()
        return None
    claimed = Taken(job.id, job.tries + 1)
    taken = db.session.execute(
        update(Job)
        .where(Job.id == job.id, Job.state == job.state, Job.tries == job.tries)
        .values(state=JobState.RUNNING, tries=claimed.tries, started_at=clock.now(), heartbeat_at=clock.now())
    )
    db.session.commit()
    return claimed if cast("CursorResult[Any]", taken).rowcount == 1 else None


def let_others_write() -> None:
    """Called by a task before long work: ends its transaction, so that a worker holds no lock meanwhile.

    SQLite has one write lock, and whoever saves a page would wait for it. In an inline job the transaction is the
    request's and goes on.
    """
    if current_app.config["JOBS"] != "inline":
        db.session.commit()


@contextmanager
def one_moment() -> Iterator[None]:
    """What a task reads inside was so at one moment, however long it takes; others may write, and the task may not.

    Nothing that was read is to be used afterwards: read it again. In an inline job it is the request's transaction.
    """
    if current_app.config["JOBS"] == "inline":
        yield
        return
    db.session.rollback()
    options: dict[str, Any] = {ONLY_READS: True}
    if db.engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    db.session.connection(execution_options=options)
    try:
        yield
    finally:
        db.session.rollback()


def _run_claimed(app: Flask, taken: Taken) -> None:
    job = db.session.get_one(Job, taken.job_id)
    task, payload = job.task, dict(job.payload)
    let_others_write()
    began = time.monotonic()
    try:
        with _beating(app, taken), _under_way(taken.job_id), stopping.may_be_cut_off():
            result = _resolve(task)(payload)
        _end(taken, JobState.DONE, result=result)
    except stopping.Stopped:
        db.session.rollback()
        _hand_back(taken)
    except Refused as refusal:
        db.session.rollback()
        _end(taken, JobState.FAILED, message=str(refusal))
    except TryLater as later:
        db.session.rollback()
        _leave(taken, state=JobState.QUEUED, message=str(later), not_before=later.at)
    except (OperationalError, InterfaceError) as fault:
        db.session.rollback()
        log.exception("job broken off", task=task, job=str(taken.job_id))
        _try_again_or_give_up(taken, MOST_BREAKS if fault.connection_invalidated else MOST_TRIES)
    except Exception:
        db.session.rollback()
        log.exception("job failed", task=task, job=str(taken.job_id))
        _try_again_or_give_up(taken)
    _tell(db.session.get_one(Job, taken.job_id), time.monotonic() - began)


def _tell(job: Job, seconds: float) -> None:
    """One line in the log, and one in the figures: which task, and how it was left."""
    state, waited = job.state.value, None if job.started_at is None else job.started_at - job.queued_at
    log.info(
        "job",
        task=job.task,
        job=str(job.id),
        state=state,
        tries=job.tries,
        ms=round(seconds * 1000, 1),
        waited_ms=None if waited is None else round(waited.total_seconds() * 1000),
    )
    metrics.count_job(job.task, state, seconds)
    db.session.rollback()


def _run_inline(job: Job) -> None:
    job.started_at = clock.now()
    job.tries = 1
    try:
        with walls.everywhere():  # as in a worker
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


def _hand_back(taken: Taken) -> None:
    """As if it had not been begun: the next worker takes it up at once, and the try does not count."""
    _leave(taken, state=JobState.QUEUED, tries=taken.tries - 1)


def _end(taken: Taken, state: JobState, *, message: str = "", result: Mapping[str, Any] | None = None) -> None:
    _leave(taken, state=state, message=message, result=dict(result or {}), finished_at=clock.now())


def _try_again_or_give_up(taken: Taken, most: int = MOST_TRIES) -> None:
    if taken.tries < most:
        _leave(taken, state=JobState.QUEUED)
    else:
        _end(
            taken,
            JobState.FAILED,
            message="This could not be finished. The fault is in the log; please tell support.",
        )


def _leave(taken: Taken, **values: Any) -> None:
    """Save what the task wrote with what became of the job, or none of it if another worker has taken it up since."""
    ours = (Job.id == taken.job_id, Job.state == JobState.RUNNING, Job.tries == taken.tries)
    left = db.session.execute(update(Job).where(*ours).values(**values))
    if cast("CursorResult[Any]", left).rowcount == 1:
        again = values["state"] == JobState.QUEUED and "not_before" not in values
        if again and current_app.config["JOBS"] == "celery":
            waking.once_saved(taken.job_id)
        db.session.commit()
    else:
        db.session.rollback()
        log.warning("another worker has taken the job up", job=str(taken.job_id), tries=taken.tries)


@contextmanager
def _under_way(job_id: UUID) -> Iterator[None]:
    token = current.set(job_id)
    try:
        yield
    finally:
        current.reset(token)


@contextmanager
def _beating(app: Flask, taken: Taken) -> Iterator[None]:
    """Say every few seconds that the job's worker is alive, on a connection of its own."""
    stop, ours = threading.Event(), (Job.id == taken.job_id, Job.tries == taken.tries)

    def beat() -> None:
        with app.app_context():
            while not stop.wait(HEARTBEAT.total_seconds()):
                # SQLite lets one write at a time, and a server may be away: a beat is missed, and the next one follows.
                with suppress(OperationalError, InterfaceError), db.engine.begin() as connection:
                    connection.execute(update(Job).where(*ours).values(heartbeat_at=clock.now()))

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
