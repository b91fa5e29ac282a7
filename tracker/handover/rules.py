"""How a request stands against its clock, and which files somebody else looks at before they leave. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tracker.evidence.rules import Marking
from tracker.frameworks.schema import HandingOver
from tracker.platform.child_data import SURE


class Sort(StrEnum):
    DOCUMENT_LIST = "Document list"
    REQUEST = "Request"


class State(StrEnum):
    """In the order of the board."""

    LATE = "Late"
    DUE_SOON = "Due soon"
    TO_DO = "To do"
    HANDED_OVER = "Handed over"
    WITHDRAWN = "Withdrawn"


@dataclass(frozen=True)
class Clock:
    """How a request stands, and its clock in words."""

    state: State
    words: str


SOON_UNLESS_SAID = timedelta(hours=24)
"""Where a framework does not say what is due soon. Our choice."""


def soon(said: HandingOver | None) -> timedelta:
    return timedelta(hours=said.due_soon_hours) if said else SOON_UNLESS_SAID


def needs_second_look(marking: Marking, said: HandingOver | None) -> bool:
    """Whether somebody else looks at a file of this marking first. Where a framework says nothing, at every file."""
    return said is None or marking.value in said.second_look


def sure(found: Sequence[Sequence[str]]) -> str:
    """The first of what was found that surely leads to a child, as "an NHS number at page 3"; empty: nothing does.

    >>> sure([["an e-mail address", "page 1", "a…"], ["an NHS number", "page 3", "943…"]])
    'an NHS number at page 3'
    """
    surely = {sign.value for sign in SURE}
    return next((f"{sign} at {place}" for sign, place, _ in found if sign in surely), "")


def clock(
    due_at: datetime | None, handed_at: datetime | None, *, withdrawn: bool, now: datetime, soon: timedelta
) -> Clock:
    """
    >>> from datetime import UTC
    >>> due, now = datetime(2026, 11, 30, 12, tzinfo=UTC), datetime(2026, 11, 30, 9, 50, tzinfo=UTC)
    >>> clock(due, None, withdrawn=False, now=now, soon=timedelta(hours=4))
    Clock(state=<State.DUE_SOON: 'Due soon'>, words='2 hours 10 minutes left')
    >>> clock(due, due + timedelta(minutes=5), withdrawn=False, now=now, soon=timedelta(hours=4)).words
    '5 minutes after it was due'
    """
    if withdrawn:
        return Clock(State.WITHDRAWN, "No longer asked for")
    if handed_at is not None:
        return Clock(State.HANDED_OVER, _given(due_at, handed_at))
    if due_at is None:
        return Clock(State.TO_DO, "No time was given")
    if due_at < now:
        return Clock(State.LATE, f"Late by {lasting(now - due_at)}")
    return Clock(State.DUE_SOON if due_at - now <= soon else State.TO_DO, f"{lasting(due_at - now)} left")


def _given(due_at: datetime | None, handed_at: datetime) -> str:
    if due_at is None:
        return "No time was given"
    if handed_at > due_at:
        return f"{lasting(handed_at - due_at)} after it was due"
    return f"{lasting(due_at - handed_at)} before it was due"


def lasting(time: timedelta) -> str:
    """In its two largest units.

    >>> lasting(timedelta(days=1, hours=1, minutes=5)), lasting(timedelta(seconds=20))
    ('1 day 1 hour', 'less than a minute')
    """
    minutes = int(time.total_seconds()) // 60
    parts = [(minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute")]
    said = [f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in parts if number]
    return " ".join(said[:2]) or "less than a minute"


def why_not_asked(asked_at: datetime, due_at: datetime | None, *, now: datetime) -> str:
    """Why a request cannot have been made so; empty: it can."""
    if asked_at > now:
        return "The request cannot be still to come. Enter when it was made."
    if due_at is not None and due_at < asked_at:
        return "It cannot be due before it was asked for. Check both times."
    return ""


def safe_name(name: str) -> str:
    """A file's name for a folder of any system.

    >>> safe_name("PLO: tracker / June.pdf")
    'PLO_ tracker _ June.pdf'
    """
    plain = re.sub(r"[^\w. ()-]", "_", name).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:80]}.{ending[:10]}" if dot else plain[:80]


def is_plain(name: str, titles: Sequence[str]) -> bool:
    """Whether one of the files to be handed over is plainly a document of this name: each of its words is in a title.

    >>> is_plain("Structure charts", ["Charts of our structure, structure charts of June"]), is_plain("Rotas", ["P-1"])
    (True, False)
    """
    wanted = _words(name)
    return any(wanted <= _words(title) for title in titles)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def in_words(markings: Sequence[str]) -> str:
    return " or ".join(markings)
