"""What becomes of a warning, and who may have a file while one is open. Pure."""

from collections.abc import Sequence
from enum import StrEnum


class Decision(StrEnum):
    TAKEN_OUT = "Taken out"
    KEPT = "Kept"
    GONE = "File replaced"


OPEN = "Not decided"
"""What a list calls a warning about which nobody has decided."""

MOST_WARNINGS = 100
"""Of one file that are listed one by one; the rest is told by sort. Our choice: nobody decides on more one by one."""

HELD_BACK = (
    "The file is held back: something in it looks as if it could lead to a child. Its owner, whoever added it, a "
    "director or a QA officer can open it and decide."
)

IN_TEXT = "text"
"""Where a warning was about what somebody typed."""

Finding = tuple[str, str, str]
"""A sign, a place and the value with all but its beginning hidden."""


def listed(found: Sequence[Finding]) -> list[Finding]:
    """The first findings one by one, and for each sort of the rest one with how many more places there are.

    >>> listed([("a phone number", f"line {number}", "077") for number in range(103)])[-1]
    ('a phone number', '3 more places', '')
    """
    rest = [sign for sign, _place, _hidden in found[MOST_WARNINGS:]]
    counts = {sign: rest.count(sign) for sign in dict.fromkeys(rest)}
    more = [(sign, f"{count} more place{'' if count == 1 else 's'}", "") for sign, count in counts.items()]
    return [*found[:MOST_WARNINGS], *more]
