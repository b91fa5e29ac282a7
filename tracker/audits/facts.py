"""The facts of a case that a tool may ask by: words that say what kind of case it is and never which child."""

from collections.abc import Sequence

from tracker.platform.lists import listed

AGE_BANDS = ("Not born yet", "Under 1", "1 to 4", "5 to 9", "10 to 15", "16 and 17", "18 to 25", "Several children")
"""Bands of the yearly return on children in need, as people say them. Never an age or a birthday."""

LEGAL_STATUSES = (
    "Early or family help", "Child in need", "Child protection plan", "Pre-proceedings", "Care proceedings",
    "In care, voluntary", "In care, by order", "On remand", "Care leaver", "Not open",
)  # fmt: skip
"""How a child stands with the authority, as people say it. Our choice: coarse enough to lead to nobody."""


def why_not_fact(name: str, word: str, words: Sequence[str]) -> str | None:
    """Why a word cannot be a fact of a case, or None. Nothing said is allowed.

    >>> why_not_fact("age band", "7", ["5 to 9"])
    'Choose an age band from the list: 5 to 9.'
    """
    if not word or word in words:
        return None
    return f"Choose {'an' if name[0] in 'aeiou' else 'a'} {name} from the list: {listed(words, 'or')}."
