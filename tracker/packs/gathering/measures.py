"""Measures against their targets: how far off, in words, and which way they went."""

from decimal import Decimal

from reports.contents import KeyFigure, Measure, Measures, Tone, Word
from tracker.frameworks.schema import Area
from tracker.indicators.models import Measure as Counted
from tracker.indicators.rules import Direction, Distance, Unit, distance, number
from tracker.packs.gathering.known import Known

NEAR = Decimal("0.05")
"""Within this share of its target a measure is near it. Source: our choice."""
MOST_PERIODS = 12


def of_area(known: Known, area: Area) -> Measures | None:
    counted = _counted(known, area)
    if not counted:
        return None
    newest = max(measure.values[-1].period_end for measure in counted)
    return Measures(
        measures=tuple(_measure(measure) for measure in counted),
        caption="Measures against target",
        as_at=f"latest period ends {newest:%-d %B %Y}",
        note="Near means within a twentieth of the target. Each line has a scale of its own: it shows direction only. "
        "Neighbours’ figures are not held.",
    )


def figure(known: Known) -> KeyFigure:
    """Of all areas together."""
    against = [word for measure in known.measures if measure.values and (word := _against(measure)) is not None]
    if not against:
        return KeyFigure(label="Measures at target", value="None", note="no measure has a target")
    near = against.count(IS_NEAR)
    return KeyFigure(
        label="Measures at target",
        value=f"{against.count(MET)} of {len(against)}",
        note=f"{near} more {'is' if near == 1 else 'are'} near it" if near else "that have a target",
    )


MET = Word(text="Met", tone=Tone.GOOD)
IS_NEAR = Word(text="Near", tone=Tone.CAUTION)
NOT_MET = Word(text="Not met", tone=Tone.BAD)


def _counted(known: Known, area: Area) -> list[Counted]:
    return [measure for measure in known.measures if measure.area_code == area.code and measure.values]


def _measure(measure: Counted) -> Measure:
    values = measure.values[-MOST_PERIODS:]
    return Measure(
        reference=measure.reference,
        name=measure.name,
        basis=f"{_unit(measure)}{measure.basis}",
        value=number(values[-1].value),
        was=number(values[-2].value) if len(values) > 1 else "",
        target=_target(measure),
        against=_against(measure),
        distance=_distance(measure),
        series=tuple(round(float(value.value), 1) for value in values),
        series_words=f"last {len(values)} periods",
        unit="%" if measure.unit is Unit.PER_CENT else "",
    )


def _unit(measure: Counted) -> str:
    return "" if measure.unit is Unit.COUNT else f"{measure.unit}, "


def _target(measure: Counted) -> str:
    if measure.target is None:
        return ""
    sign = {Direction.LOWER: "≤ ", Direction.HIGHER: "≥ "}.get(measure.direction, "")
    return sign + number(measure.target)


def _from_target(measure: Counted) -> Distance | None:
    return distance(measure.values[-1].value, measure.target, measure.unit, measure.direction)


def _against(measure: Counted) -> Word | None:
    away = _from_target(measure)
    if away is None or measure.target is None:
        return None
    if away.at_target:
        return MET
    return IS_NEAR if away.apart <= abs(measure.target) * NEAR else NOT_MET


def _distance(measure: Counted) -> str:
    """In words, where the target is not met."""
    away = _from_target(measure)
    return away.words if away and not away.at_target else ""
