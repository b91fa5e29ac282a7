"""Between the provider's answer and the session: the cookie says who came back, for a few minutes.

The answer comes by a GET, which changes nothing here; a form that sends itself then begins the session.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import session
from itsdangerous import BadSignature

from tracker.people.identity.rules import Told
from tracker.platform import sealing

KEY = "coming"
BEGUN = "begun"
STATES = "_state_"
"""What Authlib's keys begin with."""
PURPOSE = "people: somebody came back from the identity provider"
HOLDS_FOR = timedelta(minutes=5)
"""Our choice."""


@dataclass(frozen=True)
class Begun:
    """What somebody wanted when she was sent to the provider."""

    target: str
    again: bool
    """Whether she is signed in, and only shows once more who she is."""


def begin(target: str, *, again: bool) -> None:
    """Earlier beginnings that led nowhere are forgotten: a cookie has no room for many."""
    for key in [key for key in session if key.startswith(STATES)]:
        session.pop(key)
    session[BEGUN] = asdict(Begun(target, again))


def begun() -> Begun:
    found: dict[str, Any] = session.get(BEGUN) or {}
    return Begun(str(found.get("target", "")), bool(found.get("again")))


def keep(told: Told, wanted: tuple[str, ...]) -> None:
    """``wanted``: the groups that matter. A cookie has no room for all."""
    kept = asdict(told) | {"groups": [group for group in told.groups if group in wanted]}
    kept["signed_in_at"] = told.signed_in_at.timestamp() if told.signed_in_at else None
    session[KEY] = sealing.timed_signer(PURPOSE).dumps(kept)


def who() -> Told | None:
    try:
        kept = sealing.timed_signer(PURPOSE).loads(session.get(KEY, ""), max_age=int(HOLDS_FOR.total_seconds()))
    except BadSignature:
        return None
    at = kept.pop("signed_in_at")
    groups = tuple(kept.pop("groups"))
    return Told(**kept, groups=groups, signed_in_at=datetime.fromtimestamp(at, UTC) if at else None)
