"""Grades of judgement areas over several inspections, with areas that merged or split drawn as such.

Two drawings of the same values: ``grades_across`` with a column for each inspection, for a wide screen or a page, and
``grades_down`` with one inspection under the other, for a phone. Both say every value in words, in the drawing itself
and in its description.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reports import drawing as draw

ACROSS = 1160
"""Units across the wide drawing: the screen's own pixels on a wide one."""
DOWN = 345
ROW = 80
BOX = 62
HEAD = 52
FOOT = 50
LANE = 15
"""Between the lines of the narrow drawing."""
ENTRY = 38
SIZE = 13
NODE = 5.5


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One area at one inspection."""

    label: str
    words: str
    """The grade, or why there is none."""
    step: int | None
    """1 is the lowest grade."""
    part: bool = False
    """A part of the area above it, with a grade of its own."""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One inspection."""

    label: str
    framework: str
    judged: Sequence[Judged]
    overall: str
    """The overall grade that inspectors gave, or that there is none."""


@dataclass(frozen=True, kw_only=True)
class Join:
    """An area of one inspection that an area of the next one carries on, by their places."""

    stage: int
    """Of the earlier of the two."""
    earlier: int
    later: int


@dataclass(frozen=True, kw_only=True)
class Grades:
    stages: Sequence[Stage]
    """Earliest first."""
    joins: Sequence[Join]
    steps: int
    """How many grades the scale has."""

    def rows(self) -> list[list[float]]:
        """On which row each area stands, so that what carries it on stands beside it."""
        rows = [[float(place) for place, _ in enumerate(stage.judged)] for stage in self.stages]
        for stage in range(len(rows) - 2, -1, -1):
            rows[stage] = self._beside(stage, rows[stage + 1])
        return rows

    def _beside(self, stage: int, later: Sequence[float]) -> list[float]:
        wanted = [self._middle(stage, place, later) for place, _ in enumerate(self.stages[stage].judged)]
        alike = {row: wanted.count(row) for row in wanted}
        spread = [row - (alike[row] - 1) / 2 + wanted[:place].count(row) for place, row in enumerate(wanted)]
        for place in range(1, len(spread)):
            spread[place] = max(spread[place], spread[place - 1] + 1)
        return spread

    def _middle(self, stage: int, place: int, later: Sequence[float]) -> float:
        """Between the areas that carry it on; on the last row where there are none."""
        own = [later[join.later] for join in self.joins if join.stage == stage and join.earlier == place]
        return sum(own) / len(own) if own else float(len(later))

    def origins(self, stage: int, place: int) -> int:
        """How many areas this one carries on."""
        return sum(join.stage == stage - 1 and join.later == place for join in self.joins)

    def successors(self, stage: int, place: int) -> int:
        """How many areas carry this one on."""
        return sum(join.stage == stage and join.earlier == place for join in self.joins)

    def said(self) -> str:
        return " ".join(_in_words(stage) for stage in self.stages)


def grades_across(ident: str, *, grades: Grades, finding: str, notes: Sequence[str] = ()) -> Markup:
    """A column for each inspection; lines join an area to what carries it on. ``notes`` end the description."""
    rows = grades.rows()
    height = HEAD + ROW * (1 + max((row for column in rows for row in column), default=0)) + FOOT
    parts: list[str] = []
    for join in grades.joins:
        parts.append(_across(grades, rows, join))
    for number, stage in enumerate(grades.stages):
        parts += _column(grades, rows, number, stage, height)
    return draw.drawing(ident, ACROSS, height, finding, " ".join([grades.said(), *notes]), parts)


def _pitch(grades: Grades) -> float:
    """From one column to the next; the last one ends at the right edge."""
    return (ACROSS - 2 - _box_width(grades)) / max(len(grades.stages) - 1, 1)


def _box_width(grades: Grades) -> float:
    return min(214, ACROSS / max(len(grades.stages), 1) * 0.78)


def _left(grades: Grades, stage: int) -> float:
    return 1 + stage * _pitch(grades)


def _box_top(row: float) -> float:
    return HEAD + ROW * row


def _across(grades: Grades, rows: Sequence[Sequence[float]], join: Join) -> str:
    x1 = _left(grades, join.stage) + _box_width(grades)
    x2 = _left(grades, join.stage + 1)
    y1 = _box_top(rows[join.stage][join.earlier]) + BOX / 2
    y2 = _box_top(rows[join.stage + 1][join.later]) + BOX / 2
    bend = (x2 - x1) * 0.55
    return _curve(f"M{x1:.1f} {y1:.1f}C{x1 + bend:.1f} {y1:.1f} {x2 - bend:.1f} {y2:.1f} {x2:.1f} {y2:.1f}")


def _curve(path: str) -> str:
    return f'<path d="{path}" fill="none" stroke="{draw.BRAND}" stroke-width="2.5"/>'


def _column(grades: Grades, rows: Sequence[Sequence[float]], number: int, stage: Stage, height: float) -> Iterator[str]:
    left = _left(grades, number)
    yield draw.text(left, 18, stage.label, weight=700, size=18)
    yield draw.text(left, 36, stage.framework, fill=draw.GREY, size=SIZE)
    for place, judged in enumerate(stage.judged):
        yield from _box(grades, left, _box_top(rows[number][place]), judged)
        yield from _junctions(grades, number, place, left, _box_top(rows[number][place]))
    yield draw.line(left, height - FOOT + 4, left + _box_width(grades), height - FOOT + 4, draw.PANEL_RULE)
    yield draw.text(left, height - 26, "Overall effectiveness", fill=draw.GREY, size=SIZE)
    yield draw.text(left, height - 8, stage.overall, weight=600, size=SIZE)


def _box(grades: Grades, left: float, top: float, judged: Judged) -> Iterator[str]:
    indent = 14 if judged.part else 0
    width = _box_width(grades) - indent
    if judged.part:
        yield draw.line(left + 6, top - (ROW - BOX), left + 6, top + BOX / 2, draw.PANEL_RULE, dash="3 3")
        yield draw.line(left + 6, top + BOX / 2, left + indent, top + BOX / 2, draw.PANEL_RULE, dash="3 3")
    yield (
        f'<rect x="{left + indent:.1f}" y="{top:.1f}" width="{width:.1f}" height="{BOX}" fill="#ffffff"'
        f' stroke="{draw.BRAND}" stroke-width="1.5"/>'
    )
    yield from draw.lines_of_text(left + indent + 9, top + 17, judged.label, int((width - 14) / 6.6), weight=600)
    foot = top + BOX - 9
    if judged.step is None:
        yield draw.text(left + indent + 9, foot, judged.words, fill=draw.GREY, size=SIZE)
        return
    yield from _steps(left + indent + 9, foot - 8, judged.step, grades.steps)
    yield draw.text(left + indent + 17 + 9 * grades.steps, foot, judged.words, size=SIZE)


def _junctions(grades: Grades, stage: int, place: int, left: float, top: float) -> Iterator[str]:
    """Words above an area that several became, or that became several."""
    came, went = grades.origins(stage, place), grades.successors(stage, place)
    if came > 1:
        yield draw.text(left, top - 4, f"{came} merged", fill=draw.GREY, size=12)
    if went > 1:
        yield draw.text(left + _box_width(grades), top - 4, f"split into {went}", anchor="end", fill=draw.GREY, size=12)


def _steps(x: float, y: float, step: int, of: int) -> Iterator[str]:
    for number in range(of):
        yield (
            f'<rect x="{x + 9 * number:.1f}" y="{y:.1f}" width="7.5" height="7.5" stroke="{draw.BRAND}"'
            f' stroke-width="1" fill="{draw.BRAND if number < step else "#ffffff"}"/>'
        )


def grades_down(ident: str, *, grades: Grades, finding: str, notes: Sequence[str] = ()) -> Markup:
    """One inspection under the other; lines run down the left from an area to what carries it on."""
    rows = grades.rows()
    tops = _tops(grades)
    words = LANE * (2 + max((row for column in rows for row in column), default=0))
    parts: list[str] = []
    for join in grades.joins:
        parts.append(_down(rows, tops, join))
    for number, stage in enumerate(grades.stages):
        parts += _group(grades, rows[number], tops[number], stage, words)
    height = tops[-1][-1] + ENTRY + 26 if tops and tops[-1] else HEAD
    return draw.drawing(ident, DOWN, height, finding, " ".join([grades.said(), *notes]), parts)


def _tops(grades: Grades) -> list[list[float]]:
    """Where each entry stands, below the line that names its inspection."""
    tops, top = [], 0.0
    for stage in grades.stages:
        tops.append([top + 48 + ENTRY * place for place, _ in enumerate(stage.judged)])
        top += 48 + ENTRY * len(stage.judged) + 36
    return tops


def _down(rows: Sequence[Sequence[float]], tops: Sequence[Sequence[float]], join: Join) -> str:
    x1, y1 = _lane(rows[join.stage][join.earlier]), tops[join.stage][join.earlier]
    x2, y2 = _lane(rows[join.stage + 1][join.later]), tops[join.stage + 1][join.later]
    turn = tops[join.stage][-1] + 10
    end = tops[join.stage + 1][0] - 14
    middle = (turn + end) / 2
    bend = f"C{x1:.1f} {middle:.1f} {x2:.1f} {middle:.1f} {x2:.1f} {end:.1f}"
    return _curve(f"M{x1:.1f} {y1:.1f}L{x1:.1f} {turn:.1f}{bend}L{x2:.1f} {y2:.1f}")


def _lane(row: float) -> float:
    return 8 + LANE * row


def _group(grades: Grades, rows: Sequence[float], tops: Sequence[float], stage: Stage, words: float) -> Iterator[str]:
    top = (tops[0] if tops else 48) - 48
    yield draw.text(words, top + 20, stage.label, weight=700, size=16)
    yield draw.text(words + 12 + 9.2 * len(stage.label), top + 20, stage.framework, fill=draw.GREY, size=SIZE)
    for judged, row, y in zip(stage.judged, rows, tops, strict=True):
        yield (
            f'<circle cx="{_lane(row):.1f}" cy="{y:.1f}" r="{NODE}" fill="#ffffff" stroke="{draw.BRAND}"'
            ' stroke-width="2.5"/>'
        )
        yield draw.text(words, y - 2, _named(judged), weight=600, size=SIZE)
        yield from _graded(grades, judged, words, y + 14)
    foot = (tops[-1] if tops else top) + ENTRY
    yield draw.text(words, foot, f"Overall effectiveness: {_lower(stage.overall)}", fill=draw.GREY, size=SIZE)


def _named(judged: Judged) -> str:
    return f"– {judged.label}" if judged.part else judged.label


def _graded(grades: Grades, judged: Judged, x: float, y: float) -> Iterator[str]:
    if judged.step is None:
        yield draw.text(x, y, judged.words, fill=draw.GREY, size=SIZE)
        return
    yield from _steps(x, y - 8, judged.step, grades.steps)
    yield draw.text(x + 8 + 9 * grades.steps, y, judged.words, size=SIZE)


def _in_words(stage: Stage) -> str:
    given = "; ".join(f"{judged.label}: {_lower(judged.words)}" for judged in stage.judged)
    return f"{stage.label}, {stage.framework}: {given}; overall effectiveness: {_lower(stage.overall)}."


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
