"""What was read of one report, entry by entry, with what a person put right. Pure.

An entry has a path (``dates``, ``judgements.0``, ``items.2``, ``items.2.national.0``, ``paragraphs.8``) and a value of
plain words and numbers. Corrections are kept beside what was read, by the same paths, so both can always be seen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

Value = Mapping[str, Any] | None
"""None for an entry that was taken out."""

ITEMS, JUDGEMENTS, PARAGRAPHS = "items", "judgements", "paragraphs"
LISTS = (ITEMS, JUDGEMENTS, PARAGRAPHS)
ADDED = "new"
"""Begins the number of an entry that a person added: ``items.new1``."""


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Entry:
    """One thing that was read, or that a person added."""

    path: str
    what: str
    """What it is, for a person: "Improvement item 2"."""
    value: Value
    page: int | None = None
    box: Sequence[float] | None = None
    """Left, top, right, bottom in PDF points from the page's top left corner."""
    doubt: str = ""
    """Why a person should look at it; empty for what was read with no doubt, and once somebody has."""
    choices: tuple[Choice, ...] = ()
    """What it can be, where that is known; each value stands for ``key``."""
    key: str = ""
    """Which part of the value the choices are for."""
    checked: bool = False
    """A person put it right or said that it is right."""
    read: Value = None
    """What the reader found, where a person has changed it."""

    @property
    def kind(self) -> str:
        """``items``, ``judgements``, ``paragraphs``, ``national``, or the path itself.

        >>> Entry("items.2.national.0", "", None).kind, Entry("items.2", "", None).kind, Entry("dates", "", None).kind
        ('national', 'items', 'dates')
        """
        parts = self.path.split(".")
        return parts[2] if len(parts) == 4 else parts[0]

    @property
    def unsure(self) -> bool:
        return bool(self.doubt) and not self.checked

    def __getitem__(self, key: str) -> Any:
        return (self.value or {}).get(key)


@dataclass(frozen=True)
class Sheet:
    """Every entry of a report as it stands now, in the report's order."""

    entries: tuple[Entry, ...]
    taken_out: tuple[Entry, ...] = ()
    """What a person took out, with what was read in ``read``."""

    def of(self, kind: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind == kind]

    def one(self, path: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.path == path), None)

    def value(self, path: str, key: str = "value") -> Any:
        entry = self.one(path)
        return entry[key] if entry else None

    def national_of(self, item: Entry) -> list[Entry]:
        return [entry for entry in self.entries if entry.path.startswith(f"{item.path}.national.")]

    @property
    def unsure(self) -> list[Entry]:
        """What a person has still to decide, what everything else hangs on first."""
        return sorted((entry for entry in self.entries if entry.unsure), key=lambda entry: _importance(entry.kind))

    @property
    def sure(self) -> int:
        return len(self.entries) - len(self.unsure)

    def day(self, path: str, key: str = "value") -> date | None:
        text = self.value(path, key)
        return date.fromisoformat(text) if text else None


def with_corrections(read: Iterable[Entry], corrections: Mapping[str, Value]) -> Sheet:
    """What was read as a person put it right: changed, taken out, or added at the end of its list."""
    entries = [_corrected(entry, corrections) for entry in read]
    known = {entry.path for entry in entries}
    entries += [_added(path, value) for path, value in corrections.items() if path not in known and value is not None]
    gone = {entry.path for entry in entries if entry.value is None}
    kept = (entry for entry in entries if entry.path.partition(".national")[0] not in gone)
    return Sheet(tuple(kept), tuple(entry for entry in entries if entry.path in gone))


def next_added(kind: str, corrections: Mapping[str, Value]) -> str:
    """The path of one more entry that a person adds.

    >>> next_added("items", {"items.new1": {"text": "More"}})
    'items.new2'
    """
    return f"{kind}.{ADDED}{1 + sum(path.startswith(f'{kind}.{ADDED}') for path in corrections)}"


def _corrected(entry: Entry, corrections: Mapping[str, Value]) -> Entry:
    if entry.path not in corrections:
        return entry
    value = corrections[entry.path]
    return replace(entry, value=value, checked=True, read=entry.value if value != entry.value else None)


def _importance(kind: str) -> int:
    order = ("authority", "dates", JUDGEMENTS, ITEMS, "national", PARAGRAPHS)
    return order.index(kind) if kind in order else len(order)


def _added(path: str, value: Value) -> Entry:
    names = {ITEMS: "Improvement item", JUDGEMENTS: "Judgement", PARAGRAPHS: "Paragraph"}
    return Entry(path, f"{names.get(path.split('.')[0], 'Entry')} added by hand", value, checked=True)


def faults(sheet: Sheet) -> list[str]:
    """Why what stands on the sheet cannot be recorded, in sentences; empty when it can."""
    found = [*_doubts(sheet), *_dates(sheet)]
    if not str(sheet.value("authority") or "").strip():
        found.append("Say which authority the report is about.")
    if not sheet.value("activity"):
        found.append("Say what kind of inspection it was.")
    areas = [entry["area"] for entry in sheet.of(JUDGEMENTS)]
    if any(areas.count(area) > 1 for area in areas):
        found.append("Two judgements are of the same area. Change one of them or take it out.")
    if any(not str(entry["text"] or "").strip() for entry in sheet.of(ITEMS)):
        found.append("An improvement item has no words. Write them or take it out.")
    return found


def _doubts(sheet: Sheet) -> list[str]:
    count = len(sheet.unsure)
    if not count:
        return []
    things = f"{count} things are" if count > 1 else "One thing is"
    first = sheet.unsure[0]
    return [f"{things} still to check, first: {first.what}. Decide it, then accept."]


def _dates(sheet: Sheet) -> list[str]:
    begin, end = sheet.day("dates", "from"), sheet.day("dates", "to")
    if begin is None or end is None:
        return ["Enter the first and the last day of the fieldwork."]
    if end < begin:
        return ["The fieldwork ends before it begins. Change its dates."]
    published = sheet.day("published")
    if published is not None and published < end:
        return ["The report was published before the fieldwork ended. Change one of the dates."]
    return []
