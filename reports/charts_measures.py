"""A measure over time: its figures, its target, its average and its usual range.

Drawn as ``charts_quality`` is, for a page and for a pack alike. A figure that signals has another shape and a ring as
well as another colour; every value stands in the description and in the table that goes with the picture.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil, floor

from markupsafe import Markup

from reports import drawing as draw
from reports.charts_quality import BAND, LETTER, PHONE, SIGNAL
from reports.measure_parts import MeasureChart, MeasurePoint
from reports.table_shapes import Table
from reports.time_axis import PACK, Frame, InFrame

TARGET_DASH = "7 4"
STRETCH_DASH = "2 3"
BREAK_DASH = "3 2"


@dataclass(frozen=True)
class Plot(InFrame):
    """Where the figures of a measure stand."""

    chart: MeasureChart
    frame: Frame
    ticks: Sequence[float]

    @classmethod
    def of(cls, chart: MeasureChart, frame: Frame) -> "Plot":
        ends = [(one.value, one.low, one.high) for one in chart.points]
        values = [end for three in ends for end in three if end is not None]
        return cls(chart, frame, _ticks([*values, *_aims(chart)]))

    @property
    def left(self) -> float:
        longest = max(len(_tick(tick, self.chart.unit)) for tick in self.ticks)
        return self.frame.size * LETTER * longest + 10

    @property
    def wide(self) -> float:
        return (self.right - self.left) / max(len(self.chart.points), 1)

    def x(self, place: int) -> float:
        return self.left + self.wide * (place + 0.5)

    def y(self, value: float) -> float:
        return draw.height(value, top=self.top, foot=self.foot, low=self.ticks[0], high=self.ticks[-1])


def _ticks(values: Sequence[float]) -> Sequence[float]:
    """Four or five round numbers that hold every value: a line is read by its slope, so it need not begin at 0.

    >>> _ticks([74.2, 94.8, 90]), _ticks([15, 15]), _ticks([])
    ([70, 80, 90, 100], [14, 15, 16], [0, 1])
    """
    low, high = min(values, default=0), max(values, default=0)
    step = draw.round_up((high - low) / 4 or 1)
    first, last = floor(low / step), ceil(high / step)
    if first == last and first > 0:
        first, last = first - 1, last + 1
    return [step * n for n in range(first, max(last, first + 1) + 1)]


def _aims(chart: MeasureChart) -> list[float]:
    stretches = [one.stretch for one in chart.points]
    return [aim for aim in (chart.target, *chart.aims, *stretches) if aim is not None]


def measure_chart(ident: str, chart: MeasureChart, frame: Frame = PACK) -> Markup:
    """A measure over time; its title says the finding."""
    plot = Plot.of(chart, frame)
    parts = [*_range(plot), *_heights(plot), *_changes(plot), *_aim(plot), *_figures(plot), *_labels(plot), *_key(plot)]
    height = plot.foot + frame.size * (6.2 if frame.across < PHONE else 4.6)
    return draw.drawing(ident, frame.across, height, measure_finding(chart), measure_words(chart), parts)


def measure_finding(chart: MeasureChart) -> str:
    """
    >>> measure_finding(MeasureChart(caption="M-7", finding="71% in November 2026", unit="%", points=()))
    'M-7: 71% in November 2026'
    """
    return f"{chart.caption}: {chart.finding}"


def measure_words(chart: MeasureChart) -> str:
    """Every value, for those who do not see the picture."""
    each = " ".join(_in_words(one, chart) for one in chart.points)
    return f"{each} {_aims_in_words(chart)}"


def _aims_in_words(chart: MeasureChart) -> str:
    """
    >>> aims = {"Mar 2026": 75, "Apr 2026": 85}
    >>> points = tuple(MeasurePoint(label=when, value=70, target=aim) for when, aim in aims.items())
    >>> _aims_in_words(MeasureChart(caption="M-7", finding="", unit="%", points=points, target=85))
    'The target is 75% to Mar 2026, then 85%.'
    """
    runs = [(value, list(points)) for value, points in groupby(chart.points, lambda one: one.target)]
    if len(runs) < 2 or all(value is None for value, _ in runs):
        return f"The target is {said(chart.target, chart)}." if chart.target is not None else "No target is set."
    aims = ["none" if value is None else said(value, chart) for value, _ in runs]
    until = [f"{aim} to {points[-1].label}" for aim, (_, points) in zip(aims[:-1], runs[:-1], strict=True)]
    return f"The target is {', then '.join([*until, aims[-1]])}."


def _in_words(one: MeasurePoint, chart: MeasureChart) -> str:
    counted = ", ".join(filter(None, [one.basis, "provisional" if one.provisional else ""]))
    usual = range_words(one, chart)
    signal = "".join(f", {words}" for words in (one.signal, one.changed) if words)
    return (
        f"{one.label}: {said(one.value, chart)}{f' ({counted})' if counted else ''}"
        f"{f', usual range {usual}' if usual else ''}{signal}."
    )


def said(value: float, chart: MeasureChart) -> str:
    """
    >>> said(70.8, MeasureChart(caption="M-7", finding="", unit="%", points=()))
    '70.8%'
    """
    return f"{_number(value)}{chart.unit}"


def range_words(one: MeasurePoint, chart: MeasureChart) -> str:
    """ "48% to 82%", or empty where there are too few figures."""
    if one.low is None or one.high is None:
        return ""
    return f"{_number(one.low)}{'%' if chart.unit == '%' else ''} to {said(one.high, chart)}"


def _number(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def _tick(tick: float, unit: str) -> str:
    return f"{tick:,g}{'%' if unit == '%' else ''}"


def _range(plot: Plot) -> Iterator[str]:
    """A band between the limits, stepped from point to point, and the average."""
    for place, one in enumerate(plot.chart.points):
        if one.low is None or one.high is None or one.mean is None:
            continue
        left, high, low = plot.x(place) - plot.wide / 2, plot.y(one.high), plot.y(one.low)
        right, mean = left + plot.wide, plot.y(one.mean)
        yield f'<rect x="{left:.1f}" y="{high:.1f}" width="{plot.wide:.1f}" height="{low - high:.1f}" fill="{BAND}"/>'
        yield draw.line(left, high, right, high, draw.PANEL_RULE)
        yield draw.line(left, low, right, low, draw.PANEL_RULE)
        yield draw.line(left, mean, right, mean, draw.GREY, width=1.4)


def _heights(plot: Plot) -> Iterator[str]:
    size = plot.frame.size
    for tick in plot.ticks:
        y = plot.y(tick)
        yield draw.line(plot.left, y, plot.right, y, draw.RULE, width=0.5)
        words = _tick(tick, plot.chart.unit)
        yield draw.text(plot.left - 6, y + size / 3, words, anchor="end", fill=draw.GREY, size=size)


def _aim(plot: Plot) -> Iterator[str]:
    """The target, stepping where another is to be reached next, and a thinner line for the stretch."""
    yield from _stepped(plot, plot.chart.aims, draw.INK, 1.6, TARGET_DASH)
    yield from _stepped(plot, [one.stretch for one in plot.chart.points], draw.GREY, 1.2, STRETCH_DASH)
    if not plot.chart.points and plot.chart.target is not None:
        y = plot.y(plot.chart.target)
        yield draw.line(plot.left, y, plot.right, y, draw.INK, width=1.6, dash=TARGET_DASH)


def _stepped(plot: Plot, aims: Sequence[float | None], colour: str, width: float, dash: str) -> Iterator[str]:
    place = 0
    for value, run in groupby(aims):
        first, place = place, place + len(list(run))
        if value is None:
            continue
        left, right, y = plot.left + plot.wide * first, plot.left + plot.wide * place, plot.y(value)
        yield draw.line(left, y, right, y, colour, width=width, dash=dash)
        after = aims[place] if place < len(aims) else None
        if after is not None:
            yield draw.line(right, y, right, plot.y(after), colour, width=width, dash=dash)


def _changes(plot: Plot) -> Iterator[str]:
    """A line across the figures where what is counted changed; broken where nothing is compared across it."""
    for place, one in enumerate(plot.chart.points):
        if one.changed:
            x = plot.x(place) - plot.wide / 2
            dash = BREAK_DASH if one.breaks else ""
            yield draw.line(x, plot.top - plot.frame.size, x, plot.foot, draw.NAVY, width=1.6, dash=dash)


def _figures(plot: Plot) -> Iterator[str]:
    points = plot.chart.points
    spots = [(plot.x(place), plot.y(one.value)) for place, one in enumerate(points)]
    starts = [0, *(place for place, one in enumerate(points) if one.breaks and place), len(points)]
    for first, after in pairwise(starts):
        if after - first > 1:
            yield draw.polyline(spots[first:after], draw.NAVY, 1.6)
    for (x, y), one in zip(spots, points, strict=True):
        if one.signal:
            yield f'<rect x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9" fill="{SIGNAL}"/>'
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="none" stroke="{SIGNAL}" stroke-width="1.6"/>'
        elif one.provisional:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#ffffff" stroke="{draw.NAVY}" stroke-width="1.6"/>'
        else:
            yield draw.circle(x, y, 4, draw.NAVY)
    yield from _last_said(plot, spots)


def _last_said(plot: Plot, spots: Sequence[tuple[float, float]]) -> Iterator[str]:
    """The latest figure in words, above its point, or below where there is no room."""
    if not spots:
        return
    (x, y), words, size = spots[-1], said(plot.chart.points[-1].value, plot.chart), plot.frame.size
    mean = plot.chart.points[-1].mean
    taken = [plot.y(line) for line in (plot.chart.target, mean) if line is not None]
    is_free = y - 13 - size > 0 and not any(y - 15 - size < line < y - 4 for line in taken)
    beside = y - 13 if is_free else y + 15 + size * 0.7
    at = min(x, plot.frame.across - size * LETTER * len(words) / 2)
    yield draw.text(at, beside, words, anchor="middle", weight=600, fill=draw.NAVY, size=size)


def _labels(plot: Plot) -> Iterator[str]:
    points, size = plot.chart.points, plot.frame.size
    longest = max((len(one.label) for one in points), default=1)
    room = (plot.right - plot.left) / (longest * size * LETTER + 8)
    every = max(1, ceil(len(points) / max(room, 1)))
    for place, one in enumerate(points):
        if (len(points) - 1 - place) % every == 0:
            half = len(one.label) * size * LETTER / 2
            x = max(half, min(plot.x(place), plot.frame.across - half))
            yield draw.text(x, plot.foot + size * 1.6, one.label, anchor="middle", fill=draw.GREY, size=size)


def _key(plot: Plot) -> Iterator[str]:
    """What the marks mean, on a second line where a phone has no room beside."""
    size, phone = plot.frame.size, plot.frame.across < PHONE
    x, y = 0.0 if phone else plot.left, plot.foot + size * 3.6
    for kind, words in _marks(plot.chart):
        wide = 44 + size * LETTER * len(words)
        if x and x + wide > plot.frame.across:
            x, y = 0.0 if phone else plot.left, y + size * 1.7
        yield from _mark(kind, x, y, size)
        yield draw.text(x + 28, y, words, size=size)
        x += wide


def _marks(chart: MeasureChart) -> Iterator[tuple[str, str]]:
    if chart.target is not None:
        yield "target", f"Target {said(chart.target, chart)}"
    stretch = chart.points[-1].stretch if chart.points else None
    if stretch is not None:
        yield "stretch", f"Stretch {said(stretch, chart)}"
    if any(one.changed and one.breaks for one in chart.points):
        yield "break", "Counted otherwise, not compared"
    if any(one.changed and not one.breaks for one in chart.points):
        yield "change", "Counted otherwise, comparable"
    if chart.has_limits:
        last = chart.points[-1]
        yield "mean", f"Average {said(last.mean or 0, chart)}"
        yield "range", "Usual range"
    if any(one.signal for one in chart.points):
        yield "signal", "Unusual"
    if any(one.provisional and not one.signal for one in chart.points):
        yield "provisional", "Provisional"


def _mark(kind: str, x: float, y: float, size: float) -> Iterator[str]:
    middle = y - size / 3
    match kind:
        case "target":
            yield draw.line(x, middle, x + 22, middle, draw.INK, width=1.6, dash=TARGET_DASH)
        case "stretch":
            yield draw.line(x, middle, x + 22, middle, draw.GREY, width=1.2, dash=STRETCH_DASH)
        case "break" | "change":
            dash = BREAK_DASH if kind == "break" else ""
            yield draw.line(x + 11, y - size, x + 11, y + 2, draw.NAVY, width=1.6, dash=dash)
        case "mean":
            yield draw.line(x, middle, x + 22, middle, draw.GREY, width=1.4)
        case "range":
            yield f'<rect x="{x:.1f}" y="{y - size:.1f}" width="22" height="{size + 2:g}" fill="{BAND}"/>'
            yield draw.line(x, y - size, x + 22, y - size, draw.PANEL_RULE)
            yield draw.line(x, y + 2, x + 22, y + 2, draw.PANEL_RULE)
        case "signal":
            yield f'<rect x="{x + 7:.1f}" y="{middle - 4.5:.1f}" width="9" height="9" fill="{SIGNAL}"/>'
        case _:
            yield (
                f'<circle cx="{x + 11:.1f}" cy="{middle:.1f}" r="4" fill="#ffffff" stroke="{draw.NAVY}"'
                f' stroke-width="1.6"/>'
            )


def _first_large(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def measure_table(chart: MeasureChart, *, name: str) -> Table:
    """The figures of the picture, newest first."""
    return Table(
        name=name,
        caption=f"{chart.caption}, with its usual range",
        columns=("When", "Figure", "Counted", "Usual range", "Signal"),
        rows=tuple(
            (
                one.label, said(one.value, chart) + (", provisional" if one.provisional else ""), one.basis or "–",
                range_words(one, chart) or "Too few figures",
                _first_large("; ".join(filter(None, (one.signal, one.changed)))) or "None",
            )
            for one in reversed(chart.points)
        ),
    )  # fmt: skip
