"""A time axis under a picture of the plan: months, today, and when the next inspection is to be expected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports import drawing as draw
from reports.parts import Tone
from reports.plan_parts import Window

TONES = {
    Tone.PLAIN: "#8b98a5",
    Tone.GOOD: "#1b6440",
    Tone.PART: "#0b5563",
    Tone.WAITING: "#54458a",
    Tone.STEADY: "#1d5288",
    Tone.CAUTION: "#8a4b00",
    Tone.BAD: "#9e2219",
}
"""As the tags of a pack: the colour only echoes a word."""
STEPS = (1, 2, 3, 6, 12, 24, 60)
"""Months from one label of an axis to the next."""
BAND = "#e4ecf0"
"""Of the inspection window."""


def head(size: float) -> float:
    """Units above a picture: a line for the inspection window, and one for today."""
    return 2.6 * size + 12


@dataclass(frozen=True)
class Frame:
    """How large a picture is drawn: units across, units of height to draw in, and the size of its words."""

    across: float
    tall: float
    size: float
    words: float
    """Units kept on the right for the words of lines or layers."""


class InFrame:
    """Where what is drawn in a frame ends: a margin on the right, above it, and room for words at its foot."""

    frame: Frame

    @property
    def right(self) -> float:
        return self.frame.across - self.frame.size * 0.8

    @property
    def top(self) -> float:
        return self.frame.size * 1.6

    @property
    def foot(self) -> float:
        return self.top + self.frame.tall * 0.8


PACK = Frame(across=664, tall=210, size=11.5, words=118)
WIDE = Frame(across=1000, tall=300, size=14, words=160)
NARROW = Frame(across=345, tall=220, size=13, words=112)


@dataclass(frozen=True)
class Days:
    """A time axis: where each day stands between two edges."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        whole = max((self.last - self.first).days, 1)
        return self.left + (self.right - self.left) * (day - self.first).days / whole

    def months(self, room: float) -> Iterator[tuple[date, str]]:
        """The first day of as many months as there is ``room`` units for, each with its label."""
        fit = max(int((self.right - self.left) / room), 1)
        whole = months_between(self.first, self.last) + 1
        every = next((step for step in STEPS if whole / step <= fit), STEPS[-1])
        for number in range(whole + 1):
            begins = month_after(self.first, number)
            numbered = begins.year * 12 + begins.month - 1
            if self.first <= begins <= self.last and numbered % every == 0:
                yield begins, f"{begins:%Y}" if every >= 12 else f"{begins:%b %Y}"


def months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def month_after(day: date, months: int) -> date:
    """The first day of a later month.

    >>> month_after(date(2026, 11, 22), 3)
    datetime.date(2027, 2, 1)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def day(value: date) -> str:
    return f"{value:%-d %B %Y}"


def axis_of_days(days: Days, top: float, foot: float, frame: Frame) -> Iterator[str]:
    for begins, label in days.months(frame.size * 5.4):
        x = days.x(begins)
        yield draw.line(x, top, x, foot + 4, draw.RULE)
        yield draw.text(x, foot + 6 + frame.size, label, anchor="middle", fill=draw.GREY, size=frame.size)


def window_band(window: Window | None, days: Days, top: float, foot: float, frame: Frame) -> Iterator[str]:
    """The inspection window behind the picture, with its words above, as far as the axis reaches."""
    if window is None or window.opens_on >= days.last:
        return
    left, right = days.x(max(window.opens_on, days.first)), days.x(min(window.closes_on, days.last))
    if right <= left:
        return
    yield f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{foot - top:.1f}" fill="{BAND}"/>'
    yield draw.line(left, top, left, foot, draw.PANEL_RULE, dash="2 3")
    ends = left > (days.left + days.right) / 2
    x, anchor = (right, "end") if ends else (left, "start")
    yield draw.text(x, top - 8 - frame.size, "Inspection window", anchor=anchor, fill=draw.GREY, size=frame.size)


def today_words(today: date, days: Days, top: float, frame: Frame) -> Iterator[str]:
    """The day above its line, kept inside the picture."""
    if not days.first <= today <= days.last:
        return
    words, x = day(today), days.x(today)
    half = 0.27 * frame.size * len(words)
    x = min(max(x, half), frame.across - half)
    yield draw.text(x, top - 6, words, anchor="middle", weight=600, fill=draw.NAVY, size=frame.size)


def today_line(today: date, days: Days, top: float, foot: float) -> Iterator[str]:
    if days.first <= today <= days.last:
        yield draw.line(days.x(today), top, days.x(today), foot, draw.NAVY, width=1.5)


def window_words(window: Window | None) -> str:
    if window is None:
        return ""
    return f" The next inspection is expected between {day(window.opens_on)} and {day(window.closes_on)}."
