"""A measure as the picture that a page and a pack draw alike."""

from decimal import Decimal

from tracker.indicators import rules
from tracker.indicators.models import Measure
from tracker.indicators.reading import usual
from tracker.indicators.reading.rules import Read
from tracker.indicators.reading.usual import Figure
from tracker.indicators.rules import Direction, Unit
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
    """Captioned as a page and a pack name a measure; ``hidden`` of its figures are left out."""
    caption = f"{measure.reference}, {measure.short_name or measure.name}"
    return over_time(caption, read, of_whom=measure.of_whom, hidden=hidden)


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
        basis=rules.out_of(figure.numerator, figure.denominator, of_whom),
        mean=_rounded(limits.mean) if limits else None,
        low=_rounded(limits.low) if limits else None,
        high=_rounded(limits.high) if limits else None,
        signal="; ".join(read.charted.signals_at(place)),
        provisional=figure.provisional,
    )


def _rounded(value: Decimal | float | None) -> float | None:
    """As figures are written, so that a chart and its table say the same."""
    return None if value is None else float(rules.rounded(Decimal(str(value))))
