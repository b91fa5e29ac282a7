"""One entry of the history as a sentence that a person can read."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

from tracker.web.filters import short_day

LONGEST = 60
"""Letters of a value that a sentence repeats; of anything longer it says only that it changed. Our choice."""

OPAQUE = ("_id", "_code", "_sha256")
"""Ends of fields whose values mean nothing to a reader."""

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
    thing = entry.reference or entry.thing_kind.replace("_", " ").capitalize()
    if entry.what != "changed":
        return f"{thing} {entry.what}."
    if not entry.changes:  # blanked when the thing was disposed of
        return f"{thing} changed."
    told = [words(*entry.changes[field]) for field, words in CHANGED.items() if field in entry.changes]
    if told:
        return f"{thing} {'; '.join(told)}."
    return f"{thing}: {'; '.join(_change(field, *entry.changes[field]) for field in _telling(entry.changes))}."


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
}
"""What a change of each field is called, in the order in which a sentence tells them. Where one of these changed, what
changed with it is left out: it stands on the page."""


def _telling(changes: Mapping[str, Any]) -> list[str]:
    """The fields that say something, or all of them if none does."""
    return [field for field in changes if not field.endswith(ECHOES)] or list(changes)


def _change(field: str, before: Any, after: Any) -> str:
    name = _name(field)
    if field.endswith(OPAQUE) or _long(before) or _long(after):
        return f"{name} {_came_or_went(before, after)}"
    if before in (None, ""):
        return f"{name} {_value(after)}"
    return f"{name} {_value(before)} to {_value(after)}"


def _came_or_went(before: Any, after: Any) -> str:
    if after in (None, ""):
        return "taken out"
    return "added" if before in (None, "") else "changed"


def _name(field: str) -> str:
    for end in (*OPAQUE, "_on"):
        field = field.removesuffix(end)
    return field.replace("_", " ")


def _long(value: Any) -> bool:
    return isinstance(value, str) and len(value) > LONGEST


def _value(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    try:
        return short_day(date.fromisoformat(str(value))) if "-" in str(value) else str(value).rstrip(".")
    except ValueError:
        return str(value).rstrip(".")
