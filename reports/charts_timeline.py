"""The plan along its days: for each item or action what was planned, what is expected now, and today.

A bar runs from the start to the day that is expected. Where that is later than planned, the part beyond is open, and a
diamond stands on the day first promised. The words at the right, or above on a phone, say how it stands.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from reports import drawing as draw
from reports.plan_parts import Bar, Timeline
from reports.time_axis import (
    PACK,
    TONES,
    Days,
    Frame,
    axis_of_days,
    day,
    head,
    today_line,
    today_words,
    window_band,
    window_words,
)

LABELS = 0.3
"""Share of the width that titles take on the left."""
STATES = 0.19
"""Share of the width that words take on the right."""
NARROW_BELOW = 500
"""Units across below which words stand above the bars."""
MARGIN = timedelta(days=15)
LONGEST_PAST = timedelta(days=540)
"""A bar that began earlier is cut at the left edge, and its table says when it began. Our choice: a year and a half."""
THICK = 10


@dataclass(frozen=True)
class _Rows:
    """Where each bar and its words stand."""

    frame: Frame
    days: Days

    @property
    def narrow(self) -> bool:
        return self.frame.across < NARROW_BELOW

    @property
    def pitch(self) -> float:
        return self.frame.size * (4.1 if self.narrow else 3.1)

    @property
    def top(self) -> float:
        return head(self.frame.size)

    def row(self, number: int) -> float:
        return self.top + self.pitch * number

    def bar(self, number: int) -> float:
        """The upper edge of a bar."""
        return self.row(number) + (self.pitch - THICK - 5 if self.narrow else (self.pitch - THICK) / 2)


def timeline(ident: str, chart: Timeline, frame: Frame = PACK) -> Markup:
    narrow = frame.across < NARROW_BELOW
    left = 4 if narrow else frame.across * LABELS
    right = frame.across - 8 if narrow else frame.across * (1 - STATES)
    rows = _Rows(frame, Days(*_extent(chart), left, right))
    foot = rows.row(len(chart.bars))
    parts = [
        *window_band(chart.window, rows.days, rows.top, foot, frame),
        *axis_of_days(rows.days, rows.top, foot, frame),
    ]
    for number, bar in enumerate(chart.bars):
        parts += [draw.line(0, rows.row(number), frame.across, rows.row(number), draw.RULE, width=0.6)]
        parts += [*_words(bar, rows, number), *_bar(bar, rows, number)]
    parts += [*_today(chart, rows, foot), *_key(foot + frame.size * 3.2, frame)]
    said = " ".join(_in_words(bar) for bar in chart.bars) or "No action has been planned yet."
    height = foot + frame.size * (6 if narrow else 4.2)
    return draw.drawing(ident, frame.across, height, timeline_finding(chart), said + window_words(chart.window), parts)


def _today(chart: Timeline, rows: _Rows, foot: float) -> Iterator[str]:
    """One line down the picture; where words stand between the bars, a piece of it across each bar."""
    yield from today_words(chart.today, rows.days, rows.top, rows.frame)
    if not rows.narrow:
        yield from today_line(chart.today, rows.days, rows.top, foot)
        return
    for number, _ in enumerate(chart.bars):
        yield from today_line(chart.today, rows.days, rows.bar(number) - 5, rows.bar(number) + THICK + 5)


def timeline_finding(chart: Timeline) -> str:
    behind = sum(bar.distance.endswith("behind") for bar in chart.bars)
    return f"{chart.caption}: {behind or 'none'} of {len(chart.bars)} behind what was planned"


def _extent(chart: Timeline) -> tuple[date, date]:
    ends = [end for bar in chart.bars for end in (bar.planned_on, bar.expected_on) if end]
    starts = [bar.starts_on for bar in chart.bars if bar.starts_on]
    first = max(min([*starts, *ends, chart.today]), chart.today - LONGEST_PAST)
    return first - MARGIN, max([*ends, chart.today]) + MARGIN


def _words(bar: Bar, rows: _Rows, number: int) -> Iterator[str]:
    frame, y = rows.frame, rows.row(number) + rows.frame.size + 3
    state = bar.word.text.partition(",")[0]
    if rows.narrow:
        room = int((frame.across - 6 * len(bar.reference)) / (frame.size * 0.52))
        yield draw.text(0, y, _cut(f"{bar.reference} {bar.title}", room), weight=600, size=frame.size)
        stands = ", ".join(filter(None, [state, bar.distance.lower()]))
        yield draw.text(0, y + frame.size + 2, stands, size=frame.size)
        return
    for line, words in enumerate(_two_lines(f"{bar.reference} {bar.title}", rows.days.left, frame.size)):
        yield draw.text(0, y + line * (frame.size + 2), words, size=frame.size)
    x = rows.days.right + 10
    yield draw.text(x, y, state, weight=600, fill=_ink(bar), size=frame.size)
    yield draw.text(x, y + frame.size + 2, bar.distance, fill=draw.GREY, size=frame.size)


def _two_lines(words: str, width: float, size: float) -> list[str]:
    return textwrap.wrap(words, width=int(width / (size * 0.55)), max_lines=2, placeholder="…")


def _cut(words: str, room: int) -> str:
    return words if len(words) <= room else f"{words[: room - 1].rstrip()}…"


def _ink(bar: Bar) -> str:
    colour = TONES[bar.word.tone]
    return draw.GREY if colour == TONES[bar.word.tone.PLAIN] else colour


def _bar(bar: Bar, rows: _Rows, number: int) -> Iterator[str]:
    """Filled up to what was planned, open beyond; a diamond on the day first promised."""
    if bar.expected_on is None:
        return
    planned, y, days = bar.planned_on or bar.expected_on, rows.bar(number), rows.days
    starts = max(bar.starts_on or min(planned, bar.expected_on), days.first)
    filled = min(planned, bar.expected_on)
    if filled > starts:
        yield _box(days.x(starts), y, days.x(filled) - days.x(starts), _ink(bar), _ink(bar))
    if bar.expected_on > planned:
        begins = max(planned, days.first)
        yield _box(days.x(begins), y, days.x(bar.expected_on) - days.x(begins), "#ffffff", _ink(bar), dash="3 2")
    if planned >= days.first:
        yield draw.diamond(days.x(planned), y + THICK / 2)


def _box(x: float, y: float, width: float, fill: str, stroke: str, *, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 1):.1f}" height="{THICK}" fill="{fill}" stroke="{stroke}"'
        f' stroke-width="1.2"{dashed}/>'
    )


def _key(y: float, frame: Frame) -> Iterator[str]:
    """What the marks mean, in words."""
    narrow = frame.across < NARROW_BELOW
    step = 0 if narrow else frame.size * 1
    yield draw.diamond(9, y - frame.size / 3)
    yield draw.text(22, y, "first promised", size=frame.size)
    x = 22 + frame.size * 7.4 + step
    yield _box(x, y - frame.size * 0.75, 22, draw.GREY, draw.GREY)
    yield draw.text(x + 29, y, "as planned", size=frame.size)
    x, y = (0, y + frame.size * 1.6) if narrow else (x + 29 + frame.size * 6 + step, y)
    yield _box(x, y - frame.size * 0.75, 22, "#ffffff", draw.GREY, dash="3 2")
    yield draw.text(x + 29, y, "beyond what was planned", size=frame.size)


def _in_words(bar: Bar) -> str:
    if bar.expected_on is None:
        return f"{bar.reference} {bar.title}: {bar.word.text}."
    starts = f"from {day(bar.starts_on)}, " if bar.starts_on else ""
    planned = f"first promised for {day(bar.planned_on)}, " if bar.planned_on else ""
    distance = f", {bar.distance.lower()}" if bar.distance else ""
    return (
        f"{bar.reference} {bar.title}: {starts}{planned}expected on {day(bar.expected_on)}; {bar.word.text}{distance}."
    )
