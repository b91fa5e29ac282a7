"""What is to be taken out, as patterns that find it however it is spaced, and what stands in its place."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from tracker.platform import child_data
from tracker.platform.child_data import BLOCK, DASHES, UNSEEN, Found, Sign

SIGNS = rf"[\s.,/|{UNSEEN}{DASHES}]"
BETWEEN = rf"{SIGNS}{{0,3}}"
"""What may stand between two letters of a value."""
BETWEEN_IN_HTML = rf"(?:{SIGNS}|<[^<>]{{0,300}}>|&\w{{1,8}};|&#\w{{1,6}};){{0,12}}"
"""In a web page: tags and spaces by name too."""
DAYS = ("%d/%m/%Y", "%d/%m/%y", "%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%d%m%Y", "%d %b %y")
"""How days are written, once what stands between their parts is made one sign."""

Patterns = Sequence[re.Pattern[str]]


def patterns(found: Iterable[Found], between: str = BETWEEN) -> Patterns:
    """One for each value and each way to write it. ``between`` is what may stand between its letters."""
    written = dict.fromkeys(way for one in found for way in _ways(one))
    return [_pattern(way, between) for way in written]


def spans(text: str, those: Patterns) -> list[tuple[int, int]]:
    """Where the values stand, in order, those that touch made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(match.span() for pattern in those for match in pattern.finditer(text)):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def blotted(text: str, those: Patterns, block: str = BLOCK) -> str:
    """``text`` with a block in the place of every value."""
    for start, end in reversed(spans(text, those)):
        text = f"{text[:start]}{block}{text[end:]}"
    return text


def seen(text: str, those: Patterns) -> bool:
    return any(pattern.search(text) for pattern in those)


def _pattern(way: str, between: str) -> re.Pattern[str]:
    if "@" in way:
        return re.compile(re.escape(way), re.IGNORECASE)
    letters = between.join(re.escape(letter) for letter in way if letter.isalnum())
    return re.compile(rf"(?<!\d){letters}(?!\d)", re.IGNORECASE)


def _ways(found: Found) -> Iterator[str]:
    """A day may be kept in a file in another way than it is shown."""
    if found.sign is not Sign.DATE_OF_BIRTH:
        yield found.words
        return
    core = re.search(child_data.DAY, found.words, re.IGNORECASE)
    yield core[0] if core else found.words
    day = day_of(core[0]) if core else None
    if day is not None:
        yield from (f"{day:%Y%m%d}", f"{day:%d%m%Y}", f"{day:%-d/%-m/%Y}", f"{day:%-d %B %Y}", f"{day:%-d %b %Y}")


def day_of(words: str) -> date | None:
    """The day that a date of birth names; None if we cannot tell.

    >>> day_of("4th March, 2012"), day_of("04.03.2012"), day_of("2012-03-04") == date(2012, 3, 4)
    (datetime.date(2012, 3, 4), datetime.date(2012, 3, 4), True)
    """
    words = re.sub(r"(?<=\d)(?:st|nd|rd|th)|\bof\b|,", " ", words, flags=re.IGNORECASE)
    parts = re.findall(r"\w+", words)
    for joined in ("/".join(parts), " ".join(parts)):
        for written in DAYS:
            try:
                return datetime.strptime(joined, written).date()  # noqa: DTZ007  # a day has no time zone
            except ValueError:
                continue
    return None
