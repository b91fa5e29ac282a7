"""The second step: set up with a phone, asked at every sign-in, replaced by paper when the phone is gone."""

import re
import time
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import given
from tests.conftest import signed_in
from tracker.people.codes import commands, queries
from tracker.people.codes.commands import SealedAnew
from tracker.people.codes.models import CodeKey, RecoveryCode
from tracker.people.codes.rules import SecondStep
from tracker.people.models import Authority, Person
from tracker.people.rules import Role
from tracker.platform import history

EMAIL, PASSWORD = "dana@example.org", "copper kettle lantern"
MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def dana(brent: Authority, quick_hashes: None) -> Person:
    return given.a_person(name="Dana Whitfield", email=EMAIL, password=PASSWORD, authority=brent, role=Role.DIRECTOR)


def set_up(client: FlaskClient) -> tuple[str, list[str]]:
    """The key as it is shown, and the recovery codes."""
    client.post("/account/codes/begin")
    page = client.get("/account/codes/confirm").text
    shown = re.search(r"The key: <strong[^>]*>([A-Z2-7 ]+)<", page)
    assert shown is not None
    assert 'src="data:image/svg+xml' in page
    key = shown[1].replace(" ", "")
    done = client.post("/account/codes/confirm", data={"code": code(key)}).text
    return key, re.findall(r"<code[^>]*>([a-z2-9-]{14})</code>", done)


def code(key: str) -> str:
    return pyotp.TOTP(key).at(int(time.time()))


def password_given(client: FlaskClient) -> str:
    response = client.post("/sign-in?next=/account", data={"email": EMAIL, "password": PASSWORD})
    return str(response.location)


def test_a_code_is_asked_after_the_password_and_taken_once(app: Flask, client: FlaskClient, dana: Person) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        elsewhere = signed_in(app, dana)
        key, _ = set_up(signed_in(app, dana))
        assert elsewhere.get("/account").status_code == 302

        clock.shift(timedelta(seconds=30))
        asked = password_given(client)
        assert asked == "/sign-in/code?next=/account"
        assert client.get("/account").status_code == 302
        assert client.post(asked, data={"code": "000000"}).status_code == 422
        assert client.post(asked, data={"code": code(key)}).location == "/account"
        assert "With password and code" in client.get("/account").text

        again = app.test_client()
        assert again.post(password_given(again), data={"code": code(key)}).status_code == 422


def test_a_recovery_code_lets_in_once_and_new_ones_end_the_old(app: Flask, client: FlaskClient, dana: Person) -> None:
    hers = signed_in(app, dana)
    _, codes = set_up(hers)
    page = "/sign-in/recovery-code"

    password_given(client)
    entered = client.post(page, data={"code": f" {codes[0].upper().replace('-', ' ')}"})
    other = app.test_client()
    password_given(other)
    again = other.post(page, data={"code": codes[0]})
    hers.post("/account/codes/recovery")
    old = other.post(page, data={"code": codes[1]})

    assert len(set(codes)) == 10
    assert entered.location == "/account/codes"
    assert "You have 9 recovery codes left" in client.get("/account/codes").text
    assert (again.status_code, old.status_code) == (422, 422)
    assert {"set one-time codes up", "used a recovery code", "made new recovery codes"} <= {
        entry.what for entry in history.of(dana)
    }


def test_nothing_that_is_kept_tells_the_key_or_a_recovery_code(app: Flask, dana: Person, session: Session) -> None:
    key, codes = set_up(signed_in(app, dana))

    rows = [*session.scalars(select(CodeKey)), *session.scalars(select(RecoveryCode)), *history.of(dana)]
    kept = " ".join(str(value) for row in rows for value in vars(row).values())
    assert key not in kept
    assert not any(one in kept or one.replace("-", "") in kept for one in codes)


def test_a_code_without_the_password_before_it_is_not_even_asked(client: FlaskClient, dana: Person) -> None:
    assert client.get("/sign-in/code").location == "/sign-in"
    assert client.post("/sign-in/code", data={"code": "123456"}).location == "/sign-in"


def test_a_password_that_was_changed_meanwhile_asks_for_no_code(app: Flask, client: FlaskClient, dana: Person) -> None:
    set_up(signed_in(app, dana))
    asked = password_given(client)
    dana.password_hash = "$argon2id$another"

    assert client.get(asked).location == "/sign-in?next=/account"


def test_guessing_codes_has_to_wait(app: Flask, client: FlaskClient, dana: Person) -> None:
    with time_machine.travel(MORNING, tick=False):
        key, _ = set_up(signed_in(app, dana))
        asked = password_given(client)

        answers = [client.post(asked, data={"code": f"{number:06}"}).text for number in range(6)]

        assert "Wait a minute" in answers[-1]
        assert client.post(asked, data={"code": code(key)}).status_code == 422


def test_who_must_have_codes_does_nothing_before(
    app: Flask, client: FlaskClient, dana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SECOND_STEP", SecondStep.REQUIRED)
    monkeypatch.setitem(app.config, "SECOND_STEP_ROLES", frozenset({"director"}))

    assert password_given(client) == "/account"
    assert client.get("/brent/plan").location == "/account/codes"
    assert "Your authority asks you to set them up" in client.get("/account/codes").text
    set_up(client)
    assert client.get("/brent/plan").status_code == 200


def test_a_key_is_readable_under_a_new_secret_key_once_it_was_sealed_anew(
    app: Flask, dana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, _ = set_up(signed_in(app, dana))
    row = queries.key(dana)
    assert row is not None
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [app.config["SECRET_KEY"]])
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key for tests only")

    assert commands.opened(row) == key
    assert commands.seal_anew() == SealedAnew(keys=1, unreadable=0)
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [])
    assert commands.opened(row) == key


def test_codes_are_removed_for_somebody_whose_phone_is_gone(app: Flask, client: FlaskClient, dana: Person) -> None:
    hers = signed_in(app, dana)
    set_up(hers)

    hers.post("/account/codes/remove")

    assert password_given(client) == "/account"
    assert not queries.recovery_codes_left(dana)
