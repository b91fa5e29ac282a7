"""Whether the service says of itself that it can serve, to whom, and what it says when it cannot."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete

from tests import given_backups
from tests.given_backups import a_place
from tracker.platform import clock, jobs, readiness
from tracker.platform.db import db
from tracker.platform.readiness import Check
from tracker.platform.ticks import WORKER, Tick

pytestmark = pytest.mark.any_database


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Flask]:
    with a_place(tmp_path) as app:
        with app.app_context():
            given_backups.make_tables()
        jobs.work(app, until_idle=True)
        yield app


def asked(place: Flask) -> dict[str, Check]:
    with place.app_context():
        return {check.name: check for check in readiness.checks()}


def test_a_service_with_all_that_it_needs_is_ready(place: Flask) -> None:
    answer = place.test_client().get("/ready")

    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["status"] == "ready"
    assert [check["name"] for check in answer.json["checks"]] == ["database", "migrations", "workers", "files", "disk"]


def test_strangers_are_told_whether_and_not_why(place: Flask) -> None:
    client = place.test_client()

    for environment in ({"REMOTE_ADDR": "203.0.113.7"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.7"}):
        assert client.get("/ready", environ_base=environment).json == {"status": "ready"}


def test_the_token_shows_why_from_anywhere(place: Flask) -> None:
    place.config["READY_TOKEN"] = "a long and random word"
    client = place.test_client()
    client.environ_base["REMOTE_ADDR"] = "203.0.113.7"

    right = client.get("/ready", headers={"Authorization": "Bearer a long and random word"}).json
    wrong = client.get("/ready", headers={"Authorization": "Bearer ä wrong one"}).json

    assert right is not None
    assert "checks" in right
    assert wrong == {"status": "ready"}


def test_without_a_worker_pages_are_served_and_jobs_wait(place: Flask) -> None:
    with place.app_context():
        tick = db.session.query(Tick).filter_by(name=WORKER).one()
        tick.at = clock.now() - timedelta(minutes=5)
        db.session.commit()

    workers = asked(place)["workers"]
    assert not workers.holds
    assert "tracker work" in workers.do
    answer = place.test_client().get("/ready")
    assert (answer.status_code, answer.json and answer.json["status"]) == (200, "ready, but")

    with place.app_context():
        db.session.execute(delete(Tick))
        db.session.commit()
    assert asked(place)["workers"].says == "none was ever heard of"


def test_a_database_that_is_behind_its_version_cannot_serve(place: Flask) -> None:
    with place.app_context(), db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0027'")

    answer = place.test_client().get("/ready")

    assert answer.status_code == 503
    assert asked(place)["migrations"].do == "Run: tracker migrate"


def test_a_database_that_does_not_answer_is_told_of_without_its_address(place: Flask, tmp_path: Path) -> None:
    with place.app_context():
        db.engine.dispose()
    (tmp_path / "tracker.sqlite").unlink()
    (tmp_path / "tracker.sqlite").mkdir()

    answer = place.test_client().get("/ready")

    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text
    assert "does not answer" in asked(place)["database"].says


def test_a_store_that_cannot_be_written_to_cannot_serve(place: Flask, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where a folder should be", encoding="utf-8")
    place.config["STORAGE_URL"] = f"file://{tmp_path / 'blocked'}"
    place.extensions["storage"] = None

    answer = place.test_client().get("/ready")

    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text


def test_a_disk_that_is_nearly_full_is_told_of(place: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "LEAST_ROOM", 2**60)

    disk = asked(place)["disk"]

    assert not disk.holds
    assert "Make room" in disk.do
