"""What is forgotten of how people signed in, once it is old."""

from collections.abc import Mapping
from typing import Any

from tracker.people.passkeys import commands as passkeys
from tracker.people.sessions import commands as sessions
from tracker.people.throttling import commands as throttling
from tracker.platform import clock


def forget_old(payload: Mapping[str, Any]) -> None:
    now = clock.now()
    sessions.forget_old(now=now)
    throttling.forget_old(now=now)
    passkeys.forget_spent(now=now)
