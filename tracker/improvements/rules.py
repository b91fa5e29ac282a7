"""The words of improvement items and of what they are mapped to."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum

from tracker.platform.lists import listed

LONGEST_TITLE = 80
"""Characters of a title made from an item's wording: one line of a list. Our choice."""
SHORTEST_CLAUSE = 30
"""A first clause shorter than this says too little alone. Our choice."""
ASIDE = re.compile(
    r"[;:.](?=\s)|\s[–-]\s"
    r"|,?\s(?=(?:including|for example|in particular|particularly|especially|such as|so that|in order to)\b)"
)
"""Where a wording goes on to explain itself."""


class Source(StrEnum):
    INSPECTION = "Inspection"
    FOCUSED_VISIT = "Focused visit"
    MONITORING_VISIT = "Monitoring visit"
    JTAI = "Joint targeted area inspection"
    PEER_REVIEW = "Peer review"
    COMPLAINT_THEME = "Complaint theme"
    AUDIT_THEME = "Audit theme"
    OURSELVES = "Found by ourselves"
    STATUTORY_NOTICE = "Statutory notice"
    PRACTICE_STANDARD = "Practice standard"

    @property
    def slug(self) -> str:
        """
        >>> Source.PEER_REVIEW.slug
        'peer-review'
        """
        return self.name.lower().replace("_", "-")


SOURCE_OF_ACTIVITY = {
    "focused_visit": Source.FOCUSED_VISIT,
    "monitoring_visit": Source.MONITORING_VISIT,
    "jtai": Source.JTAI,
}
"""Activities of a framework that are not an inspection; any other is."""


class ItemState(StrEnum):
    OPEN = "Open"
    CLOSED = "Closed"
    MERGED = "Merged"
    SPLIT = "Split"
    SUPERSEDED = "Superseded"


GAVE_WAY = frozenset({ItemState.MERGED, ItemState.SPLIT, ItemState.SUPERSEDED})
"""No longer open, though nobody says that it is improved: others stand in its place, or nothing has to."""


class MappedTo(StrEnum):
    """What an item can be mapped to."""

    AREA = "area"
    THEME = "theme"
    PARAGRAPH = "paragraph"
    NATIONAL = "national framework"


class Decision(StrEnum):
    """A suggestion stays a suggestion until a person decides."""

    SUGGESTED = "Suggested"
    CONFIRMED = "Confirmed"
    REJECTED = "Rejected"


def became(state: ItemState, into: Sequence[str]) -> str:
    """What an item became, with the references of what stands in its place.

    >>> became(ItemState.MERGED, ["I-7"]), became(ItemState.SPLIT, ["I-8", "I-9"])
    ('merged into I-7', 'split into I-8 and I-9')
    >>> became(ItemState.SUPERSEDED, []), became(ItemState.CLOSED, [])
    ('superseded', 'closed')
    """
    joined = BECAME_BY[state]
    return f"{state.value.lower()} {joined} {listed(into)}" if into else state.value.lower()


BECAME_BY: Mapping[ItemState, str] = {
    ItemState.OPEN: "",
    ItemState.CLOSED: "",
    ItemState.MERGED: "into",
    ItemState.SPLIT: "into",
    ItemState.SUPERSEDED: "by",
}


def title_from(wording: str) -> str:
    """A short title for lists, from the inspectors' wording: its first clause, without what merely introduces it.

    >>> title_from("The quality of case recording and supervision, for example by the designated officer.")
    'Quality of case recording and supervision'
    >>> title_from("The response to homelessness. (Outcome 3, national framework)")
    'Response to homelessness'
    """
    words = re.sub(r"\s*\([^()]*\)\s*\.?\s*$", "", wording).strip().rstrip(".")
    clause = ASIDE.split(words, maxsplit=1)[0]
    if len(clause) < SHORTEST_CLAUSE:
        clause = words
    clause = re.sub(r"^(The|That|To)\s+", "", clause)
    return _shortened(clause[:1].upper() + clause[1:])


def _shortened(text: str) -> str:
    """Cut between words, saying so with an ellipsis."""
    if len(text) <= LONGEST_TITLE:
        return text
    return f"{text[: LONGEST_TITLE - 1].rsplit(' ', 1)[0]}…"
