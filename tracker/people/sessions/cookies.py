"""The cookie of a session: it holds the secret, and when it was last used.

When a session was last used is in the signed cookie and not in its row, so that reading a page writes nothing. It is
put there anew at most once a minute.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import current_app, g, request, session
from flask_login import current_user, login_user, logout_user

from tracker.people.models import Person
from tracker.people.sessions import commands, queries
from tracker.people.sessions.models import PersonSession
from tracker.people.sessions.rules import Limits, Over, Way, browser_in_words, why_over
from tracker.people.signed_in import SignedIn
from tracker.platform import clock, history

USED = "used"
"""Seconds since 1970, in the cookie."""
RENEWED_AFTER = timedelta(minutes=1)


def limits() -> Limits:
    return Limits(idle=current_app.config["IDLE"], longest=current_app.config["LONGEST_SESSION"])


def enter(person: Person, *, way: Way, must_set_codes_up: bool = False) -> None:
    """Sign somebody in: whatever the cookie held before is gone, and an earlier session of this browser ends.

    Only where it was hers, the token of her open forms stays, so that what she typed before can still be sent.
    """
    now = clock.now()
    token_of_forms = session.get("csrf_token") if _end_earlier(now) == person.id else None
    session.clear()
    if token_of_forms:
        session["csrf_token"] = token_of_forms
    history.act_as(person.id, person.name)
    browser = browser_in_words(request.user_agent.string)
    begun, token = commands.begin(person, way=way, browser=browser, at=now, must_set_codes_up=must_set_codes_up)
    login_user(SignedIn(begun, token))
    session[USED] = int(now.timestamp())


def leave() -> PersonSession | None:
    """Sign out in this browser; the session that ended, if there was one."""
    left = current()
    if left is not None:
        commands.end(left, at=clock.now())
    logout_user()
    session.clear()
    return left


def current() -> PersonSession | None:
    """The session of this request."""
    return current_user.session if current_user.is_authenticated else None


def load(token: str) -> SignedIn | None:
    """Who is behind the secret of a cookie; None when her session is over, and then ``g.over`` says why."""
    found = queries.session_at(token, g.get("authority_slug"))
    if found is None:
        g.over = Over.ENDED
        return None
    row, membership, several = found
    now, used_at = clock.now(), datetime.fromtimestamp(session.get(USED, 0), UTC)
    g.over = why_over(began_at=row.began_at, used_at=used_at, now=now, limits=limits())
    if g.over is not None:
        return None
    if now - used_at > RENEWED_AFTER:
        session[USED] = int(now.timestamp())
    return SignedIn(row, token, membership, serves_several=several)


def _end_earlier(now: datetime) -> UUID | None:
    """End the session that this browser's cookie still names; whose it was."""
    token = session.get("_user_id")
    return commands.end_of_token(token, at=now) if token else None
