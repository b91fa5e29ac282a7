"""What each row of a spreadsheet would do, shown before anything is done, and the words that a person explained."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Meanings = Mapping[str, Mapping[str, str]]
"""Column -> word as ``columns.folded`` -> its meaning here."""


class Outcome(StrEnum):
    """What a row would do."""

    NEW = "New"
    CHANGED = "Changed"
    SAME = "Same"
    REFUSED = "Refused"
    LEFT_OUT = "Left out"


@dataclass(frozen=True)
class Change:
    """One thing that a row alters: what, from what, to what, as they are read."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Verdict:
    """What one row would do, and why it is refused if it is; ``cell`` is the one to put right."""

    row: int
    outcome: Outcome
    title: str
    reference: str = ""
    changes: tuple[Change, ...] = ()
    reason: str = ""
    cell: str = ""
    elsewhere: bool = False
    """Whether it was left out on another page, and cannot be taken in again on this one."""


@dataclass(frozen=True)
class Preview:
    """What every row would do. ``digest`` names this outcome: nothing else may be applied in its place."""

    verdicts: Sequence[Verdict]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(verdict.outcome for verdict in self.verdicts)
        return {outcome.value: found[outcome] for outcome in Outcome}

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr(self.verdicts).encode()).hexdigest()


def joined(before: Meanings, more: Meanings) -> dict[str, dict[str, str]]:
    """Both, the later meaning of a word standing."""
    return {key: {**before.get(key, {}), **more.get(key, {})} for key in {*before, *more}}


def settled(before: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """Cell -> whose value stands where both changed, ``file`` or ``here``: the later choice, and no other word."""
    return {**before, **{cell: side for cell, side in more.items() if side in {"file", "here"}}}


def rows(count: int) -> str:
    """
    >>> rows(1), rows(3)
    ('1 row is', '3 rows are')
    """
    return "1 row is" if count == 1 else f"{count} rows are"
