"""One line in the log, and one in the figures, for each request: which kind of page, how it ended, how long it took.

The address is told as the rule that it follows, without what stands in it, and nobody is named.
"""

import re
import time
import uuid
from typing import Any

import structlog
from flask import Flask, Response, g, has_request_context, request
from sqlalchemy import Engine, event

from tracker.platform import metrics

log = structlog.get_logger()

NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{7,63}")
"""What a proxy may send as X-Request-ID: long enough to be one of a kind, and nothing that could be an address."""
QUIET = frozenset({"static", "people.health", "people.ready"})
"""Asked so often that a line each would hide the others; they are lines for whoever asks for ``debug``."""


def init_telling(app: Flask) -> None:
    """Must be the first to look at a request, so that it is the last to look at its answer."""
    app.before_request(begin)
    app.after_request(tell)
    app.teardown_request(forget)


def begin() -> None:
    sent = request.headers.get("X-Request-ID", "")
    g.request_number = sent if NUMBER.fullmatch(sent) else uuid.uuid4().hex
    g.request_began, g.statements = time.perf_counter(), 0
    structlog.contextvars.bind_contextvars(request_id=g.request_number)


def tell(response: Response) -> Response:
    if "request_began" not in g:
        return response
    seconds = time.perf_counter() - g.request_began
    response.headers["X-Request-ID"] = g.request_number
    endpoint = request.endpoint or "none"
    say = log.debug if endpoint in QUIET else log.info
    say(
        "request",
        method=request.method if request.url_rule else "any",
        page=request.url_rule.rule if request.url_rule else "none",
        endpoint=endpoint,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        statements=g.statements,
    )
    metrics.count_request(endpoint, request.method if request.url_rule else "any", response.status_code, seconds)
    return response


def forget(error: BaseException | None) -> None:
    structlog.contextvars.unbind_contextvars("request_id")


@event.listens_for(Engine, "before_cursor_execute")
def count_statement(*_: Any) -> None:
    if has_request_context() and "statements" in g:
        g.statements += 1
