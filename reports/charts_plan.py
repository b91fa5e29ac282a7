"""A plan over time: the burn-up against what was promised and the inspection window, and actions by state.

Drawn as ``charts`` is, for a page and for a pack alike. What a line or a colour means stands in words beside it, and
every value in the description and in the table that goes with the picture.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from markupsafe import Markup

from reports import drawing as draw
from reports.parts import Tone
from reports.plan_parts import BurnUp, BurnUpPoint, States, StatesPoint
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

HEAD = 30
FOOT = 24
AFTER = 0.07
"""Share of a time axis that is left free after the last thing on it."""


# Burn-up --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One line of a burn-up: its words, its values by day and how it is drawn."""

    words: str
    spots: Sequence[tuple[date, int]]
    stroke: str
    width: float
    dash: str = ""


def burn_up(ident: str, chart: BurnUp, frame: Frame = PACK) -> Markup:
    """What was promised, what is delivered and what is embedded, of all, up to the inspection window."""
    lines = _lines(chart)
    left, right, top = frame.size * 2.6, frame.across - frame.words, head(frame.size)
    foot = top + frame.tall
    days = Days(*_extent(chart), left, right)
    ticks = draw.ticks([value for line in lines for _, value in line.spots], "")
    parts = [
        *window_band(chart.window, days, top, foot, frame),
        *_heights(ticks, left, right, top, foot, frame),
        *axis_of_days(days, top, foot, frame),
        *(_drawn(line, days, ticks, top, foot) for line in lines),
        *today_line(chart.today, days, top, foot),
        *today_words(chart.today, days, top, frame),
        *_named(lines, days, ticks, top, foot, frame),
    ]
    said = " ".join(_point_in_words(point) for point in chart.points) + window_words(chart.window)
    return draw.drawing(ident, frame.across, foot + FOOT + frame.size, burn_up_finding(chart), said, parts)


def burn_up_finding(chart: BurnUp) -> str:
    """
    >>> burn_up_finding(BurnUp(caption="Delivery", today=date(2026, 11, 22), points=()))
    'Delivery: nothing is promised yet'
    """
    last = chart.last
    if last is None or not last.all:
        return f"{chart.caption}: nothing is promised yet"
    return (
        f"{chart.caption}: by {day(last.on)}, {last.promised} of {last.all} actions were promised, "
        f"{last.delivered} are delivered and {last.embedded} embedded"
    )


def _extent(chart: BurnUp) -> tuple[date, date]:
    seen = [point.on for point in chart.points] or [chart.today]
    if chart.window:
        seen.append(chart.window.opens_on)
    return min(seen), max(seen) + (max(seen) - min(seen)) * AFTER


def _lines(chart: BurnUp) -> list[Line]:
    known = [point for point in chart.points if point.all is not None]
    return [
        Line("All actions", [(point.on, point.all or 0) for point in known], draw.GREY, 1.5),
        Line("Promised", [(point.on, point.promised) for point in chart.points], draw.NAVY, 1.5, "6 4"),
        Line("Delivered", [(point.on, point.delivered or 0) for point in known], TONES[Tone.PART], 3),
        Line("Embedded", [(point.on, point.embedded or 0) for point in known], TONES[Tone.GOOD], 3, "1.5 3"),
    ]


def _heights(ticks: Sequence[float], left: float, right: float, top: float, foot: float, frame: Frame) -> Iterator[str]:
    for tick in ticks:
        y = draw.height(tick, top=top, foot=foot, low=ticks[0], high=ticks[-1])
        yield draw.line(left, y, right, y, draw.RULE)
        yield draw.text(left - 6, y + frame.size / 3, f"{tick:g}", anchor="end", fill=draw.GREY, size=frame.size)


def _drawn(line: Line, days: Days, ticks: Sequence[float], top: float, foot: float) -> str:
    spots = [
        (days.x(on), draw.height(value, top=top, foot=foot, low=ticks[0], high=ticks[-1])) for on, value in line.spots
    ]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    dashed = f' stroke-dasharray="{line.dash}"' if line.dash else ""
    return f'<polyline points="{points}" fill="none" stroke="{line.stroke}" stroke-width="{line.width:g}"{dashed}/>'


def _named(
    lines: Sequence[Line], days: Days, ticks: Sequence[float], top: float, foot: float, frame: Frame
) -> Iterator[str]:
    """Each line's words at the right, level with its end as far as they do not run into each other."""
    ended = sorted((line for line in lines if line.spots), key=lambda line: -line.spots[-1][1])
    wanted = [draw.height(line.spots[-1][1], top=top, foot=foot, low=ticks[0], high=ticks[-1]) for line in ended]
    x = days.right + 12
    for line, level, y in zip(ended, wanted, apart(wanted, [frame.size * 1.35] * len(wanted), foot), strict=True):
        end = days.x(line.spots[-1][0])
        yield draw.line(end + 3, level, x - 3, y - frame.size / 3, draw.PANEL_RULE, width=0.8, dash="1 3")
        yield draw.text(x, y, f"{line.words} {line.spots[-1][1]}", weight=600, fill=_ink(line.stroke), size=frame.size)


def _ink(stroke: str) -> str:
    return draw.GREY if stroke == TONES[Tone.PLAIN] else stroke


def apart(wanted: Sequence[float], rooms: Sequence[float], foot: float) -> list[float]:
    """Heights from the top down, each with its own room below it, none below ``foot`` if there is room for all.

    >>> apart([10, 12, 40], [10, 10, 10], 100), apart([90, 95, 99], [10, 10, 10], 100)
    ([10, 20, 40], [80, 90, 100])
    """
    placed: list[float] = []
    for number, level in enumerate(wanted):
        placed.append(max(level, placed[-1] + rooms[number - 1]) if placed else level)
    for number in range(len(placed) - 1, -1, -1):
        last = number == len(placed) - 1
        placed[number] = min(placed[number], foot if last else placed[number + 1] - rooms[number])
    return placed


def _point_in_words(point: BurnUpPoint) -> str:
    if point.all is None:
        return f"{day(point.on)}: {point.promised} promised."
    return (
        f"{day(point.on)}: {point.all} in the plan, {point.promised} promised by then, "
        f"{point.delivered} delivered, {point.embedded} embedded."
    )


# States ---------------------------------------------------------------------------------------------------------


def states_over_time(ident: str, chart: States, frame: Frame = PACK) -> Markup:
    """A column for each day, with a part for each state; all that is done lies at the foot."""
    left, right, top = frame.size * 2.6, frame.across - frame.words - 30, HEAD
    foot = top + frame.tall
    ticks = draw.ticks([sum(point.counts) for point in chart.points], "")
    columns = _Columns(left, right, max(len(chart.points), 1))
    parts = [*_heights(ticks, left, right, top, foot, frame)]
    for number, point in enumerate(chart.points):
        parts += _column(chart, point, columns, number, ticks[-1], foot, frame)
    parts += _layers(chart, columns, ticks[-1], foot, frame)
    said = " ".join(_states_in_words(chart, point) for point in chart.points) or "No action has been planned yet."
    return draw.drawing(ident, frame.across, foot + FOOT + frame.size, states_finding(chart), said, parts)


def states_finding(chart: States) -> str:
    if not chart.points or not sum(chart.points[-1].counts):
        return f"{chart.caption}: nothing is planned yet"
    return f"{chart.caption}: {_states_in_words(chart, chart.points[-1]).rstrip('.')}"


@dataclass(frozen=True)
class _Columns:
    left: float
    right: float
    count: int

    @property
    def pitch(self) -> float:
        return (self.right - self.left) / self.count

    @property
    def width(self) -> float:
        return min(self.pitch * 0.8, 52)

    def x(self, number: int) -> float:
        return self.left + self.pitch * number + (self.pitch - self.width) / 2


def _parts(chart: States, point: StatesPoint, most: float, foot: float, tall: float) -> list[tuple[int, float, float]]:
    """Place in the scale, top and height of each part that is there, from the foot upwards."""
    found, y = [], foot
    for place in range(len(chart.scale) - 1, -1, -1):
        height = tall * point.counts[place] / most if most else 0
        y -= height
        if height:
            found.append((place, y, height))
    return found


def _column(
    chart: States, point: StatesPoint, columns: _Columns, number: int, most: float, foot: float, frame: Frame
) -> Iterator[str]:
    x = columns.x(number)
    for place, y, height in _parts(chart, point, most, foot, frame.tall):
        yield (
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{columns.width:.1f}" height="{height:.1f}"'
            f' fill="{TONES[chart.scale[place].tone]}" stroke="#ffffff" stroke-width="1.2"/>'
        )
        if height > frame.size * 1.15 and columns.width > frame.size * 1.4:
            ink = draw.INK if chart.scale[place].tone is Tone.PLAIN else "#ffffff"
            middle, base = x + columns.width / 2, y + height / 2 + frame.size / 3
            yield draw.text(middle, base, str(point.counts[place]), anchor="middle", fill=ink, size=frame.size - 1)
    every = ceil(frame.size * 5 / columns.pitch)
    if (columns.count - 1 - number) % every == 0:
        label = f"{point.on:%-d %b}" if number == columns.count - 1 else f"{point.on:%b %Y}"
        yield draw.text(
            x + columns.width / 2, foot + 6 + frame.size, label, anchor="middle", fill=draw.GREY, size=frame.size
        )


def _layers(chart: States, columns: _Columns, most: float, foot: float, frame: Frame) -> Iterator[str]:
    """The words of each part of the last column, level with it as far as they fit."""
    if not chart.points:
        return
    last = chart.points[-1]
    found = list(reversed(_parts(chart, last, most, foot, frame.tall)))
    said = [_layer(chart.scale[place].text, last.counts[place], frame) for place, _, _ in found]
    wanted = [y + height / 2 + frame.size / 3 for _, y, height in found]
    rooms = [frame.size * (0.35 + len(lines)) for lines in said]
    edge, x = columns.x(columns.count - 1) + columns.width, columns.right + 14
    for (_, y, height), lines, level in zip(found, said, apart(wanted, rooms, foot), strict=True):
        yield draw.line(edge + 2, y + height / 2, x - 3, level - frame.size / 3, draw.PANEL_RULE, width=0.7)
        for number, line in enumerate(lines):
            yield draw.text(x, level + frame.size * number, line, size=frame.size)


def _layer(words: str, count: int, frame: Frame) -> list[str]:
    """How many stand in one state, on two lines where one is too short."""
    room = int((frame.words + 14) / (frame.size * 0.5))
    return textwrap.wrap(f"{count} {words[0].lower()}{words[1:]}", width=room, max_lines=2, placeholder="…")


def _states_in_words(chart: States, point: StatesPoint) -> str:
    counts = [
        f"{number} {word.text[0].lower()}{word.text[1:]}"
        for word, number in zip(chart.scale, point.counts, strict=True)
        if number
    ]
    return f"{day(point.on)}: {', '.join(counts) or 'no action'}."
