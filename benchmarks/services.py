"""The whole service as it runs on more than one machine: PostgreSQL, Redis, web and workers, each to be killed."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tests.real_redis import Redis, a_free_port
from tracker.settings import PROJECT

PATIENCE = 120.0
"""Seconds that a service may take to be there again."""


def until(holds: object, *, what: str, patience: float = PATIENCE) -> None:
    """Wait until a question, asked again and again, is answered with yes."""
    assert callable(holds)  # noqa: S101  # said by the type of those who call
    ends = time.monotonic() + patience
    while not holds():
        if time.monotonic() > ends:
            raise TimeoutError(f"{what} is not there after {patience:.0f} seconds")
        time.sleep(0.1)


class Postgresql:
    """A server on a socket of its own. Whoever connects is no superuser."""

    def __init__(self, folder: Path) -> None:
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        self.folder, self.place = folder / "postgresql", folder / "socket"
        self.place.mkdir()
        self.user: Sequence[str] = ()
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, "postgres")
            shutil.chown(self.place, "postgres")
            self.user = ("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--")
        self._say("initdb", "-D", str(self.folder), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C")
        self.start()
        self._say("createuser", "-h", str(self.place), "-U", "postgres", "--createdb", "tracker")
        self._say("createdb", "-h", str(self.place), "-U", "tracker", "--maintenance-db", "postgres", "tracker")

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://tracker@/tracker?host={self.place}"

    def _say(self, program: str, *words: str) -> None:
        subprocess.run([*self.user, str(self.bin / program), *words], check=True, stdout=subprocess.DEVNULL, cwd="/")

    def start(self) -> None:
        """Again and again: the one that was killed may hold its memory for a moment."""
        for _ in range(100):
            self.process = subprocess.Popen(
                [*self.user, str(self.bin / "postgres"), "-D", str(self.folder), "-k", str(self.place),
                 "-c", "listen_addresses=", "-c", "max_connections=60"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
            )  # fmt: skip
            while self.process.poll() is None:
                if self._answers():
                    return
                time.sleep(0.1)
            time.sleep(0.2)
        raise TimeoutError("PostgreSQL did not start")

    def _answers(self) -> bool:
        with (
            contextlib.suppress(psycopg.OperationalError),
            psycopg.connect(host=str(self.place), user="postgres", dbname="postgres"),
        ):
            return True
        return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """At once, and with all that it began."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()


class Web:
    """gunicorn, as ``tracker serve`` starts it."""

    def __init__(self, environment: Mapping[str, str], *, processes: int, threads: int) -> None:
        self.environment, self.processes, self.threads = environment, processes, threads
        self.address = f"127.0.0.1:{a_free_port()}"
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--preload", "-b", self.address, "--workers", str(self.processes),
             "--threads", str(self.threads), "--timeout", "120", "wsgi:app"],
            cwd=PROJECT, env=self.environment, start_new_session=True, stderr=log_of(self.environment),
        )  # fmt: skip
        until(self.answers, what="The web")

    def answers(self) -> bool:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://{self.address}/health", timeout=5):
            return True
        return False

    def kill_one(self, chance: float) -> None:
        """One of the processes that answer, whatever it is doing; gunicorn begins another."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        children = listed.read_text(encoding="ascii").split()
        if children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(children[int(chance * len(children))]), signal.SIGKILL)

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Worker:
    """``tracker work``."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", "from tracker.cli import main; main()", "work"],
            cwd=PROJECT, env=self.environment, start_new_session=True, stderr=log_of(self.environment),
        )  # fmt: skip

    def kill(self) -> None:
        """With what it makes packs in, as a machine that goes down."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def log_of(environment: Mapping[str, str]) -> int:
    """Where the services write their logs."""
    return os.open(environment["BENCHMARK_LOG"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def _settings(folder: Path, database: str, redis: str) -> dict[str, str]:
    """The environment of every process of the service."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")},
        "BENCHMARK_LOG": str(folder / "log"),
        "TRACKER_SECRET_KEY": "a key for benchmarks only",
        "TRACKER_DEMONSTRATION": "false",  # whatever the .env of this folder says
        "TRACKER_DATABASE_URL": database,
        "TRACKER_STORAGE_URL": f"file://{folder / 'files'}",
        "TRACKER_SIGN_IN_LIMIT": "100000 per minute",
        "TRACKER_JOBS": "celery",
        "TRACKER_REDIS_URL": redis,
    }


@contextmanager
def databases(purpose: str) -> Iterator[tuple[Mapping[str, str], Postgresql, Redis]]:
    """Both servers in a folder of their own, and the environment of whoever uses them, this process among them.

    They are killed at the end, also of one who is asked to stop.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ExitStack() as ends:
        place = tempfile.TemporaryDirectory(prefix=f"tracker-{purpose}-", ignore_cleanup_errors=True)
        folder = Path(ends.enter_context(place))
        folder.chmod(0o755)  # PostgreSQL may be somebody else
        postgresql = Postgresql(folder)
        ends.callback(postgresql.stop)
        redis = Redis(folder)
        ends.callback(lambda: redis.kill())
        environment = _settings(folder, postgresql.url, redis.url)
        os.environ.update(environment)
        yield environment, postgresql, redis
