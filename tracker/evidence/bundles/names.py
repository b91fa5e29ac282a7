"""What a piece of evidence is called as a file in a bundle: the same in the zip, its index and the register's pack."""

import unicodedata
from pathlib import PurePosixPath

from tracker.evidence.models import Evidence

LONGEST = 80
"""Letters of a title in a name. Our choice: a path on Windows holds 260, and a bundle is unpacked anywhere."""
NOT_ON_WINDOWS = '<>:"/\\|?*'


def file_name(evidence: Evidence) -> str:
    """The reference first, not filled up with zeros: what a person says aloud is what she looks for.

    File managers sort the numbers in names as numbers.
    """
    return named(evidence.reference, evidence.title, PurePosixPath(evidence.file_name).suffix.lower())


def named(reference: str, title: str, suffix: str) -> str:
    """
    >>> named("E-231", "PLO tracker: week 46 / summary.", ".pdf")
    'E-231 PLO tracker week 46 summary.pdf'
    >>> named("E-9", "???", ".xlsx")
    'E-9.xlsx'
    """
    letters = "".join(_plain(letter) for letter in unicodedata.normalize("NFC", title))
    safe = " ".join(letters.split())[:LONGEST].strip(". ")
    return f"{reference} {safe}".strip() + suffix


def _plain(letter: str) -> str:
    """What Windows refuses becomes a space; control letters, and those that turn the writing round, nothing."""
    if letter in NOT_ON_WINDOWS or letter.isspace():
        return " "
    return "" if unicodedata.category(letter).startswith("C") else letter
