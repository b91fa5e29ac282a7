"""Starting the service: folders, the demonstration's settings, gunicorn with worker processes beside it."""

import contextlib
import multiprocessing
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.context import SpawnProcess
from pathlib import Path

from flask import Flask
from sqlalchemy import make_url

from tracker.application import create_app
from tracker.platform import metrics, stopping, waking, walls
from tracker.platform.errors import Refused
from tracker.settings import PROJECT, Settings

LOOK_EVERY = 2.0
"""Seconds between two looks whether all worker processes are there. Our choice."""


def write_demonstration_settings() -> None:
    """Give a fresh checkout a ``.env`` with a key of its own; one that exists is left alone."""
    file = PROJECT / ".env"
    if not file.exists():
        file.write_text(f"TRACKER_SECRET_KEY={secrets.token_hex(32)}\nTRACKER_DEMONSTRATION=true\n", encoding="utf-8")
        file.chmod(0o600)


def make_folders(app: Flask) -> None:
    """Make the folder of an SQLite database; SQLite makes only the file."""
    url = make_url(str(app.config["SQLALCHEMY_DATABASE_URI"]))
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)


def serve(
    *, port: int, host: str = "127.0.0.1", web_processes: int = 2, web_threads: int = 4, job_processes: int = 1
) -> None:
    """Serve until stopped: requests that have begun are answered, and jobs end or are handed back.

    Worker processes are spawned, so that they share nothing with the web; one that is killed is followed by another, as
    gunicorn does with its own. Raises Refused when the web cannot be served.
    """
    warn_if_bypassed()
    with _figures() as counted:
        beside = [_Beside(work) for _ in range(job_processes)]
        beside += [_Beside(_answer_prometheus)] if counted else []
        # Loaded once and forked: a process that is killed is followed by another in a moment.
        web = subprocess.Popen(  # noqa: S603  # our own interpreter, and numbers
            [sys.executable, "-m", "gunicorn", "--preload", "--bind", f"{host}:{port}", "--workers", str(web_processes),
             "--threads", str(web_threads), "--timeout", "120", "--chdir", str(PROJECT), "wsgi:app"],
        )  # fmt: skip
        signal.signal(signal.SIGTERM, lambda *_: _ask_to_stop(web, beside))
        try:
            with contextlib.suppress(KeyboardInterrupt):
                while not _has_ended(web):
                    for each in beside:
                        each.follow()
        finally:
            _stop(web, beside)
    if web.returncode > 0:
        raise Refused(f"The web could not be served: gunicorn ended with status {web.returncode}.")


class _Beside:
    """A process beside the web, and those that follow it until it is asked to stop."""

    def __init__(self, target: Callable[[], None]) -> None:
        self.target, self.stops = target, False
        self.process = self._begun()

    def _begun(self) -> SpawnProcess:
        process = multiprocessing.get_context("spawn").Process(target=self.target, daemon=True)
        process.start()
        return process

    def follow(self) -> None:
        """Begin another where this one was killed."""
        if not self.stops and not self.process.is_alive():
            self.process = self._begun()

    def ask_to_stop(self) -> None:
        self.stops = True
        self.process.terminate()

    def wait(self, seconds: float) -> None:
        self.process.join(seconds)
        if self.process.is_alive():
            self.process.kill()


def _has_ended(web: "subprocess.Popen[bytes]") -> bool:
    with contextlib.suppress(subprocess.TimeoutExpired):
        web.wait(LOOK_EVERY)
    return web.returncode is not None


def warn_if_bypassed() -> None:
    """Say in the log where PostgreSQL keeps nothing back from the role that the settings name."""
    with create_app().app_context():
        walls.warn_if_bypassed()


def _ask_to_stop(web: "subprocess.Popen[bytes]", beside: Sequence[_Beside]) -> None:
    web.terminate()
    for each in beside:
        each.ask_to_stop()


def _stop(web: "subprocess.Popen[bytes]", beside: Sequence[_Beside]) -> None:
    """Wait for what was asked to stop, a little longer than a job may take to."""
    _ask_to_stop(web, beside)
    web.wait()
    for each in beside:
        each.wait(stopping.GRACE + 5)


@contextlib.contextmanager
def _figures() -> Iterator[bool]:
    """Whether anything is counted; the processes that are started inside then count in one folder."""
    if not Settings().metrics_address:
        yield False
    elif os.environ.get(metrics.FOLDER):
        yield True
    else:
        os.environ[metrics.FOLDER] = tempfile.mkdtemp(prefix="tracker-figures-")
        try:
            yield True
        finally:
            shutil.rmtree(os.environ.pop(metrics.FOLDER), ignore_errors=True)


def work() -> None:
    """Do jobs until stopped."""
    stopping.heed()
    with contextlib.suppress(KeyboardInterrupt):
        waking.work(create_app())


def _answer_prometheus() -> None:
    from tracker.platform import metrics_served  # it loads the library, which looks at the environment

    with contextlib.suppress(KeyboardInterrupt):
        metrics_served.serve(create_app())
