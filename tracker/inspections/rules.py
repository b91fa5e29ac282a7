"""What an imported report goes through before it counts, and what its printed words refer to."""

import re
from datetime import date
from enum import StrEnum

LAST_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*\.?\s*$")
NATIONAL = re.compile(r"\b(national framework|outcomes?|enablers?|principles?)\b", re.IGNORECASE)
CITED = re.compile(r"\(paragraphs?\s+([\d,\s–and-]+)\)", re.IGNORECASE)
NOT_A_NAME = {
    "the", "of", "and", "council", "county", "city", "borough", "london", "royal", "metropolitan", "district",
    "unitary", "authority", "local", "services", "children", "s", "childrens", "trust",
}  # fmt: skip
"""Words that tell no authority from another."""


class ReviewState(StrEnum):
    """Nothing is recorded until a person accepts what was read."""

    TO_CHECK = "To check"
    RECORDED = "Recorded"
    DISCARDED = "Discarded"


def without_references(wording: str) -> str:
    """An item's own words, without what is printed after them in brackets as a reference.

    >>> without_references("Life-story work. (Outcome 4, national framework)")
    'Life-story work.'
    >>> without_references("Early help (paragraph 13).")
    'Early help'
    """
    found = LAST_BRACKETS.search(wording)
    if found and (NATIONAL.search(found[1]) or CITED.search(found[0])):
        return wording[: found.start()].strip()
    return wording


def cited_paragraphs(wording: str) -> tuple[int, ...]:
    """The paragraphs that an item says it rests on.

    >>> cited_paragraphs("Improve assessments (paragraphs 18, 19 and 23).")
    (18, 19, 23)
    """
    return tuple(int(number) for cited in CITED.findall(wording) for number in re.findall(r"\d+", cited))


def fieldwork_dates(printed: str, begin: date, end: date) -> str:
    """What lists call the fieldwork: the dates as printed, or in our words where a sentence prints them.

    >>> fieldwork_dates("11 – 22 July 2022", date(2022, 7, 11), date(2022, 7, 22))
    '11 – 22 July 2022'
    >>> fieldwork_dates("The visit was on 20 and 21 February 2024.", date(2024, 2, 20), date(2024, 2, 21))
    '20 to 21 February 2024'
    """
    if printed[:1].isdigit():
        return printed
    first = f"{begin:%-d %B %Y}" if begin.year != end.year else f"{begin:%-d %B}"
    if (begin.year, begin.month) == (end.year, end.month):
        first = f"{begin.day}"
    return f"{end:%-d %B %Y}" if begin == end else f"{first} to {end:%-d %B %Y}"


def same_authority(printed: str, name: str) -> bool:
    """Whether a report's own name for an authority means the one called ``name``.

    >>> same_authority("London Borough of Brent", "Brent"), same_authority("North Northamptonshire", "Northamptonshire")
    (True, False)
    """
    return _naming_words(printed) == _naming_words(name)


def _naming_words(name: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", name.casefold())) - NOT_A_NAME
