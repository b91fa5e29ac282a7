"""One entry of the history as a sentence that a person can read."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Protocol

from tracker.web.filters import moment, short_day
from tracker.web.happened_words import BECAME_THERE, FIELDS, KINDS, OF_CODE

LONGEST = 60
"""Letters of a value that a sentence repeats; of anything longer it says only that it changed. Our choice."""

OPAQUE = ("_id", "_code", "_sha256")
"""Ends of fields whose values mean nothing to a reader."""

MEANS_NOTHING = re.compile(r"[\[{]|[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{32}")
"""How a value begins that is for machines: a list, a key or a hash."""
IN_CODE = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
"""A value that is a word of the code, such as a role: its parts are words."""

KNOWN_BY = ("role", "name", "term", "title")
"""Fields by which people know a thing that has no reference; the first that it has is said when it is added."""

ECHOES = ("_by_id", "_sha256")
"""Ends of fields that say again what the sentence already says: who did it, or that a text or a file changed."""


class Entry(Protocol):
    """What a sentence needs of ``tracker.platform.history.HistoryEntry``."""

    @property
    def reference(self) -> str: ...
    @property
    def thing_kind(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def changes(self) -> dict[str, Any]: ...


def happened(entry: Entry) -> str:
    """ "A-104 added." or "A-104 At risk to Off track; due 28 October to 11 December." """
    thing = entry.reference or called(entry.thing_kind)
    if entry.what == "added":
        which = "" if entry.reference else _which(entry.changes)
        return f"{thing} {BECAME_THERE.get(entry.thing_kind, 'added')}{which}."
    if entry.what != "changed":
        return f"{thing} {entry.what}."
    if not entry.changes:  # blanked when the thing was disposed of
        return f"{thing} changed."
    told = [words(*entry.changes[field]) for field, words in CHANGED.items() if field in entry.changes]
    if told:
        return f"{thing} {'; '.join(told)}."
    return f"{thing}: {'; '.join(_change(field, *entry.changes[field]) for field in _telling(entry.changes))}."


def _which(values: Mapping[str, Any]) -> str:
    """ ": head of service", of a thing without a reference that was added."""
    known_by = (values[field][1] for field in KNOWN_BY if field in values)
    said = next((value for value in known_by if value not in (None, "") and not _cannot_be_told(value)), None)
    return "" if said is None else f": {value_of(said)}"


def called(kind: str) -> str:
    """What a kind of thing is called.

    >>> called("pack_set"), called("audit_tool")
    ('Set of packs', 'Audit tool')
    """
    return KINDS.get(kind) or kind.replace("_", " ").capitalize()


def moved(before: Any, after: Any) -> str:
    """What the way from one status to another is called.

    >>> moved("At risk", "Off track"), moved("On track", "Awaiting sign-off")
    ('At risk to Off track', 'delivered, awaiting sign-off')
    >>> moved("Awaiting sign-off", "Off track"), moved("Closed", "Open")
    ('sent back: Off track', 'opened again')
    """
    if before == "Awaiting sign-off" and after in {"At risk", "Off track", "On track"}:
        return f"sent back: {after}"
    if before == "Embedded":
        return "no longer shown to have made a difference"
    return BECAME.get(after) or f"{before} to {after}"


BECAME: Mapping[str, str] = {
    "Awaiting sign-off": "delivered, awaiting sign-off",
    "Delivered, impact not yet evidenced": "signed off as delivered, no difference shown yet",
    "Embedded": "made a difference that is shown",
    "Superseded": "superseded",
    "Open": "opened again",
    "Closed": "closed",
    "Merged": "merged into another",
    "Split": "split into several",
    "Done": "finished",
    "Moderated": "moderated",
    "In review": "sent for review",
    "Signed off": "signed off",
}
"""What the arrival at a status is called."""


MODERATION: Mapping[str, str] = {
    "Chosen": "chosen to be moderated",
    "Not chosen": "not chosen to be moderated",
    "Asked for": "asked to be moderated",
}
"""What is told of an audit once it is known whether it is graded a second time."""


def _day(value: Any) -> str:
    return short_day(date.fromisoformat(value)) if value else "no day"


def _in_another(before: Any, after: Any) -> str:
    """Of an action or a finding, whose item changed."""
    if not after:
        return "has no item now"
    return "moved to another item" if before else "has its item"


CHANGED: Mapping[str, Callable[[Any, Any], str]] = {
    "status": moved,
    "state": moved,
    "due_on": lambda before, after: f"due {_day(before)} to {_day(after)}",
    "difference_due_on": lambda before, after: f"its difference due on {_day(after)}",
    "reaudit_due_on": lambda before, after: f"a re-audit due on {_day(after)}" if after else "no re-audit due",
    "lead_id": lambda before, after: "has a new lead",
    "owner_id": lambda before, after: "has a new owner" if after else "has no owner now",
    "accountable_id": lambda before, after: "has a new accountable person",
    "contents_sha256": lambda before, after: "has its contents",
    "title": lambda before, after: "has a new title",
    "item_id": _in_another,
    "action_id": lambda before, after: "has its action" if after else "has no action now",
    "moderator_id": lambda before, after: "being moderated" if after else "no longer being moderated",
    "moderation": lambda before, after: MODERATION.get(after, "not decided on for moderation"),
    "reaudit_of_id": lambda before, after: "is a re-audit",
    "withdrawn_on": lambda before, after: "withdrawn" if after else "taken up again",
    "target": lambda before, after: f"has the target {after}" if after else "has no target now",
    "text": lambda before, after: "written" if not before else "rewritten",
    "pages": lambda before, after: f"made, {after} pages",
    "closed_at": lambda before, after: "closed" if after else "opened again",
    "handed_at": lambda before, after: "handed over again" if before else "handed over",
    "handing_id": lambda before, after: "handed over",
    "looked_at": lambda before, after: "had its second look",
    "withdrawn_at": lambda before, after: "withdrawn" if after else "taken up again",
    "settled_on": lambda before, after: "settled" if after else "opened again",
    "ready_on": lambda before, after: "ready" if after else "not ready any more",
}
"""What a change of each field is called, in the order in which a sentence tells them. Where one of these changed, what
changed with it is left out: it stands on the page."""


def _telling(changes: Mapping[str, Any]) -> list[str]:
    """The fields that say something, or all of them if none does."""
    return [field for field in changes if not field.endswith(ECHOES)] or list(changes)


def _change(field: str, before: Any, after: Any) -> str:
    name = name_of(field)
    if field.endswith(OPAQUE) or _cannot_be_told(before) or _cannot_be_told(after):
        return f"{name} {_came_or_went(before, after)}"
    if before in (None, ""):
        return f"{name} {value_of(after)}"
    return f"{name} {value_of(before)} to {value_of(after)}"


def _came_or_went(before: Any, after: Any) -> str:
    if after in (None, ""):
        return "taken out"
    return "added" if before in (None, "") else "changed"


def name_of(field: str) -> str:
    """What a column is called.

    >>> name_of("looked_again_on"), name_of("success_measure"), name_of("lead_id")
    ('day it was looked at again', 'success measure', 'lead')
    """
    if field in FIELDS:
        return FIELDS[field]
    for end in (*OPAQUE, "_on"):
        field = field.removesuffix(end)
    return field.replace("_", " ")


def _cannot_be_told(value: Any) -> bool:
    return isinstance(value, str) and (len(value) > LONGEST or MEANS_NOTHING.match(value) is not None)


def value_of(value: Any) -> str:
    """A value as a sentence says it.

    >>> value_of("2026-12-11"), value_of("head_of_service"), value_of(True), value_of("")
    ('11 December', 'head of service', 'yes', 'nothing')
    """
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    if (read := _day_or_moment(text)) is not None:
        return read
    if text in OF_CODE:
        return OF_CODE[text]
    return (text.replace("_", " ") if IN_CODE.fullmatch(text) else text).rstrip(".")


def _day_or_moment(text: str) -> str | None:
    if "-" not in text:
        return None
    try:
        return short_day(date.fromisoformat(text)) if len(text) == 10 else moment(datetime.fromisoformat(text))
    except ValueError:
        return None
