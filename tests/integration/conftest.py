"""Fixtures of tests that are about audits through their pages, or about the service as it runs in earnest."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from pydantic import SecretStr

from tests import given, given_audits, real_server
from tests.conftest import signed_in
from tests.given_fieldwork import a_fieldwork
from tracker.application import create_app
from tracker.fieldwork.models import Fieldwork
from tracker.people.models import Authority, Person
from tracker.people.passwords import commands as passwords
from tracker.people.rules import Role
from tracker.platform.db import db
from tracker.settings import Settings


@pytest.fixture
def on_the_twentieth_of_november() -> Iterator[None]:
    with time_machine.travel(date(2026, 11, 20), tick=False):
        yield


@pytest.fixture
def in_a_file(fresh_database_url: str, tmp_path: Path) -> str:
    """The address of an empty database that several connections can use."""
    return f"sqlite:///{tmp_path / 'tracker.sqlite'}" if fresh_database_url == "sqlite://" else fresh_database_url


@pytest.fixture
def shared(in_a_file: str, tmp_path: Path) -> Iterator[Flask]:
    """An application whose database several threads can use at once."""
    app = create_app(
        Settings(
            _env_file=None,
            secret_key=SecretStr("a key for tests only"),
            database_url=in_a_file,
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


@pytest.fixture
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real hashes of the same kind, made with less work: those of the service are slow on purpose."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", quick)
    monkeypatch.setattr(passwords, "_NOBODYS_HASH", quick.hash("a password that nobody has"))


@pytest.fixture
def amina(brent: Authority) -> Person:
    return given_audits.a_qa_officer("Amina Yusuf", authority=brent)


@pytest.fixture
def priya(brent: Authority) -> Person:
    return given.a_person(name="Priya Raman", authority=brent, role=Role.HEAD_OF_SERVICE)


@pytest.fixture
def fieldwork(brent: Authority) -> Fieldwork:
    return a_fieldwork(authority=brent)


@pytest.fixture
def auditor(app: Flask, amina: Person) -> FlaskClient:
    return signed_in(app, amina)


@pytest.fixture
def nadia(brent: Authority) -> Person:
    return given_audits.a_qa_officer("Nadia Coyle", authority=brent)


@pytest.fixture
def moderator(app: Flask, nadia: Person) -> FlaskClient:
    return signed_in(app, nadia)


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A database and a store of this test's own, with one person who may add evidence."""
    for name, value in real_server.settings_in(tmp_path).items():
        monkeypatch.setenv(name, value)
    real_server.prepare()
    return dict(os.environ)
