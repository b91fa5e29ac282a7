"""How values are written in a page: days, counts, sizes, and text with its paragraphs."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from markupsafe import Markup

from tracker.platform import clock


def day(value: date | datetime | None) -> str:
    """
    >>> day(date(2026, 3, 4)), day(None)
    ('4 March 2026', '')
    """
    return "" if value is None else f"{_in_england(value):%-d %B %Y}"


def short_day(value: date | datetime | None) -> str:
    """Without the year when it is this year's: for lists and tables, never for packs."""
    if value is None:
        return ""
    local = _in_england(value)
    return f"{local:%-d %B}" if local.year == clock.today().year else f"{local:%-d %B %Y}"


def moment(value: datetime | None) -> str:
    """A day with the time in England: 4 March 2026 at 09:42."""
    return "" if value is None else f"{_in_england(value):%-d %B %Y at %H:%M}"


def _in_england(value: date | datetime) -> date | datetime:
    return value.astimezone(clock.LONDON) if isinstance(value, datetime) else value


def days_late(due: date | None, today: date | None = None) -> str:
    """By how much something is late, in words; empty when it is not.

    >>> days_late(date(2026, 10, 28), date(2026, 11, 20)), days_late(date(2026, 10, 28), date(2026, 10, 28))
    ('23 days late', '')
    """
    late = ((today or clock.today()) - due).days if due else 0
    return f"{count_of(late, 'day')} late" if late > 0 else ""


def plural(count: int, one: str, many: str = "") -> str:
    """The noun for a count.

    >>> plural(1, "action"), plural(0, "action"), plural(2, "inquiry", "inquiries")
    ('action', 'actions', 'inquiries')
    """
    return one if count == 1 else many or f"{one}s"


def count_of(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> count_of(1, "gap"), count_of(0, "gap"), count_of(1200, "gap")
    ('1 gap', 'no gaps', '1,200 gaps')
    """
    return f"{f'{count:,}' if count else 'no'} {plural(count, one, many)}"


def size(count: int | None) -> str:
    """Bytes as people say them, in units of 1,024.

    >>> size(900), size(2 * 1024), size(2_516_582)
    ('900 bytes', '2 KB', '2.4 MB')
    """
    if count is None:
        return ""
    power = min(3, max(0, count.bit_length() - 1) // 10)
    if power == 0:
        return f"{count} bytes"
    return f"{count / 1024**power:.1f}".removesuffix(".0") + f" {('KB', 'MB', 'GB')[power - 1]}"


def lasting(time: timedelta) -> str:
    """
    >>> lasting(timedelta(minutes=90)), lasting(timedelta(hours=1)), lasting(timedelta(hours=12))
    ('90 minutes', '1 hour', '12 hours')
    """
    minutes = int(time.total_seconds() // 60)
    return count_of(minutes, "minute") if minutes % 60 else count_of(minutes // 60, "hour")


def paragraphs(text: str | None) -> Markup:
    """Plain text as paragraphs: an empty line parts two of them, a line end within one is kept.

    >>> paragraphs("One & two")
    Markup('<p class="app-text">One &amp; two</p>')
    """
    blocks = [block.strip() for block in re.split(r"\n\s*\n", (text or "").replace("\r\n", "\n")) if block.strip()]
    return Markup("\n").join(
        Markup('<p class="app-text">{}</p>').format(Markup("<br>").join(block.split("\n"))) for block in blocks
    )


FILTERS: Mapping[str, Callable[..., Any]] = {
    "day": day,
    "short_day": short_day,
    "moment": moment,
    "days_late": days_late,
    "plural": plural,
    "count_of": count_of,
    "size": size,
    "lasting": lasting,
    "paragraphs": paragraphs,
}
