"""What a test of the guard on evidence is given: people, and a file that a worker has looked through."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import given, given_evidence
from tests.conftest import signed_in
from tracker.evidence import commands as evidence_commands
from tracker.evidence.guard import jobs
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Kind
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import history
from tracker.platform.jobs import Job

TEXT = b"Visits are in time.\n\nHer number is 943 476 5919, ring 020 7946 0123.\n"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def samira(brent: Authority) -> Person:
    return given.a_person(name="Samira Okafor", authority=brent)


@pytest.fixture
def owner(app: Flask, samira: Person) -> FlaskClient:
    return signed_in(app, samira)


@pytest.fixture
def colleague(app: Flask, brent: Authority) -> FlaskClient:
    return signed_in(app, given.a_person(name="Jo Lee", authority=brent))


@pytest.fixture
def director(app: Flask, brent: Authority) -> FlaskClient:
    return signed_in(app, given.a_person(name="Dee Grant", authority=brent, role=Role.DIRECTOR))


@pytest.fixture
def add(samira: Person, session: Session) -> Callable[..., Evidence]:
    def add(content: bytes = TEXT, name: str = "Notes.txt") -> Evidence:
        """A document of Samira's that a worker has looked through."""
        with history.acting(samira.id, samira.name):
            evidence = evidence_commands.add_evidence(
                given.an_authority(), kind=Kind.FILE, says=given_evidence.a_description(),
                upload=given_evidence.an_upload(content, name), by=samira, on=NOW.date(),
            )  # fmt: skip
        asked = session.scalars(select(Job).where(Job.task == "evidence.read_words").order_by(Job.queued_at)).all()
        jobs.read_words(asked[-1].payload)
        return evidence

    return add


def text_of(response_text: str) -> str:
    return " ".join(BeautifulSoup(response_text, "html.parser").main.get_text(" ").split())  # type: ignore[union-attr]
