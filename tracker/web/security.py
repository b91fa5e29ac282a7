"""What every response tells the browser it may do: almost nothing beyond our own pages."""

import secrets

from flask import Flask, Response, abort, current_app, g, request
from flask_talisman import Talisman

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
"""Talisman adds a nonce only to a directive that is here, so both script and style are named."""

NOT_NEEDED = ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")


def init_security(app: Flask) -> None:
    app.after_request(shut_in_downloads)  # before Talisman, so that it runs after it
    app.after_request(shut_in_documents)
    https = bool(app.config.get("HTTPS"))
    Talisman(
        app,
        force_https=https,
        strict_transport_security=https,
        session_cookie_secure=https,
        session_cookie_samesite="Lax",
        frame_options="DENY",
        referrer_policy="same-origin",
        permissions_policy=dict.fromkeys(NOT_NEEDED, "()"),
        content_security_policy=POLICY,
        content_security_policy_nonce_in=["script-src", "style-src"],
    )
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.after_request(keep_out_of_caches)
    app.after_request(keep_to_ourselves)


def refuse_large_forms() -> None:
    """Werkzeug bounds the fields of a form with files; one without would be held in memory whole."""
    most = current_app.config["MAX_FORM_MEMORY_SIZE"] or 0
    if request.mimetype != "multipart/form-data" and (request.content_length or 0) > most > 0:
        abort(413)


def keep_to_ourselves(response: Response) -> Response:
    """No page of another site may hold a window of ours, or load what only a signed-in person sees."""
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if request.endpoint == "people.sign_out":
        response.headers["Clear-Site-Data"] = '"cache"'  # pictures that her browser was allowed to keep for a day
    return response


def csp_nonce() -> str:
    """The nonce of this request. Made on first use: a refusal of the form token comes before Talisman makes one."""
    if not getattr(request, "csp_nonce", None):
        request.csp_nonce = secrets.token_urlsafe(24)  # type: ignore[attr-defined]  # where Talisman looks for it
    nonce: str = request.csp_nonce  # type: ignore[attr-defined]  # as above
    return nonce


def shut_in_downloads(response: Response) -> Response:
    """A browser that opened a download all the same would run nothing in it, and nothing in our name."""
    if response.headers.get("Content-Disposition", "").startswith("attachment"):
        response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response.headers["Cache-Control"] = "private, no-store"
    return response


def shut_in_documents(response: Response) -> Response:
    """A document with its own style, whose hash a view gave as ``g.style_sha256``: that style, and nothing else."""
    if digest := g.pop("style_sha256", None):
        policy = f"sandbox; default-src 'none'; style-src 'sha256-{digest}'; img-src data:"
        response.headers["Content-Security-Policy"] = policy
    return response


def keep_out_of_caches(response: Response) -> Response:
    """Pages and downloads stay out of shared and local caches, unless a view allows the person's own browser one."""
    if request.endpoint != "static" and not response.cache_control.private:
        response.headers["Cache-Control"] = "no-store"
    return response
