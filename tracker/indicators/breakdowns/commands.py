"""Recording the figures of parts: those of one breakdown and one period together, all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.indicators import commands as measures
from tracker.indicators import rules as figures
from tracker.indicators.breakdowns import queries, rules
from tracker.indicators.breakdowns.models import MeasurePart, PartValue
from tracker.indicators.breakdowns.rules import MOST_PARTS, Part, folded
from tracker.indicators.commands import MOST_TOLD, Figure
from tracker.indicators.models import Measure
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import Refused

LONGEST_NAME = 100


@dataclass(frozen=True)
class OfPart:
    """The figure of one part, by its name."""

    name: str
    figure: Figure


def record(
    measure: Measure,
    kind: str,
    lines: Sequence[OfPart],
    *,
    period_start: date,
    period_end: date,
    reason: str = "",
    on: date,
) -> None:
    """Record the figures of one breakdown for one period; a part that is new is added.

    The rules are those of the measure's own figures: a figure that is there is replaced for a ``reason`` only. Raises
    Refused, with the part named, where one cannot be recorded; then none is.
    """
    there = queries.parts(measure)
    kind = _as_written(kind, {part.kind for part in there})
    if not kind:
        raise Refused("Say what the measure is broken down by, such as: Team.")
    known = {folded(part.name): part for part in there if part.kind == kind}
    _require_lines(lines, known)
    before = queries.values_at(measure, kind, period_end)
    whole = next((_part("", value) for value in measure.values if value.period_end == period_end), None)
    told = []
    for line in lines:
        part = known.get(folded(line.name))
        was = before.get(part.id) if part else None
        try:
            measures.require_recordable(
                measure, was, period_start=period_start, period_end=period_end, figure=line.figure, on=on
            )
            if was is not None and _changes(measure, was, line.figure):
                measures.require_reason(measure, was, reason)
            _require_within(measure, line, period_start, whole)
        except Refused as refused:
            raise Refused(f"{line.name.strip()}: {refused}", about=refused.about) from None
        part = part or _added(measure, kind, line.name, len(known) + 1)
        known[folded(part.name)] = part
        if was is None or _changes(measure, was, line.figure):
            told.append(_told(measure, part, was, line.figure, period_start))
        _put(measure, part, was, period_start, period_end, line.figure)
    db.session.flush()
    more = [f"{len(told) - MOST_TOLD} more"] if len(told) > MOST_TOLD else []
    if told:
        name = figures.period_name(period_start, period_end)
        history.record(measure, f"{name} by {kind} recorded: {'; '.join([*told[:MOST_TOLD], *more])}", why=reason)


def _as_written(name: str, known: set[str]) -> str:
    """As it was written first, so that "team" and "Team" are one."""
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        raise Refused(f"Use {LONGEST_NAME} characters or fewer for a name.")
    return next((one for one in known if folded(one) == folded(name)), name)


def _require_lines(lines: Sequence[OfPart], known: dict[str, MeasurePart]) -> None:
    names = [folded(line.name) for line in lines]
    if not lines:
        raise Refused("Enter the figure of at least one part.")
    if not all(line.name.strip() for line in lines):
        raise Refused("Name each part that has a figure.")
    for line, name in zip(lines, names, strict=True):
        if names.count(name) > 1:
            raise Refused(f"{line.name.strip()} stands here twice. Leave one of the two.")
    if len({*known, *names}) > MOST_PARTS:
        raise Refused(f"A breakdown has at most {MOST_PARTS} parts.")


def _require_within(measure: Measure, line: OfPart, start: date, whole: Part | None) -> None:
    figure = line.figure
    part = Part(line.name, measures.value_of(measure, figure, start), figure.numerator, figure.denominator)
    why_not = rules.why_not_part(part, whole, measure.counted_at(start).unit)
    if why_not:
        raise Refused(why_not)


def _part(name: str, value: queries.Counts) -> Part:
    return Part(name, value.value, value.numerator, value.denominator)


def _changes(measure: Measure, was: PartValue, figure: Figure) -> bool:
    value = measures.value_of(measure, figure, was.period_start)
    return (was.value, was.numerator, was.denominator, was.provisional) != (
        value,
        figure.numerator,
        figure.denominator,
        figure.provisional,
    )


def _added(measure: Measure, kind: str, name: str, position: int) -> MeasurePart:
    part = MeasurePart(measure=measure, kind=kind, name=_as_written(name, set()), position=position)
    db.session.add(part)
    return part


def _told(measure: Measure, part: MeasurePart, was: PartValue | None, figure: Figure, start: date) -> str:
    """As in "Localities 2 70%", or "Localities 2 from 69% to 70%"."""
    unit = measure.counted_at(start).unit
    now = figures.written(measures.value_of(measure, figure, start), unit)
    before = figures.written(was.value, unit) if was else now
    state = " (provisional)" if figure.provisional else ""
    return f"{part.name} from {before} to {now}{state}" if before != now else f"{part.name} {now}{state}"


def _put(measure: Measure, part: MeasurePart, was: PartValue | None, start: date, end: date, figure: Figure) -> None:
    value = was or PartValue(part=part, period_end=end)
    value.period_start, value.provisional = start, figure.provisional
    value.numerator, value.denominator = figure.numerator, figure.denominator
    value.value = measures.value_of(measure, figure, start)
    db.session.add(value)
