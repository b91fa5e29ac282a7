"""Appraisals of one thing over time: where we thought we were on a scale of 0 to 10, and where we aimed to be.

Days stand as far apart as they are. The scale is a line with a filled dot and its number at each appraisal; the aim is
a dashed line in steps with a triangle, so that neither needs its colour.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from markupsafe import Markup

from reports import drawing as draw

ACROSS, TALL = 345, 214
LEFT, RIGHT, TOP, FOOT = 30, 286, 16, 166
SIZE = 13
APART = 26
"""Units that two numbers or labels need between them."""
EVERY = 2
"""Steps of the scale from one line of the grid to the next."""


@dataclass(frozen=True, kw_only=True)
class ScalePoint:
    """One appraisal."""

    on: date
    scale: int
    aim: int


def appraisal_line(ident: str, *, points: Sequence[ScalePoint], of: str) -> Markup:
    """``points`` oldest first; ``of`` names what was appraised: "I-9"."""
    parts = [*_grid()]
    if points:
        parts += [*_aims(points), *_scales(points), *_days(points)]
    return draw.drawing(ident, ACROSS, TALL, _finding(points, of), _description(points), parts)


def _y(value: float) -> float:
    return draw.height(value, top=TOP, foot=FOOT, low=0, high=10)


def _across(points: Sequence[ScalePoint]) -> list[float]:
    """Where each day stands; in the middle when there is only one."""
    first, whole = points[0].on, (points[-1].on - points[0].on).days
    inner = RIGHT - LEFT - 28
    return [LEFT + 14 + inner * ((one.on - first).days / whole if whole else 0.5) for one in points]


def _grid() -> Iterator[str]:
    for value in range(0, 11, EVERY):
        yield draw.line(LEFT, _y(value), RIGHT, _y(value), "#e3e5e6")
        yield draw.text(LEFT - 6, _y(value) + 5, str(value), anchor="end", fill="#484949", size=SIZE)


def _aims(points: Sequence[ScalePoint]) -> Iterator[str]:
    """The aim holds until it is changed, so it is drawn in steps and on to the right edge."""
    xs = [*_across(points), RIGHT]
    for place, one in enumerate(points):
        yield draw.line(xs[place], _y(one.aim), xs[place + 1], _y(one.aim), draw.INK, dash="5 4")
    for (earlier, later), x in zip(pairwise(points), xs[1:], strict=False):
        yield draw.line(x, _y(earlier.aim), x, _y(later.aim), draw.INK, dash="5 4")
    y = _y(points[-1].aim)
    yield f'<path d="M{RIGHT:.1f} {y - 5:.1f}l9 5l-9 5z" fill="{draw.INK}"/>'
    yield draw.text(RIGHT + 13, y + 5, f"aim {points[-1].aim}", size=SIZE)


def _scales(points: Sequence[ScalePoint]) -> Iterator[str]:
    spots = list(zip(_across(points), (_y(one.scale) for one in points), strict=True))
    yield draw.polyline(spots, draw.BRAND, 3)
    numbered = _with_room([x for x, _ in spots])
    for place, (one, (x, y)) in enumerate(zip(points, spots, strict=True)):
        yield draw.circle(x, y, 5, draw.BRAND)
        if place in numbered:
            beneath = one.scale == 10 or one.aim - one.scale == 1
            number = draw.text(x, y + 20 if beneath else y - 11, str(one.scale), anchor="middle", weight=700, size=SIZE)
            yield number


def _days(points: Sequence[ScalePoint]) -> Iterator[str]:
    """A month under each appraisal that has room, the newest first, and its year beneath where it changes."""
    xs, year = _across(points), None
    for place in sorted(_with_room(xs)):
        on = points[place].on
        yield draw.text(xs[place], FOOT + 22, f"{on:%b}", anchor="middle", fill="#484949", size=SIZE)
        if on.year != year:
            yield draw.text(xs[place], FOOT + 38, f"{on:%Y}", anchor="middle", fill="#484949", size=SIZE)
        year = on.year


def _with_room(xs: Sequence[float]) -> set[int]:
    """The places whose words do not run into the next one's; the last always has its words."""
    kept: list[int] = []
    for place in reversed(range(len(xs))):
        if not kept or xs[kept[-1]] - xs[place] >= APART:
            kept.append(place)
    return set(kept)


def _finding(points: Sequence[ScalePoint], of: str) -> str:
    if not points:
        return f"{of}: not appraised yet"
    first, last = points[0], points[-1]
    goal = to_the_aim(last.scale, last.aim)
    if len(points) == 1:
        return f"{of}: {last.scale} out of 10 in {last.on:%B %Y}, {goal}"
    course = draw.course(first.scale, last.scale)
    return f"{of}: {course} {first.scale} out of 10 in {first.on:%B %Y} to {last.scale} in {last.on:%B %Y}, {goal}"


def to_the_aim(scale: int, aim: int) -> str:
    """
    >>> to_the_aim(6, 8), to_the_aim(8, 8)
    ('2 short of the aim of 8', 'at the aim of 8')
    """
    return f"{aim - scale} short of the aim of {aim}" if scale < aim else f"at the aim of {aim}"


def _description(points: Sequence[ScalePoint]) -> str:
    said = "; ".join(f"{one.on:%-d %B %Y} {one.scale}, aim {one.aim}" for one in points)
    return f"On a scale of 0 to 10: {said}." if said else "There is nothing to draw yet."
