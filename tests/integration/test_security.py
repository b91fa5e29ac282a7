"""What every answer tells the browser, what no request gets past, and how often somebody may ask."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from limits import parse
from pydantic import SecretStr
from werkzeug.routing import Rule

from tests import given, given_evidence
from tests.access import address
from tests.conftest import signed_in
from tracker.application import create_app
from tracker.evidence.rules import Kind
from tracker.people import limits
from tracker.people.models import Authority
from tracker.people.rules import Role
from tracker.settings import Settings

pytestmark = pytest.mark.any_database


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


@pytest.fixture
def strict(app: Flask) -> Iterator[Flask]:
    """The application with tokens on forms, as it is served."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = False


def in_earnest(**settings: object) -> Flask:
    given_settings = {"secret_key": SecretStr("a key for tests only"), "database_url": "sqlite://"} | settings
    return create_app(Settings(_env_file=None, **given_settings))  # type: ignore[arg-type]  # as the test names them


def test_every_answer_has_a_policy_without_inline_and_stays_with_us(director: FlaskClient, brent: Authority) -> None:
    given_evidence.evidence(kind=Kind.FILE)
    answers = {
        "page": director.get("/brent/evidence"),
        "not there": director.get("/brent/nothing"),
        "not by this method": director.put("/brent/evidence"),
        "refused": director.get("/brent/audits/start"),
        "file": director.post("/brent/evidence/1/download"),
        "spreadsheet": director.get("/brent/readiness.xlsx"),
        "API": director.get("/brent/api/items"),
        "static": director.get("/static/tracker.css", buffered=True),
        "redirect": director.get("/"),
    }

    for what, answer in answers.items():
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy, what
        assert "default-src" in policy, what
        assert answer.headers["X-Content-Type-Options"] == "nosniff", what
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", what
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", what
        assert answer.headers["Referrer-Policy"] == "same-origin", what
        assert "camera=()" in answer.headers["Permissions-Policy"], what
        assert "Server" not in answer.headers, what
        if what != "static":
            assert "no-store" in answer.headers["Cache-Control"], what
    assert "sandbox" in answers["file"].headers["Content-Security-Policy"]
    assert "sandbox" in answers["spreadsheet"].headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answers["page"].headers["Content-Security-Policy"]


def test_every_answer_says_what_it_is(director: FlaskClient) -> None:
    given_evidence.evidence(kind=Kind.FILE)
    kinds = {
        "/brent/evidence": "text/html; charset=utf-8",
        "/brent/nothing": "text/html; charset=utf-8",
        "/brent/api/items": "application/json",
        "/brent/readiness.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "/static/tracker.css": "text/css; charset=utf-8",
        "/health": "application/json",
    }

    assert {path: director.get(path, buffered=True).content_type for path in kinds} == kinds
    assert director.post("/brent/evidence/1/download").content_type == "application/pdf"


def test_no_setting_shows_the_inside_of_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FLASK_DEBUG", "TRACKER_DEBUG", "TRACKER_TESTING", "TRACKER_PROPAGATE_EXCEPTIONS"):
        monkeypatch.setenv(name, "1")

    app = in_earnest(https=True)

    assert [app.config.get(name) for name in ("DEBUG", "TESTING", "PROPAGATE_EXCEPTIONS")] == [False, False, None]
    assert (
        app.test_client().get("/sign-in", base_url="http://localhost").status_code == 302
    )  # as Talisman does not then


def test_no_change_is_made_without_its_token(strict: Flask, brent: Authority) -> None:
    client = signed_in(strict, given.a_person(authority=brent, role=Role.DIRECTOR))
    changing = [rule for rule in rules(strict) if (rule.methods or set()) & {"POST", "PUT", "PATCH", "DELETE"}]

    let_through = [rule.endpoint for rule in changing if client.post(address(rule, "brent")).status_code != 400]

    assert len(changing) > 100
    assert let_through == ["reminders.stop_digest"]  # posted by a mail program; its address holds a key of its own


def test_a_method_that_is_said_in_a_header_or_a_field_counts_for_nothing(director: FlaskClient) -> None:
    answer = director.post("/brent/evidence", headers={"X-HTTP-Method-Override": "GET"}, data={"_method": "GET"})

    assert answer.status_code == 405
    assert director.open("/brent/evidence", method="TRACE").status_code == 405


def test_signing_out_has_the_browser_forget_its_pictures(director: FlaskClient) -> None:
    assert director.post("/sign-out").headers["Clear-Site-Data"] == '"cache"'


def test_over_https_the_cookie_is_of_this_host_alone() -> None:
    app = in_earnest(https=True)
    client = app.test_client()

    [cookie] = client.get("/sign-in", base_url="https://localhost").headers.getlist("Set-Cookie")

    assert cookie.startswith("__Host-tracker=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    header = client.get("/sign-in", base_url="https://localhost").headers["Strict-Transport-Security"]
    assert header == "max-age=31556926; includeSubDomains"


def test_a_host_that_is_not_ours_gets_a_page_that_says_nothing() -> None:
    client = in_earnest(trusted_hosts="tracker.example.gov.uk").test_client()

    ours = client.get("/sign-in", base_url="http://tracker.example.gov.uk")
    strange = client.get("/sign-in", base_url="http://evil.example.org")

    assert (ours.status_code, strange.status_code) == (200, 400)
    assert "evil" not in strange.text
    assert "Traceback" not in strange.text


def test_a_form_that_is_far_too_large_is_refused(director: FlaskClient, brent: Authority) -> None:
    action = given.an_action()

    large = director.post(f"/brent/actions/{action.number}/update", data={"done": "x" * 600_000})
    many = director.post(
        f"/brent/actions/{action.number}/update", data={f"f{n}": "x" for n in range(1_200)},
        content_type="multipart/form-data",
    )  # fmt: skip

    assert (large.status_code, many.status_code) == (413, 413)
    assert "What you wrote is too long to be saved" in large.text
    assert "texts hold words alone" in large.text
    assert "The file is too large" in many.text


def test_who_asks_too_often_waits_and_others_do_not(
    director: FlaskClient, qa_officer: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "LIMITS", {**limits.LIMITS, "searches": parse("2 per minute")})

    asked = [director.get("/brent/search/?q=plans") for _ in range(3)]

    assert [answer.status_code for answer in asked] == [200, 200, 429]
    assert "Too many tries" in asked[2].text
    assert qa_officer.get("/brent/search/?q=plans").status_code == 200


@pytest.mark.parametrize(
    ("path", "method", "media_type", "kind"),
    [
        ("/brent/readiness.xlsx", "GET", None, "files to take away"),
        ("/brent/packs/1/download", "POST", None, "files to take away"),
        ("/brent/history.csv", "POST", None, "files to take away"),
        ("/brent/packs/1/again", "POST", None, "packs"),
        ("/brent/evidence/1/file", "POST", "multipart/form-data", "uploads"),
        ("/brent/evidence", "GET", None, None),
    ],
)
def test_what_is_dear_is_counted_by_its_kind(
    app: Flask, path: str, method: str, media_type: str | None, kind: str | None
) -> None:
    with app.test_request_context(path, method=method, content_type=media_type):
        assert limits.dear() == kind


def test_every_endpoint_that_answers_with_a_file_is_limited(app: Flask) -> None:
    empty_forms = {"difference.template", "evidence_import.template"}
    files = {rule.endpoint for rule in rules(app) if re.search(r"\.(?:xlsx|csv)$|/download", rule.rule)}

    not_limited = {
        endpoint for endpoint in files if not any(part in endpoint.partition(".")[2] for part in limits.TAKING_AWAY)
    }

    assert not_limited == empty_forms
