"""Every way a measure changes. Each command checks, changes and flushes; the edge commits.

What a measure means (its unit, basis and direction) is said once: on another basis it is another measure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from tracker.frameworks.queries import library
from tracker.improvements.models import ImprovementItem
from tracker.indicators import rules
from tracker.indicators.models import Measure, MeasureValue
from tracker.indicators.rules import Direction, Period, Unit
from tracker.indicators.schema import Definition
from tracker.people.models import Authority
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What an authority's own measure counts."""

    name: str
    definition: str
    unit: Unit
    basis: str
    direction: Direction
    period: Period
    area_code: str
    theme_code: str | None = None
    short_name: str = ""
    counts: str = ""
    out_of: str = ""
    of_whom: str = ""
    origin: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure, or the two counts that it is worked out from."""

    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    provisional: bool = False


@dataclass(frozen=True)
class OfPeriod:
    """A figure and the days that it covers, both of them within it."""

    start: date
    end: date
    figure: Figure


def add_from_definition(authority: Authority, *, definition: Definition, basis: str = "") -> Measure:
    """Count what a definition says; ``basis`` where this authority counts it in another way."""
    on = basis.strip() or definition.basis
    return _add(
        authority,
        Measure(
            definition_id=definition.id,
            name=definition.name,
            short_name=definition.short_name,
            definition=definition.definition,
            counts=definition.numerator,
            out_of=definition.denominator,
            of_whom=definition.of_whom,
            unit=definition.unit,
            basis=on,
            direction=definition.direction,
            period=definition.period,
            origin=definition.source_return,
            area_code=definition.areas[0],
            theme_code=definition.themes[0] if definition.themes else None,
            target=None if definition.target is None else Decimal(str(definition.target)),
        ),
    )


def add_own(authority: Authority, *, means: Meaning) -> Measure:
    """Count something of this authority's own."""
    for text, sentence in (
        (means.name, "Enter a name."),
        (means.definition, "Say what it counts, in a sentence."),
        (means.basis, "Say how it is counted: from which date, of whom, on which day."),
    ):
        if not text.strip():
            raise Refused(sentence)
    _require_place(means.area_code, means.theme_code)
    return _add(authority, Measure(definition_id=None, **vars(means)))


def rename(measure: Measure, *, version: int, name: str, short_name: str) -> None:
    """Call it something else. What it means stays as it is, so that its figures can still be compared."""
    _require_version(measure, version)
    if not name.strip():
        raise Refused("Enter a name.")
    measure.name, measure.short_name = name.strip(), short_name.strip()
    db.session.flush()


def set_target(measure: Measure, *, version: int, target: Decimal | None, by: date | None, reason: str) -> None:
    """Aim at a figure by a day, or at none. The history keeps what was aimed at before, and why it changed."""
    _require_version(measure, version)
    if measure.direction is Direction.CONTEXT and target is not None:
        raise Refused(f"{measure.reference} is for context: neither higher nor lower is better, so it has no target.")
    why_not = "" if target is None else rules.why_not_a_figure(measure.unit, target, None, None)
    if why_not:
        raise Refused(why_not)
    if not reason.strip():
        raise Refused("Say why this is the target now.")
    with history.because(reason):
        measure.target, measure.target_by = target, by if target is not None else None
        db.session.flush()


def record_value(
    measure: Measure, *, period_start: date, period_end: date, figure: Figure, reason: str = "", on: date
) -> MeasureValue:
    """Record the figure of one period. A figure that is there already is replaced for a ``reason`` only."""
    there = _value_at(measure, period_end)
    require_recordable(measure, there, period_start=period_start, period_end=period_end, figure=figure, on=on)
    if there is not None:
        _require_reason(measure, there, reason)
    value = _put(measure, there, period_start, period_end, figure)
    db.session.flush()
    state = " (provisional)" if figure.provisional else ""
    history.record(
        measure,
        f"{rules.period_name(period_start, period_end)} recorded as {rules.written(value.value, measure.unit)}{state}",
        why=reason,
    )
    return value


def record_values(
    measure: Measure, figures: Sequence[OfPeriod], *, brought_from: str, why: str, reason: str, on: date
) -> None:
    """Record figures of several periods at once, as one entry of the history: all of them or none.

    A final figure is replaced for a ``reason`` only; a provisional one becomes what the file says. ``why`` says where
    they come from.
    """
    there = {value.period_end: value for value in measure.values}
    for one in figures:
        before = there.get(one.end)
        require_recordable(measure, before, period_start=one.start, period_end=one.end, figure=one.figure, on=on)
        if before is not None and not before.provisional:
            _require_reason(measure, before, reason)
    with history.because(" ".join(part for part in (reason.strip(), why) if part)):
        moved = [told for one in figures if (told := _moved(measure, there.get(one.end), one.figure))]
        for one in figures:
            _put(measure, there.get(one.end), one.start, one.end, one.figure)
        db.session.flush()
        count = "1 figure" if len(figures) == 1 else f"{len(figures)} figures"
        more = [f"{len(moved) - MOST_TOLD} more"] if len(moved) > MOST_TOLD else []
        told = f": {'; '.join([*moved[:MOST_TOLD], *more])}" if moved else ""
        history.record(measure, f"{count} brought in from {brought_from}{told}")


MOST_TOLD = 12
"""Changes that one entry of the history tells of, each with what was there before. Our choice: a year of months."""


def _moved(measure: Measure, before: MeasureValue | None, figure: Figure) -> str:
    """As in "October 2026 from 69% to 68%"; empty for a figure that is new."""
    if before is None:
        return ""
    name = rules.period_name(before.period_start, before.period_end)
    was, will_be = rules.written(before.value, measure.unit), rules.written(value_of(measure, figure), measure.unit)
    return f"{name} from {was} to {will_be}" if was != will_be else f"{name} {will_be}"


def require_recordable(
    measure: Measure,
    there: MeasureValue | None,
    *,
    period_start: date,
    period_end: date,
    figure: Figure,
    on: date,
) -> None:
    """Raises Refused where a figure could not be recorded in the place of ``there``, whatever the reason for it."""
    _require_period(period_start, period_end, on)
    why_not = rules.why_not_a_figure(measure.unit, figure.value, figure.numerator, figure.denominator)
    if why_not:
        raise Refused(why_not)
    if there is not None and figure.provisional and not there.provisional:
        name = rules.period_name(there.period_start, there.period_end)
        raise Refused(f"The figure for {name} is final, so it cannot become provisional again.")


def value_of(measure: Measure, figure: Figure) -> Decimal:
    """Worked out from the counts where there are any, so that it cannot disagree with them."""
    if figure.numerator is not None and figure.denominator is not None:
        return rules.worked_out(measure.unit, figure.numerator, figure.denominator)
    return figure.value if figure.value is not None else Decimal(0)


def link_to_item(measure: Measure, *, item: ImprovementItem) -> None:
    """Let a measure speak for an improvement item."""
    if item.authority_id != measure.authority_id:
        raise Refused(f"{item.reference} belongs to another authority.")
    if item in measure.items:
        raise Refused(f"{measure.reference} speaks for {item.reference} already.")
    measure.items.append(item)
    history.record(measure, f"linked to {item.reference}")


def unlink(measure: Measure, *, item: ImprovementItem) -> None:
    if item not in measure.items:
        raise Refused(f"{measure.reference} does not speak for {item.reference}.")
    measure.items.remove(item)
    history.record(measure, f"no longer linked to {item.reference}")


def _add(authority: Authority, measure: Measure) -> Measure:
    twin = db.session.scalars(
        select(Measure).where(
            Measure.authority_id == authority.id, Measure.name == measure.name, Measure.basis == measure.basis
        )
    ).first()
    if twin is not None:
        raise Refused(f"{twin.reference} counts the same on the same basis. Record its figures there.")
    measure.authority = authority
    db.session.add(measure)
    db.session.flush()
    return measure


def _value_at(measure: Measure, end: date) -> MeasureValue | None:
    return db.session.scalars(
        select(MeasureValue).where(MeasureValue.measure_id == measure.id, MeasureValue.period_end == end)
    ).one_or_none()


def _put(measure: Measure, there: MeasureValue | None, start: date, end: date, figure: Figure) -> MeasureValue:
    value = there or MeasureValue(measure=measure, period_start=start, period_end=end)
    value.period_start, value.provisional = start, figure.provisional
    value.numerator, value.denominator = figure.numerator, figure.denominator
    value.value = value_of(measure, figure)
    db.session.add(value)
    return value


def _require_reason(measure: Measure, there: MeasureValue, reason: str) -> None:
    if not reason.strip():
        name = rules.period_name(there.period_start, there.period_end)
        state = "a provisional" if there.provisional else "a"
        raise Refused(
            f"{name} has {state} figure already: {rules.written(there.value, measure.unit)}. Say why it changes."
        )


def _require_period(start: date, end: date, on: date) -> None:
    if start > end:
        raise Refused("The period ends before it starts. Change one of its days.")
    if start > on:
        raise Refused("The period has not begun. Choose one that has.")


def _require_place(area_code: str, theme_code: str | None) -> None:
    areas = {area.code for framework in library().frameworks.values() for area in framework.areas}
    if area_code not in areas:
        raise Refused("Choose a judgement area from the list.")
    if theme_code is not None:
        library().theme(theme_code)


def _require_version(measure: Measure, version: int) -> None:
    if measure.version != version:
        raise Conflict(
            f"{measure.reference} was changed by somebody else after you opened it. Look at what is there now, "
            "then make your change again."
        )
