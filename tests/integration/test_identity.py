"""The organisation's own accounts: a whole journey through an identity provider, and what it is not believed."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey

from tests import given, identity_server
from tests.conftest import signed_in
from tests.identity_server import DANA, come_back
from tracker.demonstration.identity import Account, Provider
from tracker.people import commands as people
from tracker.people import queries
from tracker.people.identity import groups
from tracker.people.models import Authority, Person
from tracker.people.passwords import commands as passwords
from tracker.people.passwords.models import LinkFor
from tracker.people.rules import Role
from tracker.platform import clock
from tracker.platform.errors import Refused

Claims = dict[str, Any]


@pytest.fixture
def provider(app: Flask, brent: Authority, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    with identity_server.running() as running:
        for name, value in identity_server.settings_for(running).items():
            monkeypatch.setitem(app.config, name, value)
        before = dict(app.extensions)
        identity_server.connect(app)
        yield running
        app.extensions.clear()
        app.extensions.update(before)


def role_of(email: str, authority: Authority) -> Role | None:
    person = queries.person_by_email(email)
    membership = queries.membership(person, authority) if person else None
    return membership.role if membership else None


def test_somebody_new_comes_in_with_the_role_of_her_first_group(
    client: FlaskClient, provider: Provider, brent: Authority
) -> None:
    entered = come_back(client, begin="/sign-in/provider?next=/brent/plan")

    assert entered.location == "/brent/plan"
    assert "Dana Whitfield" in client.get("/brent/plan").text
    assert role_of(DANA.email, brent) is Role.DIRECTOR


def test_her_roles_follow_her_groups_each_time_and_end_with_them(
    client: FlaskClient, provider: Provider, brent: Authority
) -> None:
    barnet = given.an_authority(slug="barnet", name="Barnet")
    for held, role in ((("officers",), Role.QA_OFFICER), (("directors",), Role.DIRECTOR), ((), None)):
        provider.accounts[0] = Account(DANA.subject, DANA.name, DANA.email, held)
        come_back(client)
        assert role_of(DANA.email, brent) is role
        person = queries.person_by_email(DANA.email)
        assert person is not None
        people.give_role(person, authority=barnet, role=Role.HEAD_OF_SERVICE)

    assert role_of(DANA.email, barnet) is Role.HEAD_OF_SERVICE, "the mapping says nothing of Barnet"


def test_who_is_in_no_group_of_ours_gets_no_account(client: FlaskClient, provider: Provider) -> None:
    nobody = Account("9", "Nobody", "nobody@example.org", ("everybody",))
    provider.accounts.append(nobody)

    refused = come_back(client, nobody)

    assert refused.location == "/sign-in"
    assert "is in no group that has a role here" in client.get("/sign-in").text
    assert queries.person_by_email("nobody@example.org") is None


def test_who_went_back_is_told_so(client: FlaskClient, provider: Provider) -> None:
    assert come_back(client, None).location == "/sign-in"
    assert "You did not sign in with your organisation" in client.get("/sign-in").text


def other(**said: object) -> Callable[[Claims], Claims]:
    return lambda claims: {**claims, **said}


def without(name: str) -> Callable[[Claims], Claims]:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


@pytest.mark.parametrize(
    "claims",
    [
        other(iss="https://evil.example"), other(aud="another service"), other(nonce="of another sign-in"),
        other(exp=int(time.time()) - 3600), other(email="", preferred_username="no address"),
        without("nonce"), without("sub"), without("exp"), without("aud"),
        lambda claims: {**claims, "groups": None, "_claim_names": {"groups": "src1"}},
    ],
    ids=["issuer", "audience", "nonce", "expired", "no address", "no nonce", "no subject", "no end", "no audience",
         "too many groups"],
)  # fmt: skip
def test_a_token_that_does_not_hold_lets_nobody_in(
    client: FlaskClient, provider: Provider, claims: Callable[[Claims], Claims]
) -> None:
    provider.claims = claims

    assert come_back(client).location == "/sign-in"
    assert queries.person_by_email(DANA.email) is None
    assert client.get("/home").location.startswith("/sign-in")


def test_a_token_that_another_key_signed_lets_nobody_in(client: FlaskClient, provider: Provider) -> None:
    provider.signs_with = RSAKey.generate_key(2048)

    assert come_back(client).location == "/sign-in"
    assert "cannot be trusted" in client.get("/sign-in").text


def test_an_answer_that_was_begun_in_another_browser_lets_nobody_in(
    app: Flask, client: FlaskClient, provider: Provider
) -> None:
    attackers = identity_server.answer(str(app.test_client().get("/sign-in/provider").location))

    assert client.get(attackers).location == "/sign-in"
    assert client.get("/sign-in/provider/enter").location == "/sign-in"
    assert client.post("/sign-in/provider/enter").location == "/sign-in"


def test_an_answer_is_worth_nothing_a_second_time(client: FlaskClient, provider: Provider) -> None:
    back = identity_server.answer(str(client.get("/sign-in/provider").location))
    client.get(back)
    client.post("/sign-in/provider/enter")
    client.post("/sign-out")

    assert client.get(back).location == "/sign-in"


def test_an_address_alone_joins_nobody_unless_it_was_verified(
    app: Flask, client: FlaskClient, provider: Provider, brent: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = given.a_person(name="Dana Whitfield", email=DANA.email, authority=brent)
    provider.claims = other(email_verified=False)

    come_back(client)
    assert "Somebody signs in here with your address already" in client.get("/sign-in").text
    monkeypatch.setitem(app.config, "OIDC_JOIN_BY_EMAIL", True)
    come_back(client)
    assert client.get("/account").status_code == 200
    assert queries.person_by_email(DANA.email) is known


def test_who_has_left_does_not_come_back_by_her_account(client: FlaskClient, provider: Provider) -> None:
    come_back(client)
    person = queries.person_by_email(DANA.email)
    assert person is not None
    person.active = False

    assert come_back(client).location == "/sign-in"
    assert "Your access to this service has ended" in client.get("/sign-in").text


def test_showing_again_who_she_is_goes_by_the_provider(
    app: Flask, client: FlaskClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    come_back(client)
    monkeypatch.setitem(app.config, "CONFIRMED_FOR", timedelta(0))
    asked = client.post("/brent/measures/scorecard.xlsx").location
    assert "/sign-in/provider?again=1" in client.get(asked).text
    there = str(client.get("/sign-in/provider?again=1&next=/brent/plan").location)
    assert "prompt=login" in there
    assert "max_age=0" in there

    client.get(identity_server.answer(there))
    assert client.post("/sign-in/provider/enter").location == "/brent/plan"
    provider.claims = other(auth_time=int(time.time()) - 3600)
    stale = come_back(client, begin="/sign-in/provider?again=1&next=/brent/plan")
    provider.claims = other(sub="somebody else")
    another = come_back(client, begin="/sign-in/provider?again=1&next=/brent/plan")
    assert (stale.location, another.location) == ("/home", "/home")


def test_signing_out_offers_to_sign_out_there_as_well(client: FlaskClient, provider: Provider) -> None:
    come_back(client)

    done = client.post("/sign-out").location
    page = client.get(done).text

    assert done == "/sign-out/done"
    assert f"{provider.issuer}/sign-out?client_id=" in page


def test_a_provider_that_does_not_answer_is_a_sentence(client: FlaskClient, provider: Provider) -> None:
    provider.issuer = "http://127.0.0.1:9/"

    assert client.get("/sign-in/provider").location == "/sign-in"
    assert "Another service answers" in client.get("/sign-in").text


def test_where_people_sign_in_elsewhere_only_no_password_is_taken_and_an_operator_lets_in(
    app: Flask, client: FlaskClient, provider: Provider, brent: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "LOCAL_SIGN_IN", False)
    person = given.a_person(name="Samira Okafor", authority=brent)
    token = passwords.make_link(person, LinkFor.SIGNING_IN, at=clock.now())

    assert 'type="password"' not in client.get("/sign-in").text
    assert client.post("/sign-in", data={"email": person.email, "password": "x"}).status_code == 404
    assert client.get("/password/forgotten").status_code == 404
    assert "Samira Okafor" in client.get(f"/sign-in/link/{token}").text
    assert client.post(f"/sign-in/link/{token}").location == "/home"
    assert app.test_client().get(f"/sign-in/link/{token}").status_code == 404


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("setting", "why"),
    [
        ("{", "cannot be read"),
        ('{"roles": {"g": "brent:nobody"}}', "is not an authority and a role"),
        ('{"rolls": {}}', "cannot be read"),
        ("/no/such/file.json", "names a file that cannot be read"),
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused_at_the_start(setting: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        groups.read(setting)


def test_nothing_of_it_is_there_where_no_provider_is_set(app: Flask, client: FlaskClient, brent: Authority) -> None:
    person: Person = given.a_person(authority=brent)

    for page in ("/sign-in/provider", "/sign-in/provider/back", "/sign-in/provider/enter", "/sign-out/done"):
        assert client.get(page).status_code == 404
    assert signed_in(app, person).post("/sign-out").location == "/sign-in"
