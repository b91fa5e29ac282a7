"""The strokes that charts are made of: SVG elements as text, every word escaped."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from math import ceil, floor, log10

from markupsafe import Markup, escape

NAMESPACE = "http://www.w3.org/2000/svg"
NAVY = "#14324a"
TEAL = "#0b5563"
BRAND = "#00494f"
INK = "#1b2530"
GREY = "#465462"
RULE = "#c6cfd6"
PANEL_RULE = "#8b98a5"
DEPTHS = (("#14324a", "#ffffff"), ("#2f6f8f", "#ffffff"), ("#c9d9e2", "#1b2530"), ("#ffffff", "#1b2530"))
"""Fill and text of a stacked bar's parts, best grade first: one hue, so that no grade shouts."""


def drawing(ident: str, width: float, height: float, title: str, description: str, parts: Iterable[str]) -> Markup:
    ident = escape(ident)
    return Markup(  # noqa: S704 every text in the parts went through escape
        f'<svg xmlns="{NAMESPACE}" viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" role="img"'
        f' aria-labelledby="{ident}-t {ident}-d" font-size="12.3" fill="{INK}">'
        f'<title id="{ident}-t">{escape(title)}</title><desc id="{ident}-d">{escape(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def spread(
    values: Sequence[float], *, left: float, right: float, top: float, foot: float, low: float, high: float
) -> list[tuple[float, float]]:
    apart = (right - left) / max(len(values) - 1, 1)
    heights = [height(value, top=top, foot=foot, low=low, high=high) for value in values]
    return [(left + number * apart, y) for number, y in enumerate(heights)]


def height(value: float, *, top: float, foot: float, low: float, high: float) -> float:
    """Where a value stands between foot and top; halfway when there is nothing to tell values apart."""
    return foot - (foot - top) * ((value - low) / (high - low) if high > low else 0.5)


def text(
    x: float, y: float, words: str, *, anchor: str = "start", weight: int = 400, fill: str = INK, size: float = 0
) -> str:
    sized = f' font-size="{size:g}"' if size else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}" fill="{fill}"{sized}>'
        f"{escape(words)}</text>"
    )


def lines_of_text(
    x: float, y: float, words: str, characters: int, *, weight: int = 400, fill: str = INK
) -> Iterator[str]:
    """At most two lines of about so many characters; a longer label ends in an ellipsis, and is whole in the words."""
    lines = textwrap.wrap(words, width=max(characters, 6), max_lines=2, placeholder="…")
    for number, line in enumerate(lines):
        yield text(x, y + 15 * number, line, weight=weight, fill=fill)


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, *, width: float = 1, dash: str = "") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}"'
        f' stroke-width="{width:g}"{dashed}/>'
    )


def polyline(points: Sequence[tuple[float, float]], stroke: str, width: float) -> str:
    spots = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{spots}" fill="none" stroke="{stroke}" stroke-width="{width:g}"/>'


def circle(x: float, y: float, radius: float, fill: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}"/>'


def dot(x: float, y: float) -> str:
    return circle(x, y, 5.5, NAVY)


def diamond(x: float, y: float) -> str:
    path = f"M{x:.1f} {y - 7.5:.1f}l7.5 7.5l-7.5 7.5l-7.5 -7.5z"
    return f'<path d="{path}" fill="#ffffff" stroke="{TEAL}" stroke-width="2.2"/>'


def rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:g}" fill="{fill}"'
        f' stroke="{NAVY}" stroke-width=".9"/>'
    )


def marked(x: float, top: float, foot: float, words: str, *, width: float) -> Iterator[str]:
    """A day on which something was done: a dotted line down to its words, which stay within the width."""
    yield line(x, top, x, foot - 13, TEAL, width=2, dash="2 3")
    anchor = "end" if x > width * 0.6 else "start" if x < width * 0.4 else "middle"
    yield text(x, foot, words, anchor=anchor, weight=600, fill=TEAL, size=13)


def ticks(values: Sequence[float], unit: str) -> list[float]:
    """Five or so round numbers from nothing (or the lowest, if below) that hold every value.

    >>> ticks([54, 71, 90], "%"), ticks([6, 13], ""), ticks([], "")
    ([0, 25, 50, 75, 100], [0, 5, 10, 15], [0, 25, 50, 75, 100])
    """
    low, high = min([0, *values]), max([0, *values])
    if not values or (unit == "%" and low >= 0 and high <= 100):
        return [0, 25, 50, 75, 100]
    step = round_up((high - low) / 4 or 1)
    return [step * n for n in range(floor(low / step), max(ceil(high / step), 1) + 1)]


def round_up(rough: float) -> float:
    """The next of 1, 2, 2.5, 5 and 10 times a power of ten."""
    power: float = 10 ** floor(log10(rough))
    return next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= rough * (1 - 1e-9))


def course(first: float, last: float) -> str:
    """How a title tells which way values went.

    >>> course(4, 6), course(6, 4), course(4, 4)
    ('up from', 'down from', 'unchanged from')
    """
    if first == last:
        return "unchanged from"
    return "up from" if last > first else "down from"
