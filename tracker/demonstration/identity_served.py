"""Serving the stand-in for an identity provider beside the demonstration, so that signing in with it can be tried."""

import json
import multiprocessing
import secrets
from collections.abc import Mapping

from werkzeug.serving import make_server

from tracker.demonstration import schema
from tracker.demonstration.identity import CLIENT_ID, Account, Provider, create_provider


def serve_beside(port: int) -> Mapping[str, str]:
    """Begin to serve it, in a process that ends with this one; the settings that tell the service of it."""
    issuer, secret = f"http://127.0.0.1:{port}", secrets.token_urlsafe(24)
    multiprocessing.get_context("spawn").Process(target=_serve, args=(port, issuer, secret), daemon=True).start()
    told = schema.people()
    roles = {one.role.value: f"{told.authority.slug}:{one.role.value}" for one in told.people}
    return {
        "TRACKER_OIDC_ISSUER": issuer,
        "TRACKER_OIDC_CLIENT_ID": CLIENT_ID,
        "TRACKER_OIDC_CLIENT_SECRET": secret,
        "TRACKER_OIDC_NAME": "the demonstration's identity server",
        "TRACKER_OIDC_GROUPS": json.dumps({"claim": "groups", "roles": roles}),
    }


def accounts() -> list[Account]:
    """Everybody of the demonstration; a group of each has the name of her role."""
    return [Account(one.key, one.name, one.email, (one.role.value,)) for one in schema.people().people]


def _serve(port: int, issuer: str, secret: str) -> None:
    provider = Provider(issuer, secret, accounts())
    make_server("127.0.0.1", port, create_provider(provider), threaded=True).serve_forever()
