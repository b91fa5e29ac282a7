"""When a theme recurs, and the words of the improvement item that is made of it."""

from collections.abc import Sequence
from datetime import date

from tracker.audits.rules import months_after

MOST_NAMED = 20
"""Audits that an item's source names. Our choice: a line that can still be read."""


def since(today: date, months: int) -> date:
    return months_after(today, -months)


def wording(theme: str, *, audits: int, findings: Sequence[str]) -> str:
    """What needs to improve, in the auditors' words: the theme, then each thing that was found, once.

    >>> wording("Supervision", audits=3, findings=["No dates", "No dates", "Drift"])
    'Supervision, found in 3 audits: No dates; Drift'
    """
    return f"{theme}, found in {audits} audits: {'; '.join(dict.fromkeys(findings))}"


def document(references: Sequence[str]) -> str:
    """The audits as an item's source names them.

    >>> document(["Q-4", "Q-7", "Q-9"])
    'Audits Q-4, Q-7, Q-9'
    """
    more = len(references) - MOST_NAMED
    rest = f" and {more} more" if more > 0 else ""
    return f"Audits {', '.join(references[:MOST_NAMED])}{rest}"
