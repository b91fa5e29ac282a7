"""Backups that are made while people work, and restored elsewhere."""

import itertools
import os
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from uuid import UUID

import pytest
from flask import Flask
from moto.server import ThreadedMotoServer
from sqlalchemy import inspect, select

from tests import given_backups
from tests.conftest import a_database
from tests.given_backups import a_place, add_a_file, make_tables
from tracker.evidence.models import Evidence
from tracker.platform import history, storage
from tracker.platform.backup import hold, making, restoring
from tracker.platform.backup.sealing import SecretKey
from tracker.platform.db import db
from tracker.platform.errors import Refused
from tracker.platform.jobs import TryLater
from tracker.platform.storage_check import check

pytestmark = pytest.mark.both_databases

PEOPLE = 3
ENOUGH = 12
"""Changes that are there before the backup begins."""


@pytest.fixture
def place(tmp_path: Path, fresh_database_url: str) -> Iterator[Flask]:
    with a_place(tmp_path / "place", fresh_database_url) as app:
        yield app


@pytest.fixture
def here(place: Flask) -> Iterator[UUID]:
    """The place, with tables and somebody who may add evidence."""
    with place.app_context():
        yield given_backups.somebody()


@pytest.fixture
def keys(tmp_path: Path) -> tuple[str, SecretKey]:
    return given_backups.a_key(tmp_path)


@pytest.fixture
def quick_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Migrations are tried by one test here and by their own."""
    monkeypatch.setattr(restoring, "upgrade", make_tables)


@contextmanager
def people_at_work(app: Flask, person: UUID) -> Iterator[list[str]]:
    """Titles of what was acknowledged, which becomes more while this lasts."""
    acknowledged: list[str] = []
    stop, numbers = threading.Event(), itertools.count()

    def work() -> None:
        while not stop.is_set():
            with app.app_context():
                acknowledged.append(add_a_file(person, f"said-{next(numbers)}"))

    threads = [threading.Thread(target=work) for _ in range(PEOPLE)]
    for each in threads:
        each.start()
    try:
        while len(acknowledged) < ENOUGH:
            sleep(0.01)
        yield acknowledged
    finally:
        stop.set()
        for each in threads:
            each.join()


def titles() -> set[str]:
    return set(db.session.scalars(select(Evidence.title)))


def faults() -> list[str]:
    return [fault for chain in history.chains() for fault in history.faults(chain)] + check().lost


@pytest.mark.timeout(600)
def test_a_backup_made_while_people_save_is_restored_elsewhere_as_it_was_at_one_moment(
    place: Flask, tmp_path: Path, keys: tuple[str, SecretKey]
) -> None:
    with place.app_context():
        person = given_backups.somebody()
    with people_at_work(place, person) as acknowledged, place.app_context():
        before = set(acknowledged)
        made = making.make(tmp_path / "backup", [keys[0]])
        sleep(0.2)
    with place.app_context():
        assert titles() > before
        storage_of_all = titles()

    with a_database("restored") as url, a_place(tmp_path / "elsewhere", url) as other, other.app_context():
        restored = restoring.restore(tmp_path / "backup", keys[1])

        assert before <= titles() <= storage_of_all
        assert faults() == []
        assert restored.rows == made.all_rows
        assert restored.files == made.files == len(titles())
        db.session.remove()
        db.engine.dispose()


@pytest.mark.usefixtures("quick_tables")
def test_what_one_kind_of_database_held_is_restored_into_the_other_and_back_from_a_bucket(
    here: UUID, tmp_path: Path, keys: tuple[str, SecretKey], monkeypatch: pytest.MonkeyPatch
) -> None:
    add_a_file(here, "first")
    first = making.make(tmp_path / "first", [keys[0]])

    with a_bucket(monkeypatch) as store, a_place(tmp_path / "other", store=store) as other, other.app_context():
        restoring.restore(tmp_path / "first", keys[1])
        assert faults() == []
        db.session.rollback()
        second = making.make(tmp_path / "second", [keys[0]])

    assert second.checksums == first.checksums
    assert (second.files, second.bytes) == (first.files, first.bytes)


@contextmanager
def a_bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A real server on this machine that speaks as S3 does."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    settings = {"ENDPOINT_URL": address, "ALLOW_HTTP": "true", "ACCESS_KEY_ID": "nobody", "REGION": "eu-west-2"}
    for name, value in (settings | {"SECRET_ACCESS_KEY": "nothing"}).items():
        monkeypatch.setenv(f"AWS_{name}", value)
    import boto3

    boto3.client("s3", endpoint_url=address).create_bucket(
        Bucket="backups", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
    )
    yield "s3://backups/files"
    server.stop()


@pytest.mark.usefixtures("quick_tables")
@pytest.mark.timeout(600)
def test_nothing_is_left_of_a_backup_that_is_damaged(here: UUID, tmp_path: Path, keys: tuple[str, SecretKey]) -> None:
    """Where a file may be harmed and how is tried with its parts; here at its end, when all rows are in."""
    add_a_file(here, "first")
    making.make(tmp_path / "backup", [keys[0]])
    content = (tmp_path / "backup").read_bytes()
    (tmp_path / "backup").write_bytes(content[:-2_000] + bytes([content[-2_000] ^ 1]) + content[-1_999:])

    with a_database("other") as url, a_place(tmp_path / "other", url) as other, other.app_context():
        with pytest.raises(Refused, match="damaged or was cut short"):
            restoring.restore(tmp_path / "backup", keys[1])

        assert inspect(db.engine).get_table_names() == []
        assert list(storage.kept()) == []
        db.session.remove()
        db.engine.dispose()


@pytest.mark.usefixtures("quick_tables")
def test_a_place_that_is_not_empty_is_left_as_it_is(here: UUID, tmp_path: Path, keys: tuple[str, SecretKey]) -> None:
    add_a_file(here, "first")
    making.make(tmp_path / "backup", [keys[0]])
    db.session.rollback()

    with pytest.raises(Refused, match="The database is not empty"):
        restoring.restore(tmp_path / "backup", keys[1])
    assert titles() == {"first"}

    with a_place(tmp_path / "other", store=f"file://{tmp_path / 'place' / 'files'}") as other, other.app_context():
        with pytest.raises(Refused, match="The store of files is not empty"):
            restoring.restore(tmp_path / "backup", keys[1])
        assert len(list(storage.kept())) > 0


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process may become larger: what a full disk does, without one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("quick_tables")
def test_without_room_nothing_is_left_of_a_backup_nor_of_a_restore(
    here: UUID, tmp_path: Path, keys: tuple[str, SecretKey]
) -> None:
    add_a_file(here, "first", more=os.urandom(4_000_000).hex())
    making.make(tmp_path / "whole", [keys[0]])
    beside = sorted(tmp_path.iterdir())

    with room_for(6_000_000), pytest.raises(Refused, match="could not be written: File too large"):
        making.make(tmp_path / "backup", [keys[0]])
    assert sorted(tmp_path.iterdir()) == beside

    with a_place(tmp_path / "other") as other, other.app_context():
        with room_for(6_000_000), pytest.raises(Refused, match="did not take"):
            restoring.restore(tmp_path / "whole", keys[1])
        assert not (tmp_path / "other" / "tracker.sqlite").exists() or inspect(db.engine).get_table_names() == []
        assert list(storage.kept()) == []


def test_files_stay_while_a_backup_is_made_and_two_are_not_made_at_once(here: UUID) -> None:
    with hold.holding():
        with pytest.raises(TryLater, match="A backup is being made"):
            hold.let_it_end()
        db.session.rollback()
        with pytest.raises(Refused, match="Another backup is being made"), hold.holding():
            pass

    hold.let_it_end()


def test_a_file_that_is_missing_or_damaged_is_told_of_and_the_rest_is_backed_up(
    here: UUID, tmp_path: Path, keys: tuple[str, SecretKey], quick_tables: None
) -> None:
    for title in ("first", "second", "third"):
        add_a_file(here, title)
    files = tmp_path / "place" / "files"
    gone, harmed, _whole = sorted(one.name for one in files.rglob("*") if one.is_file())
    (files / gone[:2] / gone).unlink()
    (files / harmed[:2] / harmed).write_bytes(b"something else")

    made = making.make(tmp_path / "backup", [keys[0]])

    assert made.lost == {gone: "missing", harmed: "damaged"}
    with a_place(tmp_path / "other") as other, other.app_context():
        restored = restoring.restore(tmp_path / "backup", keys[1])
        assert (restored.files, restored.lost) == (1, made.lost)
        assert len(list(storage.kept())) == 1


def test_a_database_that_is_not_up_to_date_is_not_backed_up(
    place: Flask, tmp_path: Path, keys: tuple[str, SecretKey]
) -> None:
    with place.app_context():
        db.create_all()
        with pytest.raises(Refused, match="Run: tracker migrate"):
            making.make(tmp_path / "backup", [keys[0]])

    assert not (tmp_path / "backup").exists()
