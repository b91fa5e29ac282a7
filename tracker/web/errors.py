"""What people see when something is refused or goes wrong: a page of ours with a sentence, never a stack trace."""

from collections.abc import Mapping
from dataclasses import dataclass

import structlog
from flask import Flask, Response, current_app, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from tracker.platform import away
from tracker.platform.db import db
from tracker.platform.errors import Conflict, NotAllowed, Refused

log = structlog.get_logger()

Shown = tuple[str, int]


@dataclass(frozen=True)
class Wording:
    title: str
    text: str


WORDINGS: Mapping[int, Wording] = {
    400: Wording("That request could not be read", "Go back, check what you entered and try again."),
    403: Wording("You may not do that", "Ask a colleague who may, or the person who looks after this service."),
    404: Wording(
        "Page not found",
        "If you typed the address, check it. If you followed a link, the thing may have been taken out, or it belongs "
        "to an authority that you do not work for. You can search for a reference such as A-104.",
    ),
    405: Wording("That page does not do that", "Go back and use the buttons and links of the page you came from."),
    413: Wording(
        "The file is too large",
        "Choose a smaller file or fewer files at once, or keep it elsewhere and add a link to it instead.",
    ),
    429: Wording("Too many tries", "Wait a minute, then try again."),
    500: Wording(
        "Something went wrong",
        "Nothing you entered was saved. Try again in a few minutes. If it happens again, tell the person who looks "
        "after this service what you were doing and when, and the number below.",
    ),
    503: Wording(
        "The service is away for a moment",
        "Its database does not answer. Wait a minute, then try again: it comes back by itself. If you were saving "
        "something, look first whether it was saved. If it does not come back, tell the person who looks after this "
        "service, with the number below.",
    ),
}

STALE_TOKEN = Wording(
    "This page was open too long",
    "You were signed out, or signed in again, since this page was opened. Nothing was saved. Go back, copy what you "
    "typed, open the page again and save it there.",
)
TOO_MUCH_TEXT = Wording(
    "is too long to be saved",
    "Nothing was saved, and what was saved before still stands. A picture or a whole document may have come along when "
    "you pasted: texts hold words alone. Go back, take it out and save again; add a picture as evidence instead.",
)
"""Of a form without files: nobody chose one. The title goes on from the name of the text."""
CHANGED_MEANWHILE = "Somebody else changed this while you had it open. Open it again to see what is there now."


def init_errors(app: Flask) -> None:
    app.register_error_handler(Refused, refused)
    app.register_error_handler(StaleDataError, changed_meanwhile)
    app.register_error_handler(CSRFError, stale_token)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(DBAPIError, without_database)
    app.register_error_handler(NoneFree, without_database)
    app.register_error_handler(500, broken)


def refused(error: Refused) -> Shown:
    if isinstance(error, NotAllowed):
        return _page(WORDINGS[403].title, str(error), 403)
    title = "Somebody else changed this" if isinstance(error, Conflict) else "That cannot be done"
    return _page(title, str(error), 409)


def changed_meanwhile(error: StaleDataError) -> Shown:
    """Two people saved the same version; the second one is told. The failed flush must end before the page reads."""
    db.session.rollback()
    return refused(Conflict(CHANGED_MEANWHILE))


def stale_token(error: CSRFError) -> Shown:
    return _page(STALE_TOKEN.title, STALE_TOKEN.text, 400)


def http_error(error: HTTPException) -> Shown | HTTPException:
    if isinstance(error, SecurityError):  # by a name that is not ours: a page could not even name its own address
        return f"{WORDINGS[400].title}. {WORDINGS[400].text}", 400
    code = error.code or 500
    if error.response is not None or code < 400:
        return error  # a response that was made on purpose
    wording = WORDINGS.get(code, WORDINGS[400 if code < 500 else 500])
    if code == 413 and request.mimetype == "application/x-www-form-urlencoded":
        return too_much_text("What you wrote")
    return _page(wording.title, wording.text, code)


def too_much_text(called: str) -> Shown:
    """A room whose page knows which text it was names it."""
    return _page(f"{called} {TOO_MUCH_TEXT.title}", TOO_MUCH_TEXT.text, 413)


def without_database(fault: SQLAlchemyError) -> Response:
    """While the database is away, when to come again; any other fault of the database is one of ours."""
    if not away.is_away(fault):
        raise fault
    log.warning("the database does not answer", fault=type(fault).__name__)
    return _come_again()


def broken(error: InternalServerError) -> Shown | Response:
    """A fault of ours, or the database went away as a change was to be saved."""
    return _come_again() if away.is_away(error.original_exception) else _bare_page(500)


def _come_again() -> Response:
    response = make_response(_bare_page(503))
    response.retry_after = away.COME_AGAIN
    return response


def _bare_page(status: int) -> Shown:
    """Made without the database, which may be what broke."""
    g.authority = g.person = None
    wording = WORDINGS[status]
    template = current_app.jinja_env.get_template("errors/error.html")
    demonstration = current_app.config.get("DEMONSTRATION", False)
    shown = {"title": wording.title, "text": wording.text, "number": g.get("request_number")}
    return template.render(**shown, back=None, demonstration=demonstration), status


def _page(title: str, text: str, status: int) -> Shown:
    number = g.get("request_number") if status >= 500 else None
    return render_template("errors/error.html", title=title, text=text, number=number, back=_back()), status


def _back() -> str | None:
    """Where the person came from, if that is another page of ours."""
    came_from = request.referrer or ""
    return came_from if came_from.startswith(request.host_url) and came_from != request.url else None
