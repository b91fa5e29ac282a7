"""The database goes away under a served site, and comes back."""

import os
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest
from psycopg import errors as postgresql
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

from benchmarks.services import Postgresql
from tests.page_check import check
from tests.real_server import Server, settings_in
from tracker.platform.away import is_away
from tracker.settings import PROJECT

pytestmark = [pytest.mark.any_database, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgresql]:
    folder = tmp_path_factory.mktemp("p", numbered=True)
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(0o755)  # PostgreSQL runs as somebody else, and comes by here
    postgresql = Postgresql(folder)
    yield postgresql
    postgresql.stop()


@pytest.fixture(scope="module")
def server(database: Postgresql, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    environment = os.environ | settings_in(tmp_path_factory.mktemp("files")) | {"TRACKER_DATABASE_URL": database.url}
    prepare = "from tests import real_server; real_server.prepare()"  # its connections end with its process
    subprocess.run([sys.executable, "-c", prepare], cwd=PROJECT, env=environment, check=True)
    server = Server(environment)
    yield server
    server.kill()


def asked(server: Server, path: str, body: bytes | None = None) -> tuple[int, Message, str]:
    try:
        with server.person.open(server.url(path), body) as page:
            return page.status, page.headers, page.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.status or 0, refused.headers, refused.read().decode()


def test_whoever_asks_while_it_is_away_is_told_when_to_come_again(database: Postgresql, server: Server) -> None:
    server.sign_in()
    token = server.token("/brent/evidence/add/file")
    database.stop()

    for path in ("/brent/evidence", "/sign-in", "/brent/plan", "/health"):
        status, headers, page = asked(server, path)
        assert (path, status, headers["Retry-After"]) == (path, 503, "15")
        check(page)
        assert "The service is away for a moment" in page
    status, headers, page = asked(server, "/brent/evidence/add/file", f"csrf_token={token}&title=Minutes".encode())
    assert (status, headers["Retry-After"]) == (503, "15")
    assert "look first whether it was saved" in page
    database.start()


def test_nobody_sees_that_it_was_restarted_while_nobody_asked(database: Postgresql, server: Server) -> None:
    server.sign_in()
    database.stop()
    database.start()

    assert [asked(server, path)[0] for path in ("/brent/evidence", "/brent/plan", "/brent/")] == [200, 200, 200]


def test_it_is_used_again_as_soon_as_it_is_back(database: Postgresql, server: Server) -> None:
    server.sign_in()
    database.stop()
    assert asked(server, "/brent/evidence")[0] == 503
    database.start()

    assert asked(server, "/brent/evidence")[0] == 200


@pytest.mark.parametrize(
    ("fault", "away"),
    [
        (OperationalError("", None, postgresql.OperationalError("connection refused")), True),
        (OperationalError("", None, postgresql.CannotConnectNow()), True),
        (OperationalError("", None, postgresql.TooManyConnections()), True),
        (OperationalError("", None, postgresql.ConnectionFailure()), True),
        (OperationalError("", None, postgresql.DeadlockDetected()), False),
        (OperationalError("", None, postgresql.DiskFull()), False),
        (IntegrityError("", None, postgresql.UniqueViolation()), False),
        (NoneFree("QueuePool limit reached"), True),
        (ValueError(), False),
        (None, False),
    ],
)
def test_only_what_a_database_does_that_is_away_counts_as_that(fault: BaseException | None, away: bool) -> None:
    assert is_away(fault) is away


def test_a_file_that_is_not_there_is_away_and_a_wrong_question_is_not(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError) as missing:
        sqlite3.connect(tmp_path / "nowhere" / "tracker.sqlite").execute("SELECT 1")
    with pytest.raises(sqlite3.OperationalError) as wrong:
        sqlite3.connect(":memory:").execute("SELECT nothing")

    assert is_away(OperationalError("", None, missing.value))
    assert not is_away(OperationalError("", None, wrong.value))
