"""Starting the service: folders, the demonstration's settings, gunicorn with worker processes beside it."""

import contextlib
import multiprocessing
import secrets
import subprocess
import sys
from pathlib import Path

from flask import Flask
from sqlalchemy import make_url

from tracker.application import create_app
from tracker.platform import jobs
from tracker.settings import PROJECT


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


def serve(*, port: int, host: str = "127.0.0.1", web_processes: int = 2, job_processes: int = 1) -> None:
    """Serve until stopped. Worker processes are spawned, so that they share nothing with the web."""
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_work, daemon=True) for _ in range(job_processes)]
    for worker in workers:
        worker.start()
    try:
        subprocess.run(  # noqa: S603  # our own interpreter, and numbers
            [sys.executable, "-m", "gunicorn", "--bind", f"{host}:{port}", "--workers", str(web_processes),
             "--threads", "4", "--timeout", "120", "--chdir", str(PROJECT), "wsgi:app"],
            check=True,
        )  # fmt: skip
    except KeyboardInterrupt:
        pass
    finally:
        for worker in workers:
            worker.terminate()


def _work() -> None:
    with contextlib.suppress(KeyboardInterrupt):
        jobs.work(create_app())
