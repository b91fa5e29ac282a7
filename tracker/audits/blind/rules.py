"""Which audits are graded a second time, and from whom the first grades are hidden until then.

A second grade is only worth something if it was given without sight of the first. So nobody who may give it sees the
first, from the moment that the audit is begun: not only once she has begun to moderate it.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from tracker.audits.schema import Tool
from tracker.people.rules import Permission, Role, may


class Moderation(StrEnum):
    """Whether an audit is to be graded a second time."""

    UNDECIDED = "Not decided yet"
    """A draft: it may still be chosen, so it is hidden as if it were."""
    CHOSEN = "Chosen"
    NOT_CHOSEN = "Not chosen"
    """Everybody may read it, so nobody can grade it blind any more."""
    ASKED = "Asked for"
    """Somebody asked for it after it could be read: hidden from then on, and not counted as a blind grade."""


@dataclass(frozen=True)
class Sampling:
    """Which finished audits are chosen. Source: our choice, within the 10 to 20% that councils are said to moderate."""

    share: int = 20
    """Of a hundred audits that no other rule chooses, how many are drawn by lot."""
    ends: bool = True
    """Whether every audit with the best or the worst grade of its scale is chosen."""


class Viewer(Protocol):
    """Somebody who reads, in one authority."""

    @property
    def id(self) -> UUID: ...

    @property
    def role(self) -> Role: ...


@dataclass(frozen=True)
class Reader:
    """A ``Viewer`` where no request says who reads."""

    id: UUID
    role: Role


@dataclass(frozen=True)
class Seen:
    """What decides whether an audit's first grades may be shown."""

    auditor: UUID
    moderator: UUID | None
    moderated: bool
    moderation: Moderation
    asked_by: UUID | None = None


def as_told(words: str, *, to_all: bool) -> str:
    """What a finding says, where nobody asks who reads: only once nobody's grade could be swayed by it.

    >>> as_told("Visits were late", to_all=False)
    'Said once its audit is moderated'
    """
    return words if to_all else "Said once its audit is moderated"


def moderates(viewer: Viewer) -> bool:
    """Whether somebody is a possible moderator of what others audit."""
    return may(viewer.role, Permission.MODERATE_AUDITS)


def shows_audit(auditor: UUID, viewer: Viewer) -> bool:
    """Whether somebody may know of an audit at all."""
    return viewer.id == auditor or may(viewer.role, Permission.READ_EVERY_AUDIT)


def shows_grades(seen: Seen, viewer: Viewer) -> bool:
    """Whether somebody may see the auditor's grades, and the words that would give them away."""
    if seen.moderated or viewer.id == seen.auditor:
        return True
    if viewer.id == seen.moderator:
        return False
    if not moderates(viewer):
        return True
    return seen.moderation is Moderation.NOT_CHOSEN or viewer.id == seen.asked_by


def lot(audit: UUID) -> int:
    """A number from 0 to 99 that stays with an audit: its place in the draw, which anybody can repeat.

    >>> lot(UUID(int=1)), lot(UUID(int=2))
    (11, 32)
    """
    return int.from_bytes(hashlib.sha256(audit.bytes).digest()[:8]) % 100


def chosen(tool: Tool, grade: str, *, place: int, sampling: Sampling) -> Moderation:
    """Whether a finished audit is to be moderated; ``place`` is its ``lot``."""
    ends = {tool.grades[0].code, tool.grades[-1].code} if len(tool.grades) > 1 else set()
    if (sampling.ends and grade in ends) or place < sampling.share:
        return Moderation.CHOSEN
    return Moderation.NOT_CHOSEN


def again(before: Moderation, now: Moderation) -> Moderation:
    """What a second finish comes to: what could be read in between is no blind choice any more."""
    if before is Moderation.NOT_CHOSEN and now is Moderation.CHOSEN:
        return Moderation.ASKED
    return before if before is Moderation.ASKED else now


def why_not_blind(moderation: Moderation, by: UUID, *, asked_by: UUID | None, reference: str) -> str | None:
    """Why somebody cannot grade an audit blind, or None."""
    if moderation is Moderation.NOT_CHOSEN:
        return (
            f"{reference} was not chosen for moderation, so you may read its grades. "
            "If it should be moderated, ask for it: a colleague can then grade it."
        )
    if by == asked_by:
        return f"You asked for {reference} to be moderated and know its grades. A colleague grades it."
    return None


def why_not_share(share: int) -> str | None:
    return None if 0 <= share <= 100 else "Give the share as a number from 0 to 100."
