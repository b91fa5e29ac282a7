"""The demonstration's stand-in for an identity provider, served on this machine, and somebody who signs in there."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import requests
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from tracker.demonstration.identity import CLIENT_ID, Account, Provider, create_provider
from tracker.people.identity.groups import read
from tracker.people.identity.provider import init_provider

SECRET = "known to the service and to its provider"
GROUPS = '{"claim": "groups", "roles": {"directors": "brent:director", "officers": "brent:qa_officer"}}'
DANA = Account("1", "Dana Whitfield", "dana@example.org", ("directors", "officers", "everybody"))


@contextmanager
def running(*accounts: Account) -> Iterator[Provider]:
    provider = Provider("", SECRET, list(accounts or (DANA,)))
    server = make_server("127.0.0.1", 0, create_provider(provider), threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield provider
    server.shutdown()
    thread.join()
    server.server_close()


def settings_for(provider: Provider) -> dict[str, object]:
    """What the service's configuration says of it."""
    return {
        "OIDC_ISSUER": provider.issuer,
        "OIDC_CLIENT_ID": CLIENT_ID,
        "OIDC_CLIENT_SECRET": SECRET,
        "OIDC_GROUPS": GROUPS,
        "PUBLIC_ADDRESS": "http://localhost",
    }


def connect(app: Flask) -> None:
    """Let an application read its settings anew."""
    init_provider(app)
    app.extensions["identity_groups"] = read(app.config["OIDC_GROUPS"])


def answer(page: str, account: Account | None = DANA) -> str:
    """What the provider sends a browser back to that chose this account; None: that went back."""
    said = requests.post(page, data={"who": account.subject if account else ""}, allow_redirects=False, timeout=10)
    address: str = said.headers["Location"]
    return address


def come_back(client: FlaskClient, account: Account | None = DANA, *, begin: str = "/sign-in/provider") -> TestResponse:
    """The whole journey up to the form that sends itself; what the service answers then."""
    there = client.get(begin).location
    back = client.get(answer(str(there), account))
    if back.location != "/sign-in/provider/enter":
        return back
    assert client.get(back.location).status_code == 200
    return client.post(back.location)
