"""Jobs done by Celery: a real Redis and real worker processes, killed and brought back."""

import os
import signal
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import update

from tests import given
from tests.real_redis import Redis, a_redis
from tracker.application import create_app
from tracker.packs import commands as packs
from tracker.packs.rules import PackKind
from tracker.platform import by_celery, clock, jobs, under_way
from tracker.platform.db import db
from tracker.platform.jobs import Job, JobState
from tracker.settings import Settings

TASKS = {name: f"{__name__}:{name}" for name in ("note", "wait_for_a_file")}
SOON = timedelta(seconds=1)
"""How often the worker of these tests looks after lost messages."""


def note(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Leaves a line for each time it is done."""
    with Path(payload["file"]).open("a", encoding="utf-8") as file:
        file.write("done\n")
    return {}


def wait_for_a_file(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """Ends when its file is there, or when somebody cancels it."""
    jobs.let_others_write()
    for _ in range(1000):
        under_way.tell({"waits": True})
        under_way.stop_if_cancelled()
        if Path(payload["file"]).exists():
            return {}
        time.sleep(0.05)
    raise TimeoutError


def settings(folder: Path, redis: str, database: str) -> Settings:
    return Settings(
        _env_file=None,
        secret_key=SecretStr("a key for tests only"),
        database_url=database,
        storage_url=f"file://{folder / 'files'}",
        jobs="celery",
        redis_url=SecretStr(redis),
    )


def be_a_worker(folder: Path, redis: str, database: str) -> None:
    """In a process of its own."""
    warnings.simplefilter("ignore")  # Celery warns whoever is root, and tests sometimes are
    by_celery.LOOK_EVERY = SOON
    app = create_app(settings(folder, redis, database))
    app.extensions["tasks"] |= TASKS
    app.extensions["ticks"] = {}
    by_celery.work(app)


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    with a_redis(tmp_path) as redis:
        yield redis


@pytest.fixture
def database(tmp_path: Path, fresh_database_url: str) -> str:
    return fresh_database_url if "postgresql" in fresh_database_url else f"sqlite:///{tmp_path / 'tracker.sqlite'}"


@pytest.fixture
def app(tmp_path: Path, redis: Redis, database: str) -> Iterator[Flask]:
    app = create_app(settings(tmp_path, redis.url, database))
    app.extensions["tasks"] |= TASKS
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def begin(tmp_path: Path, redis: Redis, database: str, app: Flask) -> Iterator[Callable[[], ForkProcess]]:
    """Begins a worker process: forked, since importing everything once more would take longer than the tests."""
    begun = []

    def worker() -> ForkProcess:
        begun.append(get_context("fork").Process(target=be_a_worker, args=(tmp_path, redis.url, database)))
        begun[-1].start()
        return begun[-1]

    yield worker
    for each in begun:
        kill(at_work(each))
        each.kill()
        each.join()


def at_work(worker: ForkProcess) -> int:
    """The process that does its jobs."""
    return int(Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text(encoding="ascii").split()[0])


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)


def asked(task: str, file: Path) -> UUID:
    job_id = jobs.enqueue(task, {"file": str(file)}, authority_id=None).id
    db.session.commit()
    return job_id


def job_is(job_id: UUID, holds: Callable[[Job], object]) -> Job:
    """The job, as soon as it is as wished."""
    for _ in range(1200):
        job = db.session.get_one(Job, job_id)
        db.session.expunge(job)
        db.session.rollback()  # SQLite lets nobody else write meanwhile
        if holds(job):
            return job
        time.sleep(0.05)
    raise TimeoutError(f"The job did not come to what it should: {job_id}")


def done(job: Job) -> bool:
    return job.state is JobState.DONE


def lost(job_id: UUID) -> None:
    """As if a minute had passed since its worker died."""
    db.session.execute(update(Job).where(Job.id == job_id).values(heartbeat_at=clock.now() - 2 * jobs.LOST_AFTER))
    db.session.commit()


@pytest.mark.both_databases
def test_jobs_are_done_once_through_whatever_befalls_redis_and_workers(
    on_postgresql: None, app: Flask, redis: Redis, tmp_path: Path, begin: Callable[[], ForkProcess]
) -> None:
    """One journey, since each worker process costs seconds to begin; on the database that more than one machine has."""
    worker, noted, gate = begin(), tmp_path / "noted", tmp_path / "gate"

    # A pack is made.
    brent = given.an_item().authority
    pack = packs.ask(brent, kind=PackKind.IMPROVEMENT_PLAN, by=None, at=clock.now())
    assert pack.job is not None
    pack_job = pack.job.id
    db.session.commit()
    assert job_is(pack_job, done).result["pages"] > 0

    # A message that comes twice, at once and after the job has ended, does nothing.
    first = asked("note", noted)
    celery = by_celery.engine(redis.url)
    by_celery.call(celery, first)
    job_is(first, done)
    by_celery.call(celery, first)
    second = asked("note", noted)
    job_is(second, done)
    assert noted.read_text() == "done\n" * 2

    # Somebody who cancels is heard, and meanwhile sees how far it is.
    stopped = asked("wait_for_a_file", gate)
    job_is(stopped, lambda job: job.progress == {"waits": True})
    jobs.cancel(db.session.get_one(Job, stopped), by="Dana Whitfield", at=clock.now())
    db.session.commit()
    assert job_is(stopped, lambda job: job.state is JobState.FAILED).message == "Dana Whitfield cancelled it."

    # A job whose worker is killed is taken up by the process that follows.
    cut_off = asked("wait_for_a_file", gate)
    job_is(cut_off, lambda job: job.state is JobState.RUNNING)
    kill(at_work(worker))
    lost(cut_off)
    job_is(cut_off, lambda job: job.tries == 2)

    # Redis is killed with a message in it, comes back empty, and neither that job nor the one under way is lost.
    queued = asked("note", noted)
    redis.kill()
    unheard = asked("note", noted)
    gate.touch()
    assert job_is(cut_off, done).tries == 2
    redis.start()
    job_is(queued, done)
    job_is(unheard, done)
    assert noted.read_text() == "done\n" * 4
    after = asked("note", noted)
    job_is(after, done)
    assert [db.session.get_one(Job, each).tries for each in (first, second, queued, unheard, after)] == [1] * 5


def test_a_job_waits_for_its_worker_where_redis_does_not_answer(app: Flask, redis: Redis, tmp_path: Path) -> None:
    redis.kill()

    job_id = asked("note", tmp_path / "noted")

    assert jobs.waiting(10) == [job_id]
    db.session.rollback()
    assert jobs.work(app, until_idle=True) == 1


def test_nothing_is_sent_again_while_enough_is_on_its_way(
    app: Flask, redis: Redis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_celery, "SENT_AGAIN", 3)
    for _ in range(2):
        asked("note", tmp_path / "noted")
    celery = by_celery.engine(redis.url)

    assert [by_celery.send_again(app, celery) for _ in range(2)] == [2, 3]
    assert redis.asked("LLEN", by_celery.QUEUE) == ":3"
