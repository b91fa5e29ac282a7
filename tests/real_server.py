"""The service as it runs in earnest, in processes of its own that can be killed, and a person who adds files to it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from click.testing import CliRunner

from tracker import cli
from tracker.settings import PROJECT

PASSWORD = "copper kettle lantern"  # of a database that lives as long as a test
BROWSER = "a test"
"""A session holds in the browser that began it, and in no other."""
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
BOUNDARY = "between-the-parts"


def settings_in(folder: Path) -> dict[str, str]:
    """Settings of a database and a store of their own."""
    return {
        "TRACKER_SECRET_KEY": "a key for tests only",
        "TRACKER_DEMONSTRATION": "false",  # where the demonstration was made, its .env says otherwise
        "TRACKER_DATABASE_URL": f"sqlite:///{folder / 'tracker.sqlite'}",
        "TRACKER_PACKS_AHEAD": "false",
        "TRACKER_STORAGE_URL": f"file://{folder / 'files'}",
    }


def prepare() -> None:
    """Make the database that the environment names, with one person who may add evidence."""
    run = CliRunner().invoke
    assert run(cli.tracker, ["migrate"]).exit_code == 0
    assert run(cli.tracker, ["add-authority", "brent", "Brent"]).exit_code == 0
    given = ["add-person", "amina.yusuf@example.org", "Amina Yusuf", "--authority", "brent", "--role", "qa_officer"]
    added = run(cli.tracker, [*given, "--password", PASSWORD])
    assert added.exit_code == 0, added.output


class Server:
    """gunicorn with one worker process; whoever talks to it is signed in once ``sign_in`` was called."""

    def __init__(self, environment: Mapping[str, str], *, port: int = 0) -> None:
        self.address = f"127.0.0.1:{port or _free_port()}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--preload", "-b", self.address, "--threads", "2", "wsgi:app"],
            cwd=PROJECT, env=environment, start_new_session=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.cookies = CookieJar()
        self.person = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.person.addheaders = [("User-Agent", BROWSER)]
        self._wait()

    def url(self, path: str) -> str:
        return f"http://{self.address}{path}"

    def _wait(self) -> None:
        for _ in range(600):
            try:
                urllib.request.urlopen(self.url("/health"), timeout=5).close()  # noqa: S310  # our own server
                return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("The server did not start")

    @property
    def worker(self) -> int:
        """The process that answers requests."""
        return self._workers()[0]

    def _workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return [int(child) for child in children.split()]

    def token(self, path: str) -> str:
        with self.person.open(self.url(path)) as page:
            found = TOKEN.search(page.read().decode())
        assert found is not None
        return found[1]

    def sign_in(self) -> None:
        said = {"email": "amina.yusuf@example.org", "password": PASSWORD, "csrf_token": self.token("/sign-in")}
        self.person.open(self.url("/sign-in"), urlencode(said).encode()).close()

    def download(self, number: int) -> bytes:
        """All that is sent to take the file of a piece of evidence away."""
        body = urlencode({"csrf_token": self.token(f"/brent/evidence/{number}")}).encode()
        path = f"/brent/evidence/{number}/download"
        return self._head(path, "application/x-www-form-urlencoded", len(body)) + body

    def upload(self, name: str, size: int) -> tuple[bytes, bytes]:
        """What is sent before and after the ``size`` bytes of a file that is added as evidence."""
        path = "/brent/evidence/add/file"
        said = {
            "csrf_token": self.token(path),
            "title": "Minutes",
            "shows": "What was decided",
            "strength": "Activity",
            "dated": "12 November 2025",
            "marking": "Official",
        }
        parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in said.items()]
        parts.append(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        before, after = "".join(parts).encode(), f"\r\n--{BOUNDARY}--\r\n".encode()
        head = self._head(path, f"multipart/form-data; boundary={BOUNDARY}", len(before) + size + len(after))
        return head + before, after

    def _head(self, path: str, media_type: str, length: int) -> bytes:
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.cookies)
        return (
            f"POST {path} HTTP/1.1\r\nHost: {self.address}\r\nCookie: {cookies}\r\nUser-Agent: {BROWSER}\r\n"
            f"Connection: close\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\r\n"
        ).encode()

    def connected(self) -> socket.socket:
        host, port = self.address.split(":")
        return socket.create_connection((host, int(port)))

    def kill_worker(self) -> None:
        """End the process that answers at once, whatever it is doing; the next answers once another has begun."""
        killed = self.worker
        os.kill(killed, signal.SIGKILL)
        for _ in range(600):
            if killed not in self._workers() and self._workers():
                return
            time.sleep(0.02)
        raise TimeoutError("No other worker began")

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port
