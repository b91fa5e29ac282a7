"""Fixtures that every test may ask for: one application, a database left as it was found, people who are signed in."""

import gc
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from flask_login.utils import _create_identifier
from hypothesis import settings
from pydantic import SecretStr
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.orm import Session

from tests import given, statements
from tests.clients import CheckingClient, SettledClient
from tests.demonstration import keep_compiled_templates, loaded_in
from tracker.application import create_app
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.people.sessions import commands as sessions
from tracker.people.sessions.cookies import USED
from tracker.people.sessions.rules import Way
from tracker.platform import clock, history
from tracker.platform.db import db
from tracker.settings import Settings

STATEMENTS = os.environ.get("TRACKER_TEST_STATEMENTS")
"""The folder where the run on SQLite notes for the one on PostgreSQL what was sent."""

A_CENTURY = 24 * 36_500
"""In hours."""

settings.register_profile("untimed", deadline=None)  # a busy machine is no fault
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    if STATEMENTS and not os.environ.get("TRACKER_TEST_POSTGRESQL"):
        config.pluginmanager.register(statements.Noting(Path(STATEMENTS)))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, leave out what was seen on SQLite and could not differ."""
    if os.environ.get("TRACKER_TEST_POSTGRESQL"):
        seen = [item for item in items if item.get_closest_marker("any_database")]
        if STATEMENTS:
            seen += statements.left_out([item for item in items if item not in seen], Path(STATEMENTS))
        config.hook.pytest_deselected(items=seen)
        gone = set(seen)
        items[:] = [item for item in items if item not in gone]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Look for garbage less often, and never among what was imported: that took a fifteenth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 50, 50)


@contextmanager
def a_database(purpose: str) -> Iterator[str]:
    """SQLite in memory; or a new database in the server that TRACKER_TEST_POSTGRESQL names, gone afterwards."""
    server = os.environ.get("TRACKER_TEST_POSTGRESQL")
    if server is None:
        yield "sqlite://"
        return
    name = f"tracker_{purpose}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    with a_database("tests") as url:
        yield url


@pytest.fixture
def on_postgresql(database_url: str) -> None:
    """Leaves out what SQLite has nothing like."""
    if "postgresql" not in database_url:
        pytest.skip("only on PostgreSQL")


@pytest.fixture
def fresh_database_url() -> Iterator[str]:
    """A database of one test's own, without a table."""
    with a_database("fresh") as url:
        yield url


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration in SQLite, which no test may change."""
    base = tmp_path_factory.getbasetemp()
    return loaded_in((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demonstration")


@pytest.fixture(scope="session")
def app(database_url: str) -> Iterator[Flask]:
    """One application on an empty database."""
    with tempfile.TemporaryDirectory() as files:
        app = create_app(
            Settings(
                _env_file=None,
                secret_key=SecretStr("a key for tests only"),
                database_url=database_url,
                storage_url=f"file://{Path(files)}",
                jobs="inline",
                csrf_enabled=False,
                demonstration=True,
                sign_in_limit="1000 per minute",
                idle_minutes=A_CENTURY * 60,  # tests go to other days
                session_hours=A_CENTURY,
                confirm_minutes=A_CENTURY * 60,
                pack_folder="",
            )
        )
        keep_compiled_templates(app)
        app.testing = True
        app.test_client_class = CheckingClient if database_url.startswith("sqlite") else SettledClient
        with app.app_context():
            db.drop_all()
            db.create_all()
            yield app
            db.session.remove()
            db.drop_all()
            db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A clean database for one test: everything it writes, even by commit, is rolled back.

    The engine is swapped for one open connection because Flask-SQLAlchemy's session asks for the
    engine by name and ignores a session's own ``bind``.
    """
    engines = cast("dict[str | None, Engine | Connection]", db.engines)
    engine = db.engine
    # Whoever signed in last in an earlier test acts no more: she was rolled back with it.
    with history.acting(None, history.NOBODY), engine.connect() as connection, connection.begin() as outer:
        engines[None] = connection
        db.session.configure(join_transaction_mode="create_savepoint")
        yield db.session()
        db.session.remove()
        outer.rollback()
    engines[None] = engine
    for kept in list(g):  # requests of tests share the context of the fixture, and with it who asked last
        g.pop(kept)


@pytest.fixture
def brent(session: Session) -> Authority:
    return given.an_authority(slug="brent", name="Brent")


@pytest.fixture
def client(app: Flask, session: Session) -> FlaskClient:
    """Somebody who has not signed in. Every page it gets is checked as HTML."""
    return app.test_client()


@pytest.fixture
def director(app: Flask, brent: Authority) -> FlaskClient:
    return signed_in(app, given.a_person(name="Dana Whitfield", authority=brent, role=Role.DIRECTOR))


@pytest.fixture
def head_of_service(app: Flask, brent: Authority) -> FlaskClient:
    return signed_in(app, given.a_person(name="Samira Okafor", authority=brent, role=Role.HEAD_OF_SERVICE))


@pytest.fixture
def qa_officer(app: Flask, brent: Authority) -> FlaskClient:
    return signed_in(app, given.a_person(name="Amina Yusuf", authority=brent, role=Role.QA_OFFICER))


def signed_in(app: Flask, person: Person) -> FlaskClient:
    """A client that has signed in as ``person``."""
    client = app.test_client()
    now = clock.now()
    _, token = sessions.begin(person, way=Way.TYPED, browser="A test", at=now)
    with client.session_transaction() as cookies:
        cookies["_user_id"] = token
        cookies[USED] = int(now.timestamp())
        cookies["_id"] = _browser_of(app, client)
    return client


def _browser_of(app: Flask, client: FlaskClient) -> str:
    """What Flask-Login remembers of a browser, so that a stolen cookie is worth nothing in another one."""
    with app.test_request_context(environ_base=client.environ_base):
        return str(_create_identifier())
