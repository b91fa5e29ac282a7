"""One's own passkeys: adding, naming and removing them, and what is handed out about them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.authenticator import PRESENT, Device
from tests.conftest import signed_in
from tests.given_passkeys import ADD, CONFIRM, MORNING, SIGN_IN, added, asked, is_in, refused, shows, wrongly
from tests.given_passkeys import _at_an_address_of_its_own as _at_an_address_of_its_own  # a fixture
from tests.given_passkeys import dana as dana  # a fixture
from tests.given_passkeys import device as device  # a fixture
from tracker.people import naming
from tracker.people.models import Person
from tracker.people.passkeys import commands, queries
from tracker.platform import history
from tracker.platform.errors import Refused


def test_a_passkey_is_added_named_anew_used_and_removed(app: Flask, client: FlaskClient, dana: Person) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        hers = signed_in(app, dana)
        device = added(hers)
        clock.shift(timedelta(hours=1))
        assert shows(client, device, target="/brent/plan") == "/brent/plan"
        page = client.get("/account/passkeys").text
        assert "My work laptop" in page
        assert "2 November 2026 at 09:00" in page
        assert "2 November 2026 at 10:00" in page
        assert "With a passkey" in client.get("/account").text

        (passkey,) = queries.of(dana)
        address = f"/account/passkeys/{passkey.id}"
        assert client.post(f"{address}/rename", data={"name": "The old laptop"}).location == "/account/passkeys"
        assert client.post(f"{address}/remove").location == "/account/passkeys"
        assert not is_in(hers)
        assert is_in(client)
        assert shows(app.test_client(), device) == "/sign-in?next=/account"
    told = " ".join(entry.what for entry in history.of(dana))
    assert "added the passkey “My work laptop”" in told
    assert "renamed the passkey “My work laptop” to “The old laptop”" in told
    assert "removed the passkey “The old laptop”" in told


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "http://tracker.example.gov.uk"])
def test_at_an_address_that_browsers_take_none_for_everything_is_as_without(
    app: Flask, client: FlaskClient, dana: Person, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "PUBLIC_ADDRESS", address)
    hers = signed_in(app, dana)

    assert "passkey" not in client.get("/sign-in").text
    assert "passkey" not in hers.get("/account").text
    assert "a secure address of its own" in hers.get("/account/passkeys").text
    assert [client.post(f"{SIGN_IN}/begin").status_code, hers.get(ADD).status_code] == [404, 404]


def test_what_is_handed_out_about_her_names_her_passkeys_and_no_key(dana: Person, device: Device) -> None:
    (passkey,) = queries.of(dana)
    (told,) = [part for part in naming.everything(dana) if part.table == "passkey"]

    assert "My work laptop" in told.rows[0]
    assert passkey.public_key not in told.rows[0]


def test_adding_and_removing_ask_again_who_she_is_and_a_passkey_answers_that(
    app: Flask, dana: Person, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers = signed_in(app, dana)
    (passkey,) = queries.of(dana)
    monkeypatch.setitem(app.config, "CONFIRMED_FOR", timedelta(0))
    confirm = f"/account/confirm?next={ADD}"

    assert hers.get(ADD).location == confirm
    for address in (ADD, f"{ADD}/begin", f"/account/passkeys/{passkey.id}/remove"):
        assert str(hers.post(address).location).startswith("/account/confirm")
    assert "Use a passkey instead" in hers.get(confirm).text
    monkeypatch.setitem(app.config, "CONFIRMED_FOR", timedelta(minutes=30))
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1), tick=False):
        assert hers.get(ADD).location == confirm
        assert shows(hers, device, CONFIRM, ADD) == ADD
        assert hers.get(ADD).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        wrongly(origin="https://evil.example"), wrongly(host="x"), wrongly(flags=PRESENT),
        wrongly(credential_id=bytes(1024)),
    ],
)  # fmt: skip
def test_a_passkey_that_was_made_elsewhere_or_of_nobody_verified_is_not_added(
    app: Flask, dana: Person, change: Callable[[Device], None]
) -> None:
    hers, device = signed_in(app, dana), Device()
    change(device)

    told = hers.post(ADD, data={"name": "Mine", "credential": device.make(asked(hers, ADD, name="Mine"))})
    assert "Your browser made no passkey that can be used here" in told.text
    assert queries.count(dana) == 0


def test_a_passkey_needs_a_name_of_its_own_and_there_are_ten_at_most(app: Flask, dana: Person, device: Device) -> None:
    hers = signed_in(app, dana)

    assert hers.post(f"{ADD}/begin", data={"name": " "}).status_code == 409
    assert "Give the passkey a name" in hers.post(ADD, data={"name": " "}).text
    assert "You have a passkey called “my WORK laptop” already" in hers.post(ADD, data={"name": "my WORK laptop"}).text
    for number in range(9):
        added(hers, f"Device {number}")
    assert "You have 10 passkeys already" in hers.post(ADD, data={"name": "One more"}).text
    (first, *_) = queries.of(dana)
    renamed = hers.post(f"/account/passkeys/{first.id}/rename", data={"name": "Device 3"})
    assert (renamed.status_code, first.name) == (422, "My work laptop")


def test_the_operator_removes_every_passkey_of_somebody_whose_device_is_gone(
    app: Flask, client: FlaskClient, dana: Person, device: Device
) -> None:
    hers = signed_in(app, dana)

    assert commands.remove_all(dana, at=MORNING) == 1
    assert not is_in(hers)
    shows(client, device)
    assert "does not let you in" in refused(client)
    with pytest.raises(Refused, match="no passkeys to remove"):
        commands.remove_all(dana, at=MORNING)
