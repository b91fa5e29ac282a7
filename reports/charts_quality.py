"""Shares with their intervals, and control charts: how good audited work is, and what more than chance has changed.

Drawn as ``charts`` is, for a page and for a pack alike. A point that signals has another shape and a ring as well as
another colour; every value stands in the description and in the table that goes with the picture.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from markupsafe import Markup

from reports import drawing as draw
from reports.quality_parts import ControlChart, ControlPoint, ShareLine, Shares
from reports.shares import percentage
from reports.time_axis import PACK, Frame, InFrame

SIGNAL = "#8a4b00"
"""Of a point that signals: the caution of a pack's tags."""
BAND = "#e4ecf0"
LETTER = 0.56
"""How wide a letter is, of its size."""
PHONE = 500
"""A frame narrower than this is a phone's: what stands beside each other elsewhere stands under each other there."""


# Control charts -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plot(InFrame):
    """Where the points of a control chart stand."""

    chart: ControlChart
    frame: Frame

    @property
    def left(self) -> float:
        return self.frame.size * 3.6

    @cached_property
    def ticks(self) -> list[float]:
        values = [one for point in self.chart.points for one in (point.value, point.low, point.high)]
        return draw.ticks(values, self.chart.unit)

    def x(self, place: int) -> float:
        return self.left + (self.right - self.left) * (place + 0.5) / max(len(self.chart.points), 1)

    def y(self, value: float) -> float:
        ticks = self.ticks
        return draw.height(value, top=self.top, foot=self.foot, low=ticks[0], high=ticks[-1])


def control_chart(ident: str, chart: ControlChart, frame: Frame = PACK) -> Markup:
    """A series with its mean and limits; what signals is ringed and named."""
    plot = Plot(chart, frame)
    parts = [*_limits(plot), *_heights(plot), *_series(plot), *_months(plot), *_key(plot)]
    height = plot.foot + frame.size * 4.6
    return draw.drawing(ident, frame.across, height, control_finding(chart), control_words(chart), parts)


def control_finding(chart: ControlChart) -> str:
    """What the chart shows, in a sentence that its title says.

    >>> control_finding(ControlChart(caption="Days to close", unit=" days", mean=0, points=()))
    'Days to close: nothing to chart yet'
    """
    if not chart.points:
        return f"{chart.caption}: nothing to chart yet"
    signals = [point for point in chart.points if point.signal]
    level = f"{chart.caption}: {_said(chart.mean, chart)} on average"
    if not signals:
        return f"{level}; nothing more than chance would explain"
    return f"{level}; {signals[-1].label} signals a change, {signals[-1].signal}"


def control_words(chart: ControlChart) -> str:
    each = " ".join(_point_in_words(point, chart) for point in chart.points)
    few = " With fewer than 12 points the limits are provisional." if chart.provisional and chart.points else ""
    return f"{each}{few}"


def _point_in_words(point: ControlPoint, chart: ControlChart) -> str:
    limits = f"limits {_said(point.low, chart)} to {_said(point.high, chart)}"
    basis = f" ({point.basis})" if point.basis else ""
    signal = f", {point.signal}" if point.signal else ""
    return f"{point.label}: {_said(point.value, chart)}{basis}, {limits}{signal}."


def _said(value: float, chart: ControlChart) -> str:
    return f"{value:.0f}{chart.unit}"


def _limits(plot: Plot) -> Iterator[str]:
    """A band between the limits, stepped from point to point, and the mean."""
    wide = (plot.right - plot.left) / max(len(plot.chart.points), 1)
    band, edges = "", ""
    for place, point in enumerate(plot.chart.points):
        left, right = (f"{plot.left + wide * edge:.1f}" for edge in (place, place + 1))
        high, low = f"{plot.y(point.high):.1f}", f"{plot.y(point.low):.1f}"
        band += f"M{left} {high}H{right}V{low}H{left}z"
        edges += f"M{left} {high}H{right}M{left} {low}H{right}"
    if plot.chart.points:
        yield f'<path d="{band}" fill="{BAND}"/>'
        yield f'<path d="{edges}" fill="none" stroke="{draw.PANEL_RULE}" stroke-width="1" stroke-dasharray="4 3"/>'
        mean = plot.y(plot.chart.mean)
        yield draw.line(plot.left, mean, plot.right, mean, draw.GREY, width=1.4)


def _heights(plot: Plot) -> Iterator[str]:
    size = plot.frame.size
    for tick in plot.ticks:
        y, said = plot.y(tick), f"{tick:g}{plot.chart.unit.strip() if plot.chart.unit == '%' else ''}"
        yield draw.text(plot.left - 6, y + size / 3, said, anchor="end", fill=draw.GREY, size=size)


def _series(plot: Plot) -> Iterator[str]:
    spots = [(plot.x(place), plot.y(point.value)) for place, point in enumerate(plot.chart.points)]
    if len(spots) > 1:
        yield draw.polyline(spots, draw.NAVY, 1.6)
    for (x, y), point in zip(spots, plot.chart.points, strict=True):
        if point.signal:
            yield f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" fill="{SIGNAL}"/>'
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="10" fill="none" stroke="{SIGNAL}" stroke-width="1.6"/>'
        else:
            yield draw.circle(x, y, 4, draw.NAVY)


def _months(plot: Plot) -> Iterator[str]:
    points, size = plot.chart.points, plot.frame.size
    longest = max((len(point.label) for point in points), default=1)
    room = (plot.right - plot.left) / (longest * size * LETTER + 8)
    every = max(1, ceil(len(points) / max(room, 1)))
    for place, point in enumerate(points):
        if (len(points) - 1 - place) % every == 0:
            x = min(plot.x(place), plot.frame.across - len(point.label) * size * LETTER / 2)
            yield draw.text(x, plot.foot + size * 1.4, point.label, anchor="middle", fill=draw.GREY, size=size)


def _key(plot: Plot) -> Iterator[str]:
    size, average = plot.frame.size, f"Average {_said(plot.chart.mean, plot.chart)}"
    x, y = 0 if plot.frame.across < PHONE else plot.left, plot.foot + size * 3.2
    yield draw.line(x, y - size / 3, x + 22, y - size / 3, draw.GREY, width=1.4)
    yield draw.text(x + 28, y, average, size=size)
    x += 44 + size * LETTER * len(average)
    yield f'<rect x="{x:.1f}" y="{y - size:.1f}" width="22" height="{size + 2:g}" fill="{BAND}"/>'
    yield draw.text(x + 28, y, "Chance", size=size)
    x += 44 + size * LETTER * len("Chance")
    yield f'<rect x="{x:.1f}" y="{y - size * 0.3 - 5:.1f}" width="10" height="10" fill="{SIGNAL}"/>'
    yield draw.text(x + 16, y, "Signals", size=size)


# Shares ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rows:
    """Where shares stand: label, bar and words beside each other, or the bar under both on a phone."""

    chart: Shares
    frame: Frame

    @property
    def under(self) -> bool:
        return self.frame.across < PHONE

    @property
    def left(self) -> float:
        size = self.frame.size
        longest = size * LETTER * max((len(one.label) for one in self.chart.lines), default=8)
        return size * 1.2 if self.under else min(self.frame.across * 0.36, 20 + longest) + 8

    @property
    def right(self) -> float:
        return self.frame.across - self.frame.size * (1.5 if self.under else LETTER * 21)

    @property
    def tall(self) -> float:
        return self.frame.size * (3.4 if self.under else 2.4)

    def y(self, place: int) -> float:
        return self.frame.size * 2 + self.tall * (place + 0.5)


def shares_chart(ident: str, chart: Shares, frame: Frame = PACK) -> Markup:
    """A share a line as a dot, its interval as a bar through it, with how many of how many printed beside it."""
    rows = Rows(chart, frame)
    foot = rows.y(len(chart.lines)) - rows.tall / 2
    parts = [*_scale(rows.left, rows.right, foot, frame.size)]
    for place, one in enumerate(chart.lines):
        parts += _share_said(rows, one, rows.y(place))
        parts += _share(rows, one, rows.y(place))
    return draw.drawing(ident, frame.across, foot + frame.size, shares_finding(chart), shares_words(chart), parts)


def shares_finding(chart: Shares) -> str:
    """
    >>> shares_finding(Shares(caption="By team", words="good or better", lines=()))
    'By team: nothing graded yet'
    """
    known = [one for one in chart.lines if one.whole]
    if not known:
        return f"{chart.caption}: nothing graded yet"
    first, last = (known[0], known[-1]) if chart.over_time else _ends(known)
    if first is last:
        return f"{chart.caption}: {share_words(first)} {chart.words} in {first.label}"
    return f"{chart.caption}: {chart.words} {share_words(first)} in {first.label}, {share_words(last)} in {last.label}"


def _ends(known: Sequence[ShareLine]) -> tuple[ShareLine, ShareLine]:
    ordered = sorted(known, key=lambda one: (one.part or 0) / (one.whole or 1))
    return ordered[0], ordered[-1]


def shares_words(chart: Shares) -> str:
    return " ".join(f"{one.label}: {share_words(one)}{_interval_words(one)}." for one in chart.lines)


def share_words(one: ShareLine) -> str:
    """
    >>> share_words(ShareLine(label="Plans", part=12, whole=20)), share_words(ShareLine(label="Plans", part=0, whole=0))
    ('12 of 20 (60%)', 'None graded')
    """
    if one.whole is None or one.part is None:
        return one.note or "Not shown"
    return f"{one.part} of {one.whole} ({percentage(one.part, one.whole)}%)" if one.whole else "None graded"


def interval_words(one: ShareLine) -> str:
    """ "39% to 78%", or empty where nothing is graded or shown."""
    return f"{100 * one.low:.0f}% to {100 * one.high:.0f}%" if one.whole and one.part is not None else ""


def _interval_words(one: ShareLine) -> str:
    said = interval_words(one)
    return f", interval {said}" if said else ""


def _scale(left: float, right: float, foot: float, size: float) -> Iterator[str]:
    for percent in (0, 25, 50, 75, 100):
        x = left + (right - left) * percent / 100
        yield draw.line(x, size * 1.6, x, foot, draw.RULE)
        yield draw.text(x, size * 1.1, f"{percent}%", anchor="middle", fill=draw.GREY, size=size)


def _share_said(rows: Rows, one: ShareLine, y: float) -> Iterator[str]:
    size, words = rows.frame.size, share_words(one)
    if rows.under:
        yield from _label(one.label, int(rows.frame.across / (size * LETTER)) - len(words) - 2, y - size, size)
        yield draw.text(rows.frame.across, y - size * 2 / 3, words, anchor="end", weight=600, fill=draw.NAVY, size=size)
    else:
        yield from _label(one.label, int(rows.left / (size * LETTER)), y, size)
        yield draw.text(rows.right + size * 1.6, y + size / 3, words, weight=600, fill=draw.NAVY, size=size)


def _share(rows: Rows, one: ShareLine, y: float) -> Iterator[str]:
    if not one.whole or one.part is None:
        return
    left, right = rows.left, rows.right
    y += rows.frame.size * 0.4 if rows.under else 0
    low, high = (left + (right - left) * end for end in (one.low, one.high))
    yield draw.line(low, y, high, y, "#2f6f8f", width=5)
    yield draw.line(low, y - 6, low, y + 6, "#2f6f8f", width=1.6)
    yield draw.line(high, y - 6, high, y + 6, "#2f6f8f", width=1.6)
    yield draw.circle(left + (right - left) * one.part / one.whole, y, 5.5, draw.NAVY)


def _label(label: str, characters: int, y: float, size: float) -> Iterator[str]:
    words = label if len(label) <= characters else f"{label[: max(characters - 1, 6)].rstrip()}…"
    yield draw.text(0, y + size / 3, words, size=size)
