"""The breakdowns of a measure as its page shows them: the latest period of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from tracker.indicators import rules as figures
from tracker.indicators.breakdowns import queries, rules
from tracker.indicators.breakdowns.queries import PartFigures
from tracker.indicators.breakdowns.rules import Part
from tracker.indicators.models import Measure
from tracker.indicators.reading.usual import Figure


@dataclass(frozen=True)
class PartLine:
    """One part in a row of the table."""

    name: str
    figure: str
    """Empty where it has none for the period."""
    counted: str
    how_far: str
    numbers: Sequence[float]
    """Its last figures, oldest first."""
    last: str
    """The period of its last figure, where that is not the one shown."""
    provisional: bool


@dataclass(frozen=True)
class Breakdown:
    """The parts of one breakdown in its latest period."""

    kind: str
    place: int
    """From 1, for its address on the page."""
    end: date | None
    """None: no part has a figure that means what the measure counts now."""
    when: str
    lines: Sequence[PartLine]
    target: float | None
    says: Sequence[str]


def of(measure: Measure) -> Sequence[Breakdown]:
    """One statement, whatever the measure has."""
    return [
        _breakdown(measure, kind, place, list(parts))
        for place, (kind, parts) in enumerate(groupby(queries.last_figures(measure), lambda part: part.kind), start=1)
    ]


def _breakdown(measure: Measure, kind: str, place: int, parts: Sequence[PartFigures]) -> Breakdown:
    latest = max((part.figures[-1] for part in parts if part.figures), key=lambda one: one.end, default=None)
    target = measure.target_at(latest.end) if latest else None
    return Breakdown(
        kind=kind,
        place=place,
        end=latest.end if latest else None,
        when=figures.period_name(latest.start, latest.end) if latest else "",
        lines=[_line(measure, part, latest) for part in parts],
        target=float(target.figure) if target else None,
        says=_says(measure, parts, latest) if latest else [],
    )


def _at(part: PartFigures, latest: Figure | None) -> Figure | None:
    return next((figure for figure in reversed(part.figures) if latest and figure.end == latest.end), None)


def _line(measure: Measure, part: PartFigures, latest: Figure | None) -> PartLine:
    at, last = _at(part, latest), part.figures[-1] if part.figures else None
    counted = figures.out_of(at.numerator, at.denominator, measure.of_whom, measure.unit) if at else ""
    return PartLine(
        name=part.name,
        figure=figures.written(at.value, measure.unit) if at else "",
        counted=counted,
        how_far=_how_far(measure, at) if at else "",
        numbers=[float(figure.value) for figure in part.figures],
        last=figures.period_name(last.start, last.end) if last and not at else "",
        provisional=at.provisional if at else False,
    )


def _how_far(measure: Measure, figure: Figure) -> str:
    """A target of a count is the measure's whole, so that no part is read against it."""
    target = measure.target_at(figure.end)
    if target is None or measure.unit is figures.Unit.COUNT:
        return ""
    away = figures.distance(figure.value, target.figure, measure.unit, measure.direction, measure.tolerance)
    return away.words if away else ""


def _says(measure: Measure, parts: Sequence[PartFigures], latest: Figure) -> Sequence[str]:
    found = [(part.name, at) for part in parts if (at := _at(part, latest))]
    told = [Part(name, at.value, at.numerator, at.denominator) for name, at in found]
    own = next((value for value in measure.values if value.period_end == latest.end), None)
    whole = Part("", own.value, own.numerator, own.denominator) if own else None
    said = [
        rules.furthest(told, measure.unit),
        rules.together(told, whole, measure.of_whom, measure.unit),
    ]
    return [sentence for sentence in said if sentence]
