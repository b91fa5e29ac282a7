"""The ground every room stands on: references, history, locking, jobs, files."""

import io
from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import text
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from tests import given
from tracker.platform import history, jobs, storage
from tracker.platform.errors import Refused
from tracker.platform.jobs import JobState


def test_references_count_up_in_each_authority_by_itself(session: Session) -> None:
    brent, barnet = given.an_authority(), given.an_authority(slug="barnet", name="Barnet")

    first, second = given.an_item(authority=brent), given.an_item(authority=brent)
    elsewhere = given.an_item(authority=barnet)

    assert [first.reference, second.reference, elsewhere.reference] == ["I-1", "I-2", "I-1"]


def test_a_reference_is_never_given_twice_even_after_a_deletion(session: Session) -> None:
    first = given.an_item()
    session.delete(first)
    session.flush()

    assert given.an_item().reference == "I-2"


def test_a_change_is_written_down_with_who_what_and_why(session: Session) -> None:
    item = given.an_item(title="Plans")
    priya = given.a_person(name="Priya Raman")

    with history.acting(priya.id, priya.name), history.because("Shorter"):
        item.title = "Care plans"
        session.flush()

    newest = history.of(item)[0]
    assert (newest.actor_name, newest.what, newest.why) == ("Priya Raman", "changed", "Shorter")
    assert newest.changes == {"title": ["Plans", "Care plans"]}
    assert newest.reference == item.reference


def test_an_act_that_changes_nothing_can_be_remembered(session: Session) -> None:
    item = given.an_item()

    history.record(item, "downloaded")

    assert [entry.what for entry in history.of(item)] == ["downloaded", "added"]


def test_a_password_never_reaches_the_history(session: Session) -> None:
    person = given.a_person(password="three random words")

    assert all("argon2" not in str(entry.changes) for entry in history.of(person))


def test_the_second_of_two_people_who_save_the_same_version_is_refused(session: Session) -> None:
    item = given.an_item()
    session.execute(text("UPDATE improvement_item SET version = version + 1"))

    item.title = "Mine"

    with pytest.raises(StaleDataError):
        session.flush()


def twice(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"twice": payload["number"] * 2}


def refuse(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    raise Refused("There is nothing to double")


@pytest.fixture
def tasks(app: Flask) -> Any:
    before = app.extensions["tasks"]
    app.extensions["tasks"] = {"twice": f"{__name__}:twice", "refuse": f"{__name__}:refuse"}
    yield
    app.extensions["tasks"] = before


@pytest.mark.usefixtures("session", "tasks")
def test_a_job_keeps_what_its_task_found() -> None:
    job = jobs.enqueue("twice", {"number": 21}, authority_id=None)

    assert (job.state, job.result) == (JobState.DONE, {"twice": 42})


@pytest.mark.usefixtures("session", "tasks")
def test_a_refused_job_says_why() -> None:
    job = jobs.enqueue("refuse", {}, authority_id=None)

    assert (job.state, job.message) == (JobState.FAILED, "There is nothing to double")


@pytest.mark.usefixtures("session", "tasks")
def test_a_job_without_a_task_is_a_fault_of_ours() -> None:
    with pytest.raises(LookupError, match="no task is called thrice"):
        jobs.enqueue("thrice", {}, authority_id=None)


@pytest.mark.usefixtures("session")
def test_the_same_content_is_kept_once_and_comes_back_whole() -> None:
    content = b"minutes of the board " * 200_000

    first, second = storage.keep(io.BytesIO(content)), storage.keep(io.BytesIO(content))

    assert first == second
    assert first.size == len(content)
    assert b"".join(storage.pieces(first.sha256)) == content
    with storage.on_disk(first.sha256, suffix=".txt") as path:
        assert path.read_bytes() == content


@pytest.mark.usefixtures("session")
def test_a_file_that_is_gone_is_a_sentence_before_its_first_piece() -> None:
    gone = storage.keep(io.BytesIO(b"minutes of the board")).sha256
    storage.remove_file(gone)

    with pytest.raises(Refused, match="not where files are kept"):
        storage.pieces(gone)
    with pytest.raises(Refused, match="not where files are kept"), storage.on_disk(gone):
        pass


@pytest.mark.usefixtures("session")
def test_an_empty_file_is_refused() -> None:
    with pytest.raises(Refused, match="The file is empty"):
        storage.keep(io.BytesIO(b""))


@pytest.mark.usefixtures("session")
def test_a_file_over_the_limit_is_refused_before_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(current_app.config, "LARGEST_UPLOAD", 1024 * 1024)

    with pytest.raises(Refused, match="larger than 1 MB"):
        storage.keep(io.BytesIO(b"x" * (1024 * 1024 + 1)))
