"""What tests of passkeys do: ask as a browser does, and answer with a device of ours."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import given
from tests.authenticator import ORIGIN, Device
from tests.conftest import signed_in
from tracker.people.models import Authority, Person
from tracker.people.rules import Role

ADD, SIGN_IN, CONFIRM = "/account/passkeys/add", "/sign-in/passkey", "/account/confirm/passkey"
EMAIL, PASSWORD = "dana@example.org", "copper kettle lantern"
MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def asked(client: FlaskClient, page: str, **data: str) -> dict[str, Any]:
    answer = client.post(f"{page}/begin", data=data)
    assert answer.status_code == 200
    options: dict[str, Any] = json.loads(answer.text)
    return options


def added(client: FlaskClient, name: str = "My work laptop", device: Device | None = None) -> Device:
    device = device or Device()
    done = client.post(ADD, data={"name": name, "credential": device.make(asked(client, ADD, name=name))})
    assert done.location == "/account/passkeys"
    return device


def shows(client: FlaskClient, device: Device, page: str = SIGN_IN, target: str = "/account") -> str:
    """Where she is sent on to who shows a passkey."""
    options = asked(client, page)
    return str(client.post(f"{page}?next={target}", data={"credential": device.show(options)}).location)


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def refused(client: FlaskClient) -> str:
    """What the page says to somebody who is not let in."""
    assert not is_in(client)
    return client.get("/sign-in").text


def wrongly(**said: Any) -> Callable[[Device], None]:
    def change(device: Device) -> None:
        for name, value in said.items():
            setattr(device, name, value)

    return change


@pytest.fixture(autouse=True)
def _at_an_address_of_its_own(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "PUBLIC_ADDRESS", ORIGIN)


@pytest.fixture
def dana(brent: Authority, quick_hashes: None) -> Person:
    return given.a_person(name="Dana Whitfield", email=EMAIL, password=PASSWORD, authority=brent, role=Role.DIRECTOR)


@pytest.fixture
def device(app: Flask, dana: Person) -> Device:
    """Dana's."""
    return added(signed_in(app, dana))
