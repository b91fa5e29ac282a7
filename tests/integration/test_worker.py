"""A worker process's loop, on a database file, beside people who save."""

import threading
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pydantic import SecretStr

from tests import given
from tracker.application import create_app
from tracker.platform import clock, jobs
from tracker.platform.db import db
from tracker.platform.jobs import Job, JobState
from tracker.settings import Settings

pytestmark = pytest.mark.both_databases

at_work, may_end = threading.Event(), threading.Event()


def long_work(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    jobs.let_others_write()
    at_work.set()
    assert may_end.wait(20)
    return {"done": payload["what"]}


def fail(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    raise ZeroDivisionError(payload["what"])


@pytest.fixture
def app(tmp_path: Path, fresh_database_url: str) -> Iterator[Flask]:
    """An application with worker jobs, on a database of this test's own."""
    url = fresh_database_url if "postgresql" in fresh_database_url else f"sqlite:///{tmp_path / 'tracker.sqlite'}"
    app = create_app(
        Settings(
            _env_file=None,
            secret_key=SecretStr("a key for tests only"),
            database_url=url,
            storage_url=f"file://{tmp_path / 'files'}",
        )
    )
    app.extensions["tasks"] = {"long": f"{__name__}:long_work", "fail": f"{__name__}:fail"}
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def asked(app: Flask, task: str) -> Any:
    with app.app_context():
        job = jobs.enqueue(task, {"what": "a pack"}, authority_id=None)
        db.session.commit()
        return job.id


def found(app: Flask, job_id: Any) -> Job:
    with app.app_context():
        job = db.session.get_one(Job, job_id)
        db.session.expunge(job)
        return job


def test_somebody_can_save_while_a_job_works(app: Flask) -> None:
    job_id = asked(app, "long")
    worker = threading.Thread(target=jobs.work, args=(app,), kwargs={"until_idle": True})
    worker.start()
    assert at_work.wait(20)

    with app.app_context():
        given.an_authority()
        db.session.commit()
    may_end.set()
    worker.join(20)

    job = found(app, job_id)
    assert (job.state, job.result) == (JobState.DONE, {"done": "a pack"})


def test_a_job_that_fails_is_tried_three_times_and_then_says_so(app: Flask) -> None:
    job_id = asked(app, "fail")

    assert jobs.work(app, until_idle=True) == jobs.MOST_TRIES

    job = found(app, job_id)
    assert (job.state, job.tries) == (JobState.FAILED, jobs.MOST_TRIES)
    assert "tell support" in job.message


def test_a_job_whose_worker_died_is_taken_up_again(app: Flask) -> None:
    job_id = asked(app, "fail")
    with app.app_context():
        job = db.session.get_one(Job, job_id)
        job.state, job.tries = JobState.RUNNING, 1
        job.heartbeat_at = clock.now() - jobs.LOST_AFTER - timedelta(seconds=1)
        db.session.commit()

    jobs.work(app, until_idle=True)

    assert found(app, job_id).tries == jobs.MOST_TRIES


def test_a_job_that_another_worker_is_doing_is_left_alone(app: Flask) -> None:
    job_id = asked(app, "fail")
    with app.app_context():
        job = db.session.get_one(Job, job_id)
        job.state, job.heartbeat_at = JobState.RUNNING, clock.now()
        db.session.commit()

    assert jobs.work(app, until_idle=True) == 0
