"""A server that is killed while files are sent to it: no row is left without its file, and no file for good."""

import contextlib
import io
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.given_evidence import PDF
from tracker import cli
from tracker.application import create_app
from tracker.evidence.models import Evidence
from tracker.platform.db import db
from tracker.platform.storage_check import check
from tracker.settings import PROJECT

TIMES = int(os.environ.get("TRACKER_TEST_KILLS", "3"))
"""How often; a person who wants to be surer asks for more."""
MEGABYTE = 1024 * 1024
SIZE = 6 * MEGABYTE
MOMENTS = (0.0, 0.01, 0.02, 0.03, 0.05, 0.08)
"""Seconds after the last byte was sent: while it is read, stored, written down, or answered."""
PASSWORD = "copper kettle lantern"  # of a database that lives as long as the test
BROWSER = "a test"
"""A session holds in the browser that began it, and in no other."""
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A database and a store of this test's own, with one person who may add evidence."""
    monkeypatch.setenv("TRACKER_SECRET_KEY", "a key for tests only")
    monkeypatch.setenv("TRACKER_DATABASE_URL", f"sqlite:///{tmp_path / 'tracker.sqlite'}")
    monkeypatch.setenv("TRACKER_STORAGE_URL", f"file://{tmp_path / 'files'}")
    monkeypatch.setenv("TRACKER_JOBS", "inline")
    run = CliRunner().invoke
    assert run(cli.tracker, ["migrate"]).exit_code == 0
    assert run(cli.tracker, ["add-authority", "brent", "Brent"]).exit_code == 0
    given = ["add-person", "amina.yusuf@example.org", "Amina Yusuf", "--authority", "brent", "--role", "qa_officer"]
    added = run(cli.tracker, [*given, "--password", PASSWORD])
    assert added.exit_code == 0, added.output
    return dict(os.environ)


class Server:
    """The service as it runs in earnest, in processes of its own that can be killed."""

    def __init__(self, environment: dict[str, str]) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--threads", "2", "wsgi:app"],
            cwd=PROJECT, env=environment, start_new_session=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.cookies = CookieJar()
        self.person = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.person.addheaders = [("User-Agent", BROWSER)]
        self._wait()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def _wait(self) -> None:
        for _ in range(300):
            try:
                urllib.request.urlopen(self.url("/health"), timeout=5).close()  # noqa: S310  # our own server
                return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("The server did not start")

    def token(self, path: str) -> str:
        with self.person.open(self.url(path)) as page:
            found = TOKEN.search(page.read().decode())
        assert found is not None
        return found[1]

    def sign_in(self) -> None:
        said = {"email": "amina.yusuf@example.org", "password": PASSWORD, "csrf_token": self.token("/sign-in")}
        self.person.open(self.url("/sign-in"), urlencode(said).encode()).close()

    def begin(self, number: int) -> tuple[socket.socket, bytes]:
        """A connection on which an upload may be sent, and all that is to be sent."""
        file = FileStorage(stream=_file(number), filename=f"minutes {number}.pdf", content_type="application/pdf")
        boundary, body = encode_multipart(
            {
                "csrf_token": self.token("/brent/evidence/add/file"),
                "title": f"Minutes {number}",
                "shows": "What was decided",
                "strength": "Activity",
                "dated": "12 November 2025",
                "marking": "Official",
                "file": file,
            }
        )
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.cookies)
        head = (
            f"POST /brent/evidence/add/file HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {cookies}\r\n"
            f"User-Agent: {BROWSER}\r\n"
            f"Content-Type: multipart/form-data; boundary={boundary}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return socket.create_connection(("127.0.0.1", self.port)), head.encode() + body

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _file(number: int) -> io.BytesIO:
    return io.BytesIO(PDF + f"%{number}\n".encode() + b"%" * SIZE + b"\n%%EOF\n")


@pytest.fixture
def server(environment: dict[str, str]) -> Iterator[Callable[[], Server]]:
    """Starts the service; whatever still runs at the end of the test is stopped."""
    started: list[Server] = []

    def start() -> Server:
        started.append(Server(environment))
        return started[-1]

    yield start
    for one in started:
        with contextlib.suppress(ProcessLookupError):
            one.kill()


def test_a_server_killed_while_a_file_is_sent_leaves_no_row_without_a_file_and_no_file_for_good(
    server: Callable[[], Server],
) -> None:
    for number in range(TIMES):
        running = server()
        running.sign_in()
        connection, upload = running.begin(number)
        with connection, contextlib.suppress(OSError):
            sent = len(upload) if number % 2 else len(upload) * (number + 1) // (TIMES + 1)
            connection.sendall(upload[:sent])
            time.sleep(MOMENTS[number // 2 % len(MOMENTS)])
            running.kill()

        with create_app().app_context():
            assert check().lost == []

    with create_app().app_context():
        check(young=timedelta(0), repair=True)
        left = check(young=timedelta(0))
        rows = db.session.scalar(select(func.count()).select_from(Evidence))
        assert (left.lost, left.left_over, left.young, left.files) == ([], [], 0, rows)


def test_a_file_that_arrives_whole_is_there_when_the_server_is_killed_after_it_answered(
    server: Callable[[], Server],
) -> None:
    running = server()
    running.sign_in()
    connection, upload = running.begin(0)
    with connection:
        connection.sendall(upload)
        answer = connection.recv(1024)
        running.kill()

    assert b"Location: /brent/evidence/1" in answer
    with create_app().app_context():
        assert db.session.scalar(select(func.count()).select_from(Evidence)) == 1
        checked = check(young=timedelta(0))
        assert (checked.files, checked.lost, checked.left_over) == (1, [], [])
