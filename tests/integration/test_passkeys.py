"""Signing in with a passkey, and every answer that lets nobody in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import given
from tests.authenticator import PRESENT, Device
from tests.conftest import signed_in
from tests.given_passkeys import (
    ADD,
    CONFIRM,
    EMAIL,
    MORNING,
    PASSWORD,
    SIGN_IN,
    added,
    asked,
    is_in,
    refused,
    shows,
    wrongly,
)
from tests.given_passkeys import _at_an_address_of_its_own as _at_an_address_of_its_own  # a fixture
from tests.given_passkeys import dana as dana  # a fixture
from tests.given_passkeys import device as device  # a fixture
from tracker.people.codes import commands as codes
from tracker.people.codes import queries as code_queries
from tracker.people.codes.rules import SecondStep
from tracker.people.models import Authority, Person
from tracker.people.passkeys import ceremony, commands, queries
from tracker.people.passkeys.models import SpentChallenge
from tracker.people.sessions import jobs
from tracker.people.throttling.models import SignInAttempt
from tracker.people.throttling.rules import Outcome


def outcomes(session: Session) -> list[Outcome]:
    return list(session.scalars(select(SignInAttempt.outcome).order_by(SignInAttempt.at)))


def test_what_is_asked_wants_a_verified_person_and_names_nobody(client: FlaskClient, app: Flask, dana: Person) -> None:
    before, hers = asked(client, SIGN_IN), signed_in(app, dana)
    device = added(hers)
    making, after = asked(hers, ADD, name="Another"), asked(client, SIGN_IN)

    assert before["challenge"] != after["challenge"]
    assert before | {"challenge": ""} == after | {"challenge": ""}
    assert not after["allowCredentials"]
    assert after["userVerification"] == "required"
    assert making["authenticatorSelection"] == {
        "residentKey": "required", "requireResidentKey": True, "userVerification": "required"
    }  # fmt: skip
    assert making["rp"]["id"] == "tracker.example.gov.uk"
    assert [one["id"] for one in making["excludeCredentials"]] == [device.id]
    assert [one["id"] for one in asked(hers, CONFIRM)["allowCredentials"]] == [device.id]


@pytest.mark.parametrize(
    "change",
    [
        wrongly(origin="https://tracker.example.gov.uk.evil.example"), wrongly(origin="http://tracker.example.gov.uk"),
        wrongly(host="evil.example"), wrongly(flags=PRESENT), wrongly(flags=0), wrongly(key=Device().key),
        wrongly(credential_id=b"of nobody"), wrongly(owner=None), wrongly(owner="AAAA"), wrongly(count=-1, counts=True),
    ],
    ids=["origin", "plain HTTP", "host", "not verified", "not present", "another key", "unknown", "owner unsaid",
         "owner", "counts anew"],
)  # fmt: skip
def test_an_answer_that_does_not_hold_lets_nobody_in_and_all_hear_the_same(
    client: FlaskClient, session: Session, device: Device, change: Callable[[Device], None]
) -> None:
    device.count = 5
    shows(client, device)
    client.post("/sign-out")
    change(device)

    assert shows(client, device) == "/sign-in?next=/account"
    assert "That passkey does not let you in here. Try again, or give your password." in refused(client)
    assert outcomes(session) == [Outcome.SIGNED_IN, Outcome.WRONG_PASSKEY]


@pytest.mark.parametrize(("count", "counts"), [(6, False), (4, True), (0, False)], ids=["again", "back", "no more"])
def test_a_counter_that_does_not_go_on_is_refused(
    client: FlaskClient, device: Device, count: int, counts: bool
) -> None:
    device.count = 5
    assert shows(client, device) == "/account"
    client.post("/sign-out")
    device.count, device.counts = count, counts

    shows(client, device)
    assert "does not let you in" in refused(client)


def test_of_two_who_send_one_count_at_once_one_comes_in(
    app: Flask, dana: Person, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    (passkey,) = queries.of(dana)
    assert commands.note_use(passkey, 3, at=MORNING)
    assert not commands.note_use(passkey, 0, at=MORNING)
    monkeypatch.setattr(ceremony, "checked_use", lambda *_, **__: 4)  # read before the other one was noted

    assert shows(app.test_client(), device) == "/account"
    assert shows(app.test_client(), device) == "/sign-in?next=/account"


def test_a_device_that_does_not_count_is_taken_every_time(app: Flask, dana: Person) -> None:
    device = added(signed_in(app, dana), device=Device(counts=False))

    assert [shows(app.test_client(), device) for _ in range(2)] == ["/account", "/account"]


def test_an_answer_is_worth_nothing_a_second_time_even_with_the_cookie_of_the_first(
    client: FlaskClient, device: Device, session: Session
) -> None:
    device.counts = False
    answer = device.show(asked(client, SIGN_IN))
    with client.session_transaction() as cookie:
        kept = cookie["passkey"]
    assert client.post(f"{SIGN_IN}?next=/account", data={"credential": answer}).location == "/account"
    client.post("/sign-out")

    client.post(SIGN_IN, data={"credential": answer})
    assert "begun too long ago" in refused(client)
    with client.session_transaction() as cookie:
        cookie["passkey"] = kept
    client.post(SIGN_IN, data={"credential": answer})
    assert "That was used already" in refused(client)


@pytest.mark.parametrize("wrong", [lambda options: "{", Device(owner="AAAA").show], ids=["no answer", "unknown"])
def test_a_challenge_is_spent_by_a_wrong_answer_too(
    client: FlaskClient, device: Device, wrong: Callable[[dict[str, Any]], str]
) -> None:
    options = asked(client, SIGN_IN)
    with client.session_transaction() as cookie:
        kept = cookie["passkey"]
    client.post(SIGN_IN, data={"credential": wrong(options)})
    with client.session_transaction() as cookie:
        cookie["passkey"] = kept

    client.post(SIGN_IN, data={"credential": device.show(options)})
    assert "That was used already" in refused(client)


def test_a_challenge_of_another_browser_or_another_end_or_an_hour_ago_is_refused(
    app: Flask, client: FlaskClient, dana: Person, device: Device
) -> None:
    hers = signed_in(app, dana)
    theirs = device.show(asked(app.test_client(), SIGN_IN))
    asked(client, SIGN_IN)
    client.post(SIGN_IN, data={"credential": theirs})
    assert "does not let you in" in refused(client)

    to_sign_in = device.show(asked(hers, SIGN_IN))
    assert hers.post(CONFIRM, data={"credential": to_sign_in}).location == "/account/confirm"
    assert "begun too long ago" in hers.get("/account/confirm").text

    answer, another = device.show(asked(hers, CONFIRM)), signed_in(app, dana)
    with hers.session_transaction() as cookie, another.session_transaction() as theirs_too:
        theirs_too["passkey"] = cookie["passkey"]
    assert another.post(CONFIRM, data={"credential": answer}).location == "/account/confirm"
    assert hers.post(CONFIRM, data={"credential": answer}).location == "/home"

    with time_machine.travel(MORNING, tick=False) as clock:
        answer = device.show(asked(client, SIGN_IN))
        clock.shift(timedelta(minutes=6))
        client.post(SIGN_IN, data={"credential": answer})
        assert "begun too long ago" in refused(client)


def test_spent_challenges_are_forgotten_once_they_are_too_old(
    client: FlaskClient, device: Device, session: Session
) -> None:
    with time_machine.travel(MORNING, tick=False) as clock:
        shows(client, device)
        jobs.forget_old({})
        assert session.scalars(select(SpentChallenge).where(SpentChallenge.spent_at == MORNING)).all()
        clock.shift(timedelta(minutes=11))
        jobs.forget_old({})
        assert not session.scalars(select(SpentChallenge).where(SpentChallenge.spent_at == MORNING)).all()


def test_who_has_left_does_not_come_back_by_a_passkey(client: FlaskClient, dana: Person, device: Device) -> None:
    dana.active = False

    shows(client, device)
    assert "does not let you in" in refused(client)


def test_where_passwords_are_switched_off_no_passkey_is_offered_asked_or_taken(
    app: Flask, client: FlaskClient, dana: Person, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, hers = device.show(asked(client, SIGN_IN)), signed_in(app, dana)
    monkeypatch.setitem(app.config, "LOCAL_SIGN_IN", False)

    assert client.post(SIGN_IN, data={"credential": answer}).status_code == 404
    assert client.post(f"{SIGN_IN}/begin").status_code == 404
    assert "passkey" not in client.get("/sign-in").text
    assert [hers.get(ADD).status_code, hers.post(f"{CONFIRM}/begin").status_code] == [404, 404]
    assert "None can be added: you sign in with" in hers.get("/account/passkeys").text
    (passkey,) = queries.of(dana)
    assert hers.post(f"/account/passkeys/{passkey.id}/remove").location == "/account/passkeys"


def test_who_comes_by_the_organisation_s_account_has_no_second_door(
    app: Flask, client: FlaskClient, dana: Person, device: Device
) -> None:
    dana.password_hash = ""

    shows(client, device)
    assert "does not let you in" in refused(client)
    assert signed_in(app, dana).get(ADD).status_code == 404


def test_a_passkey_of_somebody_else_shows_nothing(
    app: Flask, brent: Authority, dana: Person, device: Device, session: Session
) -> None:
    other = given.a_person(name="Ruth Anyanwu", password=PASSWORD, authority=brent)
    theirs = signed_in(app, other)
    added(theirs)
    (hers,) = queries.of(dana)

    assert shows(theirs, device, CONFIRM, "/brent/plan") == "/account/confirm?next=/brent/plan"
    assert "does not let you in" in theirs.get("/account/confirm").text
    assert outcomes(session) == [Outcome.WRONG_PASSKEY]
    assert theirs.post(f"/account/passkeys/{hers.id}/remove").status_code == 404
    assert theirs.post(f"/account/passkeys/{hers.id}/rename", data={"name": "Mine"}).status_code == 404
    assert hers.name == "My work laptop"
    again = theirs.post(ADD, data={"name": "Taken", "credential": device.make(asked(theirs, ADD, name="Taken"))})
    assert "That passkey is here already" in again.text


def test_guessing_has_to_wait_and_a_passkey_waits_with_the_password(
    app: Flask, client: FlaskClient, dana: Person, device: Device
) -> None:
    with time_machine.travel(MORNING, tick=False):
        for _ in range(6):
            client.post("/sign-in", data={"email": EMAIL, "password": "a wrong one of hers"})
        shows(client, device)
        assert "Wait a minute" in refused(client)

        stranger, unknown = app.test_client(), Device(owner="AAAA")
        for _ in range(6):
            shows(stranger, unknown)
        shows(stranger, unknown)
        assert "Wait a minute" in refused(stranger)


def test_who_must_have_codes_comes_in_by_a_passkey_without(
    app: Flask, client: FlaskClient, dana: Person, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SECOND_STEP", SecondStep.REQUIRED)
    monkeypatch.setitem(app.config, "SECOND_STEP_ROLES", frozenset({"director"}))

    assert shows(client, device, target="/brent/plan") == "/brent/plan"
    assert client.get("/brent/plan").status_code == 200
    typed = app.test_client()
    typed.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    assert typed.get("/brent/plan").location == "/account/codes"
    assert typed.get(ADD).location == "/account/codes"


def test_a_passkey_takes_the_place_of_a_code_that_is_due(
    app: Flask, client: FlaskClient, dana: Person, device: Device
) -> None:
    codes.begin(dana)
    key = code_queries.key(dana)
    assert key is not None
    key.confirmed_at = MORNING

    due = client.post("/sign-in?next=/account", data={"email": EMAIL, "password": PASSWORD}).location
    assert due == "/sign-in/code?next=/account"
    assert "Use a passkey instead" in client.get(due).text
    assert shows(client, device) == "/account"
    assert is_in(client)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example"])
def test_nobody_is_sent_to_another_site(client: FlaskClient, device: Device, target: str) -> None:
    assert shows(client, device, target=target) == "/home"


@pytest.mark.parametrize(
    "sent",
    [
        "", "{", "null", "[]", "7", '"id"', "{}", '{"id": 7}', '{"id": ""}', '{"id": "AAAA"}', "[" * 10_000,
        '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": [], "signature": 1}}',
        '{"id": "\\u0000"}', '{"id": "\\ud800"}',
        '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": null}', "x" * 30_000,
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused_in_a_sentence(app: Flask, client: FlaskClient, dana: Person, sent: str) -> None:
    hers = signed_in(app, dana)
    asked(client, SIGN_IN)
    asked(hers, ADD, name="Mine")

    assert client.post(SIGN_IN, data={"credential": sent}).location == "/sign-in"
    assert "passkey" in refused(client)
    told = hers.post(ADD, data={"name": "Mine", "credential": sent})
    assert told.status_code == 422
    assert "Your browser made no passkey that can be used here" in told.text
    assert queries.count(dana) == 0
