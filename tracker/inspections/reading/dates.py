"""Periods of fieldwork as reports print them, with parts left out, joined in many ways and now and then misspelt."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from rapidfuzz import fuzz

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
LIKE_A_MONTH = 84
"""Per cent of likeness from which a word is a month misspelt, such as "Febuary". Source: our choice."""
WEEKEND = timedelta(days=3)
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[&,;]")
_ORDINALS = frozenset(("st", "nd", "rd", "th"))
_PARTING = frozenset(("and", "&", ";", ","))
"""What may stand between two periods."""
_WEEKDAYS = frozenset(
    day for name in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun") for day in (f"{name}day", name)
)
_WITHIN = _WEEKDAYS | _PARTING | frozenset(("to", "until", "till", "through", "the", "of", "from", "on"))
"""What may stand between a day and the month that it shares with the next."""
_IN_FIGURES = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](20\d\d|\d\d)\b")
_AN_HOUR = re.compile(r"\b\d{1,2}[:.]\d\d\s*(?:am|pm)?\b|\b\d{1,2}\s*(?:am|pm)\b|£\s*\d+", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class Period:
    first: date
    last: date


@dataclass
class _Part:
    """A day as far as it is printed."""

    day: int
    month: int | None = None
    year: int | None = None
    begins: bool = True
    """What joins it to the day before may join two periods."""


def periods(printed: str) -> tuple[Period, ...]:
    """The periods of fieldwork in a line such as "8 to 12 July 2019 and 7 August 2019 to 8 August 2019".

    A month or year that is left out is that of the next date that has one. Empty where no date can be made out.

    >>> [(str(p.first), str(p.last)) for p in periods("28 November to 9 December 2022")]
    [('2022-11-28', '2022-12-09')]
    >>> [(str(p.first), str(p.last)) for p in periods("12 December to 6 January 2023")]
    [('2022-12-12', '2023-01-06')]
    """
    written = _AN_HOUR.sub(" ", _IN_FIGURES.sub(_in_letters, printed))
    return _periods(_ASIDE.sub(" ", written)) or _periods(written)


def _periods(written: str) -> tuple[Period, ...]:
    parts = _parts(written)
    _fill(parts)
    groups: list[list[date]] = []
    for part in parts:
        day = _day(part)
        if part.begins or not groups:
            groups.append([])
        groups[-1] += [day] if day else []
    return tuple(_run_together(Period(min(days), max(days)) for days in groups if days))


def _in_letters(figures: re.Match[str]) -> str:
    day, month, year = map(int, figures.groups())
    return f"{day} {MONTHS[month - 1]} {year % 100 + 2000}" if 1 <= month <= len(MONTHS) else figures.group()


def _run_together(periods: Iterable[Period]) -> Iterator[Period]:
    """Periods that follow each other within a weekend are one: "14, 15 and 16 May"."""
    last: Period | None = None
    for period in periods:
        if last is not None and timedelta() <= period.first - last.last <= WEEKEND:
            last = Period(last.first, period.last)
            continue
        if last is not None:
            yield last
        last = period
    if last is not None:
        yield last


def _parts(text: str) -> list[_Part]:
    """The days in a text. A number that no month follows, but words that belong to no date, is none."""
    parts: list[_Part] = []
    parted, between = True, False
    for word in _TOKEN.findall(text.casefold()):
        if word.isdigit():
            parted = _counted(parts, word, parted) and parted
        elif word in _PARTING:
            parted, between = not between, False
        elif word == "between":
            between = True
        elif word not in _ORDINALS and not _named(parts, word) and word not in _WITHIN:
            _drop_unmonthed(parts)
    _drop_unmonthed(parts, all(part.month is None for part in parts))
    return parts


def _counted(parts: list[_Part], figures: str, parted: bool) -> bool:
    """Take in a number, a day or the year of the day before; whether it was no day."""
    number = int(figures)
    if 1 <= number <= 31 and len(figures) <= 2:
        parts.append(_Part(number, begins=parted))
        return False
    if len(figures) == 4 and 2000 <= number < 2100 and parts and parts[-1].month:
        parts[-1].year = parts[-1].year or number
    return True


def _named(parts: list[_Part], word: str) -> bool:
    """Take in a month, if the word is one."""
    month = _month(word)
    if month is not None and parts and parts[-1].month is None:
        parts[-1].month = month
    return month is not None


def _month(word: str) -> int | None:
    if len(word) < 3:
        return None
    for number, name in enumerate(MONTHS, start=1):
        if name.startswith(word) or (len(word) > 4 and fuzz.ratio(word, name) >= LIKE_A_MONTH):
            return number
    return None


def _drop_unmonthed(parts: list[_Part], drop: bool = True) -> None:
    while drop and parts and parts[-1].month is None:
        parts.pop()


def _fill(parts: list[_Part]) -> None:
    """Give each day the month and year of the next that has them, the year before where that is needed; or else those
    of the day before.
    """
    for before, after in pairwise(reversed([*parts, _Part(0)])):
        after.month = after.month or before.month
        if after.year is None and before.year:
            after.year = before.year - _later(after, before)
    for before, after in pairwise(parts):
        after.month = after.month or before.month
        if after.year is None and before.year:
            after.year = before.year + _later(before, after)


def _later(one: _Part, other: _Part) -> bool:
    """Whether the first day stands later in the year than the second."""
    return (one.month or 0, one.day) > (other.month or 0, other.day)


def _day(part: _Part) -> date | None:
    try:
        return date(part.year or 0, part.month or 0, part.day)
    except ValueError:
        return None


def in_words(day: date) -> str:
    """As a person writes it: "4 March 2026"."""
    return f"{day:%-d %B %Y}"
