"""A measure as the picture that a page and a pack draw alike."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tracker.indicators import rules
from tracker.indicators.models import Measure, MeasureChange, MeasureValue
from tracker.indicators.reading import usual
from tracker.indicators.reading.queries import figures_of
from tracker.indicators.reading.rules import Read
from tracker.indicators.reading.usual import CHARTED, Figure
from tracker.indicators.rules import Ambition, Direction, Unit
from tracker.indicators.targets.rules import due
from tracker.web.charts import MeasureChart, MeasurePoint

SAID_AFTER = {Unit.PER_CENT: "%", Unit.RATE: " per 10,000", Unit.MONTHS: " months", Unit.CASES: " cases"}


def over_time(caption: str, read: Read, *, of_whom: str = "", hidden: int = 0) -> MeasureChart:
    """The last figures with their usual range, and what that does and does not show."""
    charted, unit = read.charted, read.aim.unit
    return MeasureChart(
        caption=caption,
        finding=finding(read),
        unit=SAID_AFTER.get(unit, ""),
        points=tuple(_point(read, place, figure, of_whom) for place, figure in enumerate(charted.figures)),
        target=None if read.aim.direction is Direction.CONTEXT else _rounded(read.aim.target),
        shows=usual.shows(charted, unit) + _left_out(hidden),
        does_not_show=usual.does_not_show(charted, has_target=read.distance is not None),
    )


def _left_out(hidden: int) -> str:
    if not hidden:
        return ""
    figures = "One figure is" if hidden == 1 else f"{hidden} figures are"
    return f" {figures} left out, here and in the range: so few are counted that somebody could be recognised."


def of_measure(measure: Measure, read: Read, *, hidden: int = 0) -> MeasureChart:
    """The figures that mean the same as the latest, each with the target it is read against.

    Captioned as a page and a pack name a measure; ``hidden`` of its figures are left out.
    """
    caption = f"{measure.reference}, {measure.short_name or measure.name}"
    chart = over_time(caption, read, of_whom=measure.of_whom, hidden=hidden)
    pairs = zip(chart.points, read.charted.figures, strict=True)
    points = tuple(_aimed(point, measure, figure.end, measure.comparable_since) for point, figure in pairs)
    return replace(chart, points=points)


def whole(measure: Measure, read: Read) -> MeasureChart:
    """As ``of_measure``, with what came before what it counts changed, and a mark there.

    Figures in another unit, or of longer or shorter periods, fit no common scale: they stand in the table only.
    """
    chart = of_measure(measure, read)
    room = CHARTED - len(chart.points)
    earlier = [value for value in _earlier(measure) if _fits(measure, value)][-room:] if room > 0 else []
    before = [
        _aimed(_plain(measure, value), measure, value.period_end, _since(measure, value.period_start))
        for value in earlier
    ]
    starts = [value.period_start for value in earlier] + [figure.start for figure in read.charted.figures]
    marks = _marks(measure.changes, starts)
    points = [
        replace(point, changed=marks[place][0], breaks=marks[place][1]) if place in marks else point
        for place, point in enumerate([*before, *chart.points])
    ]
    return replace(chart, points=tuple(points), shows=f"{chart.shows}{_says_breaks(measure, len(earlier))}")


def _earlier(measure: Measure) -> list[MeasureValue]:
    since = measure.comparable_since
    return [value for value in measure.values if since is not None and value.period_start < since]


def _fits(measure: Measure, value: MeasureValue) -> bool:
    then = measure.counted_at(value.period_start)
    return (then.unit, then.period) == (measure.unit, measure.period)


def _since(measure: Measure, day: date) -> date | None:
    """``comparable_since`` as it was for a period that begins on ``day``."""
    breaks = [one.from_day for one in measure.changes if not one.is_comparable and one.from_day <= day]
    return breaks[-1] if breaks else None


def _marks(changes: Sequence[MeasureChange], starts: Sequence[date]) -> Mapping[int, tuple[str, bool]]:
    """Place of the first figure of each meaning -> what is said of it, and whether it breaks the series."""
    found: dict[int, tuple[str, bool]] = {}
    for one in changes:
        place = next((place for place, start in enumerate(starts) if start >= one.from_day), None)
        if place:
            breaks = not one.is_comparable or found.get(place, ("", False))[1]
            said = (
                f"counted otherwise from {one.from_day:%-d %B %Y}, {'not compared' if breaks else 'still comparable'}"
            )
            found[place] = (said, breaks)
    return found


def _says_breaks(measure: Measure, earlier: int) -> str:
    since = measure.comparable_since
    if since is None:
        return ""
    where = " The line across the chart shows where." if earlier else ""
    return (
        f" It has been counted otherwise since {since:%-d %B %Y}: earlier figures are not compared with later ones, "
        f"and are left out of the range.{where}"
    )


def _plain(measure: Measure, value: MeasureValue) -> MeasurePoint:
    """A figure of an earlier meaning, without the range of the present one."""
    (figure,) = figures_of([value])
    then = measure.counted_at(figure.start)
    return MeasurePoint(
        label=figure.label,
        value=_rounded(figure.value) or 0.0,
        basis=rules.out_of(figure.numerator, figure.denominator, then.of_whom, then.unit),
        provisional=figure.provisional,
    )


def _aimed(point: MeasurePoint, measure: Measure, day: date, since: date | None) -> MeasurePoint:
    if measure.direction is Direction.CONTEXT:
        return point
    target = due(measure.targets, Ambition.TARGET, day, since=since)
    stretch = due(measure.targets, Ambition.STRETCH, day, since=since)
    return replace(
        point,
        target=_rounded(target.figure) if target else None,
        stretch=_rounded(stretch.figure) if stretch else None,
    )


def finding(read: Read) -> str:
    """ "71% in November 2026, 19 points short of 90%, within its usual range"."""
    if read.latest is None:
        return "no figure yet"
    said = [f"{read.figure} in {read.latest.when}", read.how_far.partition(", ")[0], usual.finding(read.charted)]
    return ", ".join(filter(None, said))


def _point(read: Read, place: int, figure: Figure, of_whom: str) -> MeasurePoint:
    limits = read.charted.limits_at(place)
    return MeasurePoint(
        label=figure.label,
        value=_rounded(figure.value) or 0.0,
        basis=rules.out_of(figure.numerator, figure.denominator, of_whom, read.aim.unit),
        mean=_rounded(limits.mean) if limits else None,
        low=_rounded(limits.low) if limits else None,
        high=_rounded(limits.high) if limits else None,
        signal="; ".join(read.charted.signals_at(place)),
        provisional=figure.provisional,
    )


def _rounded(value: Decimal | float | None) -> float | None:
    """As figures are written, so that a chart and its table say the same."""
    return None if value is None else float(rules.rounded(Decimal(str(value))))
