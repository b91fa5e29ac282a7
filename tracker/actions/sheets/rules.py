"""What a row of a plan says, what its words mean here, and what that would change. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rapidfuzz import fuzz

from tracker.actions.rules import Status
from tracker.platform import previews
from tracker.platform.columns import Wanted, folded
from tracker.platform.days import read_day
from tracker.platform.lines import Line
from tracker.platform.previews import Meanings

LIKE_AN_ITEM = 88
"""Of 100: how alike two wordings must be to be offered as one item. Our choice."""


class Field(StrEnum):
    """What a column can hold."""

    REFERENCE = "reference"
    ITEM = "item"
    TITLE = "title"
    LEAD = "lead"
    START = "start"
    DUE = "due"
    DUE_REASON = "due_reason"
    STATUS = "status"
    DONE = "done"
    DIFFERENCE = "difference"
    SUCCESS = "success"
    PRIORITY = "priority"
    PARTNER = "partner"
    BOARD = "board"


NAMES: Mapping[Field, str] = {
    Field.REFERENCE: "Action reference",
    Field.ITEM: "What needs to improve",
    Field.TITLE: "What will be done",
    Field.LEAD: "Lead",
    Field.START: "Start",
    Field.DUE: "Due",
    Field.DUE_REASON: "Reason for the new date",
    Field.STATUS: "Status",
    Field.DONE: "What has happened",
    Field.DIFFERENCE: "Difference made",
    Field.SUCCESS: "Success measure",
    Field.PRIORITY: "Priority",
    Field.PARTNER: "Partner",
    Field.BOARD: "Governance board",
}

DAYS = frozenset({Field.START, Field.DUE})

WANTED = (
    Wanted(Field.REFERENCE, NAMES[Field.REFERENCE], ("Reference", "Ref", "Action ref", "Action number", "ID")),
    Wanted(
        Field.ITEM,
        NAMES[Field.ITEM],
        ("Recommendation", "Area for improvement", "Improvement area", "Improvement item", "Finding", "Issue"),
        needed=True,
    ),
    Wanted(
        Field.TITLE,
        NAMES[Field.TITLE],
        ("Action", "Action required", "Actions", "What we will do", "Task"),
        needed=True,
    ),
    Wanted(
        Field.LEAD,
        NAMES[Field.LEAD],
        ("Lead officer", "Action owner", "Owner", "Responsible", "Responsible officer", "By whom", "Who"),
        needed=True,
    ),
    Wanted(Field.START, NAMES[Field.START], ("Start date", "Started")),
    Wanted(
        Field.DUE,
        NAMES[Field.DUE],
        ("Due date", "Deadline", "Timescale", "Target date", "Completion date", "By when", "When"),
        needed=True,
    ),
    Wanted(Field.DUE_REASON, NAMES[Field.DUE_REASON], ("Reason for change", "Reason for delay")),
    Wanted(Field.STATUS, NAMES[Field.STATUS], ("RAG", "RAG status", "BRAG", "Rating", "Progress status", "Delivery")),
    Wanted(
        Field.DONE,
        NAMES[Field.DONE],
        ("Progress", "Progress update", "Update", "Latest update", "Comments", "Commentary"),
    ),
    Wanted(
        Field.DIFFERENCE,
        NAMES[Field.DIFFERENCE],
        (
            "Impact",
            "Outcome achieved",
            "What difference has it made",
            "Evidence of impact",
            "What changed for children",
        ),
    ),
    Wanted(
        Field.SUCCESS,
        NAMES[Field.SUCCESS],
        ("Success criteria", "Measure of success", "Intended outcome", "Outcome", "How will we know"),
    ),
    Wanted(Field.PRIORITY, NAMES[Field.PRIORITY], ("Importance",)),
    Wanted(Field.PARTNER, NAMES[Field.PARTNER], ("Partner organisation", "Partner agency", "Agency")),
    Wanted(Field.BOARD, NAMES[Field.BOARD], ("Board", "Governance", "Reporting to", "Monitored by")),
)
"""What others call each column in their own plans, as published council plans do."""

MEANT: Mapping[str, Status] = {
    "not started": Status.NOT_STARTED,
    "on track": Status.ON_TRACK,
    "at risk": Status.AT_RISK,
    "off track": Status.OFF_TRACK,
    "delivered": Status.AWAITING_SIGN_OFF,
    "awaiting sign off": Status.AWAITING_SIGN_OFF,
    "delivered impact not yet evidenced": Status.IMPACT_NOT_EVIDENCED,
    "embedded": Status.EMBEDDED,
    "superseded": Status.SUPERSEDED,
}
"""Our own words. Anybody else's are asked about: amber can mean anything."""

OFFERED: Mapping[str, Status] = {
    "green": Status.ON_TRACK,
    "in progress": Status.ON_TRACK,
    "underway": Status.ON_TRACK,
    "under way": Status.ON_TRACK,
    "amber": Status.AT_RISK,
    "red": Status.OFF_TRACK,
    "delayed": Status.OFF_TRACK,
    "overdue": Status.OFF_TRACK,
    "complete": Status.AWAITING_SIGN_OFF,
    "completed": Status.AWAITING_SIGN_OFF,
    "done": Status.AWAITING_SIGN_OFF,
    "closed": Status.AWAITING_SIGN_OFF,
    "blue": Status.AWAITING_SIGN_OFF,
}
"""The likeliest meaning of others' words, offered for a person to confirm."""

ASKED_ABOUT = (Field.STATUS, Field.LEAD, Field.DUE, Field.ITEM, Field.PARTNER, Field.BOARD)
"""Columns whose words a person may have to explain, in the order in which they are asked about."""

NEW_ITEM = "new"
"""The meaning of a wording that is to become an improvement item; other meanings are a status, an id, an ISO day or
an item's number."""


@dataclass(frozen=True)
class Meanwhile:
    """A thing that both the file and somebody here changed after the file was made."""

    field: Field
    cell: str
    was: str
    now: str
    asked: str

    @property
    def name(self) -> str:
        return NAMES[self.field]


@dataclass(frozen=True)
class Verdict(previews.Verdict):
    meanwhile: tuple[Meanwhile, ...] = ()


@dataclass(frozen=True)
class Choices:
    """What a person chose on the preview: rows to leave out, and whose value stands where both changed."""

    left_out: frozenset[int] = frozenset()
    ours: frozenset[str] = field(default_factory=frozenset)
    """Cells whose value here stands."""
    theirs: frozenset[str] = field(default_factory=frozenset)
    """Cells whose value in the file is taken."""


def carried_down(said: Sequence[Line]) -> list[Line]:
    """Lines whose item is written once over several actions, as in merged cells: each gets the one above it."""
    carried, item = [], ""
    for line in said:
        item = line.text(Field.ITEM) or item
        missing = line.has(Field.ITEM) and not line.text(Field.ITEM) and line.text(Field.TITLE)
        carried.append(Line(line.row, {**line.texts, Field.ITEM: item}, line.cells) if missing else line)
    return carried


def status_meant(word: str, meanings: Meanings) -> Status | None:
    """
    >>> status_meant("On-track", {}), status_meant("Amber", {}), status_meant("Amber", {"status": {"amber": "At risk"}})
    (<Status.ON_TRACK: 'On track'>, None, <Status.AT_RISK: 'At risk'>)
    """
    told = meanings.get(Field.STATUS, {}).get(folded(word))
    return Status(told) if told else MEANT.get(folded(word))


def day_meant(text: str, meanings: Meanings) -> date | None:
    told = meanings.get(Field.DUE, {}).get(folded(text))
    return date.fromisoformat(told) if told else read_day(text)


def likeliest_item(text: str, wordings: Mapping[str, Collection[str]]) -> str | None:
    """The key of the item that one of its wordings shows the text to be; None when none is alike enough."""
    scored = [
        (max(fuzz.token_set_ratio(folded(text), folded(wording)) for wording in known), key)
        for key, known in wordings.items()
    ]
    best = max(scored, default=(0, ""))
    return best[1] if best[0] >= LIKE_AN_ITEM else None


def end_of_month(text: str) -> date | None:
    """The last day of a month that stands for a day.

    >>> end_of_month("March 2026"), end_of_month("Mar-26"), end_of_month("Ongoing")
    (datetime.date(2026, 3, 31), datetime.date(2026, 3, 31), None)
    """
    words = folded(text).split()
    if len(words) != 2 or not words[1].isdigit():
        return None
    year = words[1] if len(words[1]) == 4 else f"20{words[1]}"
    for last in (31, 30, 29, 28):
        if day := read_day(f"{last} {words[0]} {year}"):
            return day
    return None
