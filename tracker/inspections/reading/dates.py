"""Periods of fieldwork as reports print them, with parts left out and joined in many ways."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        start=1,
    )
}
_MONTH = "|".join(sorted({name for month in MONTHS for name in (month, month[:3], month[:4])}, key=len, reverse=True))
_DAY = re.compile(
    rf"(?<![\d£])(?P<day>[0-3]?\d)\s*(?:st|nd|rd|th)?(?![\d:])(?:\s*(?:of\s+)?(?P<month>{_MONTH})\b\.?)?"
    r"(?:,?\s*(?P<year>20\d\d))?",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:\band\b|&|;|,)\s*", re.IGNORECASE)
_IN_FIGURES = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](20\d\d)\b")
_BETWEEN = re.compile(r"\bbetween\b(?P<first>[^.]{1,40}?)\s+and\s+(?=[a-z]*\s*\d)", re.IGNORECASE)
WEEKEND = timedelta(days=3)


@dataclass(frozen=True)
class Period:
    first: date
    last: date


@dataclass
class _Part:
    day: int
    month: int | None
    year: int | None


def periods(printed: str) -> tuple[Period, ...]:
    """The periods of fieldwork in a line such as "8 to 12 July 2019 and 7 August 2019 to 8 August 2019".

    A month or year that is left out is that of the next date that has one. Empty where no date can be made out.

    >>> [(str(p.first), str(p.last)) for p in periods("28 November to 9 December 2022")]
    [('2022-11-28', '2022-12-09')]
    >>> [(str(p.first), str(p.last)) for p in periods("12 December to 6 January 2023")]
    [('2022-12-12', '2023-01-06')]
    """
    written = _IN_FIGURES.sub(_in_letters, _BETWEEN.sub(r"\g<first> to ", printed))
    groups = [_parts(group) for group in _JOINED.split(written)]
    groups = [group for group in groups if group]
    _fill([part for group in groups for part in group])
    dated = [[day for part in group if (day := _day(part))] for group in groups]
    return tuple(_run_together(Period(min(days), max(days)) for days in dated if days))


def _in_letters(figures: re.Match[str]) -> str:
    day, month, year = map(int, figures.groups())
    return f"{day} {list(MONTHS)[month - 1]} {year}" if 1 <= month <= 12 else figures.group()


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
    parts = []
    for found in _DAY.finditer(text):
        month = found["month"]
        year = found["year"]
        parts.append(_Part(int(found["day"]), _month(month) if month else None, int(year) if year else None))
    return parts


def _month(word: str) -> int:
    return next(number for name, number in MONTHS.items() if name.startswith(word.casefold()[:3]))


def _fill(parts: list[_Part]) -> None:
    """Give each date the month and year of the next that has them; failing that, of the one before."""
    for ordered in (list(reversed(parts)), parts):
        month: int | None = None
        year: int | None = None
        for part in ordered:
            part.month = month = part.month or month
            part.year = year = part.year or year
    for before, after in zip(reversed(parts[:-1]), reversed(parts[1:]), strict=True):
        if before.year and before.year == after.year and (before.month or 0) > (after.month or 12):
            before.year -= 1


def _day(part: _Part) -> date | None:
    try:
        return date(part.year or 0, part.month or 0, part.day)
    except ValueError:
        return None


def in_words(day: date) -> str:
    """As a person writes it: "4 March 2026"."""
    return f"{day:%-d %B %Y}"
