"""Numbers in typed text that could lead to a child: found by their shape and check digit.

A name cannot be known. Every text box refuses what is sure (``why_not``). A room that asks about more (``check``) shows
what was found and where; a person changes the text, or says why it is not about a child.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tracker.platform.errors import Refused


class Sign(StrEnum):
    """What a piece of text looks like."""

    NHS_NUMBER = "an NHS number"
    UPN = "a unique pupil number"
    DATE_OF_BIRTH = "a date of birth"
    EMAIL = "an e-mail address"
    PHONE = "a phone number"
    CASE_NUMBER = "a case number"


SURE = {
    Sign.NHS_NUMBER: "use the case reference",
    Sign.UPN: "use the case reference",
    Sign.DATE_OF_BIRTH: "give an age band",
}
"""Signs that a check digit or the words beside them prove, each with what to write instead. The others may well be
a colleague's, or a number of another kind."""


@dataclass(frozen=True)
class Found:
    sign: Sign
    words: str
    """As it was typed."""
    place: str
    """The name of the field it stands in."""
    start: int
    """Letters before it in that field."""

    @property
    def sentence(self) -> str:
        return f"“{self.words}” in “{self.place}” looks like {self.sign.value}."


class LooksLikeChildData(Refused):
    """Text holds what could lead to a child. ``found`` says what and where."""

    def __init__(self, found: tuple[Found, ...]) -> None:
        self.found = found
        super().__init__(
            f"{' '.join(one.sentence for one in found)} Take it out, or say below why it cannot lead to a child."
        )


SHOWN = 3
"""Letters of a number that are left, so that its writer knows which it was. Our choice: they lead to nobody."""

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Check letters by remainder of 23: the alphabet without I, O and S."""

SHARED_MAILBOXES = frozenset({"enquiries", "info", "contact", "press", "help", "office", "admin", "psi"})
"""Addresses of an organisation lead to nobody. Source: our choice."""

NHS = re.compile(r"(?<![\d.,£])\d{3}([ -]?)\d{3}\1\d{4}(?![\d%]|[.,]\d)")
PUPIL = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z]\b", re.IGNORECASE)
DAY = (
    r"(?:\d{1,2}[ ]?[/.-][ ]?\d{1,2}[ ]?[/.-][ ]?(?:\d{4}|\d{2})\b|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9},?\s+\d{4})"
)
LIMIT = r"\b(?:after|before|since|between|until)\b"
"""Makes a day one of a rule ("born after 1 September 2020") and not of a birth."""
BIRTH = re.compile(
    rf"\b(?:born|d\.?o\.?b\.?|date of birth|birth\s?day)\b\.?(?:(?!{LIMIT})[^.\n\d]){{0,20}}({DAY})", re.IGNORECASE
)
ADDRESS = re.compile(r"\b([\w.+-]{1,64})@[\w-]+(?:\.[\w-]+)+\b")
PHONE = re.compile(r"(?<![\d\w])(?<!Textphone: )(?:\+44[ -]?(?:\(0\))?|\(?0)(?:7\d|[12]\d)(?:[ ()-]{0,2}\d){7,8}(?!\d)")
CASE = re.compile(r"(?<![\d£.,/-])(?:\b[A-Z]{1,4}[- ]?)?\d{6,12}(?![\d%]|[.,/-]\d)")


def found_in(texts: Mapping[str, str]) -> tuple[Found, ...]:
    """Every sign in ``texts`` (name of the field to what was typed), in reading order.

    >>> [one.words for one in found_in({"What it shows": "Seen by 943 476 5919 on 4 March 2026"})]
    ['943 476 5919']
    """
    return tuple(one for place, text in texts.items() for one in _in_one(place, text))


def why_not(text: str) -> str:
    """Why ``text`` may not be kept, in sentences; empty if nothing in it is sure to lead to a child.

    >>> why_not("Seen by 943 476 5919 on 4 March 2026")
    'This looks like an NHS number: 943 476 5919. Take it out; use the case reference.'
    """
    return " ".join(
        f"This looks like {one.sign.value}: {one.words}. Take it out; {SURE[one.sign]}."
        for one in _in_one("", text)
        if one.sign in SURE
    )


def blotted(text: str) -> str:
    """``text`` without what is sure to lead to a child, for pages and files that outlive its being typed.

    >>> blotted("Seen by 943 476 5919 on 4 March 2026")
    'Seen by 943 ••• •••• on 4 March 2026'
    """
    for one in _in_one("", text):
        if one.sign in SURE:
            text = text.replace(one.words, one.words[:SHOWN] + re.sub(r"\w", "•", one.words[SHOWN:]))
    return text


def check(texts: Mapping[str, str], *, reason: str) -> None:
    """Raises LooksLikeChildData unless nothing is found or a ``reason`` was given."""
    found = found_in(texts)
    if found and not reason.strip():
        raise LooksLikeChildData(found)


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits end in the check digit of the first nine (modulus 11).

    >>> is_nhs_number("9434765919"), is_nhs_number("9434765918")
    (True, False)
    """
    remainder = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True)) % 11
    return (11 - remainder) % 11 == int(digits[9]) and len(set(digits)) > 1


def is_upn(text: str) -> bool:
    """Whether a letter and twelve more begin with the check letter of the rest (modulus 23).

    The last may be a letter: a temporary number.
    """
    first, last = text[1:-1], text[-1].upper()
    values = [int(digit) for digit in first]
    values.append(int(last) if last.isdigit() else UPN_LETTERS.index(last))
    remainder = sum(value * weight for value, weight in zip(values, range(2, 14), strict=True)) % 23
    return UPN_LETTERS[remainder] == text[0].upper()


def _in_one(place: str, text: str) -> Iterator[Found]:
    """Signs of one text, each letter of it read once: an NHS number is not a case number as well."""
    taken: set[int] = set()
    hits: list[Found] = []
    for sign, match in _matches(text):
        letters = range(*match.span())
        if taken.isdisjoint(letters):
            taken.update(letters)
            hits.append(Found(sign, match[0], place, match.start()))
    yield from sorted(hits, key=lambda hit: hit.start)


def _matches(text: str) -> Iterator[tuple[Sign, re.Match[str]]]:
    """The surest first."""
    yield from ((Sign.EMAIL, match) for match in ADDRESS.finditer(text) if match[1].lower() not in SHARED_MAILBOXES)
    yield from ((Sign.DATE_OF_BIRTH, match) for match in BIRTH.finditer(text))
    yield from ((Sign.UPN, match) for match in PUPIL.finditer(text) if is_upn(match[0]))
    yield from ((Sign.NHS_NUMBER, match) for match in NHS.finditer(text) if is_nhs_number(re.sub(r"\D", "", match[0])))
    yield from ((Sign.PHONE, match) for match in PHONE.finditer(text))
    yield from ((Sign.CASE_NUMBER, match) for match in CASE.finditer(text) if not _is_day(match[0]))


def _is_day(digits: str) -> bool:
    """Whether eight digits are a day written without marks, such as 20261112."""
    try:
        datetime.strptime(digits, "%Y%m%d")  # noqa: DTZ007  # a day has no time zone
    except ValueError:
        return False
    return True
