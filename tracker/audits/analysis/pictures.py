"""Figures as the shapes that a page and a pack draw alike, with what is too small to show left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.audits.analysis.rules import Figures, Point, Portion, days_chart, share_chart
from tracker.platform.statistics.control_limits import Chart
from tracker.platform.statistics.small_numbers import follows, hidden
from tracker.web.charts import ControlChart, ControlPoint, ShareLine, Shares

TOO_FEW = "Too few to show"


@dataclass(frozen=True)
class Line:
    """One team, area, domain or theme: what was done there, and what it changed."""

    label: str
    member: str
    figures: Figures
    shown: bool = True
    """Whether its grades may be shown: they are not where few could be recognised, or worked out."""


def shares_over_time(points: Sequence[Point]) -> ControlChart:
    """The share good or better as a p chart, in per cent."""
    graded, chart = share_chart(points)
    basis = [f"{one.figures.good.part} of {one.figures.good.whole}" for one in graded]
    return _control("Audits good or better", "%", graded, chart, basis, times=100)


def days_over_time(points: Sequence[Point]) -> ControlChart:
    """The average days to close a finding as an XmR chart."""
    closed, chart = days_chart(points)
    basis = [f"{one.figures.closed} closed" for one in closed]
    return _control("Days to close a finding", " days", closed, chart, basis, rises_are_good=False)


def _control(
    caption: str,
    unit: str,
    points: Sequence[Point],
    chart: Chart,
    basis: Sequence[str],
    *,
    times: int = 1,
    rises_are_good: bool = True,
) -> ControlChart:
    return ControlChart(
        caption=caption,
        unit=unit,
        mean=times * chart.limits[0].mean if chart.limits else 0,
        points=tuple(
            ControlPoint(
                label=point.label,
                value=times * value,
                low=times * limits.low,
                high=times * limits.high,
                basis=words,
                signal="; ".join(chart.signals_at(place)),
            )
            for place, (point, value, limits, words) in enumerate(
                zip(points, chart.values, chart.limits, basis, strict=True)
            )
        ),
        provisional=chart.provisional,
        rises_are_good=rises_are_good,
    )


def quarters(points: Sequence[Point], words: str = "good or better") -> Shares:
    """The share good or better in each quarter, with its interval."""
    lines = [share_line(point.label, point.figures.good) for point in points if point.figures.good.whole]
    return Shares(caption="By quarter", words=words, lines=tuple(lines), over_time=True, each="Quarter")


def shares(caption: str, lines: Sequence[Line], *, each: str) -> Shares:
    """``each``: what one line is, such as "Team"."""
    return Shares(
        caption=caption,
        each=each,
        words="good or better",
        lines=tuple(share_line(one.label, one.figures.good, shown=one.shown) for one in lines),
    )


def share_line(label: str, portion: Portion, *, shown: bool = True) -> ShareLine:
    interval = portion.interval
    if not shown:
        return ShareLine(label=label, part=None, whole=None, note=TOO_FEW)
    return ShareLine(
        label=label,
        part=portion.part,
        whole=portion.whole,
        low=interval.low if interval else 0,
        high=interval.high if interval else 1,
    )


def protected(lines: Sequence[Line], smallest: int) -> list[Line]:
    """The lines, those not shown whose grades are few or would follow from the others and the totals.

    What would follow even so, as in a table of one line, hides every line.
    """
    counts = [[line.figures.good.part, line.figures.good.whole - line.figures.good.part] for line in lines]
    chosen = hidden(counts, smallest)
    rows = {row for row, _ in chosen} if not follows(counts, chosen) else set(range(len(lines)))
    return [Line(line.label, line.member, line.figures, shown=number not in rows) for number, line in enumerate(lines)]
