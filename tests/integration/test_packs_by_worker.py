"""Packs while a worker makes them, alone or everything as at now: followed, stopped, bounded, and told by mail."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy import select

from tests import given
from tests.given_packs import PLAN
from tracker.application import create_app
from tracker.packs import commands, rendering
from tracker.packs.models import Pack
from tracker.packs.rules import PackKind, State
from tracker.packs.sets import commands as sets
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import clock, jobs, under_way
from tracker.platform.db import db
from tracker.reminders import commands as reminders
from tracker.reminders.models import ReminderLetter
from tracker.reminders.rules import Choice
from tracker.settings import Settings

# Made by a worker ---------------------------------------------------------------------------------------------


@pytest.fixture
def at_work(tmp_path: Path, fresh_database_url: str) -> Iterator[Flask]:
    """An application with worker jobs and mail, on a database of this test's own."""
    url = fresh_database_url if "postgresql" in fresh_database_url else f"sqlite:///{tmp_path / 'tracker.sqlite'}"
    app = create_app(
        Settings(
            _env_file=None,
            secret_key=SecretStr("a key for tests only"),
            database_url=url,
            storage_url=f"file://{tmp_path / 'files'}",
            mail="console",
            pack_folder=str(tmp_path / "sections"),
            packs_ahead=False,
        )
    )
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()
    rendering.end()


@pytest.fixture
def asked(at_work: Flask) -> Pack:
    brent = given.an_authority()
    given.an_action(item=given.an_item(authority=brent))
    by = given.a_person(name="Dana Whitfield", role=Role.DIRECTOR, authority=brent)
    pack = commands.ask(brent, kind=PLAN, by=by, at=clock.now())
    db.session.commit()
    return pack


def how(pack: Pack) -> State:
    return pack.state


def letters() -> list[ReminderLetter]:
    return list(db.session.scalars(select(ReminderLetter)))


def work(app: Flask) -> None:
    jobs.work(app, until_idle=True)
    db.session.expire_all()


@pytest.mark.any_database
def test_a_worker_tells_each_section_and_who_asked_is_mailed_the_link(
    at_work: Flask, asked: Pack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told, tell = list[Mapping[str, Any]](), under_way.tell

    def tell_twice(progress: Mapping[str, Any]) -> None:
        told.append(progress)
        tell(progress)

    monkeypatch.setattr(under_way, "tell", tell_twice)

    work(at_work)

    assert asked.state is State.READY
    titles = [chapter["title"] for chapter in asked.contents["chapters"]]
    assert [one["now"] for one in told] == [*titles, ""]
    assert asked.job is not None
    assert asked.job.progress == {"done": len(titles), "of": len(titles), "now": ""}
    shown = capsys.readouterr().err
    assert "Subject: Brent: P-1 is ready" in shown
    assert "/brent/packs/1" in shown
    assert [letter.sent_at is not None for letter in letters()] == [True]


def test_nobody_is_mailed_who_wants_no_such_mails(at_work: Flask, asked: Pack) -> None:
    assert asked.asked_by is not None
    reminders.choose(asked.authority, asked.asked_by, choice=Choice(packs=False), version=0)
    db.session.commit()

    work(at_work)

    assert (asked.state, letters()) == (State.READY, [])


@pytest.mark.parametrize(
    ("setting", "bound", "sentence"),
    [
        ("PACK_SECONDS", 0.01, "took longer than the"),
        ("PACK_MEMORY", 1024 * 1024, "took more than the 1 MB of memory that it may"),
    ],
)
def test_what_takes_more_than_it_may_ends_with_a_sentence_and_can_be_tried_again(
    at_work: Flask, asked: Pack, setting: str, bound: float, sentence: str
) -> None:
    usual = at_work.config[setting]
    at_work.config[setting] = bound
    work(at_work)
    assert asked.job is not None
    assert how(asked) is State.FAILED
    assert sentence in asked.job.message
    assert sentence in letters()[0].text

    at_work.config[setting] = usual
    commands.ask_again(asked)
    db.session.commit()
    work(at_work)

    assert how(asked) is State.READY
    assert len(letters()) == 2


@pytest.mark.any_database
def test_what_is_cancelled_stops_and_says_who_stopped_it(
    at_work: Flask, asked: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana_id, asked_id = asked.asked_by_id, asked.id
    db.session.commit()

    def cancelled_by_another(progress: object) -> None:
        """Somebody presses the button in the middle of it."""
        with at_work.app_context():
            person = db.session.get_one(Person, dana_id)
            commands.cancel(db.session.get_one(Pack, asked_id), by=person, at=clock.now())
            db.session.commit()
        under_way.stop_if_cancelled()

    monkeypatch.setattr(under_way, "tell", cancelled_by_another)
    work(at_work)

    assert asked.job is not None
    assert (asked.state, asked.job.message) == (State.CANCELLED, "Dana Whitfield cancelled it.")
    assert letters() == []


def test_one_that_waits_is_cancelled_at_once_and_shown_so(director: FlaskClient, brent: Authority) -> None:
    made = commands.ask(brent, kind=PLAN, by=None, at=clock.now())
    assert made.job is not None
    made.file_sha256, made.job.state = None, jobs.JobState.RUNNING
    made.job.progress = {"done": 1, "of": 2, "now": made.contents["chapters"][1]["title"]}
    page = director.get("/brent/packs/1").text
    assert "1 of 3 steps are done; now: Method, licence and integrity" in page
    assert "Being laid out" in page

    assert (
        "Dana Whitfield cancelled it. It stops in a moment."
        in director.post("/brent/packs/1/cancel", follow_redirects=True).text
    )

    made.job.state, made.job.cancelled_at = jobs.JobState.QUEUED, None
    assert "Its making was cancelled" in director.post("/brent/packs/1/cancel", follow_redirects=True).text
    assert "Cancelled" in director.get("/brent/packs/").text
    assert director.post("/brent/packs/1/cancel").status_code == 409
    assert made.job.finished_at is not None
    assert made.job.finished_at - clock.now() < timedelta(minutes=1)


# Everything as at now -----------------------------------------------------------------------------------------


def test_a_worker_waits_for_all_packs_and_tells_of_them_once(at_work: Flask, asked: Pack) -> None:
    assert asked.asked_by is not None
    made = sets.ask(asked.authority, [PLAN, PackKind.SCORECARD], by=asked.asked_by, at=clock.now())
    db.session.commit()

    work(at_work)

    assert asked in made.packs
    assert made.state is State.READY
    assert {letter.about_id for letter in letters()} == {asked.id, made.job_id}  # the one was asked for before
    of_one_moment = {pack.asked_at for pack in made.packs if pack is not asked}
    assert of_one_moment == {made.frozen_at}


def test_the_rest_of_a_set_is_tried_again_while_its_zip_can_be_taken(at_work: Flask, asked: Pack) -> None:
    assert asked.asked_by is not None
    made = sets.ask(asked.authority, [PLAN, PackKind.SCORECARD], by=asked.asked_by, at=clock.now())
    db.session.commit()
    work(at_work)
    failed, before = made.packs[1], made.file_sha256
    assert failed.job is not None
    failed.file_sha256, failed.job.state = None, jobs.JobState.FAILED
    assert (made.state, made.has_a_rest) == (State.READY, True)

    sets.ask_again(made)
    db.session.commit()

    assert made.state is State.QUEUED
    assert made.file_sha256 == before
    db.session.rollback()
    work(at_work)
    assert (made.state, made.has_a_rest) == (State.READY, False)
    assert made.file_sha256 is not None


def test_whoever_asked_is_told_that_nothing_could_be_made(at_work: Flask, asked: Pack) -> None:
    assert asked.asked_by is not None
    made = sets.ask(asked.authority, [PackKind.BOARD], by=asked.asked_by, at=clock.now())
    db.session.commit()

    work(at_work)

    assert made.state is State.FAILED
    assert [one["name"] for one in made.left_out] == ["Board report"]
    assert made.job_id in {letter.about_id for letter in letters()}
