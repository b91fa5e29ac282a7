"""The Children's Social Care National Framework as items refer to it, resolved by the first day of fieldwork."""

import re
from datetime import date

from tracker.frameworks.library import Library
from tracker.frameworks.rules import NUMBERED, ReadReference, plain
from tracker.inspections.reading.readings import Box, Certainty, Found, Reference

_LAST_BRACKETS = re.compile(r"[(\[]\s*([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)\s*[)\]]\s*[.;,]?\s*$")
_UNBRACKETED = re.compile(
    r"(?<=[.;:–-])\s+((?:national framework\W+)?(?:outcome|enabler|principle)s?\W.{1,80}?)\s*\.?$", re.IGNORECASE
)


def printed_reference(text: str) -> str | None:
    """The reference that an item ends with, without its brackets and full stop.

    >>> printed_reference("Plans for children. (Outcome 2, national framework)")
    'Outcome 2, national framework'
    >>> printed_reference("Plans for children (including disabled children).") is None
    True
    """
    brackets = _LAST_BRACKETS.search(text)
    if brackets and _is_reference(brackets.group(1)):
        return brackets.group(1).strip()
    loose = _UNBRACKETED.search(text)
    return loose.group(1).strip() if loose else None


def _is_reference(words: str) -> bool:
    if "national framework" in plain(words):
        return True
    return bool(
        NUMBERED.search(words) or re.match(r"\s*(?:outcome|enabler|principle)s?\s*[:,–-]", words, re.IGNORECASE)
    )


def referred(
    text: str, library: Library, fieldwork: date, page: int, box: Box
) -> tuple[str | None, tuple[Reference, ...]]:
    """The reference an item ends with, as printed, and what it means on the day fieldwork began."""
    printed = printed_reference(text)
    if printed is None:
        return None, ()
    found = library.national_references(printed, fieldwork)
    return printed, tuple(_reference(read, library, fieldwork, page, box) for read in found)


def _reference(read: ReadReference, library: Library, fieldwork: date, page: int, box: Box) -> Reference:
    key = read.reference.key
    if not library.needs_confirming(read, fieldwork):
        return Reference(Found(key, page, box))
    others = _others(read, library)
    why = (
        f"The report says “{read.reference.kind.capitalize()} {read.reference.number}”. Outcomes 2 and 3 changed "
        "places in early 2026. The meaning here is the one of the fieldwork date."
    )
    return Reference(Found(key, page, box, Certainty.UNSURE, why), (key, *others))


def _others(read: ReadReference, library: Library) -> tuple[str, ...]:
    """What the same number has meant at another time."""
    keys = [
        reference.key
        for version in library.national.versions
        for reference in version.references
        if (reference.kind, reference.number) == (read.reference.kind, read.reference.number)
    ]
    return tuple(dict.fromkeys(key for key in keys if key != read.reference.key))
