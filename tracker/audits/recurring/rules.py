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


def tied_words(*, tied: int, of: int) -> str:
    """How many findings on a theme went to the item that was made of it.

    >>> tied_words(tied=3, of=3), tied_words(tied=1, of=3)
    ('Its findings are tied to it.', '1 of its 3 findings is tied to it; the others stay with the item they are for.')
    >>> tied_words(tied=0, of=3)
    'Its findings stay with the items they are for.'
    """
    if tied == of:
        return "Its findings are tied to it."
    if not tied:
        return "Its findings stay with the items they are for."
    stay = "the others stay with the item they are for"
    return f"{tied} of its {of} findings {'is' if tied == 1 else 'are'} tied to it; {stay}."
