"""The secret key is changed, and nothing ends that was begun under the old one."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from cryptography.fernet import InvalidToken
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import BadSignature

from tracker.application import create_app
from tracker.platform import sealing
from tracker.settings import Settings

OLD, NEW = "the old key which is long enough", "the new key which is long enough"


def with_keys(key: str, *older: str) -> Flask:
    app = Flask(__name__)
    app.config.update(SECRET_KEY=key, SECRET_KEY_FALLBACKS=list(older))
    return app


def test_what_the_old_key_sealed_and_signed_is_read_until_the_old_key_is_taken_out() -> None:
    with with_keys(OLD).app_context():
        sealed, signed = sealing.seal("a secret", "tests"), sealing.signer("tests").dumps(7)
    with with_keys(NEW, OLD).app_context():
        assert sealing.opened(sealed, "tests") == "a secret"
        assert sealing.signer("tests").loads(signed) == 7
        anew = sealing.sealed_anew(sealed, "tests")
    with with_keys(NEW).app_context():
        assert sealing.opened(anew, "tests") == "a secret"
        assert sealing.opened(sealed, "tests") is None
        with pytest.raises(BadSignature):
            sealing.signer("tests").loads(signed)
        with pytest.raises(InvalidToken):
            sealing.sealed_anew(sealed, "tests")


def test_a_seal_and_a_signature_hold_for_one_purpose_only() -> None:
    with with_keys(NEW).app_context():
        assert sealing.opened(sealing.seal("a secret", "tests"), "something else") is None
        assert sealing.fingerprint("a", "tests") != sealing.fingerprint("a", "something else")
        with pytest.raises(BadSignature):
            sealing.signer("something else").loads(sealing.signer("tests").dumps(7))


def test_a_form_that_was_opened_under_the_old_key_still_sends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = client_with(tmp_path, monkeypatch, OLD)
    token = BeautifulSoup(before.get("/sign-in").text, "html.parser").find("input", {"name": "csrf_token"})
    cookie = before.get_cookie("tracker")
    assert token is not None
    assert cookie is not None

    statuses = []
    for keys in ([NEW, OLD], [NEW]):
        after = client_with(tmp_path, monkeypatch, *keys)
        after.set_cookie("tracker", cookie.value)
        statuses.append(after.post("/sign-out", data={"csrf_token": token["value"]}).status_code)

    assert statuses == [302, 400]


def client_with(folder: Path, monkeypatch: pytest.MonkeyPatch, key: str, *older: str) -> FlaskClient:
    monkeypatch.setenv("TRACKER_SECRET_KEY", key)
    monkeypatch.setenv("TRACKER_SECRET_KEY_FALLBACKS", " , ".join(older))
    return create_app(Settings(_env_file=None, database_url=f"sqlite:///{folder / 'tracker.sqlite'}")).test_client()
