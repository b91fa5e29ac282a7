"""A name that is safe to keep, to show and to save under."""

import re
import unicodedata
from pathlib import PurePosixPath

from tracker.evidence.file_types import FileType
from tracker.platform.errors import Refused

LONGEST = 120
"""Letters of a name. Our choice: shorter than any file system's limit, with room for a copy's "(2)"."""
NOT_IN_NAMES = '<>:"|?*'
RESERVED = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])(?=\.|$)", re.IGNORECASE)
"""What Windows keeps for devices, whatever the ending (Microsoft, "Naming Files, Paths, and Namespaces")."""


def safe(name: str, kind: FileType) -> str:
    """``name`` without what a file system or a header could trip over, ending as its content says.

    Raises Refused for a name that leads to another folder: no browser sends one.

    >>> from tracker.evidence.file_types import PDF
    >>> safe("PLO tracker: summary.docx", PDF)
    'PLO tracker summary.pdf'
    """
    if "/" in name or "\\" in name or "\0" in name or name.strip() in {".", ".."}:
        raise Refused("The file’s name holds a path to a folder. Rename the file and add it again.")
    letters = "".join(_plain(letter) for letter in unicodedata.normalize("NFC", name))
    path = PurePosixPath(" ".join(letters.split()).strip(". ") or "file")
    stem = path.stem if _is_an_ending(path.suffix) else path.name
    return f"{_free(stem[:LONGEST].strip('. ')) or 'file'}{kind.suffix}"


def _free(stem: str) -> str:
    return f"file {stem}" if RESERVED.match(stem) else stem


def _plain(letter: str) -> str:
    """Control letters and those that turn the writing round become nothing, white space becomes a space."""
    if letter.isspace():
        return " "
    return "" if unicodedata.category(letter).startswith("C") or letter in NOT_IN_NAMES else letter


def _is_an_ending(suffix: str) -> bool:
    return 2 <= len(suffix) <= 6 and suffix[1:].isalnum()
