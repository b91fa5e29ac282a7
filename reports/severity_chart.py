"""How strict each auditor is beside her moderators: a dot on a line of steps, its interval a bar through it.

Drawn as ``charts`` is. The middle is no difference; which side is which is written at both ends, and every value stands
in the description and in the table that goes with the picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from reports import drawing as draw
from reports.charts_quality import LETTER, PHONE
from reports.quality_parts import Severities, SeverityLine
from reports.time_axis import PACK, Frame

BAR = "#2f6f8f"


@dataclass(frozen=True)
class Rows:
    """Where the auditors stand: name and bar beside each other, or the bar under the name on a phone."""

    chart: Severities
    frame: Frame

    @property
    def under(self) -> bool:
        return self.frame.across < PHONE

    @property
    def left(self) -> float:
        longest = self.frame.size * LETTER * max(len(one.label) for one in self.chart.lines)
        return self.frame.size * 1.2 if self.under else min(self.frame.across * 0.36, 20 + longest) + 8

    @property
    def right(self) -> float:
        return self.frame.across - self.frame.size * 1.5

    @property
    def tall(self) -> float:
        return self.frame.size * (3.4 if self.under else 2.4)

    @property
    def reach(self) -> int:
        """Steps to either side: whole ones, enough for every interval."""
        return max(1, ceil(max(abs(end) for one in self.chart.lines for end in (one.low, one.high))))

    @property
    def top(self) -> float:
        return self.frame.size * 3.2

    def y(self, place: int) -> float:
        return self.top + self.tall * (place + 0.5)

    def x(self, steps: float) -> float:
        return self.left + (self.right - self.left) * (steps + self.reach) / (2 * self.reach)


def severity_chart(ident: str, chart: Severities, frame: Frame = PACK) -> Markup:
    """Each auditor on a line of her own, in the order in which they are given; at least one."""
    rows = Rows(chart, frame)
    foot = rows.y(len(chart.lines)) - rows.tall / 2
    parts = list(_scale(rows, foot))
    for place, one in enumerate(chart.lines):
        parts += _auditor(rows, one, rows.y(place))
    return draw.drawing(ident, frame.across, foot + frame.size, severity_finding(chart), severity_words(chart), parts)


def severity_finding(chart: Severities) -> str:
    """What the chart shows, in a sentence that its title says.

    >>> severity_finding(Severities(caption="Auditors", lines=(SeverityLine(label="A", value=0.5, low=0.1, high=0.9),)))
    'Auditors: 1 of 1 differs from her moderators by more than chance would explain'
    """
    differing = sum(not one.low <= 0 <= one.high for one in chart.lines)
    verb = "differs from her moderators" if differing == 1 else "differ from their moderators"
    return f"{chart.caption}: {differing} of {len(chart.lines)} {verb} by more than chance would explain"


def severity_words(chart: Severities) -> str:
    return " ".join(
        f"{one.label}: {one.value:+.2f}, interval {one.low:+.2f} to {one.high:+.2f}." for one in chart.lines
    )


def _scale(rows: Rows, foot: float) -> Iterator[str]:
    size = rows.frame.size
    yield draw.text(rows.left, size, "Kinder", size=size)
    yield draw.text(rows.right, size, "Stricter", anchor="end", size=size)
    for steps in range(-rows.reach, rows.reach + 1):
        x = rows.x(steps)
        yield draw.line(x, rows.top - size * 0.4, x, foot, draw.GREY if steps == 0 else draw.RULE)
        yield draw.text(x, size * 2.4, f"{steps:+d}" if steps else "0", anchor="middle", fill=draw.GREY, size=size)


def _auditor(rows: Rows, one: SeverityLine, y: float) -> Iterator[str]:
    size = rows.frame.size
    room = int((rows.frame.across if rows.under else rows.left) / (size * LETTER))
    name = one.label if len(one.label) <= room else f"{one.label[: max(room - 1, 6)].rstrip()}…"
    yield draw.text(0, y - size * 2 / 3 if rows.under else y + size / 3, name, size=size)
    y += size * 0.4 if rows.under else 0
    low, high = rows.x(one.low), rows.x(one.high)
    yield draw.line(low, y, high, y, BAR, width=5)
    yield draw.line(low, y - 6, low, y + 6, BAR, width=1.6)
    yield draw.line(high, y - 6, high, y + 6, BAR, width=1.6)
    yield draw.circle(rows.x(one.value), y, 5.5, draw.NAVY)
