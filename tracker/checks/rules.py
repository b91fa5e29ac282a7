"""The standing checks, and what a night changed in them. None of them is a score, and they are never added up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

SILENT_AFTER = timedelta(days=183)
"""How long a theme may go without a voice of children, families or staff: half a year. Our choice."""
CLOSED_WITHIN = timedelta(days=365)
"""Of which closed findings a re-audit is asked for: those closed within the last year. Our choice."""


class Check(StrEnum):
    """In the order of the page: first what inspectors would ask about first."""

    CLAIMS = "claims"
    KINDER = "self-grades"
    EMBEDDED = "embedded"
    NOT_AUDITED_AGAIN = "re-audits"
    STALE = "stale-evidence"
    SILENT = "voices"
    NOBODY = "no-owner"
    LEFT = "owners-who-left"


@dataclass(frozen=True)
class About:
    """What a check looks for, as its heading says it, and what is said when it finds nothing."""

    heading: str
    why: str
    nothing: str


ABOUT: Mapping[Check, About] = {
    Check.CLAIMS: About(
        "Claims without evidence",
        "Sentences of the newest self-evaluation that cite nothing that stands.",
        "Every claim cites something that stands, or says why it may stay.",
    ),
    Check.KINDER: About(
        "Self-grades kinder than the evidence",
        "Areas that we grade higher than inspectors, moderated audits or measures do, where nobody said why.",
        "No self-grade is kinder than what others found, or the reason is written down.",
    ),
    Check.EMBEDDED: About(
        "Embedded, with no difference shown",
        "Actions marked embedded where nothing that stands shows what changed for children.",
        "Every embedded action has something that shows the difference.",
    ),
    Check.NOT_AUDITED_AGAIN: About(
        "Closed findings that nobody audited again",
        "Findings closed within the last year whose case was not audited again since.",
        "Every finding closed within the last year was audited again.",
    ),
    Check.STALE: About(
        "Stale evidence",
        "Evidence that speaks for an item, an action or a theme, and that is older than its kind should be.",
        "All evidence that something rests on is fresh.",
    ),
    Check.SILENT: About(
        "Themes without a voice for six months",
        "Themes of open items on which no child, parent or member of staff was heard for half a year.",
        "On every theme of an open item somebody was heard within six months.",
    ),
    Check.NOBODY: About(
        "Items that nobody owns",
        "Open improvement items without an owner.",
        "Every open item has an owner.",
    ),
    Check.LEFT: About(
        "Owners who left",
        "Open items, actions, findings and evidence whose owner no longer works here.",
        "Everything open belongs to somebody who works here.",
    ),
}


@dataclass(frozen=True)
class Night:
    """What a check found last night against now, by the keys of what it found."""

    new: frozenset[str]
    mended: int

    @property
    def words(self) -> str:
        """
        >>> Night(frozenset({"I-3"}), 2).words
        '1 new since last night, 2 put right'
        >>> Night(frozenset(), 0).words
        'The same as last night'
        """
        parts = [f"{len(self.new)} new since last night"] if self.new else []
        if self.mended:
            parts.append(f"{self.mended} put right" + ("" if self.new else " since last night"))
        return ", ".join(parts) or "The same as last night"


def since(before: Collection[str], now: Collection[str]) -> Night:
    return Night(frozenset(now) - frozenset(before), len(frozenset(before) - frozenset(now)))
