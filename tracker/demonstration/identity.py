"""A stand-in for a council's identity provider: OpenID Connect with everybody's password left out.

It is for the demonstration and for tests, and for nothing else: whoever reaches it says who she is by a click. It may
be told to behave badly, so that what guards the service can be seen to.
"""

import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, abort, jsonify, redirect, render_template_string, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import RSAKey

from tracker.platform import clock

CLIENT_ID = "inspection-readiness-tracker"
CODE_HOLDS_FOR = timedelta(minutes=1)

PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Demonstration sign-in</title></head>
<body><main><h1>Demonstration sign-in</h1>
<p>This stands in for a council's own sign-in. Everybody here is invented. Who are you?</p>
<form method="post">{% for one in people %}
<p><button name="who" value="{{ one.subject }}">{{ one.name }}</button></p>{% endfor %}
<p><button name="who" value="">Nobody: go back</button></p></form></main></body></html>
"""


@dataclass(frozen=True)
class Account:
    subject: str
    name: str
    email: str
    groups: tuple[str, ...]


@dataclass
class Provider:
    """Its accounts, and how it behaves."""

    issuer: str
    secret: str
    accounts: list[Account]
    claims: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
    """What it makes of the claims of a token before it signs them."""
    signs_with: RSAKey | None = None
    """Another key than the one that it publishes."""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"}))
    codes: dict[str, tuple[Account, Mapping[str, str], datetime]] = field(default_factory=dict)


def create_provider(provider: Provider) -> Flask:
    app = Flask("demonstration-identity")
    app.add_url_rule("/.well-known/openid-configuration", view_func=lambda: _metadata(provider), endpoint="metadata")
    app.add_url_rule("/keys", view_func=lambda: {"keys": [provider.key.as_dict(private=False)]}, endpoint="keys")
    app.add_url_rule("/authorize", view_func=lambda: _authorize(provider), endpoint="ask", methods=["GET", "POST"])
    app.add_url_rule("/token", view_func=lambda: _token(provider), endpoint="token", methods=["POST"])
    app.add_url_rule(
        "/sign-out", view_func=lambda: redirect(_our(request.args["post_logout_redirect_uri"])), endpoint="out"
    )
    return app


def _metadata(provider: Provider) -> dict[str, Any]:
    at = provider.issuer
    return {
        "issuer": at,
        "authorization_endpoint": f"{at}/authorize",
        "token_endpoint": f"{at}/token",
        "jwks_uri": f"{at}/keys",
        "end_session_endpoint": f"{at}/sign-out",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["S256"],
    }


def _authorize(provider: Provider) -> ResponseReturnValue:
    asked = request.args
    if asked.get("client_id") != CLIENT_ID or asked.get("code_challenge_method") != "S256":
        abort(400)
    if request.method == "GET":
        return render_template_string(PAGE, people=provider.accounts)
    account = next((one for one in provider.accounts if one.subject == request.form["who"]), None)
    if account is None:
        return _back(error="access_denied")
    code = secrets.token_urlsafe(24)
    provider.codes[code] = (account, asked.to_dict(), clock.now())
    return _back(code=code)


def _back(**said: str) -> Response:
    query = urlencode({**said, "state": request.args["state"]})
    return redirect(f"{_our(request.args['redirect_uri'])}?{query}")  # type: ignore[return-value]  # Werkzeug's own


def _our(address: str) -> str:
    """It sends people to this machine only."""
    if not address.startswith(("http://127.0.0.1:", "http://localhost:", "http://localhost/")):
        abort(400)
    return address


def _token(provider: Provider) -> ResponseReturnValue:
    """The identity token of a code: once, for who has the verifier of its challenge and the client's secret."""
    account, asked, at = provider.codes.pop(request.form.get("code", ""), (None, {}, clock.now()))
    verifier = request.form.get("code_verifier", "")
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    said = request.authorization
    knows = said is not None and said.username == CLIENT_ID and said.password == provider.secret
    holds = account is not None and asked["code_challenge"] == challenge and clock.now() - at < CODE_HOLDS_FOR
    if account is None or not holds or not knows or request.form.get("redirect_uri") != asked["redirect_uri"]:
        return jsonify(error="invalid_grant"), 400
    claims = provider.claims(_claims(provider, account, asked["nonce"]))
    header = {"alg": "RS256", "kid": "1"}
    token = jwt.encode(header, claims, provider.signs_with or provider.key)
    return jsonify(access_token=secrets.token_urlsafe(16), token_type="Bearer", expires_in=300, id_token=token)  # noqa: S106  # a kind of token


def _claims(provider: Provider, account: Account, nonce: str) -> dict[str, Any]:
    now = int(clock.now().timestamp())
    return {
        "iss": provider.issuer,
        "aud": CLIENT_ID,
        "sub": account.subject,
        "iat": now,
        "exp": now + 300,
        "auth_time": now,
        "nonce": nonce,
        "name": account.name,
        "email": account.email,
        "email_verified": True,
        "groups": list(account.groups),
    }
