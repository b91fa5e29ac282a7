"""Measures against their targets: how far off, in words, and which way they went."""

from collections.abc import Sequence

from reports.contents import KeyFigure, Measure, Measures, Tone, Word
from reports.measure_parts import MeasureChart
from tracker.frameworks.schema import Area
from tracker.indicators.models import Measure as Counted
from tracker.indicators.models import MeasureValue
from tracker.indicators.reading.pictures import of_measure
from tracker.indicators.reading.queries import of_values
from tracker.indicators.reading.rules import EXCEPTIONS, Read, first_things
from tracker.indicators.rules import Direction, Unit, number
from tracker.packs.gathering.known import Known

MOST_PERIODS = 12
MOST_CHARTS = 2
"""How many measures of an area have a chart with their usual range. Source: our choice; a chapter stays readable."""


def of_area(known: Known, area: Area) -> Measures | None:
    counted = _counted(known, area)
    if not counted:
        return None
    hides = any((measure.id, value.period_end) in known.hidden for measure in counted for value in measure.series)
    few = (
        " Hidden: so few are counted that somebody could be recognised, or it would tell such a figure."
        if hides
        else ""
    )
    lines = tuple(_measure(known, measure) for measure in counted)
    held = any(line.neighbours for line in lines)
    newest = max(measure.series[-1].period_end for measure in counted)
    return Measures(
        measures=lines,
        caption="Measures against target and neighbours" if held else "Measures against target",
        as_at=f"latest period ends {newest:%-d %B %Y}",
        note="Near means within the measure’s tolerance, or a twentieth of its target where it has none. Each line has "
        f"a scale of its own: it shows direction only. {OF_NEIGHBOURS if held else NOT_HELD}{few}",
        charts=_charts(known, counted),
    )


def figure(known: Known) -> KeyFigure:
    """Of all areas together; what is hidden counts on neither side."""
    all_words = [word for measure in known.measures if measure.series and (word := _against(known, measure))]
    against = [word for word in all_words if word is not NOT_SHOWN]
    if not against:
        note = "what has a target counts too few to show" if all_words else "no measure has a target"
        return KeyFigure(label="Measures at target", value="None", note=note)
    near = against.count(IS_NEAR)
    return KeyFigure(
        label="Measures at target",
        value=f"{against.count(MET)} of {len(against)}",
        note=f"{near} more {'is' if near == 1 else 'are'} near it" if near else "that have a target",
    )


NOT_HELD = "Neighbours’ figures are not held."
OF_NEIGHBOURS = (
    "Neighbours: what was published of them together, or the median of their figures, on the same basis; its period "
    "stands in brackets where it is not the latest."
)
MET = Word(text="Met", tone=Tone.GOOD)
IS_NEAR = Word(text="Near", tone=Tone.CAUTION)
NOT_MET = Word(text="Not met", tone=Tone.BAD)
NOT_SHOWN = Word(text="Not shown")
HIDDEN = "Hidden"


def _counted(known: Known, area: Area) -> list[Counted]:
    return [measure for measure in known.measures if measure.area_code == area.code and measure.series]


def _measure(known: Known, measure: Counted) -> Measure:
    shown, read = known.shown(measure), _read(known, measure)
    last = [_number(known, measure, value) for value in measure.series[-2:]]
    told = not known.is_hidden(measure)
    return Measure(
        reference=measure.reference,
        name=measure.name,
        basis=f"{_unit(measure)}{measure.basis}",
        value=last[-1],
        was=last[0] if len(last) > 1 else "",
        target=_target(measure),
        neighbours=_neighbours(known, measure),
        against=_against(known, measure),
        distance=read.how_far if told and read.distance and not read.distance.at_target else "",
        travel=f"{read.course.arrow} {read.course.travel}".strip() if told and read.course.arrow else "",
        series=tuple(round(float(value.value), 1) for value in shown[-MOST_PERIODS:]),
        series_words=f"last {len(shown[-MOST_PERIODS:])} periods",
        unit="%" if measure.unit is Unit.PER_CENT else "",
    )


def _read(known: Known, measure: Counted) -> Read:
    """What the figures say that may be printed."""
    return of_values(measure, known.shown(measure), known.today)


def _number(known: Known, measure: Counted, value: MeasureValue) -> str:
    return HIDDEN if (measure.id, value.period_end) in known.hidden else number(value.value)


def _unit(measure: Counted) -> str:
    return "" if measure.unit is Unit.COUNT else f"{measure.unit}, "


def _neighbours(known: Known, measure: Counted) -> str:
    """Of neighbours together, with its period where that is not the latest; published, so never hidden."""
    compared = known.compared.get(measure.id)
    if compared is None or compared.together is None:
        return ""
    is_latest = measure.latest is not None and measure.latest.period_end == compared.end
    return number(compared.together) if is_latest else f"{number(compared.together)} ({compared.when})"


def _target(measure: Counted) -> str:
    if measure.target is None:
        return ""
    sign = {Direction.LOWER: "≤ ", Direction.HIGHER: "≥ "}.get(measure.direction, "")
    return sign + number(measure.target)


def _against(known: Known, measure: Counted) -> Word | None:
    """None where there is nothing to compare."""
    if known.is_hidden(measure):
        return NOT_SHOWN
    away = _read(known, measure).distance
    if away is None or measure.target is None:
        return None
    if away.at_target:
        return MET
    return IS_NEAR if away.is_near else NOT_MET


def _charts(known: Known, counted: Sequence[Counted]) -> tuple[MeasureChart, ...]:
    """Of the measures to look at first that have a usual range; what is hidden stands in none."""
    reads = {measure.reference: (measure, _read(known, measure)) for measure in counted if not known.is_hidden(measure)}
    first = sorted(reads.values(), key=lambda pair: (*first_things(pair[1]), pair[0].number))
    chosen = [(measure, read) for measure, read in first if read.attention in EXCEPTIONS and read.charted.chart]
    return tuple(
        of_measure(measure, read, hidden=len(measure.series) - len(read.figures))
        for measure, read in chosen[:MOST_CHARTS]
    )
