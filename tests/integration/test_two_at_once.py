"""People who save at the same moment, each in a thread of her own, on a database in a file or a server."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr
from werkzeug.test import TestResponse

from tests import given, page_check
from tests.conftest import signed_in
from tracker.actions.models import Action, ActionUpdate
from tracker.application import create_app
from tracker.people.rules import Role
from tracker.platform import history
from tracker.platform.db import db
from tracker.settings import Settings

Call = Callable[[], TestResponse]

PEOPLE = 4
TEXTS = [f"Said by person {place}" for place in range(PEOPLE)]


@pytest.fixture
def shared(fresh_database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application whose database several threads can use at once."""
    in_file = f"sqlite:///{tmp_path / 'tracker.sqlite'}"
    app = create_app(
        Settings(
            _env_file=None,
            secret_key=SecretStr("a key for tests only"),
            database_url=in_file if fresh_database_url == "sqlite://" else fresh_database_url,
            storage_url=f"file://{tmp_path}",
            jobs="inline",
            csrf_enabled=False,
        )
    )
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.engine.dispose()


def directors(app: Flask) -> Sequence[FlaskClient]:
    """People who may each update anybody's action."""
    people = [given.a_person(name=f"Director {place}", role=Role.DIRECTOR) for place in range(PEOPLE)]
    db.session.commit()
    return [signed_in(app, person) for person in people]


def update(client: FlaskClient, action: Action, done: str) -> Call:
    """What saves an update when it is called, on the version that the action has now."""
    address = f"/brent/actions/{action.number}/update"
    form = {"version": action.version, "now": "On track", "done": done, "due_on": f"{action.due_on:%-d %B %Y}"}
    return lambda: client.post(address, data=form)


def at_once(calls: Sequence[Call]) -> Sequence[TestResponse]:
    """What each is answered when none starts before all are ready."""
    ready = Barrier(len(calls))

    def answer(call: Call) -> TestResponse:
        ready.wait(timeout=10)
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(answer, calls))


def what_was_said() -> list[str]:
    db.session.rollback()
    return [said.done for said in db.session.query(ActionUpdate)]


def faults() -> list[str]:
    return [fault for chain in history.chains() for fault in history.faults(chain)]


def test_of_four_who_save_one_action_at_once_one_succeeds_and_three_are_told(shared: Flask) -> None:
    action = given.an_action()
    calls = [update(client, action, text) for client, text in zip(directors(shared), TEXTS, strict=True)]
    db.session.commit()

    answers = at_once(calls)

    assert sorted(answer.status_code for answer in answers) == [302, 422, 422, 422]
    said = what_was_said()
    assert len(said) == 1
    for answer, text in zip(answers, TEXTS, strict=True):
        if answer.status_code == 422:
            page_check.check(answer.text)
            assert text in answer.text
            assert said[0] in answer.text
    assert faults() == []


def test_four_who_save_four_actions_at_once_all_succeed(shared: Flask) -> None:
    calls = [update(client, given.an_action(), text) for client, text in zip(directors(shared), TEXTS, strict=True)]
    db.session.commit()

    answers = at_once(calls)

    assert [answer.status_code for answer in answers] == [302] * PEOPLE
    assert sorted(what_was_said()) == TEXTS
    assert faults() == []


def test_a_page_is_read_while_somebody_else_writes(shared: Flask) -> None:
    action = given.an_action(title="As it was")
    reader = directors(shared)[0]
    action.title = "Half written"
    db.session.flush()

    page = at_once([lambda: reader.get("/brent/actions/1")])[0]

    assert page.status_code == 200
    assert "As it was" in page.text
    assert "Half written" not in page.text
