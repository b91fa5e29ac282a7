"""One entry of the history as a sentence that a person can read."""

from datetime import date
from typing import Any, Protocol

LONGEST = 60
"""Letters of a value that a sentence repeats; of anything longer it says only that it changed. Our choice."""

OPAQUE = ("_id", "_code", "_sha256")
"""Ends of fields whose values mean nothing to a reader."""


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
    """ "A-104 added." or "A-104: status At risk to Off track; due 28 October 2026 to 11 December 2026." """
    thing = entry.reference or entry.thing_kind.replace("_", " ").capitalize()
    if entry.what != "changed":
        return f"{thing} {entry.what}."
    return f"{thing}: {'; '.join(_change(field, *values) for field, values in entry.changes.items())}."


def _change(field: str, before: Any, after: Any) -> str:
    name = _name(field)
    if field.endswith(OPAQUE) or _long(before) or _long(after):
        return f"{name} changed" if after not in (None, "") else f"{name} taken out"
    if before in (None, ""):
        return f"{name} {_value(after)}"
    return f"{name} {_value(before)} to {_value(after)}"


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
        return f"{date.fromisoformat(str(value)):%-d %B %Y}" if "-" in str(value) else str(value)
    except ValueError:
        return str(value)
