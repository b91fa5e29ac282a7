"""What a passage is, what the authority of a report is called, and what a question asks beside words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

STATUS = r"(?:city|county|metropolitan|borough|district|unitary|royal|london|council|authority|of)"
BEFORE_A_NAME = re.compile(
    r"^(?:the\s+)?(?:(?:(?:london|royal|metropolitan)\s+)*borough\s+(?:council\s+)?of\s+|(?:city|county)\s+of\s+)",
    re.IGNORECASE,
)
AFTER_A_NAME = re.compile(rf"(?:,?\s+{STATUS})+$", re.IGNORECASE)


class PassageKind(StrEnum):
    ITEM = "item"
    PARAGRAPH = "paragraph"


KIND_LABELS: Mapping[PassageKind, str] = {
    PassageKind.ITEM: "What needs to improve",
    PassageKind.PARAGRAPH: "Paragraphs",
}


@dataclass(frozen=True)
class Understood:
    """A question as it was understood: the words to find, and the grade of which area it asks for."""

    text: str
    area: str
    grade: str


def called(printed: str) -> str:
    """The name that lists show for an authority, whatever its reports call it.

    >>> called("City of Bradford Metropolitan District Council"), called("Bristol City of")
    ('Bradford', 'Bristol')
    >>> called("Royal Borough of Windsor and Maidenhead"), called("Isle of Wight Council"), called("County Durham")
    ('Windsor and Maidenhead', 'Isle of Wight', 'County Durham')
    """
    plain = " ".join(printed.split())
    return AFTER_A_NAME.sub("", BEFORE_A_NAME.sub("", plain)) or plain


def understood(text: str, *, areas: Mapping[str, str], grades: Mapping[str, str]) -> Understood | None:
    """A question that ends "where <area> was <grade>" in its parts; None for any other.

    ``areas`` and ``grades`` are names and their codes, as the frameworks word them.

    >>> understood("life-story work where help and protection was judged to be outstanding?",
    ...     areas={"Help and protection": "hp"}, grades={"Outstanding": "o", "Good": "g"})
    Understood(text='life-story work', area='hp', grade='o')
    """
    if not areas or not grades:
        return None
    area, grade = _any_of(areas), _any_of(grades)
    was = r"(?:is|was|are|were|has\s+been|had\s+been)"
    found = re.search(
        rf",?\s*\b(?:where|when|in\s+\w+\s+where)\s+(?:the\s+)?(?P<area>{area})\s+{was}\s+"
        rf"(?:judged\s+|graded\s+|rated\s+|found\s+)?(?:to\s+be\s+|as\s+)?(?P<grade>{grade})\W*$",
        text,
        re.IGNORECASE,
    )
    if found is None:
        return None
    return Understood(text[: found.start()].strip(), _code(areas, found["area"]), _code(grades, found["grade"]))


def _any_of(names: Mapping[str, str]) -> str:
    longest_first = sorted(names, key=len, reverse=True)
    return "|".join(r"\s+".join(re.escape(word) for word in name.split()) for name in longest_first)


def _code(names: Mapping[str, str], said: str) -> str:
    wanted = " ".join(said.split()).casefold()
    return next(code for name, code in names.items() if name.casefold() == wanted)
