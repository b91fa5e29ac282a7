"""The service as it is started in earnest: its figures, its lines, and how it stops when it is asked to."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests import real_server
from tests.given_backups import a_place, make_tables
from tracker.platform import jobs, stopping
from tracker.platform.db import db
from tracker.platform.jobs import Job, JobState
from tracker.settings import PROJECT

pytestmark = pytest.mark.any_database


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def answer(port: int, path: str) -> str:
    for _ in range(2400):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as page:  # our own
                return str(page.read().decode())
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"Nothing answered at {port}")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int, int]]:
    """``tracker serve`` with one process for pages, one for jobs and one that answers Prometheus; and their ports."""
    settings = real_server.settings_in(tmp_path)
    with a_place(tmp_path) as app, app.app_context():
        make_tables()
    port, figures = free_port(), free_port()
    environment = os.environ | settings | {"TRACKER_METRICS_ADDRESS": f"127.0.0.1:{figures}"}
    process = subprocess.Popen(
        [str(Path(sys.executable).parent / "tracker"), "serve", "--port", str(port), "--web-processes", "1"],
        cwd=PROJECT, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    yield process, port, figures
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.mark.timeout(500)
def test_a_served_process_counts_tells_and_stops_without_breaking_off(
    served: tuple[subprocess.Popen[str], int, int],
) -> None:
    process, port, figures = served
    for path in ("/help", "/help", "/health", "/sign-in"):
        answer(port, path)

    counted = answer(figures, "/metrics")
    asked = re.search(r'tracker_requests_total\{endpoint="web.help",method="GET",status="200"\} (\d+)\.0', counted)
    timed = re.search(r'tracker_request_seconds_bucket\{endpoint="web.help",le="\+Inf"\} (\d+)\.0', counted)
    assert asked is not None
    assert timed is not None
    assert int(asked[1]) == int(timed[1]) >= 2
    assert "tracker_database_answers 1.0" in counted
    assert re.search(r"tracker_database_connections \d+\.0", counted)
    assert "tracker_oldest_job_seconds 0.0" in counted
    assert "@" not in counted

    with socket.create_connection(("127.0.0.1", port)) as person:
        body = b"email=somebody&password=something"
        person.sendall(b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n")
        person.sendall(b"Content-Type: application/x-www-form-urlencoded\r\n")
        person.sendall(b"Content-Length: %d\r\n\r\n%b" % (len(body), body[:10]))
        time.sleep(0.5)
        process.terminate()
        time.sleep(0.5)
        person.sendall(body[10:])
        said = person.makefile("rb").read()
    assert said.startswith(b"HTTP/1.1 400")

    _, lines = process.communicate(timeout=120)
    assert process.returncode == 0
    told = [json.loads(line) for line in lines.splitlines()]
    pages = [line["endpoint"] for line in told if line["event"] == "request"]
    assert pages.count("web.help") == int(asked[1])
    assert any(line["event"] == "worker stopped" for line in told)
    assert any(line.get("logger") == "gunicorn.error" for line in told)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port))


@pytest.fixture
def worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """This process as a worker that heeds whoever asks it to stop."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGALRM)}
    monkeypatch.setattr(stopping, "_stop", stopping._Stop())
    with a_place(tmp_path) as app:
        app.extensions["tasks"] = {"long": f"{__name__}:long_work", "quick": f"{__name__}:quick_work"}
        with app.app_context():
            db.create_all()
        stopping.heed()
        yield app
        for number, handler in handlers.items():
            signal.signal(number, handler)


def long_work(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(60)
    return {}


def quick_work(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    os.kill(os.getpid(), signal.SIGTERM)
    return {"done": True}


def left(app: Flask, task: str) -> Job:
    """A job of this task and one after it, once the worker was asked to stop in the midst of the first."""
    with app.app_context():
        asked = [jobs.enqueue(task, {}, authority_id=None).id, jobs.enqueue("quick", {}, authority_id=None).id]
        db.session.commit()
    jobs.work(app)
    with app.app_context():
        first, second = (db.session.get_one(Job, each) for each in asked)
        assert second.state is JobState.QUEUED
        db.session.expunge(first)
        return first


def test_a_worker_that_is_asked_to_stop_ends_the_job_that_it_has_and_begins_no_other(worker: Flask) -> None:
    job = left(worker, "quick")

    assert (job.state, job.result) == (JobState.DONE, {"done": True})


def test_a_job_that_takes_too_long_to_end_is_handed_back_as_if_it_had_not_been_begun(
    worker: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stopping, "GRACE", 0.2)

    job = left(worker, "long")

    assert (job.state, job.tries) == (JobState.QUEUED, 0)
