"""Every way a measure changes. Each command checks, changes and flushes; the edge commits.

What a measure means changes through ``meanings`` only, what it aims at through ``targets``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from sqlalchemy import select

from tracker.frameworks.queries import library
from tracker.indicators import rules
from tracker.indicators.meanings.rules import said_by
from tracker.indicators.models import Measure, MeasureTarget, MeasureValue
from tracker.indicators.rules import Ambition, Direction, Period, Unit
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
    source: str = ""
    """The report, return or system that it was read from."""
    source_date: date | None = None
    """The day on which the source was made or published."""


class Recorded(Protocol):
    """A figure that is there already, of a measure or of a part of it."""

    @property
    def period_start(self) -> date: ...
    @property
    def period_end(self) -> date: ...
    @property
    def value(self) -> Decimal: ...
    @property
    def provisional(self) -> bool: ...


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
            tolerance=None if definition.tolerance is None else Decimal(str(definition.tolerance)),
            shipped=said_by(definition),
            targets=_implied(definition),
        ),
    )


def _implied(definition: Definition) -> list[MeasureTarget]:
    """The target that a definition itself implies, such as none at all."""
    if definition.target is None:
        return []
    return [MeasureTarget(ambition=Ambition.TARGET, figure=Decimal(str(definition.target)), why=definition.definition)]


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
    require_version(measure, version)
    if not name.strip():
        raise Refused("Enter a name.")
    measure.name, measure.short_name = name.strip(), short_name.strip()
    db.session.flush()


def record_value(
    measure: Measure, *, period_start: date, period_end: date, figure: Figure, reason: str = "", on: date
) -> MeasureValue:
    """Record the figure of one period. A figure that is there already is replaced for a ``reason`` only."""
    there = _value_at(measure, period_end)
    require_recordable(measure, there, period_start=period_start, period_end=period_end, figure=figure, on=on)
    if there is not None:
        require_reason(measure, there, reason)
    value = _put(measure, there, period_start, period_end, figure)
    db.session.flush()
    state = " (provisional)" if figure.provisional else ""
    history.record(
        measure,
        f"{rules.period_name(period_start, period_end)} recorded as {_written(measure, value)}{state}",
        why=reason,
    )
    return value


def take_out_value(measure: Measure, value: MeasureValue, *, reason: str) -> None:
    """Let go of a figure that was recorded by mistake; the history keeps what it was, and why it went."""
    if not reason.strip():
        raise Refused("Say why the figure is taken out.", about="reason")
    name, was = rules.period_name(value.period_start, value.period_end), _written(measure, value)
    counted = measure.counted_at(value.period_start)
    counts = rules.out_of(value.numerator, value.denominator, counted.of_whom, counted.unit)
    with history.because(reason.strip()):
        measure.values.remove(value)
        db.session.delete(value)
        db.session.flush()
        state = ", provisional" if value.provisional else ""
        history.record(measure, f"{name} taken out: it was {was}{f' ({counts})' if counts else ''}{state}")


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
            require_reason(measure, before, reason)
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
    unit, value = measure.counted_at(before.period_start).unit, value_of(measure, figure, before.period_start)
    was, will_be = rules.written(before.value, unit), rules.written(value, unit)
    return f"{name} from {was} to {will_be}" if was != will_be else f"{name} {will_be}"


def require_recordable(
    measure: Measure,
    there: Recorded | None,
    *,
    period_start: date,
    period_end: date,
    figure: Figure,
    on: date,
) -> None:
    """Raises Refused where a figure could not be recorded in the place of ``there``, whatever the reason for it."""
    _require_period(period_start, period_end, on)
    unit = measure.counted_at(period_start).unit
    why_not = rules.why_not_a_figure(unit, figure.value, figure.numerator, figure.denominator)
    if why_not:
        raise Refused(why_not, about="value" if figure.numerator is None else "numerator")
    name = rules.period_name(period_start, period_end)
    if not rules.has_ended(period_start, period_end, on):
        if not figure.provisional:
            raise Refused(f"{name} has not ended yet, so its figure can only be provisional.", about="provisional")
    elif there is not None and figure.provisional and not there.provisional:
        raise Refused(f"The figure for {name} is final, so it cannot become provisional again.", about="provisional")


def value_of(measure: Measure, figure: Figure, start: date) -> Decimal:
    """Worked out from the counts where there are any, so that it cannot disagree with them.

    ``start`` of its period says in which unit it was counted then.
    """
    if figure.numerator is not None and figure.denominator is not None:
        return rules.worked_out(measure.counted_at(start).unit, figure.numerator, figure.denominator)
    return figure.value if figure.value is not None else Decimal(0)


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
    value.value = value_of(measure, figure, start)
    value.source, value.source_date = figure.source.strip(), figure.source_date
    db.session.add(value)
    return value


def require_reason(measure: Measure, there: Recorded, reason: str) -> None:
    if not reason.strip():
        name = rules.period_name(there.period_start, there.period_end)
        state = "a provisional" if there.provisional else "a"
        raise Refused(
            f"{name} has {state} figure already: {_written(measure, there)}. Say why it changes.", about="reason"
        )


def _written(measure: Measure, value: Recorded) -> str:
    return rules.written(value.value, measure.counted_at(value.period_start).unit)


def _require_period(start: date, end: date, on: date) -> None:
    if start > end:
        raise Refused("The period ends before it starts. Change one of its days.", about="period")
    if start > on:
        raise Refused("The period has not begun. Choose one that has.", about="day" if start == end else "period")


def _require_place(area_code: str, theme_code: str | None) -> None:
    areas = {area.code for framework in library().frameworks.values() for area in framework.areas}
    if area_code not in areas:
        raise Refused("Choose a judgement area from the list.")
    if theme_code is not None:
        library().theme(theme_code)


def require_version(measure: Measure, version: int) -> None:
    if measure.version != version:
        raise Conflict(
            f"{measure.reference} was changed by somebody else, or in another window, after you opened it. "
            "Look at what is there now, then make your change again."
        )
