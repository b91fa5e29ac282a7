"""Charts as accessible SVG, drawn the same for a page and for a pack.

Plain values in, markup out. Looks are presentation attributes only, because the site's security policy forbids inline
styles; type is inherited from the page. Every chart has a title that says the finding and a description with every
value; ``ident`` makes their ids unique on a page. Colour never carries a meaning alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from markupsafe import Markup

from reports import drawing as draw
from reports.shares import share

WIDE = 664
"""Units across a full-width chart; four to the millimetre in a pack."""
SMALL = 11.5


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One grade in a panel: the words for the description and, if it is a grade, its step from 1, the lowest."""

    words: str
    step: int | None


@dataclass(frozen=True, kw_only=True)
class Panel:
    """One area of a grade profile."""

    label: str
    marks: Sequence[Mark]
    """One for each inspection."""
    own: Mark | None = None


@dataclass(frozen=True, kw_only=True)
class Bar:
    label: str
    counts: Sequence[int]


def grade_profile(
    ident: str,
    *,
    scale: Sequence[str],
    inspections: Sequence[str],
    panels: Sequence[Panel],
    own_note: str = "Our own view. Ofsted has not judged it.",
) -> Markup:
    """A panel for each area on one ladder of grades: what inspectors gave, then our own view.

    ``scale`` is best first; ``inspections`` are short labels, earliest first.
    """
    ladder = _Ladder(scale=scale, columns=len(inspections) + 1, panels=len(panels))
    parts = [*_rungs(ladder, scale)]
    for number, panel in enumerate(panels):
        parts += _panel(ladder, number, panel, inspections)
    parts += _profile_key(ladder, own_note)
    said = "; ".join(_panel_in_words(panel, inspections) for panel in panels)
    return draw.drawing(ident, WIDE, ladder.foot + 54, _profile_finding(panels), f"{said}.", parts)


@dataclass(frozen=True, kw_only=True)
class _Ladder:
    """Where the rungs and columns of a grade profile stand."""

    scale: Sequence[str]
    columns: int
    panels: int
    left: float = 135
    top: float = 62
    gap: float = 36

    def rung(self, step: int) -> float:
        return self.top + (len(self.scale) - step) * self.gap

    @property
    def foot(self) -> float:
        return self.rung(1) + 16

    @property
    def panel_width(self) -> float:
        return (WIDE - self.left) / max(self.panels, 1)

    def panel_left(self, number: int) -> float:
        return self.left + number * self.panel_width

    def column(self, number: int, column: int) -> float:
        step = (self.panel_width - 33) / max(self.columns - 1, 1)
        return self.panel_left(number) + 19 + column * step


def _rungs(ladder: _Ladder, scale: Sequence[str]) -> Iterator[str]:
    for step, label in zip(range(len(scale), 0, -1), scale, strict=True):
        y = ladder.rung(step)
        yield from draw.lines_of_text(0, y + 4, label, 20, weight=600, fill=draw.NAVY)
        yield draw.line(132, y, WIDE, y, draw.RULE)


def _panel(ladder: _Ladder, number: int, panel: Panel, inspections: Sequence[str]) -> Iterator[str]:
    left = ladder.panel_left(number)
    if number:
        yield draw.line(left, 4, left, ladder.foot + 18, draw.PANEL_RULE, width=0.8)
    yield from draw.lines_of_text(left + 9, 14, panel.label, int(ladder.panel_width / 7.2), weight=600, fill=draw.NAVY)
    spots = [_spot(ladder, number, column, mark) for column, mark in enumerate(panel.marks)]
    yield from (draw.line(*start, *end, draw.NAVY, width=2) for start, end in pairwise(spots) if start and end)
    own = _spot(ladder, number, ladder.columns - 1, panel.own) if panel.own else None
    if own and spots and spots[-1]:
        yield draw.line(*spots[-1], *own, draw.TEAL, width=2, dash="4 3")
    yield from (draw.dot(*spot) if spot else _no_grade(ladder, number, column) for column, spot in enumerate(spots))
    yield draw.diamond(*own) if own else _no_grade(ladder, number, ladder.columns - 1)
    yield from _column_labels(ladder, number, inspections)


def _spot(ladder: _Ladder, number: int, column: int, mark: Mark | None) -> tuple[float, float] | None:
    if mark is None or mark.step is None:
        return None
    return ladder.column(number, column), ladder.rung(mark.step)


def _no_grade(ladder: _Ladder, number: int, column: int) -> str:
    middle = (ladder.rung(1) + ladder.rung(len(ladder.scale))) / 2
    return draw.text(ladder.column(number, column), middle + 4, "–", anchor="middle", fill=draw.GREY)


def _column_labels(ladder: _Ladder, number: int, inspections: Sequence[str]) -> Iterator[str]:
    every = ceil(ladder.columns * 29 / ladder.panel_width)
    y = ladder.foot + 14
    for column, label in enumerate(inspections):
        if (len(inspections) - column) % every == 0 or every == 1:
            yield draw.text(ladder.column(number, column), y, label, anchor="middle", fill=draw.GREY, size=SMALL)
    yield draw.text(
        ladder.column(number, ladder.columns - 1), y, "Now", anchor="middle", weight=600, fill=draw.TEAL, size=SMALL
    )


def _profile_key(ladder: _Ladder, own_note: str) -> Iterator[str]:
    y = ladder.foot + 40
    yield draw.dot(152, y)
    yield draw.text(164, y + 4, "Judged by Ofsted", size=SMALL)
    yield draw.diamond(284, y)
    yield draw.text(297, y + 4, own_note, size=SMALL)


def _panel_in_words(panel: Panel, inspections: Sequence[str]) -> str:
    given = ", ".join(f"{mark.words} in {when}" for mark, when in zip(panel.marks, inspections, strict=True))
    own = f"own view {panel.own.words}" if panel.own else "no view of our own yet"
    return f"{panel.label}: {given}, {own}" if given else f"{panel.label}: {own}"


def _profile_finding(panels: Sequence[Panel]) -> str:
    """What inspectors gave last, and where our own view is another."""
    return f"{_last_grades(panels)}{_own_view(panels)}"


def _own_view(panels: Sequence[Panel]) -> str:
    """
    >>> good, better = Mark(words="Good", step=3), Mark(words="Outstanding", step=4)
    >>> _own_view([Panel(label="Leaders", marks=[good], own=better)])
    '; our own view is higher for Leaders'
    """
    steps = [(one.label, one.own.step, one.marks[-1].step) for one in panels if one.own and one.marks]
    both = [(label, own, last) for label, own, last in steps if own is not None and last is not None]
    higher = [label for label, own, last in both if own > last]
    lower = [label for label, own, last in both if own < last]
    told = [f"{word} for {', '.join(labels)}" for word, labels in (("higher", higher), ("lower", lower)) if labels]
    return f"; our own view is {' and '.join(told)}" if told else ""


def _last_grades(panels: Sequence[Panel]) -> str:
    last = [panel.marks[-1].words for panel in panels if panel.marks]
    if not last:
        return "Grades by area: no inspection yet"
    if len(set(last)) == 1:
        return f"Grades by area: {last[0]} in every area at the last inspection"
    said = ", ".join(f"{panel.label} {panel.marks[-1].words}" for panel in panels if panel.marks)
    return f"Grades by area at the last inspection: {said}"


def stacked_bars(
    ident: str,
    *,
    caption: str,
    scale: Sequence[str],
    bars: Sequence[Bar],
    good: int = 2,
    good_words: str = "Good or better",
    over_time: bool = True,
    percent_from: int = 100,
) -> Markup:
    """Counts at each grade as one bar a period, with the share that is good printed at its end.

    ``scale`` is best first, and the first ``good`` of it count as good. A share of fewer than ``percent_from`` is a
    fraction alone.
    """
    shares = [share(bar.counts, good=good, percent_from=percent_from) for bar in bars]
    room = _Room.beside(bars, shares)
    parts = [*_bar_key(scale, good_words, room.left)]
    for number, (bar, printed) in enumerate(zip(bars, shares, strict=True)):
        parts += _bar(bar, printed, room, 26 + number * 29)
    said = " ".join(_bar_in_words(*pair, scale, good_words) for pair in zip(bars, shares, strict=True))
    finding = _bars_finding(caption, list(zip(bars, shares, strict=True)), good, good_words, over_time=over_time)
    return draw.drawing(ident, WIDE, 28 + 29 * len(bars), finding, said, parts)


@dataclass(frozen=True)
class _Room:
    """Where bars begin and end: after the longest label and before the longest share."""

    left: float
    right: float

    @classmethod
    def beside(cls, bars: Sequence[Bar], shares: Sequence[str]) -> "_Room":
        label = max((len(bar.label) for bar in bars), default=0)
        words = max((len(printed) for printed in shares), default=0)
        return cls(left=min(max(112, 10 + 5.9 * label), 186), right=WIDE - 20 - 6.6 * max(words, 10))

    @property
    def characters(self) -> int:
        """How many of a label fit on a line."""
        return int(self.left / 5.8)


def _bar_key(scale: Sequence[str], good_words: str, left: float) -> Iterator[str]:
    x = left
    for (fill, _), label in zip(_depths(len(scale)), scale, strict=True):
        yield draw.rect(x, 3, 11, 11, fill)
        yield draw.text(x + 16, 13, label, size=SMALL)
        x += 34 + 5.8 * len(label)
    yield draw.text(WIDE, 13, good_words, anchor="end", weight=600, fill=draw.NAVY, size=SMALL)


def _bar(bar: Bar, printed: str, room: _Room, y: float) -> Iterator[str]:
    total, x = sum(bar.counts), room.left
    yield from _bar_label(bar.label, room.characters, y)
    if not total:
        yield draw.text(x, y + 15.5, printed, fill=draw.GREY)
        return
    for (fill, ink), count in zip(_depths(len(bar.counts)), bar.counts, strict=True):
        width = (room.right - room.left) * count / total
        yield from _segment(x, y, width, count, fill, ink)
        x += width
    yield draw.text(WIDE, y + 16, printed, anchor="end", weight=600, fill=draw.NAVY)


def _bar_label(label: str, characters: int, y: float) -> Iterator[str]:
    """Beside the middle of its bar, on two lines where one is too short."""
    yield from draw.lines_of_text(0, y + (15.5 if len(label) <= characters else 8), label, characters)


def _segment(x: float, y: float, width: float, count: int, fill: str, ink: str) -> Iterator[str]:
    if count:
        yield draw.rect(x, y, width, 22, fill)
    if width >= 4 + 6 * len(str(count)):
        yield draw.text(x + width / 2, y + 15.5, str(count), anchor="middle", weight=600, fill=ink, size=SMALL)


def _depths(grades: int) -> Sequence[tuple[str, str]]:
    """One fill for each grade; a scale of two uses the ends."""
    if grades > len(draw.DEPTHS):
        raise ValueError(f"A stacked bar has at most {len(draw.DEPTHS)} grades, not {grades}")
    return draw.DEPTHS[:grades] if grades != 2 else (draw.DEPTHS[0], draw.DEPTHS[-1])


def _bar_in_words(bar: Bar, printed: str, scale: Sequence[str], good_words: str) -> str:
    if not sum(bar.counts):
        return f"{bar.label}: none graded."
    counts = ", ".join(f"{label} {count}" for label, count in zip(scale, bar.counts, strict=True))
    return f"{bar.label}: {counts}; {good_words.lower()} {printed}."


def _bars_finding(caption: str, bars: Sequence[tuple[Bar, str]], good: int, good_words: str, *, over_time: bool) -> str:
    graded = [(bar, printed) for bar, printed in bars if sum(bar.counts)]
    if not graded:
        return f"{caption}: none graded"
    if not over_time:
        graded.sort(key=lambda pair: sum(pair[0].counts[:good]) / sum(pair[0].counts))
    ends = [f"{printed} in {bar.label}" for bar, printed in (graded[0], *graded[1:][-1:])]
    return f"{caption}: {good_words.lower()} {', '.join(ends)}"


def sparkline(
    ident: str,
    *,
    name: str,
    values: Sequence[float],
    unit: str = "",
    when: str = "oldest first",
    target: float | None = None,
) -> Markup:
    """The direction of a measure, on its own scale, without words inside. Nothing for fewer than two values."""
    if len(values) < 2:
        return Markup()
    seen = [*values, target] if target is not None else [*values]
    points = draw.spread(values, left=4, right=79, top=5, foot=27, low=min(seen), high=max(seen))
    parts = [draw.polyline(points, draw.GREY, 1.6), draw.circle(*points[-1], 3.6, draw.NAVY)]
    if target is not None:
        y = draw.height(target, top=5, foot=27, low=min(seen), high=max(seen))
        parts.insert(0, draw.line(0, y, 84, y, draw.GREY, dash="3 3"))
    said = ", ".join(f"{value:g}{unit}" for value in values)
    aim = f"; target {target:g}{unit}" if target is not None else ""
    return draw.drawing(ident, 84, 32, f"{name}, {_from_to(values, unit)}{aim}", f"{when}: {said}", parts)


def _from_to(values: Sequence[float], unit: str) -> str:
    first, last = values[0], values[-1]
    return f"{draw.course(first, last)} {first:g}{unit} to {last:g}{unit}"


def measure_line(
    ident: str,
    *,
    name: str,
    points: Sequence[tuple[str, float]],
    target: float | None = None,
    unit: str = "",
    marks: Sequence[tuple[float, str]] = (),
) -> Markup:
    """One measure over time with its values printed and its target as a dashed line.

    ``points`` are short labels and values, oldest first. ``marks`` are days on which something was done: where each
    lies among the points (1.5 is half way from the second to the third) and what was done.
    """
    values = [value for _, value in points]
    ticks = draw.ticks([*values, target] if target is not None else values, unit)
    low, high = ticks[0], ticks[-1]
    spots = draw.spread(values, left=44, right=292, top=18, foot=146, low=low, high=high)
    parts = [*_axis(ticks)]
    if target is not None:
        y = draw.height(target, top=18, foot=146, low=low, high=high)
        parts += [draw.line(30, y, 300, y, draw.INK, dash="5 4"), draw.text(305, y + 5, "target", size=13)]
    apart = 248 / max(len(points) - 1, 1)
    for row, (place, words) in enumerate(marks):
        parts += draw.marked(min(44 + apart * place, 300), 18, 183 + 16 * row, words, width=345)
    parts.append(draw.polyline(spots, draw.BRAND, 3))
    parts += _measured(points, spots)
    said = ", ".join(f"{label} {value:g}{unit}" for label, value in points)
    aim = f" The target is {target:g}{unit}." if target is not None else " No target is set."
    done = "".join(f" {words}, after {points[int(place)][0]}." for place, words in marks)
    tall = 180 + (16 * len(marks) + 8 if marks else 0)
    return draw.drawing(ident, 345, tall, _line_finding(name, points, target, unit), f"{said}.{aim}{done}", parts)


def _axis(ticks: Sequence[float]) -> Iterator[str]:
    for tick in ticks:
        y = draw.height(tick, top=18, foot=146, low=ticks[0], high=ticks[-1])
        yield draw.line(30, y, 300, y, "#e3e5e6")
        yield draw.text(24, y + 5, f"{tick:g}", anchor="end", fill="#484949", size=13)


def _measured(points: Sequence[tuple[str, float]], spots: Sequence[tuple[float, float]]) -> Iterator[str]:
    """The dots with their values and labels, thinned from the newest back when there is no room for all."""
    every = ceil(len(points) / 6)
    for number, ((label, value), (x, y)) in enumerate(zip(points, spots, strict=True)):
        yield draw.circle(x, y, 4, draw.BRAND)
        if (len(points) - 1 - number) % every == 0:
            yield draw.text(x, y - 10, f"{value:g}", anchor="middle", size=13)
            yield draw.text(x, 166, label, anchor="middle", fill="#484949", size=13)


def _line_finding(name: str, points: Sequence[tuple[str, float]], target: float | None, unit: str) -> str:
    if not points:
        return f"{name}: nothing measured yet"
    (first, start), (last, end) = points[0], points[-1]
    aim = f", target {target:g}{unit}" if target is not None else ""
    if len(points) == 1:
        return f"{name}: {end:g}{unit} in {last}{aim}"
    return f"{name}: {draw.course(start, end)} {start:g}{unit} in {first} to {end:g}{unit} in {last}{aim}"


def grade_bar(step: int | None, of: int = 4) -> Markup:
    """Four steps, as many filled as the grade is high: an echo of a word that stands beside it, hidden from readers."""
    parts = [
        f'<rect x="{15 * n}" y="0" width="13" height="8" fill="{draw.BRAND if n < (step or 0) else "#ffffff"}"'
        f' stroke="{draw.BRAND}" stroke-width="1"/>'
        for n in range(of)
    ]
    size = f'width="{15 * of}" height="10" viewBox="-1 -1 {15 * of + 1} 10"'
    return Markup(f'<svg xmlns="{draw.NAMESPACE}" {size} aria-hidden="true" focusable="false">{"".join(parts)}</svg>')  # noqa: S704 all numbers
