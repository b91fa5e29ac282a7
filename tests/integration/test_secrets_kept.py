"""What lets somebody in is kept as something that lets nobody in, and nothing of it is in the trail."""

import json
import re
from datetime import timedelta

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import String, select
from sqlalchemy.orm import Session

from tests import given, given_evidence
from tracker.people import invitations
from tracker.people.codes import commands as codes
from tracker.people.codes import queries as code_queries
from tracker.people.models import Authority
from tracker.people.passwords import commands as passwords
from tracker.people.passwords.models import LinkFor
from tracker.people.rules import Role
from tracker.people.sessions import commands as sessions
from tracker.people.sessions.rules import Way
from tracker.platform import clock, history
from tracker.platform.db import Model
from tracker.platform.history import HistoryEntry
from tracker.reminders import commands as reminders

PASSWORD = "copper kettle lantern"
TELLS = re.compile(r"passw|token|secret|sealed|credential|recovery|otp|(^|_)(pin|salt|seed)(_|$)|code_sha|seal$")
"""Names of columns that tell of a secret."""

SHA256, ARGON2 = re.compile(r"[0-9a-f]{64}"), re.compile(r"\$argon2id\$v=19\$.+")
ENCRYPTED = re.compile(r"gAAAA[\w-]+={0,2}")
KEPT_AS = {
    "calendar_address.token_sha256": SHA256,
    "code_key.sealed": ENCRYPTED,
    "invitation.token_sha256": SHA256,
    "one_time_link.token_sha256": SHA256,
    "person.password_hash": ARGON2,
    "person_session.token_sha256": SHA256,
    "recovery_code.code_sha256": SHA256,
}
NO_SECRET = {"history_head.seal", "audit_sample.seed", "passkey.credential_id"}
"""A signature over the newest entry, which lets nobody in; what a draw of cases can be repeated with; what a device
calls a passkey, and says whenever it shows it."""


def texts() -> dict[str, object]:
    """Every column of text, by table and name."""
    return {
        f"{table.name}.{column.name}": column
        for table in Model.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String)
    }


def kept(session: Session) -> str:
    """All that stands in every table."""
    session.flush()
    tables = Model.metadata.sorted_tables
    return json.dumps([[list(row) for row in session.execute(select(*table.columns))] for table in tables], default=str)


def given_every_secret(brent: Authority) -> list[str]:
    """One of each, as people get them."""
    now = clock.now()
    priya = given.a_person(authority=brent, role=Role.QA_OFFICER, password=PASSWORD)
    invited = given.a_person(authority=brent, role=Role.AUDITOR)
    _, cookie = sessions.begin(priya, way=Way.TYPED, browser="A test", at=now)
    codes.begin(priya)
    key = code_queries.key(priya)
    assert key is not None
    secret = codes.opened(key)
    recovery = codes.confirm(key, pyotp.TOTP(secret).at(now), at=now)
    return [
        PASSWORD,
        cookie,
        secret,
        *recovery,
        invitations.invite(invited.memberships[0], by=priya, at=now),
        passwords.make_link(priya, LinkFor.RESET, at=now),
        passwords.make_link(priya, LinkFor.SIGNING_IN, at=now, holds_for=timedelta(minutes=5)),
        reminders.new_calendar_address(brent, priya, at=now),
    ]


def test_every_column_whose_name_tells_of_a_secret_is_known() -> None:
    telling = {name for name in texts() if TELLS.search(name.partition(".")[2])}

    assert telling - NO_SECRET == set(KEPT_AS)


def test_each_holds_a_hash_or_something_encrypted_and_no_table_holds_a_secret(
    app: Flask, session: Session, brent: Authority
) -> None:
    secrets = given_every_secret(brent)

    everything = kept(session)
    assert len(secrets) > 12
    assert [secret for secret in secrets if secret in everything] == []
    for name, looks in KEPT_AS.items():
        values = [value for (value,) in session.execute(select(texts()[name])) if value]  # type: ignore[call-overload]  # a column
        assert values, name
        assert [value for value in values if not looks.fullmatch(value)] == [], name


def test_the_trail_has_none_of_these_columns(app: Flask, session: Session, brent: Authority) -> None:
    given_every_secret(brent)
    session.flush()

    for mapper in Model.registry.mappers:
        model = mapper.class_
        for column in mapper.columns:
            if f"{column.table.name}.{column.name}" in KEPT_AS:
                assert not model.__history__ or column.info.get("history") is False, f"{column} is in the trail"
    changed = {name for (changes,) in session.execute(select(HistoryEntry.changes)) for name in changes}
    assert changed
    assert {name for name in changed if TELLS.search(name)} == set()


def test_the_trail_holds_no_whole_document(qa_officer: FlaskClient, session: Session, brent: Authority) -> None:
    piece = given_evidence.evidence(authority=brent, shows="Plans are dated.")
    piece.shows = "".join(f"Sentence {number} of a whole document. " for number in range(2_000))
    session.flush()

    entry = history.of(piece, limit=1)[0]
    assert "Sentence 0 of" in json.dumps(entry.changes)
    assert "Sentence 1999 of" not in json.dumps(entry.changes)
    longest = max(len(json.dumps(changes)) for (changes,) in session.execute(select(HistoryEntry.changes)))
    assert longest < 5_000
