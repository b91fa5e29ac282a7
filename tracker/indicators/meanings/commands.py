"""Every way what a measure counts changes. Each command checks, changes and flushes; the edge commits."""

from datetime import date

from sqlalchemy import select

from tracker.indicators.commands import require_version
from tracker.indicators.meanings import rules
from tracker.indicators.meanings.rules import Counted
from tracker.indicators.models import Measure, MeasureChange
from tracker.indicators.schema import Definition
from tracker.people.models import Person
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import Refused


def change(
    measure: Measure,
    *,
    version: int,
    counted: Counted,
    from_day: date | None,
    reason: str,
    comparable_because: str = "",
    by: Person | None,
    on: date,
) -> MeasureChange:
    """Count otherwise in periods that begin on ``from_day`` or later; figures of earlier ones keep their meaning.

    Nothing is compared across that day unless ``comparable_because`` says why it may be.
    """
    require_version(measure, version)
    if from_day is None:
        raise Refused("Enter the day from which it is counted otherwise.")
    before = rules.of(measure)
    _require_sound(measure, before, counted, from_day, comparable_because, on)
    if not reason.strip():
        raise Refused("Say why it is counted otherwise.")
    made = MeasureChange(
        measure=measure,
        from_day=from_day,
        **vars(before),
        reason=reason.strip(),
        is_comparable=bool(comparable_because.strip()),
        comparable_because=comparable_because.strip(),
        made_on=on,
        made_by=by,
    )
    db.session.add(made)
    with history.because(reason):
        for part, value in vars(counted).items():
            setattr(measure, part, value)
        if not made.is_comparable:
            measure.comparable_since = from_day
        db.session.flush()
        may = (
            "its figures stay comparable" if made.is_comparable else "earlier figures are not compared with later ones"
        )
        history.record(measure, f"counted otherwise from {from_day:%-d %B %Y}: {may}")
    return made


def adopt(
    measure: Measure,
    *,
    version: int,
    definition: Definition,
    from_day: date | None,
    reason: str,
    comparable_because: str = "",
    by: Person | None,
    on: date,
) -> None:
    """Count from a day on what the shipped definition says now."""
    counted = _released(measure, definition)
    change(
        measure,
        version=version,
        counted=counted,
        from_day=from_day,
        reason=reason,
        comparable_because=comparable_because,
        by=by,
        on=on,
    )
    measure.shipped = rules.said_by(definition)
    db.session.flush()


def keep(measure: Measure, *, version: int, definition: Definition, reason: str) -> None:
    """Go on counting as before, whatever the shipped definition says now; it is not asked again until it changes."""
    require_version(measure, version)
    _released(measure, definition)
    if not reason.strip():
        raise Refused("Say why it goes on being counted as before.")
    measure.shipped = rules.said_by(definition)
    history.record(measure, "a new definition was not adopted", why=reason)


def _released(measure: Measure, definition: Definition) -> Counted:
    counted = rules.released(rules.of(measure), measure.shipped, definition)
    if counted is None:
        raise Refused("The definition has not changed, so there is nothing to decide.")
    return counted


def _require_sound(
    measure: Measure, before: Counted, counted: Counted, from_day: date, comparable_because: str, on: date
) -> None:
    if counted == before:
        raise Refused("Nothing of what it counts would change.")
    if not counted.definition.strip() or not counted.basis.strip():
        raise Refused("Say what it counts and how, each in a sentence.")
    last = measure.changes[-1].from_day if measure.changes else None
    why_not = rules.why_not_from(from_day, counted, today=on, after=last)
    if why_not:
        raise Refused(why_not)
    if (counted.unit, counted.period) != (before.unit, before.period):
        _require_no_figures(measure, from_day)
        if comparable_because.strip():
            raise Refused("Figures of another kind or of longer or shorter periods cannot be compared.")
    twin = _twin(measure, counted.basis)
    if twin is not None:
        raise Refused(f"{twin.reference} counts the same on that basis. Record its figures there.")


def _require_no_figures(measure: Measure, from_day: date) -> None:
    later = [value for value in measure.values if value.period_start >= from_day]
    if later:
        figures = "One figure is" if len(later) == 1 else f"{len(later)} figures are"
        raise Refused(
            f"{figures} recorded from {from_day:%-d %B %Y} on as it was counted before. Choose a later day, or add "
            "another measure."
        )


def _twin(measure: Measure, basis: str) -> Measure | None:
    return db.session.scalars(
        select(Measure).where(
            Measure.authority_id == measure.authority_id,
            Measure.id != measure.id,
            Measure.name == measure.name,
            Measure.basis == basis,
        )
    ).first()
