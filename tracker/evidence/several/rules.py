"""What a file that was added among several can be, and what it is called to begin with."""

import re
from pathlib import PurePosixPath

from tracker.evidence.rules import Kind

KINDS = (Kind.FILE, Kind.DATA, Kind.AUDIT, Kind.OBSERVATION)
"""Kinds that ask no more than every kind does. A voice needs its words and consent, a practice example its story."""

AT_ONCE = 10
"""Files on one page to describe. Our choice: what can be said in one sitting."""

BETWEEN_WORDS = re.compile(r"[\s_]+")


def first_title(file_name: str) -> str:
    """A title to begin with.

    >>> first_title("visits_in  time.xlsx")
    'Visits in time'
    """
    title = BETWEEN_WORDS.sub(" ", PurePosixPath(file_name).stem).strip()
    return title[:1].upper() + title[1:]
