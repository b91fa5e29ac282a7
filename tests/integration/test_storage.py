"""The store of files: what it refers to and what refers to it, in a local folder and in S3."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from moto.server import ThreadedMotoServer
from pydantic import SecretStr
from sqlalchemy.orm import Session

from tests import given, given_evidence
from tests.given_evidence import PDF
from tracker.application import create_app
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind
from tracker.platform import storage
from tracker.platform.db import db
from tracker.platform.storage_check import check
from tracker.settings import Settings

pytestmark = pytest.mark.both_databases

AT_ONCE = timedelta(0)
IN_PARTS = b"minutes of the board " * 1_000_000
"""More than is sent to S3 at once."""


@pytest.fixture
def folder(app: Flask, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store of one test's own."""
    monkeypatch.setitem(app.config, "STORAGE_URL", f"file://{tmp_path}")
    monkeypatch.setitem(app.extensions, "storage", None)
    return tmp_path


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """An application whose files are in a bucket of a real server on this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    monkeypatch.setenv("AWS_ALLOW_HTTP", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    monkeypatch.setenv("AWS_REGION", "eu-west-2")
    import boto3

    boto3.client("s3", endpoint_url=address).create_bucket(
        Bucket="evidence", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"}
    )
    app = create_app(
        Settings(
            _env_file=None,
            secret_key=SecretStr("a key for tests only"),
            database_url="sqlite://",
            storage_url="s3://evidence/brent",
        )
    )
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()
    server.stop()


def a_document() -> Evidence:
    """Evidence whose file is in the store."""
    return given_evidence.evidence(kind=Kind.FILE)


def file_of(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256


def test_a_store_that_holds_what_is_referred_to_has_no_fault(folder: Path) -> None:
    a_document()

    checked = check()

    assert (checked.files, checked.lost, checked.left_over, checked.young) == (1, [], [], 0)


def test_a_file_that_is_missing_is_named_with_the_column_that_refers_to_it(folder: Path) -> None:
    document = a_document()
    assert document.file_sha256 is not None
    file_of(folder, document.file_sha256).unlink()

    assert check().lost == [f"evidence.file_sha256 {document.file_sha256}: not in the store"]


def test_a_file_that_was_changed_on_the_disk_is_damaged_unless_nobody_reads_it(folder: Path) -> None:
    document = a_document()
    assert document.file_sha256 is not None
    file_of(folder, document.file_sha256).write_bytes(PDF[:-1])

    assert check().lost == [f"evidence.file_sha256 {document.file_sha256}: damaged"]
    assert check(read=False).lost == []


def test_what_nothing_refers_to_is_left_alone_while_it_is_young_and_then_removed_when_asked(folder: Path) -> None:
    a_document()
    orphan = storage.keep(io.BytesIO(b"nobody's"))
    (folder / "ab").mkdir(exist_ok=True)
    half = folder / "ab" / f"{'ab' * 32}#1"
    half.write_bytes(b"half of")

    assert check(repair=True).young == 2
    found = check(young=AT_ONCE)
    assert sorted(found.left_over) == sorted([f"{orphan.sha256[:2]}/{orphan.sha256}", half.name])
    assert found.removed == 0

    assert check(young=AT_ONCE, repair=True).removed == 2
    assert not storage.exists(orphan.sha256)
    assert not half.exists()
    assert check(young=AT_ONCE).files == 1


def test_what_is_added_again_is_young_again(folder: Path) -> None:
    orphan = storage.keep(io.BytesIO(b"nobody's"))
    kept_first = next(storage.kept()).written_at

    storage.keep(io.BytesIO(b"nobody's"))

    assert next(storage.kept()).written_at >= kept_first
    assert storage.exists(orphan.sha256)


@pytest.mark.usefixtures("app")
def test_every_column_that_names_a_file_is_asked_about() -> None:
    named = [
        column
        for table in db.metadata.sorted_tables
        for column in table.columns
        if column.name == "file_sha256" or column.name.endswith("_file_sha256")
    ]

    assert len(named) > 5
    assert [str(column) for column in named if "stored_file" not in column.info] == []


def test_files_in_s3_are_kept_read_checked_and_removed(s3: Flask) -> None:
    given.an_authority(slug="brent", name="Brent")
    document, orphan = a_document(), storage.keep(io.BytesIO(IN_PARTS))
    assert document.file_sha256 is not None

    assert b"".join(storage.pieces(orphan.sha256)) == IN_PARTS
    with storage.on_disk(document.file_sha256) as path:
        assert path.read_bytes() == PDF
    checked = check(young=AT_ONCE, repair=True)
    assert (checked.files, checked.lost, checked.removed) == (2, [], 1)
    assert not storage.exists(orphan.sha256)
    assert storage.exists(document.file_sha256)
