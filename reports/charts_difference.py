"""One group along a pathway: how many times as often it is counted as another, at each stage, with its interval.

On a scale on which twice as often and half as often are as far from equal. Out of the population is a dot, out of the
stage before a diamond; filled where the interval leaves 1 out, empty where it may be chance. Every value stands in the
description and in the table that goes with the picture.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from markupsafe import Markup

from reports import drawing as draw
from reports.charts_quality import LETTER, PHONE
from reports.difference_parts import DifferenceChart, IndexLine, IndexPoint
from reports.table_shapes import Table
from reports.time_axis import PACK, Frame

STEPS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0, 20.0)
"""Where the scale may end and has its lines: what is beyond is drawn at the edge, with an arrow."""
LEAST_SPAN = (0.5, 2.0)
DOT, DIAMOND = draw.NAVY, draw.TEAL
KEY = (
    ("population", "Out of the population"),
    ("before", "Out of the stage before"),
    ("chance", "Empty: may be chance"),
)


@dataclass(frozen=True)
class Plot:
    """Where the marks stand."""

    chart: DifferenceChart
    frame: Frame
    ticks: Sequence[float]

    @classmethod
    def of(cls, chart: DifferenceChart, frame: Frame) -> "Plot":
        points = [point for line in chart.lines for point in (line.population, line.before) if point]
        ends = [end for one in points for end in (one.low, one.value, one.high) if end]
        return cls(chart, frame, _ticks(ends))

    @property
    def is_narrow(self) -> bool:
        return self.frame.across < PHONE

    @property
    def left(self) -> float:
        """Names of stages stand beside the scale, or above their line on a phone."""
        if self.is_narrow:
            return self.frame.size * 1.6
        longest = max((len(line.stage) for line in self.chart.lines), default=8)
        return min(self.frame.size * LETTER * longest + 16, self.frame.across * 0.34)

    @property
    def right(self) -> float:
        return self.frame.across - self.frame.size * 1.4

    @property
    def top(self) -> float:
        return self.frame.size * 2.2

    @property
    def tall(self) -> float:
        """Of one stage."""
        return self.frame.size * (4.2 if self.is_narrow else 3.2)

    @property
    def foot(self) -> float:
        return self.top + self.tall * len(self.chart.lines)

    def x(self, value: float) -> float:
        low, high = log(self.ticks[0]), log(self.ticks[-1])
        at = (log(min(max(value, self.ticks[0]), self.ticks[-1])) - low) / (high - low)
        return self.left + (self.right - self.left) * at

    def y(self, place: int, *, second: bool) -> float:
        """The middle of a mark: the population above, the stage before beneath."""
        top = self.top + self.tall * place + (self.frame.size * 1.5 if self.is_narrow else 0)
        room = self.tall - (self.frame.size * 1.5 if self.is_narrow else 0)
        return top + room * (0.68 if second else 0.34)


def _ticks(ends: Sequence[float]) -> list[float]:
    """From a step that is no higher than any value to one that is no lower, as far as there are steps.

    >>> _ticks([0.9, 2.7]), _ticks([]), _ticks([0.01, 90])[0]
    ([0.5, 1.0, 2.0, 4.0], [0.5, 1.0, 2.0], 0.05)
    """
    low, high = min([*ends, LEAST_SPAN[0]]), max([*ends, LEAST_SPAN[1]])
    first = max((step for step in STEPS if step <= low), default=STEPS[0])
    last = min((step for step in STEPS if step >= high), default=STEPS[-1])
    return [step for step in STEPS if first <= step <= last]


def difference_chart(ident: str, chart: DifferenceChart, frame: Frame = PACK) -> Markup:
    """One group along a pathway; its title says the finding."""
    plot = Plot.of(chart, frame)
    parts = [*_scale(plot), *_lines(plot), *_key(plot)]
    height = plot.foot + frame.size * (0.8 + 1.8 * len(list(_key_rows(plot))))
    return draw.drawing(
        ident, frame.across, height, f"{chart.caption}: {chart.finding}", difference_words(chart), parts
    )


def difference_words(chart: DifferenceChart) -> str:
    """Every value, for those who do not see the picture."""
    return f"Times as often as {chart.compared_with}. " + " ".join(_in_words(line) for line in chart.lines)


def difference_table(chart: DifferenceChart, *, name: str = "") -> Table:
    """What the picture shows: at each stage the index with its interval, out of all and out of the stage before."""
    return Table(
        name=name,
        caption=f"{chart.caption}: {chart.group}, times as often as {chart.compared_with}",
        columns=("Stage", "Out of the population", "Out of the stage before"),
        rows=tuple(_row(line, first=place == 0) for place, line in enumerate(chart.lines)),
    )


def _row(line: IndexLine, *, first: bool) -> tuple[str, str, str]:
    before = "The same" if first and line.population else "Not read"
    return line.stage, _told(line.population) or line.without.capitalize(), _told(line.before) or before


def _told(point: IndexPoint | None) -> str:
    if point is None:
        return ""
    return point.words if point.told else f"{point.words}, may be chance"


def _in_words(line: IndexLine) -> str:
    said = [
        f"{words} {point.words}{'' if point.told else ', may be chance'}"
        for point, words in ((line.population, "out of the population"), (line.before, "out of the stage before"))
        if point
    ]
    return f"{line.stage}: {'; '.join(said) or line.without}."


def _scale(plot: Plot) -> Iterator[str]:
    size = plot.frame.size
    for tick in plot.ticks:
        x = plot.x(tick)
        equal = tick == 1
        yield draw.line(x, plot.top, x, plot.foot, draw.INK if equal else draw.RULE, width=1.6 if equal else 0.7)
        words = "equal" if equal else f"{tick:g}×"
        yield draw.text(x, plot.top - size * 0.6, words, anchor="middle", fill=draw.GREY, size=size)


def _lines(plot: Plot) -> Iterator[str]:
    size = plot.frame.size
    for place, line in enumerate(plot.chart.lines):
        top = plot.top + plot.tall * place
        yield draw.line(0, top + plot.tall, plot.right, top + plot.tall, draw.RULE, width=0.5)
        if plot.is_narrow:
            yield draw.text(0, top + size * 1.3, line.stage, weight=600, size=size)
        else:
            most = int((plot.left - 10) / (size * LETTER))
            name = line.stage if len(line.stage) <= most else f"{line.stage[: most - 1]}…"
            yield draw.text(0, top + plot.tall / 2 + size / 3, name, weight=600, size=size)
        if line.population is None and line.before is None:
            middle = plot.y(place, second=False) + size * 0.7
            yield draw.text(plot.x(1) + 8, middle, line.without, fill=draw.GREY, size=size)
        if line.population:
            yield from _mark(plot, line.population, plot.y(place, second=False), is_dot=True)
        if line.before:
            yield from _mark(plot, line.before, plot.y(place, second=True), is_dot=False)


def _mark(plot: Plot, point: IndexPoint, y: float, *, is_dot: bool) -> Iterator[str]:
    colour = DOT if is_dot else DIAMOND
    low, high = plot.x(point.low or plot.ticks[0]), plot.x(point.high or plot.ticks[-1])
    yield draw.line(low, y, high, y, colour, width=1.8)
    if point.high is None or point.high > plot.ticks[-1]:
        yield f'<path d="M{high - 6:.1f} {y - 4.5:.1f}l8 4.5l-8 4.5z" fill="{colour}"/>'
    if point.low < plot.ticks[0]:
        yield f'<path d="M{low + 6:.1f} {y - 4.5:.1f}l-8 4.5l8 4.5z" fill="{colour}"/>'
    yield _shape(plot.x(point.value or plot.ticks[0]), y, colour, is_dot=is_dot, filled=point.told)


def _shape(x: float, y: float, colour: str, *, is_dot: bool, filled: bool) -> str:
    look = f'fill="{colour if filled else "#ffffff"}" stroke="{colour}" stroke-width="1.8"'
    if is_dot:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" {look}/>'
    return f'<path d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z" {look}/>'


def _key_rows(plot: Plot) -> Iterator[list[tuple[str, str]]]:
    """What the marks mean, on as many lines as it takes."""
    row: list[tuple[str, str]] = []
    used = 0.0
    for kind, words in KEY:
        wide = 40 + plot.frame.size * LETTER * len(words)
        if row and used + wide > plot.frame.across:
            yield row
            row, used = [], 0.0
        row.append((kind, words))
        used += wide
    yield row


def _key(plot: Plot) -> Iterator[str]:
    size, y = plot.frame.size, plot.foot + plot.frame.size * 2
    for row in _key_rows(plot):
        x = 0.0
        for kind, words in row:
            colour = DIAMOND if kind == "before" else DOT
            yield _shape(x + 8, y - size / 3, colour, is_dot=kind != "before", filled=kind != "chance")
            yield draw.text(x + 22, y, words, size=size)
            x += 40 + size * LETTER * len(words)
        y += size * 1.8
