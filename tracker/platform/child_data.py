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
        return f"“{' '.join(self.words.split())}” in “{self.place}” looks like {self.sign.value}."

    @property
    def hidden(self) -> str:
        """As a page may show it to whoever has not typed it: a few letters, and a dot for each of the rest."""
        return hidden(self.words)


class LooksLikeChildData(Refused):
    """Text holds what could lead to a child. ``found`` says what and where."""

    def __init__(self, found: tuple[Found, ...]) -> None:
        self.found = found
        super().__init__(
            f"{' '.join(one.sentence for one in found)} Take it out, or say below why it cannot lead to a child."
        )


SHOWN = 3
"""Letters of a number that are left, so that its writer knows which it was. Our choice: they lead to nobody."""

BLOCK = "█████"
"""Stands in the place of what was taken out: always as long, so that nobody can tell how long it was."""

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Check letters by remainder of 23: the alphabet without I, O and S."""

SHARED_MAILBOXES = frozenset({"enquiries", "info", "contact", "press", "help", "office", "admin", "psi"})
"""Addresses of an organisation lead to nobody. Source: our choice."""

OFFICIAL = (".gov.uk", ".nhs.uk", ".nhs.net", ".police.uk", ".invalid")
"""Ends of addresses that only colleagues have, or nobody; schools give theirs to pupils too. Source: our choice."""

UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
"""Letters without a width, which programs leave between others: soft hyphens, joiners, marks of order."""
DASHES = "\u2010-\u2015\u2212-"
GAP = rf"[\s.{UNSEEN}{DASHES}]{{0,2}}"
"""What people and programs put between the digits of a number: spaces of any kind, a line's end, dots, dashes."""
NOT_BEFORE = r"(?<!\d)(?<!\d[.,])(?<!£)"
"""A number does not begin within another, nor is it an amount."""

NHS = re.compile(
    rf"{NOT_BEFORE}(?:\d{{3}}{GAP}\d{{3}}{GAP}\d{{4}}|\d(?:[\s|{UNSEEN}{DASHES}]{{1,3}}\d){{9}})(?![\d%]|[.,]\d)"
)
"""In three groups, in none, or each digit in a box of its own."""
NAMED_NHS = re.compile(rf"\bnhs\b[^\d\n]{{0,20}}(\d(?:{GAP}\d){{9}})(?!\d)", re.IGNORECASE)
PUPIL = re.compile(
    rf"\b[A-HJ-NP-RT-Z](?:{GAP}\d){{11}}{GAP}[\dA-HJ-NP-RT-Z]\b|\b[a-hj-np-rt-z]\d{{11}}[\da-hj-np-rt-z]\b"
)
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
BETWEEN = rf" ?[/.{DASHES}] ?"
DAY = (
    rf"(?:\d{{1,2}}{BETWEEN}\d{{1,2}}{BETWEEN}(?:\d{{4}}|\d{{2}})\b|\d{{4}}{BETWEEN}\d{{2}}{BETWEEN}\d{{2}}\b|\d{{8}}\b"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[\s{DASHES}]+{MONTH}\.?,?[\s{DASHES}]+(?:\d{{4}}|\d{{2}})\b"
    rf"|{MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b)"
)
LIMIT = r"\b(?:after|before|since|between|until)\b"
"""Makes a day one of a rule ("born after 1 September 2020") and not of a birth."""
NAMES_A_BIRTH = r"\b(?:d\.?o\.?b\b\.?|date of birth\b|birth\s?date\b|birth\s?day\b)"
BIRTH = re.compile(
    rf"(?:\bborn\b|{NAMES_A_BIRTH})(?:(?!{LIMIT})[^.\d]){{0,20}}?({DAY})|(?<!\d)({DAY})[\s(\[]{{1,3}}{NAMES_A_BIRTH}",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"\b([\w.+-]{1,64})(?:@| ?[(\[]at[)\]] ?)([\w-]+(?:\.[\w-]+)+)\b", re.IGNORECASE)
BEGINS = rf"(?:(?:\+44|\b0044)[\s{DASHES}]?(?:\(0\))?|\(?\b0)"
PHONE = re.compile(
    rf"(?<![\d\w])(?<!Textphone: ){BEGINS}[\s{DASHES}]?(?:7(?:[\s(){DASHES}]{{0,2}}\d){{9}}"
    rf"|[12](?:[\s(){DASHES}]{{0,2}}\d){{8,9}})(?!\d)"
)
"""Numbers of mobiles and of places."""
ORGANISATIONS = re.compile(rf"(?<![\d\w])\(?0[38]\d\d(?:[\s(){DASHES}]{{0,2}}\d){{6,7}}(?!\d)")
"""Numbers that begin 03 or 08 are organisations' and lead to nobody."""
CASE = re.compile(
    rf"(?<![£/-]){NOT_BEFORE}(?:\b[A-Z]{{1,4}}[- ]?)?\d{{6,12}}(?![\d%]|[.,/-]\d)"
    r"|\b[A-Z]{2,5}/(?:19|20)?\d{2}/\d{3,8}\b"
)
NAMED_A_CASE = re.compile(r"\b(?:case|ref(?:erence)?|id|no|number)\b\W{0,3}$", re.IGNORECASE)
"""What stands before a number that is no day, even where it could be one."""
NAMES_ITS_NUMBERS = re.compile(
    rf"{NAMES_A_BIRTH}|\bborn\b|\b(?:nhs|upn|pupil number|case (?:no|number|id|ref))\b", re.IGNORECASE
)


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
    return " ".join(_take_out(one.sign, one.words) for one in _in_one("", text) if one.sign in SURE)


def why_not_hidden(text: str) -> str:
    """As ``why_not``, for pages that outlive the text's being typed.

    >>> why_not_hidden("Born 4 March 2015")
    'This looks like a date of birth: Bor• • ••••• ••••. Take it out; give an age band.'
    """
    return " ".join(_take_out(one.sign, one.hidden) for one in _in_one("", text) if one.sign in SURE)


def _take_out(sign: Sign, words: str) -> str:
    return f"This looks like {sign.value}: {words}. Take it out; {SURE[sign]}."


def blotted(text: str) -> str:
    """``text`` without what is sure to lead to a child, for pages and files that outlive its being typed.

    >>> blotted("Seen by 943 476 5919 on 4 March 2026")
    'Seen by 943 ••• •••• on 4 March 2026'
    """
    for one in _in_one("", text):
        if one.sign in SURE:
            text = text.replace(one.words, one.hidden)
    return text


def taken_out(text: str) -> str:
    """``text`` with a block in the place of everything that was found in it.

    >>> taken_out("Ring 07700 900123 or 943 476 5919")
    'Ring █████ or █████'
    """
    for one in reversed(tuple(_in_one("", text))):
        text = f"{text[: one.start]}{BLOCK}{text[one.start + len(one.words) :]}"
    return text


def hidden(words: str) -> str:
    """
    >>> hidden("943 476 5919")
    '943 ••• ••••'
    """
    return words[:SHOWN] + re.sub(r"\w", "•", words[SHOWN:])


def names_its_numbers(heading: str) -> bool:
    """Whether the heading of a column says that the numbers or days under it are children's.

    >>> names_its_numbers("Date of Birth"), names_its_numbers("Date of visit")
    (True, False)
    """
    return NAMES_ITS_NUMBERS.search(heading) is not None


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
    taken = {letter for match in ORGANISATIONS.finditer(text) for letter in range(*match.span())}
    hits: list[Found] = []
    for sign, start, words in _matches(text):
        letters = range(start, start + len(words))
        if taken.isdisjoint(letters):
            taken.update(letters)
            hits.append(Found(sign, words, place, start))
    yield from sorted(hits, key=lambda hit: hit.start)


Match = tuple[Sign, int, str]
"""What it looks like, the letters before it, and its words."""


def _matches(text: str) -> Iterator[Match]:
    """The surest first."""
    yield from (_whole(Sign.EMAIL, match) for match in ADDRESS.finditer(text) if not _is_official(match))
    yield from (_whole(Sign.DATE_OF_BIRTH, match) for match in BIRTH.finditer(text))
    yield from (_whole(Sign.UPN, match) for match in PUPIL.finditer(text) if is_upn(_bare(match[0])))
    yield from (_whole(Sign.NHS_NUMBER, match) for match in NHS.finditer(text) if is_nhs_number(_bare(match[0])))
    yield from _named_nhs_numbers(text)
    yield from (_whole(Sign.PHONE, match) for match in PHONE.finditer(text))
    yield from (_whole(Sign.CASE_NUMBER, match) for match in CASE.finditer(text) if not _is_day(match, text))


def _named_nhs_numbers(text: str) -> Iterator[Match]:
    """Ten digits that the text calls an NHS number: where the check digit is wrong, somebody's number with a slip."""
    for match in NAMED_NHS.finditer(text):
        sign = Sign.NHS_NUMBER if is_nhs_number(_bare(match[1])) else Sign.CASE_NUMBER
        yield sign, match.start(1), match[1]


def _whole(sign: Sign, match: re.Match[str]) -> Match:
    return sign, match.start(), match[0]


def _bare(words: str) -> str:
    """Its letters and digits alone."""
    return re.sub(r"\W", "", words)


def _is_official(match: re.Match[str]) -> bool:
    return match[1].lower() in SHARED_MAILBOXES or f".{match[2].lower()}".endswith(OFFICIAL)


def _is_day(match: re.Match[str], text: str) -> bool:
    """Whether eight digits are a day of our time written without marks, such as 20261112, and are not called a case."""
    try:
        day = datetime.strptime(match[0], "%Y%m%d") if len(match[0]) == len("yyyymmdd") else None  # noqa: DTZ007  # a day
    except ValueError:
        return False
    if day is None or not 1900 <= day.year < 2100:  # nothing else is written of
        return False
    return NAMED_A_CASE.search(text[max(0, match.start() - 20) : match.start()]) is None
