"""How long somebody has to wait after wrong tries.

Tries are counted in lanes. A browser in which the person signed in before has a lane of its own, so nobody else's tries
make her wait there (the "device cookies" that OWASP describes). All other browsers share the lane of their address, and
one of all addresses together, which fills where an attacker has many.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

COUNTED_FOR = timedelta(hours=1)
"""How long a wrong try counts. Our choice."""
FREE_HERE = 5
"""Wrong tries from one address before there is a wait. Our choice: a person mistypes twice or thrice."""
FREE_KNOWN = 10
"""Wrong tries in a browser that is known. Our choice."""
FREE_ANYWHERE = 30
"""Wrong tries from all addresses together. Our choice: with waits, some ninety guesses an hour of one password."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
"""Each wrong try doubles the wait, up to this. Our choice."""


class Outcome(StrEnum):
    SIGNED_IN = "signed in"
    WRONG = "wrong address or password"
    WRONG_CODE = "wrong code"
    WRONG_PASSKEY = "passkey that did not hold"
    HELD = "had to wait"


FAILURES = frozenset({Outcome.WRONG, Outcome.WRONG_CODE, Outcome.WRONG_PASSKEY})


@dataclass(frozen=True)
class Try:
    at: datetime
    address: str
    browser: str | None
    """Which known browser it came from; None from any other."""
    failed: bool


def wait(tries: Sequence[Try], *, now: datetime, address: str, browser: str | None) -> timedelta:
    """How long somebody at this address, in this known browser or None, has to wait; ``tries`` oldest first."""
    if browser is not None:
        return _wait([one for one in tries if one.browser == browser], FREE_KNOWN, now)
    strangers = [one for one in tries if one.browser is None]
    here = [one for one in strangers if one.address == address]
    return max(_wait(here, FREE_HERE, now), _wait(strangers, FREE_ANYWHERE, now))


def _wait(lane: Sequence[Try], free: int, now: datetime) -> timedelta:
    failures: list[Try] = []
    for one in lane:
        failures = [*failures, one] if one.failed else []
    beyond = len(failures) - free
    if beyond < 0:
        return timedelta(0)
    held_for = min(FIRST_WAIT * (1 << min(beyond, 10)), LONGEST_WAIT)
    return max(failures[-1].at + held_for - now, timedelta(0))


def in_words(wait: timedelta) -> str:
    """
    >>> in_words(timedelta(seconds=20)), in_words(timedelta(seconds=61))
    ('a minute', '2 minutes')
    """
    minutes = -(-int(wait.total_seconds()) // 60)
    return "a minute" if minutes <= 1 else f"{minutes} minutes"
