"""Signing in, and what each of the three people may do."""

from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from pydantic import SecretStr
from sqlalchemy.orm import Session

from tests import given
from tracker.application import create_app
from tracker.people import commands, queries
from tracker.people.models import Authority
from tracker.people.passwords import commands as passwords
from tracker.people.rules import Permission, Role, may, those_who_may
from tracker.platform.errors import Refused
from tracker.settings import Settings

PASSWORD = "three random words"
pytestmark = pytest.mark.usefixtures("quick_hashes")


def test_a_person_signs_in_and_lands_on_her_own_work(client: FlaskClient, brent: Authority) -> None:
    given.a_person(email="samira@example.org", password=PASSWORD, authority=brent)

    response = client.post("/sign-in", data={"email": " Samira@Example.org ", "password": PASSWORD})

    assert response.location == "/home"
    assert client.get("/home").location == "/brent/"


def test_she_goes_on_to_the_page_she_asked_for(client: FlaskClient, brent: Authority) -> None:
    given.a_person(email="samira@example.org", password=PASSWORD, authority=brent)
    asked = client.get("/brent/plan").location

    response = client.post(asked, data={"email": "samira@example.org", "password": PASSWORD})

    assert response.location == "/brent/plan"


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site_after_signing_in(client: FlaskClient, brent: Authority, target: str) -> None:
    given.a_person(email="samira@example.org", password=PASSWORD, authority=brent)

    response = client.post(
        "/sign-in", query_string={"next": target}, data={"email": "samira@example.org", "password": PASSWORD}
    )

    assert response.location == "/home"


@pytest.mark.parametrize(("email", "password"), [("samira@example.org", "wrong"), ("nobody@example.org", PASSWORD)])
def test_a_wrong_address_and_a_wrong_password_get_the_same_answer(
    client: FlaskClient, brent: Authority, email: str, password: str
) -> None:
    given.a_person(email="samira@example.org", password=PASSWORD, authority=brent)

    response = client.post("/sign-in", data={"email": email, "password": password})

    assert response.status_code == 422
    assert "The e-mail address or the password is wrong" in response.text


def test_somebody_who_has_left_cannot_sign_in(session: Session) -> None:
    person = given.a_person(email="samira@example.org", password=PASSWORD)
    person.active = False

    assert not passwords.is_hers(person, PASSWORD)


def test_somebody_without_a_password_cannot_sign_in_with_an_empty_one(session: Session) -> None:
    assert not passwords.is_hers(given.a_person(), "")


def test_signing_out_ends_the_session(head_of_service: FlaskClient) -> None:
    head_of_service.post("/sign-out")

    assert head_of_service.get("/brent/").location.startswith("/sign-in")


def test_somebody_who_serves_two_authorities_chooses(client: FlaskClient, brent: Authority) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    person = given.a_person(email="samira@example.org", password=PASSWORD, authority=brent)
    commands.give_role(person, authority=barnet, role=Role.DIRECTOR)
    client.post("/sign-in", data={"email": "samira@example.org", "password": PASSWORD})

    page = client.get("/home").text

    assert "/brent/" in page
    assert "/barnet/" in page


@pytest.mark.parametrize("slug", ["Brent", "a b", "", "static", "sign-in", "-x"])
def test_an_authority_needs_an_address_that_can_be_one(session: Session, slug: str) -> None:
    with pytest.raises(Refused, match="cannot be part of an address"):
        commands.create_authority(slug=slug, name="Brent")


def test_two_people_cannot_share_an_address(session: Session) -> None:
    given.a_person(email="samira@example.org")

    with pytest.raises(Refused, match="already"):
        commands.create_person(email="SAMIRA@example.org", name="Another")


def test_a_short_password_is_refused(session: Session) -> None:
    with pytest.raises(Refused, match="12 characters"):
        passwords.set_password(given.a_person(), password="short")


def test_giving_a_role_again_changes_it(session: Session, brent: Authority) -> None:
    person = given.a_person(authority=brent, role=Role.QA_OFFICER)

    commands.give_role(person, authority=brent, role=Role.DIRECTOR)

    membership = queries.membership(person, brent)
    assert membership is not None
    assert membership.role is Role.DIRECTOR


def test_only_a_director_signs_the_self_evaluation() -> None:
    assert [role for role in Role if may(role, Permission.SIGN_SELF_EVALUATION)] == [Role.DIRECTOR]


def test_only_a_qa_officer_moderates_audits_and_an_auditor_logs_them_too() -> None:
    assert those_who_may(Permission.LOG_AUDITS) == {Role.QA_OFFICER, Role.AUDITOR}
    assert those_who_may(Permission.MODERATE_AUDITS) == {Role.QA_OFFICER}


def test_the_service_says_that_it_is_well(client: FlaskClient) -> None:
    assert client.get("/health").json == {"status": "ok"}


def test_too_many_attempts_are_stopped_with_a_sentence(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SIGN_IN_LIMIT", "2 per minute")
    address = {"REMOTE_ADDR": "127.0.0.77"}

    answers = [
        client.post("/sign-in", data={"email": "a@example.org", "password": "b"}, environ_overrides=address)
        for _ in range(3)
    ]

    assert [answer.status_code for answer in answers] == [422, 422, 429]


@pytest.mark.parametrize(("proxies", "address"), [(0, "127.0.0.1"), (1, "203.0.113.9")])
def test_a_proxy_is_believed_only_when_the_operator_says_that_there_is_one(proxies: int, address: str) -> None:
    app = create_app(Settings(_env_file=None, secret_key=SecretStr("a key for tests only"), proxies=proxies))
    seen = []
    app.before_request_funcs[None] = [lambda: seen.append(request.remote_addr)]

    app.test_client().get("/help", headers={"X-Forwarded-For": "203.0.113.9"})

    assert seen == [address]


def test_a_balancer_may_ask_for_health_over_plain_http(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'tracker.sqlite'}"
    settings = Settings(_env_file=None, secret_key=SecretStr("a key for tests only"), database_url=url, https=True)
    client = create_app(settings).test_client()

    assert client.get("/health").status_code == 200
    assert client.get("/sign-in").location == "https://localhost/sign-in"
