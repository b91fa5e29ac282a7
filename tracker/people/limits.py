"""How often one person may ask for what is dear; who is not signed in is counted by her address.

Counted in memory or in Redis, as ``TRACKER_RATE_LIMITS`` says. Where Redis does not answer, nobody is kept waiting.
"""

from collections.abc import Mapping

import structlog
from flask import Flask, abort, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user
from limits import RateLimitItem, parse
from limits.errors import StorageError

log = structlog.get_logger()
limiter = Limiter(get_remote_address)

LIMITS: Mapping[str, RateLimitItem] = {
    "uploads": parse("60 per minute"),
    "packs": parse("60 per minute"),
    "searches": parse("240 per minute"),
    "files to take away": parse("120 per minute"),
}
"""Our choice: several times what somebody who works fast does, and far below what empties a register."""

ASKING_FOR_PACKS = frozenset({"packs", "pack_sets", "evidence_bundles"})
SEARCHING = frozenset({"search.results", "corpus.search"})
TAKING_AWAY = ("export", "spreadsheet", "download", "in_full", "_csv")
"""Parts of the names of endpoints that answer with a file."""


def init_limits(app: Flask) -> None:
    limiter.init_app(app)
    app.before_request(keep_within_limits)


def keep_within_limits() -> None:
    """Refuse with 429 what comes too often; after the guards know who asks."""
    kind = dear()
    if kind is None or not limiter.enabled:
        return
    who = current_user.get_id() if current_user.is_authenticated else get_remote_address()
    try:
        within = limiter.limiter.hit(LIMITS[kind], "dear", kind, str(who))
    except (StorageError, OSError):
        log.warning("rate limits are not counted: their store does not answer")
        return
    if not within:
        abort(429)


def dear() -> str | None:
    """What kind of dear thing this request asks for, if any."""
    endpoint = request.endpoint or ""
    if endpoint in SEARCHING:
        return "searches"
    if request.method == "POST" and request.mimetype == "multipart/form-data":
        return "uploads"
    if any(part in endpoint.partition(".")[2] for part in TAKING_AWAY):
        return "files to take away"
    if request.method == "POST" and endpoint.partition(".")[0] in ASKING_FOR_PACKS:
        return "packs"
    return None
