"""From what an audit found to what changed: finding, action, re-audit and change of grade, one line a finding.

Every stop says its reference and its state in words; the table beside the picture says the same with links.
"""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from reports import drawing as draw
from reports.quality_parts import Chain, ChainLine, Station
from reports.time_axis import PACK, TONES, Frame, day

HEADS = ("What was found", "Finding", "What was done", "Looked at again")
LETTER = 0.56
GAP = 26
"""Units between two stops, for the arrow."""


@dataclass(frozen=True)
class Grid:
    """Where stops stand: beside each other, or under each other where there is no room."""

    frame: Frame

    @property
    def across(self) -> bool:
        return self.frame.across > 500

    @property
    def wide(self) -> float:
        return (self.frame.across - 3 * GAP - 2) / 4 if self.across else self.frame.across - 2

    @property
    def tall(self) -> float:
        return self.frame.size * 4.9

    @property
    def line(self) -> float:
        """Units from one finding to the next."""
        return self.tall + 16 if self.across else 4 * (self.tall + GAP) + 10

    @property
    def after(self) -> float:
        """Units below a finding that nothing is drawn in where no other follows."""
        return 0 if self.across else GAP + 6

    def stop(self, line: int, place: int) -> tuple[float, float]:
        top = self.head + line * self.line
        return (place * (self.wide + GAP) + 1, top) if self.across else (1, top + place * (self.tall + GAP))

    @property
    def head(self) -> float:
        return self.frame.size * 1.8 if self.across else 4


def chain_chart(ident: str, chain: Chain, frame: Frame = PACK) -> Markup:
    """Each finding's way in one line."""
    grid = Grid(frame)
    parts = list(_heads(grid))
    for number, line in enumerate(chain.lines):
        for place, station in enumerate(_stations(line)):
            parts += _stop(grid, number, place, station, line.change if place == 3 else "")
    height = grid.head + grid.line * len(chain.lines) - grid.after
    return draw.drawing(ident, frame.across, height, chain_finding(chain), chain_words(chain), parts)


def chain_finding(chain: Chain) -> str:
    """
    >>> chain_finding(Chain(caption="From finding to change", lines=()))
    'From finding to change: no finding yet'
    """
    if not chain.lines:
        return f"{chain.caption}: no finding yet"
    total = len(chain.lines)
    done = sum(bool(line.action.reference) for line in chain.lines)
    again = sum(bool(line.change) for line in chain.lines)
    if total == 1:
        line = chain.lines[0]
        change = f", {line.change.lower()} when looked at again" if line.change else ", not looked at again yet"
        return f"{chain.caption}: {line.finding.reference} {line.finding.words.lower()}{change}"
    better = sum(line.change.endswith("higher") for line in chain.lines)
    graded = f", {better or 'none'} with a higher grade" if again else ""
    return f"{chain.caption}: of {total} findings, {done} have an action and {again} were looked at again{graded}"


def chain_words(chain: Chain) -> str:
    return " ".join(_in_words(line) for line in chain.lines)


def _in_words(line: ChainLine) -> str:
    said = "; ".join(f"{head}: {station_words(one)}" for head, one in zip(HEADS, _stations(line), strict=True))
    return f"{said}{f', {line.change.lower()}' if line.change else ''}."


def station_words(station: Station) -> str:
    """
    >>> from datetime import date
    >>> station_words(Station(reference="Q-88", words="Good", on=date(2026, 11, 20)))
    'Q-88 Good, 20 November 2026'
    """
    on = f", {day(station.on)}" if station.on else ""
    return f"{station.reference} {station.words}{on}".strip()


def _stations(line: ChainLine) -> tuple[Station, Station, Station, Station]:
    return line.audit, line.finding, line.action, line.reaudit


def _heads(grid: Grid) -> Iterator[str]:
    if grid.across:
        for place, head in enumerate(HEADS):
            x, _ = grid.stop(0, place)
            yield draw.text(x, grid.frame.size, head, weight=600, fill=draw.NAVY, size=grid.frame.size)


def _stop(grid: Grid, number: int, place: int, station: Station, change: str) -> Iterator[str]:
    x, y = grid.stop(number, place)
    missing = not station.reference
    dashed = ' stroke-dasharray="5 4"' if missing else ""
    yield (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{grid.wide:.1f}" height="{grid.tall:.1f}" fill="#ffffff"'
        f' stroke="{draw.PANEL_RULE if missing else draw.NAVY}" stroke-width="1.2"{dashed}/>'
    )
    yield f'<rect x="{x:.1f}" y="{y:.1f}" width="5" height="{grid.tall:.1f}" fill="{TONES[station.tone]}"/>'
    yield from _words(grid, x + 14, y, place, station, change)
    if place:
        yield from _arrow(grid, x, y)


def _words(grid: Grid, x: float, y: float, place: int, station: Station, change: str) -> Iterator[str]:
    size = grid.frame.size
    head = station.reference or HEADS[place]
    if not grid.across and station.reference:
        head = f"{HEADS[place]}: {station.reference}"
    yield draw.text(x, y + size * 1.35, head, weight=700, size=size)
    room = int((grid.wide - 16) / (size * LETTER))
    told = f"{station.words}, {change.lower()}" if change else station.words
    on = day(station.on) if station.on else ""
    lines = textwrap.wrap(told, room, max_lines=1 if on else 2, placeholder="…")
    for row, line in enumerate([*lines, on] if on else lines):
        yield draw.text(x, y + size * (2.7 + 1.3 * row), line, fill=draw.GREY if line == on else draw.INK, size=size)


def _arrow(grid: Grid, x: float, y: float) -> Iterator[str]:
    if grid.across:
        end, middle = x - 3, y + grid.tall / 2
        yield draw.line(x - GAP + 3, middle, end - 6, middle, draw.NAVY, width=1.6)
        yield f'<path d="M{end - 8:.1f} {middle - 5:.1f}l8 5l-8 5z" fill="{draw.NAVY}"/>'
    else:
        middle, end = x + 22, y - 3
        yield draw.line(middle, y - GAP + 3, middle, end - 6, draw.NAVY, width=1.6)
        yield f'<path d="M{middle - 5:.1f} {end - 8:.1f}l5 8l5 -8z" fill="{draw.NAVY}"/>'
