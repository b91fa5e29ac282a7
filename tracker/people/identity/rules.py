"""What an identity provider says of somebody, and the roles that follow from its groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tracker.people.rules import Role

SIGNED_IN_JUST_NOW = timedelta(minutes=5)
"""Where somebody is asked to sign in again: how long ago that may have been. Our choice."""
MOST_GROUPS = 2000


class NotUsable(Exception):
    """What the provider says cannot be used; ``str(error)`` says why, in a sentence for the person."""


@dataclass(frozen=True)
class GroupRole:
    """Who is in this group has this role in the authority with this slug."""

    group: str
    authority: str
    role: Role


@dataclass(frozen=True)
class Told:
    """What a provider tells of somebody who has signed in there."""

    subject: str
    email: str
    email_is_verified: bool
    name: str
    groups: tuple[str, ...]
    signed_in_at: datetime | None


def told(claims: Mapping[str, Any], *, groups_claim: str) -> Told:
    """Raises NotUsable where something that is needed is missing.

    >>> told({"sub": "7", "email": "A@example.org", "groups": ["g"]}, groups_claim="groups").email
    'a@example.org'
    """
    email = str(claims.get("email") or claims.get("preferred_username") or "").strip().lower()
    if "@" not in email:
        raise NotUsable("Your organisation's account has no e-mail address, and you are known by it here.")
    groups = claims.get(groups_claim)
    if groups is None and groups_claim in (claims.get("_claim_names") or {}):
        raise NotUsable(
            "You are in more groups than your organisation's account names, so we cannot tell which of them are for "
            "this service."
        )
    if not isinstance(groups or [], list):
        groups = [groups]
    at = claims.get("auth_time")
    return Told(
        subject=str(claims["sub"]),
        email=email,
        email_is_verified=claims.get("email_verified") is True,
        name=" ".join(str(claims.get("name") or email).split()),
        groups=tuple(str(group) for group in (groups or [])[:MOST_GROUPS]),
        signed_in_at=datetime.fromtimestamp(at, UTC) if isinstance(at, int | float) else None,
    )


def granted(mapping: Sequence[GroupRole], groups: Sequence[str]) -> dict[str, Role]:
    """The role in each authority that these groups give. Of two for one authority, the first in the mapping counts.

    >>> first, second = GroupRole("heads", "brent", Role.HEAD_OF_SERVICE), GroupRole("all", "brent", Role.QA_OFFICER)
    >>> granted([first, second], ["all", "heads"])["brent"].value
    'head_of_service'
    """
    roles: dict[str, Role] = {}
    for one in mapping:
        if one.group in groups:
            roles.setdefault(one.authority, one.role)
    return roles


def was_just_now(told: Told, now: datetime) -> bool:
    """Whether somebody who was asked to sign in again did. A provider that does not say when is taken at its word."""
    return told.signed_in_at is None or abs(now - told.signed_in_at) < SIGNED_IN_JUST_NOW
