"""The words of a stored file: whether it may be opened, and whether there is a first look at it."""

from datetime import date
from enum import StrEnum


class Scan(StrEnum):
    """What the virus scanner says of a content."""

    NOT_ASKED = "Not scanned"
    WAITING = "Waiting for the virus scanner"
    CLEAN = "Clean"
    INFECTED = "Removed"


class Look(StrEnum):
    """Whether there is a first look at a content."""

    WAITING = "Being made"
    MADE = "Made"
    NONE = "None"


OPEN = frozenset({Scan.NOT_ASKED, Scan.CLEAN})

PICTURED = frozenset({"application/pdf", "image/png", "image/jpeg"})
READ = frozenset({"text/plain", "text/csv"})
"""Media types of which a first look is made: as pictures, or as their first lines."""

MOST_PAGES = 10
"""Pages of a PDF that can be looked at without downloading it. Our choice: what tells one report from another."""
MOST_LINES = 40
LONGEST_LINE = 200
"""Of a text, and letters of each. Our choice: about a page."""


def look_to_make(media_type: str) -> Look:
    return Look.WAITING if media_type in PICTURED | READ else Look.NONE


def why_shut(scan: Scan, found: str = "", on: date | None = None) -> str:
    """Why a file may not be opened, as a sentence; empty when it may. ``found`` and ``on`` are the scanner's.

    >>> why_shut(Scan.CLEAN), why_shut(Scan.NOT_ASKED)
    ('', '')
    >>> why_shut(Scan.INFECTED, "Eicar-Signature", date(2026, 3, 4))
    'The virus scanner found “Eicar-Signature” in this file on 4 March 2026, and the file was removed.'
    """
    if scan in OPEN:
        return ""
    if scan is Scan.INFECTED:
        return f"The virus scanner found “{found}” in this file on {on:%-d %B %Y}, and the file was removed."
    return "The virus scanner has not looked at this file yet. Until it has, nobody can open it."
