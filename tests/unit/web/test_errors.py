from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from flask import Flask, request
from flask.testing import FlaskClient

from tests.unit.web.conftest import make


@pytest.fixture
def shown_faults(kit: Flask) -> Flask:
    """As in production, where a fault becomes a page. Under test Flask would raise it."""
    kit.config["PROPAGATE_EXCEPTIONS"] = False
    return kit


@pytest.mark.parametrize(
    ("fault", "status", "heading", "sentence"),
    [
        ("refused", 409, "That cannot be done", "This action was completed on 4 March 2026"),
        ("not-allowed", 403, "You may not do that", "As director you may not moderate case audits."),
        ("conflict", 409, "Somebody else changed this", "Helen Marsh changed A-104 at 09:42."),
        ("stale", 409, "Somebody else changed this", "Open it again to see what is there now."),
        ("too-large", 413, "The file is too large", "Choose a smaller file"),
        ("too-often", 429, "Too many tries", "Wait a minute"),
        ("broken", 500, "Something went wrong", "Nothing you entered was saved."),
    ],
)
def test_a_fault_is_a_page_of_ours_with_a_sentence(
    shown_faults: Flask, fault: str, status: int, heading: str, sentence: str
) -> None:
    response = shown_faults.test_client().get(f"/brent/fault/{fault}")

    page = BeautifulSoup(response.text, "html.parser")
    assert response.status_code == status
    assert page.h1
    assert page.h1.text == heading
    assert sentence in " ".join(page.text.split())


def test_a_fault_of_ours_shows_nothing_of_the_inside(shown_faults: Flask) -> None:
    text = shown_faults.test_client().get("/brent/fault/broken").text

    assert "secret" not in text
    assert "Traceback" not in text


def test_an_address_that_is_not_there_says_so(visitor: FlaskClient) -> None:
    response = visitor.get("/nowhere")

    assert response.status_code == 404
    assert "<h1" in response.text
    assert "Page not found" in response.text


def test_a_page_that_takes_no_post_says_so(shown_faults: Flask) -> None:
    shown_faults.config["WTF_CSRF_ENABLED"] = False
    try:
        assert shown_faults.test_client().post("/brent/flashing").status_code == 405
    finally:
        shown_faults.config["WTF_CSRF_ENABLED"] = True


def test_a_form_without_its_token_is_refused_before_anything_happens(visitor: FlaskClient) -> None:
    response = visitor.post("/brent/actions/show/104")

    assert response.status_code == 400
    assert "This page was open too long" in response.text


def test_a_file_that_is_too_large_is_refused_before_it_is_read(visitor: FlaskClient) -> None:
    response = visitor.post("/brent/actions/show/104", data={"files": (BytesIO(b"x" * 2000), "minutes.txt")})

    assert response.status_code == 413
    assert "The file is too large" in response.text


def test_an_error_page_leads_back_to_where_the_person_was(visitor: FlaskClient) -> None:
    back = visitor.get("/nowhere", headers={"Referer": "http://localhost/brent/actions/plan"}).text
    elsewhere = visitor.get("/nowhere", headers={"Referer": "https://example.org/trap"}).text

    assert 'href="http://localhost/brent/actions/plan"' in back
    assert "example.org" not in elsewhere


def test_every_page_forbids_the_browser_what_it_does_not_need(visitor: FlaskClient) -> None:
    headers = visitor.get("/brent/actions/plan").headers

    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self' 'nonce-" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_the_nonce_of_a_page_is_the_one_that_its_policy_allows_and_new_each_time(visitor: FlaskClient) -> None:
    nonces = set()
    for _ in range(2):
        response = visitor.get("/help")
        script = BeautifulSoup(response.text, "html.parser").script
        assert script
        nonces.add(script["nonce"])
        assert f"'nonce-{script['nonce']}'" in response.headers["Content-Security-Policy"]

    assert len(nonces) == 2


def test_a_refusal_of_the_form_token_still_has_a_nonce_that_is_allowed(visitor: FlaskClient) -> None:
    response = visitor.post("/brent/actions/show/104")

    script = BeautifulSoup(response.text, "html.parser").script
    assert script
    assert f"'nonce-{script['nonce']}'" in response.headers["Content-Security-Policy"]


def test_transport_security_is_promised_only_where_it_is_kept(visitor: FlaskClient) -> None:
    secure = make(HTTPS=True).test_client().get("/help", base_url="https://tracker.example")

    assert "Strict-Transport-Security" in secure.headers
    assert "Strict-Transport-Security" not in visitor.get("/help", base_url="https://tracker.example").headers


def test_where_https_is_on_plain_http_leads_to_it_and_cookies_stay_within_it() -> None:
    app = make(HTTPS=True)

    response = app.test_client().get("/help")

    assert response.location == "https://localhost/help"
    assert app.config["SESSION_COOKIE_SECURE"]
    assert app.config["SESSION_COOKIE_HTTPONLY"]


def test_the_head_of_a_page_alone_is_answered_as_the_page(kit: Flask) -> None:
    with kit.test_request_context("/brent/flashing", method="HEAD"):
        assert request.method == "GET"

    whole, head = (kit.test_client().open("/brent/flashing", method=method) for method in ("GET", "HEAD"))
    assert (head.status_code, head.data) == (200, b"")
    assert head.content_type == whole.content_type
