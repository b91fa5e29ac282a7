"""A server that is killed while files are sent to it: no row is left without its file, and no file for good."""

import contextlib
import os
import random
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from sqlalchemy import func, select

from tests import real_server
from tests.real_server import Server
from tracker.application import create_app
from tracker.evidence.files.models import FileContent, FilePreview, FileVersion
from tracker.evidence.models import Evidence
from tracker.platform import jobs
from tracker.platform.db import Model, db
from tracker.platform.storage_check import check

log = structlog.get_logger()

TIMES = int(os.environ.get("TRACKER_TEST_KILLS", "3"))
"""How often; a person who wants to be surer asks for more."""
MEGABYTE = 1024 * 1024
SIZE = 6 * MEGABYTE


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A database and a store of this test's own, with one person who may add evidence."""
    for name, value in real_server.settings_in(tmp_path).items():
        monkeypatch.setenv(name, value)
    real_server.prepare()
    return dict(os.environ)


@pytest.fixture
def server(environment: dict[str, str]) -> Iterator[Server]:
    server = Server(environment)
    server.sign_in()
    yield server
    with contextlib.suppress(ProcessLookupError):
        server.kill()


def a_file(number: int) -> bytes:
    return f"month,late,{number}\n".encode() * (SIZE // 16)


def counted(kind: type[Model]) -> int:
    return db.session.scalar(select(func.count()).select_from(kind)) or 0


def test_a_process_killed_while_a_file_is_sent_leaves_no_row_without_a_file_and_no_file_for_good(
    server: Server,
) -> None:
    app, usual = create_app(), seconds_to_answer(server)
    for number in range(1, TIMES + 1):
        chance = random.Random(number)  # noqa: S311  # the same moments whenever it is run
        upload = whole(server, number)
        sent = chance.randrange(1, len(upload)) if number % 3 == 0 else len(upload)
        with server.connected() as connection, contextlib.suppress(OSError):
            connection.sendall(upload[:sent])
            time.sleep(chance.uniform(0, 2 * usual))
            server.kill_worker()

        with app.app_context():
            assert check().lost == []
            assert counted(Evidence) == counted(FileVersion) == counted(FileContent)

    jobs.work(app, until_idle=True)
    with app.app_context():
        before = check(young=timedelta(0), repair=True)
        left = check(young=timedelta(0))
        rows = counted(Evidence)
        log.info("killed", times=TIMES, rows=rows, removed=before.removed, usual=round(usual, 2))
        assert (left.lost, left.left_over, left.young) == ([], [], 0)
        assert left.files == rows + len(set(db.session.scalars(select(FilePreview.file_sha256))))
        assert counted(FilePreview) == rows


def test_a_file_that_arrives_whole_is_there_when_the_server_is_killed_after_it_answered(server: Server) -> None:
    with server.connected() as connection:
        connection.sendall(whole(server, 0))
        answer = connection.recv(1024)
        server.kill()

    assert b"Location: /brent/evidence/1" in answer
    with create_app().app_context():
        assert counted(Evidence) == 1
        checked = check(young=timedelta(0))
        assert (checked.files, checked.lost, checked.left_over) == (1, [], [])


def seconds_to_answer(server: Server) -> float:
    """How long the service works on a file after its last byte, on this machine today."""
    with server.connected() as connection:
        connection.sendall(whole(server, 0))
        sent = time.monotonic()
        assert b"302 FOUND" in connection.recv(1024)
        return time.monotonic() - sent


def whole(running: Server, number: int) -> bytes:
    """All that is sent to add one file."""
    file = a_file(number)
    before, after = running.upload(f"late visits {number}.csv", len(file))
    return before + file + after
