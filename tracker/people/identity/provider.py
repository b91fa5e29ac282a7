"""The identity provider: OpenID Connect's code flow, with PKCE, by Authlib. The one door to it.

Nothing is asked of the network unless the operator named an issuer, and then only when somebody signs in with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError

from tracker.people.identity.groups import Groups, read
from tracker.people.identity.rules import NotUsable, Told, told
from tracker.platform.errors import Refused

log = structlog.get_logger()

TIMEOUT = 10
"""Seconds to wait for the provider's answer. Our choice."""
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures that the provider alone can make: none with a shared secret, and none without a key."""
NAME = "identity"


def init_provider(app: Flask) -> None:
    """Read the settings; the provider itself is first asked when somebody signs in. Raises Refused."""
    app.extensions["identity_groups"] = read(app.config["OIDC_GROUPS"])
    if not app.config["OIDC_ISSUER"]:
        return
    OAuth(app).register(
        NAME,
        client_id=app.config["OIDC_CLIENT_ID"],
        client_secret=app.config["OIDC_CLIENT_SECRET"],
        server_metadata_url=f"{app.config['OIDC_ISSUER']}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT,
        },
    )


def is_on() -> bool:
    return bool(current_app.config["OIDC_ISSUER"])


def groups() -> Groups:
    found: Groups = current_app.extensions["identity_groups"]
    return found


def send_there(back: str, *, again: bool) -> ResponseReturnValue:
    """To the provider's page, and from there to ``back``; ``again``: whatever it remembers, she signs in there."""
    with _told_in_sentences():
        _known()
        asked = {"prompt": "login", "max_age": 0} if again else {}
        answer: ResponseReturnValue = _client().authorize_redirect(back, **asked)
        return answer


def who_came_back() -> Told:
    """Who signed in there: state, nonce, signature, issuer, audience and time are checked. Raises Refused."""
    issuer, client_id = _known()["issuer"], current_app.config["OIDC_CLIENT_ID"]
    with _told_in_sentences():
        token = _client().authorize_access_token(
            claims_options={
                "iss": {"essential": True, "values": [issuer]},
                "aud": {"essential": True, "values": [client_id]},
                "sub": {"essential": True},
                "exp": {"essential": True},
            }
        )
        if not token.get("userinfo"):
            raise NotUsable("Your organisation's account did not say who you are.")
        return told(token["userinfo"], groups_claim=groups().claim)


def sign_out_address(back: str) -> str | None:
    """Where somebody signs out of the provider as well, if it has such a page."""
    try:
        page = _known().get("end_session_endpoint")
    except Refused:
        return None
    query = urlencode({"client_id": current_app.config["OIDC_CLIENT_ID"], "post_logout_redirect_uri": back})
    return f"{page}?{query}" if page else None


def _client() -> Any:
    return current_app.extensions["authlib.integrations.flask_client"].create_client(NAME)


def _known() -> dict[str, Any]:
    """What the provider says of itself, read once. It must be the issuer that the operator named."""
    with _told_in_sentences():
        metadata: dict[str, Any] = _client().load_server_metadata()
        if metadata.get("issuer", "").rstrip("/") != current_app.config["OIDC_ISSUER"]:
            metadata.pop("_loaded_at", None)
            log.error("another issuer answers", asked=current_app.config["OIDC_ISSUER"], answers=metadata.get("issuer"))
            raise NotUsable("Another service answers than the one that your organisation named.")
        metadata["id_token_signing_alg_values_supported"] = list(ALGORITHMS)
        return metadata


@contextmanager
def _told_in_sentences() -> Iterator[None]:
    """A fault of the provider becomes a sentence for the person and a line in the log, which holds no token."""
    try:
        yield
    except NotUsable as why:
        raise Refused(f"{why} Ask {current_app.config['CONTACT']}.") from why
    except AuthlibBaseError as fault:
        log.warning("the identity provider refused", error=fault.error)
        if fault.error == "access_denied":
            raise Refused(
                "You did not sign in with your organisation's account. Try again, or sign in here."
            ) from fault
        raise Refused("That sign-in cannot be used: it was begun elsewhere, or too long ago. Try again.") from fault
    except (JoseError, ValueError, KeyError, TypeError) as fault:
        log.error("the identity provider's answer does not hold", fault=type(fault).__name__)
        raise Refused(
            f"What your organisation's account answered cannot be trusted. Tell {current_app.config['CONTACT']}."
        ) from fault
    except (OSError, RuntimeError) as fault:
        log.error("the identity provider cannot be reached", fault=type(fault).__name__)
        raise Refused(
            "Your organisation's sign-in does not answer at the moment. Try again in a few minutes."
        ) from fault
