"""Forgotten passwords, guessed passwords, and where somebody is signed in."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import given
from tests.conftest import signed_in
from tests.mail_server import HERE, Mailbox, mail_server
from tests.queries_counted import at_most
from tracker.people.models import Authority, Person
from tracker.people.passwords import commands as passwords
from tracker.people.passwords.models import OneTimeLink
from tracker.people.sessions.models import PersonSession
from tracker.people.throttling.models import SignInAttempt
from tracker.people.throttling.rules import FREE_HERE, Outcome
from tracker.platform import history
from tracker.settings import MailSettings

EMAIL = "samira@example.org"
PASSWORD = "copper kettle lantern"
NEW = "amber saddle window"
MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def samira(brent: Authority, quick_hashes: None) -> Person:
    return given.a_person(name="Samira Okafor", email=EMAIL, password=PASSWORD, authority=brent)


@pytest.fixture
def mailbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mail_server() as box:
        settings = MailSettings("smtp", "no-reply@example.gov.uk", HERE, box.port, "none")
        monkeypatch.setitem(app.config, "MAIL", settings)
        yield box


def tries(client: FlaskClient, password: str = PASSWORD, *, email: str = EMAIL, address: str = "127.0.0.1") -> int:
    response = client.post(
        "/sign-in", data={"email": email, "password": password}, environ_overrides={"REMOTE_ADDR": address}
    )
    return response.status_code


def without_chance(page: str) -> str:
    """A page without what differs each time it is made, and without the address that was typed."""
    return re.sub(r'(nonce|value)="[^"]*"', "", page)


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_a_forgotten_password_is_replaced_by_a_mailed_link_that_works_once(
    app: Flask, client: FlaskClient, samira: Person, mailbox: Mailbox
) -> None:
    elsewhere = signed_in(app, samira)
    asked = client.post("/password/forgotten", data={"email": " Samira@Example.org"})
    letter = mailbox.letters[0].get_body(("plain",))
    assert letter is not None
    link = re.search(r"/password/new/\S+", letter.get_content())
    assert link is not None

    opened = client.get(link[0])
    refused = client.post(link[0], data={"new": "unbelievable", "again": "unbelievable"})
    saved = client.post(link[0], data={"new": NEW, "again": NEW})

    assert "a mail is on its way" in asked.text
    assert 'autocomplete="new-password"' in opened.text
    assert (refused.status_code, saved.location) == (422, "/sign-in")
    assert not is_in(elsewhere)
    assert client.get(link[0]).status_code == 404
    assert tries(client, PASSWORD) == 422
    assert tries(client, NEW) == 302
    assert "chose a new password by a link" in {entry.what for entry in history.of(samira)}


def test_nobody_learns_from_the_answer_whether_an_address_is_known(
    client: FlaskClient, samira: Person, mailbox: Mailbox
) -> None:
    answers = [client.post("/password/forgotten", data={"email": email}) for email in (EMAIL, "nobody@example.org")]

    assert len({without_chance(answer.text) for answer in answers}) == 1
    assert mailbox.to == [EMAIL]


def test_only_the_newest_link_holds_and_not_for_long_and_few_are_mailed(
    client: FlaskClient, session: Session, samira: Person, mailbox: Mailbox
) -> None:
    for _ in range(5):
        client.post("/password/forgotten", data={"email": EMAIL})
    links = [re.search(r"/password/new/\S+", str(letter.get_body(("plain",)))) for letter in mailbox.letters]

    assert [client.get(link[0]).status_code for link in links if link] == [404, 404, 200]
    session.scalars(select(OneTimeLink).order_by(OneTimeLink.ends_at.desc())).first().ends_at = MORNING  # type: ignore[union-attr]  # there is one
    assert client.get(links[-1][0]).status_code == 404  # type: ignore[index]  # seen above


def test_changing_the_password_asks_for_the_old_one_and_ends_other_sessions(app: Flask, samira: Person) -> None:
    here, elsewhere = signed_in(app, samira), signed_in(app, samira)

    wrong = here.post("/account/password", data={"old": "not it", "new": NEW, "again": NEW})
    changed = here.post("/account/password", data={"old": PASSWORD, "new": NEW, "again": NEW})

    assert (wrong.status_code, changed.location) == (422, "/account")
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    assert passwords.is_hers(samira, NEW)


def test_a_stranger_who_guesses_waits_and_the_owner_signs_in_meanwhile(
    app: Flask, client: FlaskClient, samira: Person
) -> None:
    with time_machine.travel(MORNING, tick=False):
        owner = app.test_client()
        assert tries(owner) == 302
        owner.post("/sign-out")

        for number in range(45):
            tries(client, f"guess {number}", address=f"203.0.113.{number % 12}")
        held = client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})

        assert held.status_code == 422
        assert "Wait " in held.text
        assert tries(owner, address="203.0.113.1") == 302


def test_looking_for_an_unknown_address_costs_what_a_wrong_password_costs() -> None:
    assert not PasswordHasher().check_needs_rehash(passwords._NOBODYS_HASH)


def test_an_unknown_address_is_held_as_a_known_one_is(client: FlaskClient, samira: Person) -> None:
    pages = []
    with time_machine.travel(MORNING, tick=False):
        for email in (EMAIL, "nobody@example.org"):
            answers = [
                client.post("/sign-in", data={"email": email, "password": "wrong"}).text for _ in range(FREE_HERE + 1)
            ]
            pages.append(without_chance(answers[-1]))

    assert pages[0] == pages[1]
    assert "Wait a minute" in pages[0]


def test_tries_are_on_record_without_what_was_typed(client: FlaskClient, session: Session, samira: Person) -> None:
    tries(client, "wrong", address="203.0.113.9")
    tries(client, "my secret", email="typed-into-the-wrong-box")
    tries(client)

    rows = session.scalars(select(SignInAttempt).order_by(SignInAttempt.at)).all()
    assert [(row.outcome, row.person_id) for row in rows] == [
        (Outcome.WRONG, samira.id),
        (Outcome.WRONG, None),
        (Outcome.SIGNED_IN, samira.id),
    ]
    kept = " ".join(str(value) for row in rows for value in vars(row).values())
    assert "wrong-box" not in kept
    assert EMAIL not in kept


def test_somebody_sees_where_she_is_signed_in_and_signs_out_there(app: Flask, samira: Person, session: Session) -> None:
    here, elsewhere = signed_in(app, samira), signed_in(app, samira)
    other = session.scalars(select(PersonSession).order_by(PersonSession.began_at.desc())).first()
    assert other is not None
    other.browser = "Firefox on Windows"

    page = here.get("/account").text
    here.post(f"/account/sessions/{other.id}/end")

    assert "Firefox on Windows" in page
    assert page.count("This one") == 1
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    third = signed_in(app, samira)
    here.post("/account/sessions/end")
    assert (is_in(here), is_in(third)) == (False, False)


def test_nobody_ends_the_session_of_somebody_else(
    app: Flask, brent: Authority, samira: Person, session: Session
) -> None:
    hers = signed_in(app, samira)
    theirs = session.scalars(select(PersonSession)).one()

    answer = signed_in(app, given.a_person(authority=brent)).post(f"/account/sessions/{theirs.id}/end")

    assert answer.status_code == 404
    assert is_in(hers)


def test_what_a_cookie_held_before_signing_in_is_worth_nothing_afterwards(client: FlaskClient, samira: Person) -> None:
    tries(client)
    with client.session_transaction() as cookie:
        first = dict(cookie)
    tries(client)
    with client.session_transaction() as cookie:
        assert cookie["_user_id"] != first["_user_id"]
        cookie.clear()
        cookie.update(first)

    assert not is_in(client)


def test_signing_out_ends_the_session_and_not_only_the_cookie(client: FlaskClient, samira: Person) -> None:
    tries(client)
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    client.post("/sign-out")
    with client.session_transaction() as cookie:
        cookie.update(kept)

    assert not is_in(client)


@pytest.mark.parametrize(
    ("minutes", "used_every", "why"),
    [(61, 61, "not used for a while"), (13 * 60, 30, "signed in for a long time"), (11 * 60, 30, None)],
)
def test_a_session_ends_unused_or_after_a_day_s_work_and_she_comes_back_to_her_page(
    app: Flask, client: FlaskClient, samira: Person, monkeypatch: pytest.MonkeyPatch, minutes: int, used_every: int,
    why: str | None,
) -> None:  # fmt: skip
    monkeypatch.setitem(app.config, "IDLE", timedelta(minutes=60))
    monkeypatch.setitem(app.config, "LONGEST_SESSION", timedelta(hours=12))
    with time_machine.travel(MORNING, tick=False) as clock:
        tries(client)
        for _ in range(minutes // used_every):
            clock.shift(timedelta(minutes=used_every))
            client.get("/account")
        if why is None:
            assert client.get("/account").status_code == 200
            return
        clock.shift(timedelta(minutes=1))
        door = client.get("/account?a=b").location
        assert why in client.get(door).text
        sent = client.post("/account/sessions/end", headers={"Referer": "http://localhost/account?a=b"})
        assert sent.status_code == 401
        assert why in sent.text
        assert "/sign-in?next=/account?a%3Db" in sent.text
        assert client.post(door, data={"email": EMAIL, "password": PASSWORD}).location == "/account?a=b"


def test_what_matters_asks_again_who_she_is_and_goes_on_where_she_was(
    app: Flask, samira: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "CONFIRMED_FOR", timedelta(minutes=30))
    page = "/brent/measures/scorecard"
    with time_machine.travel(MORNING, tick=False) as clock:
        client = signed_in(app, samira)
        taken = client.post("/brent/measures/scorecard.xlsx")
        clock.shift(timedelta(minutes=31))
        asked = client.post("/brent/measures/scorecard.xlsx", headers={"Referer": f"http://localhost{page}"})
        assert taken.status_code == 200
        assert asked.location == f"/account/confirm?next={page}"
        assert "Nothing has been saved or taken away yet" in client.get(asked.location).text
        assert client.post(asked.location, data={"password": "wrong"}).status_code == 422
        assert client.post(asked.location, data={"password": PASSWORD}).location == page
        assert client.post("/brent/measures/scorecard.xlsx").status_code == 200


def test_a_page_asks_no_more_of_the_database_than_before_sessions_were_rows(app: Flask, samira: Person) -> None:
    client = signed_in(app, samira)

    with at_most(1):
        client.get("/help")
    with at_most(4):
        client.get("/account")
