"""The usual range of a measure: which control chart its figures allow, what signals, and what that does not say.

Pure. Limits are worked out from the figures that the chart shows: the last of them, as many as three years of months.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tracker.indicators import rules
from tracker.indicators.rules import Unit
from tracker.platform.statistics.control_limits import FEWEST, Chart, Limits, Signal, p_chart, u_chart, xmr_chart

CHARTED = 36
"""Figures that a chart shows and works its limits out from: as far as the charts of audits look back. Our choice."""
PER = {Unit.PER_CENT: 100, Unit.RATE: 10_000}
"""How many of what is below the line a figure is for."""


class Kind(StrEnum):
    """A control chart, by what it assumes of the figures."""

    P = "p chart"
    U = "u chart"
    XMR = "XmR chart"


ALLOWS_FOR = {
    Kind.P: "It allows for how many are below the line each time (a p chart).",
    Kind.U: "It allows for how large the base is each time (a u chart).",
    Kind.XMR: "It is worked out from how much the figure moves from one time to the next (an XmR chart).",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """One period's figure as it was recorded."""

    start: date
    end: date
    value: Decimal
    numerator: int | None = None
    denominator: int | None = None
    provisional: bool = False

    @property
    def when(self) -> str:
        return rules.period_name(self.start, self.end)

    @property
    def label(self) -> str:
        """As short as an axis needs it: "Nov 2026", "Jul to Sep 2026", "2025/26", "31 Mar 2026"."""
        start, end = self.start, self.end
        if start == end:
            return f"{end:%-d %b %Y}"
        months = (end.year - start.year) * 12 + end.month - start.month
        if months == 11 and start.month == 4:
            return f"{start:%Y}/{end:%y}"
        return f"{end:%b %Y}" if not months else f"{start:%b} to {end:%b %Y}"


@dataclass(frozen=True)
class Charted:
    """Figures, oldest first, with a chart in their unit; no chart where there are too few for limits."""

    kind: Kind
    figures: Sequence[Figure]
    chart: Chart | None

    @property
    def needed(self) -> int:
        """How many figures more until there are limits."""
        return max(0, FEWEST - len(self.figures))

    def limits_at(self, place: int) -> Limits | None:
        return self.chart.limits[place] if self.chart else None

    def signals_at(self, place: int) -> list[Signal]:
        return self.chart.signals_at(place) if self.chart else []

    @property
    def at_last(self) -> Signal | None:
        """The plainest signal of the latest figure."""
        found = self.signals_at(len(self.figures) - 1) if self.figures else []
        return next((signal for signal in Signal if signal in found), None)

    @property
    def is_above(self) -> bool:
        """Whether the latest figure lies above the average; of no matter without limits."""
        last = self.limits_at(len(self.figures) - 1) if self.figures else None
        return last is not None and self.chart is not None and self.chart.values[-1] > last.mean

    @property
    def rises(self) -> bool:
        """Whether the latest figure is above the one before it."""
        return self.chart is not None and self.chart.values[-1] > self.chart.values[-2]


def charted(figures: Sequence[Figure], unit: Unit) -> Charted:
    """A p chart of shares with their counts, a u chart of counts against a base, an XmR chart of all else."""
    last = figures[-CHARTED:]
    kind = _kind(last, unit)
    return Charted(kind, last, _chart(kind, last, unit) if len(last) >= FEWEST else None)


def _kind(figures: Sequence[Figure], unit: Unit) -> Kind:
    """Both counts of every figure have to be known; a count of months or points is no count of cases."""
    if not all(figure.denominator for figure in figures):
        return Kind.XMR
    return {Unit.PER_CENT: Kind.P, Unit.RATE: Kind.U, Unit.CASES: Kind.U}.get(unit, Kind.XMR)


def _chart(kind: Kind, figures: Sequence[Figure], unit: Unit) -> Chart:
    if kind is Kind.XMR:
        ceiling = 100.0 if unit is Unit.PER_CENT else None
        return xmr_chart([float(figure.value) for figure in figures], floor=0, ceiling=ceiling)
    parts = [figure.numerator or 0 for figure in figures]
    wholes = [figure.denominator or 1 for figure in figures]
    return _times((p_chart if kind is Kind.P else u_chart)(parts, wholes), PER.get(unit, 1))


def _times(chart: Chart, times: int) -> Chart:
    """The same chart in the unit of the figure."""
    return Chart(
        tuple(times * value for value in chart.values),
        tuple(Limits(times * one.mean, times * one.low, times * one.high) for one in chart.limits),
        chart.signals,
    )


# Words ----------------------------------------------------------------------------------------------------------


def range_words(limits: Limits, unit: Unit) -> str:
    """
    >>> range_words(Limits(65.0, 48.04, 81.96), Unit.PER_CENT)
    '48% to 82%'
    """
    low, high = (Decimal(str(end)) for end in (limits.low, limits.high))
    return f"{rules.number(low)}{'%' if unit is Unit.PER_CENT else ''} to {rules.written(high, unit)}"


def finding(charted: Charted) -> str:
    """In a few words, for a title and a cell: how the latest figure lies to what is usual."""
    if not charted.figures:
        return "no figure yet"
    if charted.chart is None:
        return "too few figures for a usual range"
    above = "above" if charted.is_above else "below"
    return {
        None: "within its usual range",
        Signal.OUTSIDE: f"{above} its usual range",
        Signal.SHIFT: f"{_run(charted, Signal.SHIFT)} in a row {above} its average",
        Signal.TREND: f"{_run(charted, Signal.TREND)} in a row {'rising' if charted.rises else 'falling'}",
        Signal.NEAR_A_LIMIT: f"two of three near the {'upper' if charted.is_above else 'lower'} end of its usual range",
    }[charted.at_last]


def shows(charted: Charted, unit: Unit) -> str:
    """What the chart shows, in a sentence or two."""
    if not charted.figures:
        return "Nothing is known yet."
    last = charted.limits_at(len(charted.figures) - 1)
    if last is None:
        more = f"{charted.needed} more {'is' if charted.needed == 1 else 'are'} needed"
        return f"Too few figures for a usual range: it takes {FEWEST}, and {more}. Nobody can say yet what is usual."
    within = f"its usual range, {range_words(last, unit)}"
    if charted.at_last is not None:
        lies = "" if charted.at_last is Signal.OUTSIDE else f" The latest lies within {within}."
        said = finding(charted) if charted.at_last is not Signal.OUTSIDE else _outside(charted, within)
        return f"{said[:1].upper()}{said[1:]}: chance alone seldom does that, so something has changed.{lies}"
    earlier = _earlier(charted)
    if earlier:
        return f"The latest figure lies within {within}. Something changed earlier: see {earlier}."
    return f"Every figure lies within {within}: nothing says that anything changed."


def does_not_show(charted: Charted, *, has_target: bool) -> str:
    """What nobody should read into the chart."""
    if charted.chart is None:
        return "Ups and downs of so few figures may be chance."
    enough = "for that, look at the target" if has_target else "it has no target to say that"
    return (
        f"The range says what is usual, not whether it is good enough: {enough}. It does not say why either. "
        f"{ALLOWS_FOR[charted.kind]}"
    )


def _outside(charted: Charted, within: str) -> str:
    return f"the latest figure lies {'above' if charted.is_above else 'below'} {within}"


def _earlier(charted: Charted) -> str:
    """The label of the latest figure that signalled, or empty."""
    places = [place for _, places in charted.chart.signals for place in places] if charted.chart else []
    return charted.figures[max(places)].label if places else ""


def _run(charted: Charted, signal: Signal) -> str:
    """How many figures the stretch that holds the latest has: "7"."""
    last = len(charted.figures) - 1
    runs = [places for found, places in (charted.chart.signals if charted.chart else ()) if found is signal]
    return str(max((len(places) for places in runs if last in places), default=0))
