"""The facts of a case that a tool may ask by: words that say what kind of case it is and never which child."""

from collections.abc import Sequence

from tracker.platform.lists import listed

AGE_BANDS = ("Not born yet", "Under 1", "1 to 4", "5 to 9", "10 to 15", "16 and 17", "18 to 25", "Several children")
"""Bands of the yearly return on children in need, as people say them. Never an age or a birthday."""

FROM_YEARS = {"Under 1": 0, "1 to 4": 1, "5 to 9": 5, "10 to 15": 10, "16 and 17": 16, "18 to 25": 18}
"""The first whole year of each band that has one, youngest first."""
OLDEST = 25

LEGAL_STATUSES = (
    "Early or family help", "Child in need", "Child protection plan", "Pre-proceedings", "Care proceedings",
    "In care, voluntary", "In care, by order", "On remand", "Care leaver", "Not open",
)  # fmt: skip
"""How a child stands with the authority, as people say it. Our choice: coarse enough to lead to nobody."""


def as_age_band(said: str) -> str:
    """The band that is meant by a number of whole years or by a band in other letters; else what was said.

    >>> as_age_band("7"), as_age_band("0"), as_age_band("under 1"), as_age_band("26"), as_age_band("seven")
    ('5 to 9', 'Under 1', 'Under 1', '26', 'seven')
    """
    if said.isdecimal() and int(said) <= OLDEST:
        return [band for band, years in FROM_YEARS.items() if years <= int(said)][-1]
    return _as_one_of(AGE_BANDS, said)


def as_legal_status(said: str) -> str:
    """
    >>> as_legal_status("CARE LEAVER"), as_legal_status("S20")
    ('Care leaver', 'S20')
    """
    return _as_one_of(LEGAL_STATUSES, said)


def _as_one_of(words: Sequence[str], said: str) -> str:
    return next((word for word in words if word.casefold() == said.casefold()), said)


def why_not_fact(name: str, word: str, words: Sequence[str]) -> str | None:
    """Why a word cannot be a fact of a case, or None. Nothing said is allowed.

    >>> why_not_fact("age band", "7", ["5 to 9"])
    'Choose an age band from the list: 5 to 9.'
    """
    if not word or word in words:
        return None
    return f"Choose {'an' if name[0] in 'aeiou' else 'a'} {name} from the list: {listed(words, 'or')}."
