"""Texts that people wrote, made fit for readers who have less of the pack or know less of us."""

import re

CITED = re.compile(r"\s*\[[A-Z]+-\d+(?::\d+)?\]")
SPELT = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
COUNTED = re.compile(rf"\b(?P<part>\d+|{'|'.join(SPELT)})(?P<of> (?:out )?of (?:the |our |these |those )?)"
                     rf"(?P<whole>\d[\d,]*|{'|'.join(SPELT)})\b", re.IGNORECASE)  # fmt: skip


def without_citations(text: str) -> str:
    """
    >>> without_citations("Delay fell [E-231] in May [R-3:8].")
    'Delay fell in May.'
    """
    return CITED.sub("", text)


def shortened(text: str, longest: int) -> str:
    """Cut between words, and said to be.

    >>> shortened("Plans are reviewed in time", 16), shortened("Plans", 16)
    ('Plans are …', 'Plans')
    """
    if len(text) <= longest:
        return text
    kept = text[: longest - 1].rpartition(" ")[0] or text[: longest - 2]
    return f"{kept.rstrip(' ,;:')} …"


def without_small_numbers(text: str, smallest: int) -> str:
    """Numbers of a whole that are few, or leave few, as a word.

    >>> without_small_numbers("Three of 29 parents answered, 12 of 14 in May; 20 of the 40 were heard.", 5)
    'Some of 29 parents answered, most of 14 in May; 20 of the 40 were heard.'
    """
    return COUNTED.sub(lambda found: _in_words(found, smallest), text)


def _in_words(found: re.Match[str], smallest: int) -> str:
    part, whole = _number(found["part"]), _number(found["whole"])
    left = whole - part
    if 0 < part < smallest:
        word = "some"
    elif 0 < left < smallest:
        word = "most"
    else:
        return found[0]
    begins = found["part"][:1].isupper()
    return f"{word.capitalize() if begins else word}{found['of']}{found['whole']}"


def _number(words: str) -> int:
    return SPELT.index(words.lower()) if words.lower() in SPELT else int(words.replace(",", ""))
