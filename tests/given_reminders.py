"""What a test about reminders is given: a Monday morning, and a person who owes something."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests import given
from tests.conftest import signed_in
from tracker.people.models import Authority, Person
from tracker.reminders.rules import LONDON

MORNING = datetime(2026, 11, 23, 8, 30, tzinfo=LONDON)
MONDAY = MORNING.date()


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(MORNING):
        yield


@pytest.fixture
def person(brent: Authority) -> Person:
    return given.a_person(name="Samira Okafor", email="samira@example.org", authority=brent)


@pytest.fixture
def samira(app: Flask, person: Person) -> FlaskClient:
    return signed_in(app, person)
