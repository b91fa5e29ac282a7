"""Entries of the history as sentences for the page of an improvement item: what moved, in the fewest words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tracker.platform.history import HistoryEntry
from tracker.web.happened import happened


@dataclass(frozen=True)
class Sentence:
    at: datetime
    text: str
    by: str
    why: str


def sentence(entry: HistoryEntry) -> Sentence:
    return Sentence(entry.at, _text(entry).rstrip("."), entry.actor_name, entry.why)


def _text(entry: HistoryEntry) -> str:
    words_for = ADDED.get(entry.thing_kind) if entry.what == "added" else None
    return words_for(entry) if words_for else happened(entry)


ADDED: Mapping[str, Callable[[HistoryEntry], str]] = {
    "action": lambda entry: f"{entry.reference} added",
    "finding": lambda entry: f"{entry.reference} raised",
    "improvement_item": lambda entry: f"{entry.reference} recorded",
}
