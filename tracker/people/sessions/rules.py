"""How long somebody stays signed in, and what a browser is called in words."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Way(StrEnum):
    """How somebody showed who she is."""

    TYPED = "password"
    WITH_CODE = "password and code"
    WITH_RECOVERY_CODE = "password and recovery code"
    PASSKEY = "a passkey"
    PROVIDER = "your organisation's account"
    LINK = "a link from the operator"


class Over(StrEnum):
    """Why somebody is signed in no longer, as the page tells her."""

    IDLE = "You were signed out because this browser was not used for a while. Sign in to go on."
    LONGEST = "You were signed out because you had been signed in for a long time. Sign in to go on."
    ENDED = "You are signed out here. Sign in to go on."


@dataclass(frozen=True)
class Limits:
    idle: timedelta
    longest: timedelta


def why_over(*, began_at: datetime, used_at: datetime, now: datetime, limits: Limits) -> Over | None:
    """None while a session may go on.

    >>> from datetime import UTC
    >>> nine = datetime(2026, 11, 2, 9, tzinfo=UTC)
    >>> hour, limits = timedelta(hours=1), Limits(timedelta(hours=1), timedelta(hours=12))
    >>> why_over(began_at=nine, used_at=nine, now=nine + hour, limits=limits)
    >>> why_over(began_at=nine, used_at=nine, now=nine + 2 * hour, limits=limits).name
    'IDLE'
    >>> why_over(began_at=nine, used_at=nine + 12 * hour, now=nine + 13 * hour, limits=limits).name
    'LONGEST'
    """
    if now - began_at > limits.longest:
        return Over.LONGEST
    return Over.IDLE if now - used_at > limits.idle else None


_BROWSERS = (
    ("Microsoft Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Chromebook", r"CrOS"),
    ("Mac", r"Mac OS X|Macintosh"),
    ("Linux", r"Linux"),
)


def browser_in_words(user_agent: str) -> str:
    """What a browser says of itself, as its owner would call it.

    >>> browser_in_words("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0 Safari/537.36 Edg/131.0")
    'Microsoft Edge on Windows'
    >>> browser_in_words("curl/8.0")
    'An unknown browser'
    """
    browser = _first(_BROWSERS, user_agent)
    system = _first(_SYSTEMS, user_agent)
    if browser is None:
        return f"A browser on {system}" if system else "An unknown browser"
    return f"{browser} on {system}" if system else browser


def _first(names: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((name for name, pattern in names if re.search(pattern, text)), None)
