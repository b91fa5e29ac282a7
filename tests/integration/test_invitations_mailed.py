"""An invitation is mailed by a real mail server's rules, and its secret is in the letter alone."""

import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from structlog.testing import capture_logs

from tests import given
from tests.mail_server import HERE, Mailbox, mail_server
from tracker.people import invitations
from tracker.people.models import Authority, Invitation, Membership, Person
from tracker.people.passwords import commands as passwords
from tracker.people.rules import Role
from tracker.platform import clock, history
from tracker.platform.db import db
from tracker.platform.history import HistoryEntry
from tracker.platform.jobs import Job
from tracker.settings import MailSettings

LINK = re.compile(r"/invitations/(\S+)")


@pytest.fixture
def mailbox(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mail_server() as box:
        monkeypatch.setitem(app.config, "MAIL", MailSettings("smtp", "no-reply@example.gov.uk", HERE, box.port, "none"))
        yield box


@pytest.fixture
def ada(brent: Authority) -> Membership:
    person = given.a_person(name="Ada Obi", email="ada@example.org", authority=brent, role=Role.AUDITOR)
    return person.memberships[0]


def test_who_is_invited_is_mailed_a_link_that_opens_once(
    director: FlaskClient, client: FlaskClient, mailbox: Mailbox, ada: Membership
) -> None:
    answer = director.post(f"/brent/people/{ada.id}/mail", follow_redirects=True).text

    assert mailbox.to == ["ada@example.org"]
    text = str(mailbox.letters[0].get_body(("plain",)))
    assert "Dana Whitfield has given you access to the inspection readiness tracker of Brent" in text
    assert "Demonstration: everything but the published reports is invented." in text
    token = LINK.search(text)
    assert token is not None
    assert "Ada Obi is mailed a link" in answer
    assert "Mail the invitation again" in answer
    assert token[1] not in answer
    said = {"name": "Ada Obi", "password": "copper kettle lantern"}
    assert client.post(f"/invitations/{token[1]}", data=said).location == "/sign-in"
    assert passwords.is_hers(ada.person, "copper kettle lantern")
    assert client.get(f"/invitations/{token[1]}").status_code == 404


def test_its_secret_is_in_no_log_job_row_or_record(director: FlaskClient, mailbox: Mailbox, ada: Membership) -> None:
    with capture_logs() as lines:
        director.post(f"/brent/people/{ada.id}/mail")

    token = LINK.search(str(mailbox.letters[0].get_body(("plain",))))
    assert token is not None
    rows = [
        *db.session.execute(select(*HistoryEntry.__table__.columns)),
        *db.session.execute(select(*Job.__table__.columns)),
        *db.session.execute(select(*Invitation.__table__.columns)),
    ]
    assert rows
    kept = json.dumps([lines, [[*row] for row in rows]], default=str)
    assert token[1] not in kept
    assert "ada@example.org" not in json.dumps(lines, default=str)
    assert "mailed an invitation" in {entry.what for entry in history.of(ada)}


def test_one_that_was_refused_opens_nothing_and_is_on_record(
    director: FlaskClient, mailbox: Mailbox, ada: Membership
) -> None:
    mailbox.refuses["ada@example.org"] = "550 No such address"

    page = director.post(f"/brent/people/{ada.id}/mail", follow_redirects=True).text

    assert mailbox.letters == []
    assert invitations.waiting(ada, at=clock.now()) is None
    assert "could not mail the invitation" in page.lower()


def test_without_mail_a_link_is_made_and_passed_on(director: FlaskClient, ada: Membership) -> None:
    page = director.get(f"/brent/people/{ada.id}").text

    assert "Mail an invitation" not in page
    assert "Make a link to choose a password" in page
    refused = director.post(f"/brent/people/{ada.id}/mail")
    assert (refused.status_code, "Mail is not switched on" in refused.text) == (409, True)


def test_who_has_a_password_or_left_meanwhile_is_mailed_nothing(
    director: FlaskClient, mailbox: Mailbox, ada: Membership, brent: Authority
) -> None:
    has_one: Person = given.a_person(authority=brent, password="copper kettle lantern")

    refused = director.post(f"/brent/people/{has_one.memberships[0].id}/mail")

    assert refused.status_code == 409
    assert mailbox.letters == []
