"""Every way what a measure aims at changes. Each command checks, changes and flushes; the edge commits."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tracker.indicators import rules
from tracker.indicators.commands import require_version
from tracker.indicators.models import Measure, MeasureTarget
from tracker.indicators.rules import Ambition, Direction
from tracker.people.models import Person
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import Conflict, Refused


@dataclass(frozen=True, kw_only=True)
class Aimed:
    """A figure to reach by a day, or at all times."""

    figure: Decimal | None
    ambition: Ambition = Ambition.TARGET
    by: date | None = None
    why: str


def add(measure: Measure, *, aimed: Aimed, by: Person | None, on: date) -> MeasureTarget:
    """Aim at one figure more: at another day, or as a stretch. What was aimed at before stays."""
    figure = _require_sound(measure, aimed, None)
    target = MeasureTarget(
        measure=measure,
        ambition=aimed.ambition,
        figure=figure,
        by=aimed.by,
        since=measure.comparable_since,
        why=aimed.why.strip(),
        set_on=on,
        set_by=by,
    )
    db.session.add(target)
    db.session.flush()
    history.record(measure, f"{_called(measure, target)} set", why=aimed.why)
    return target


def change(measure: Measure, target: MeasureTarget, *, version: int, aimed: Aimed, by: Person | None, on: date) -> None:
    """Aim at another figure or day instead; the history keeps the one before."""
    _require_version(measure, target, version)
    figure, was = _require_sound(measure, aimed, target), _called(measure, target)
    target.ambition, target.figure, target.by = aimed.ambition, figure, aimed.by
    target.why, target.set_on, target.set_by = aimed.why.strip(), on, by
    db.session.flush()
    history.record(measure, f"{was} changed to {_called(measure, target)}", why=aimed.why)


def take_back(measure: Measure, target: MeasureTarget, *, version: int, why: str) -> None:
    """Aim at it no longer."""
    _require_version(measure, target, version)
    if not why.strip():
        raise Refused("Say why it is no longer aimed at.")
    was = _called(measure, target)
    measure.targets.remove(target)
    db.session.delete(target)
    db.session.flush()
    history.record(measure, f"{was} taken back", why=why)


def tolerate(measure: Measure, *, version: int, tolerance: Decimal | None) -> None:
    """Say how far off its target still counts as near, in the unit of the figure; None: a twentieth of the target."""
    require_version(measure, version)
    if tolerance is not None and not 0 <= tolerance < rules.LARGEST_FIGURE:
        raise Refused("How far off still counts as near cannot be less than 0.")
    measure.tolerance = tolerance
    db.session.flush()


def _require_sound(measure: Measure, aimed: Aimed, itself: MeasureTarget | None) -> Decimal:
    if measure.direction is Direction.CONTEXT:
        raise Refused(f"{measure.reference} is for context: neither higher nor lower is better, so it has no target.")
    why_not = rules.why_not_a_figure(measure.unit, aimed.figure, None, None)
    if why_not or aimed.figure is None:
        raise Refused(why_not or "Enter the figure.")
    if not aimed.why.strip():
        raise Refused("Say why this is the target now.")
    same = (aimed.ambition, aimed.by, measure.comparable_since)
    others = [one for one in measure.targets if one is not itself]
    twin = next((one for one in others if (one.ambition, one.by, one.since) == same), None)
    if twin is not None:
        raise Refused(f"There is a {_called(measure, twin)} already. Change that one.")
    _require_further(measure, aimed, others)
    return aimed.figure


def _require_further(measure: Measure, aimed: Aimed, others: list[MeasureTarget]) -> None:
    """A stretch asks for more than the target of the same day."""
    for one in others:
        if one.since != measure.comparable_since or one.by != aimed.by or one.ambition is aimed.ambition:
            continue
        stretch, target = (
            (aimed.figure, one.figure) if aimed.ambition is Ambition.STRETCH else (one.figure, aimed.figure)
        )
        away = rules.distance(target or Decimal(0), stretch, measure.unit, measure.direction)
        if away is None or away.at_target:
            raise Refused(f"A stretch asks for more than the target of the same day: {_called(measure, one)}.")


def _require_version(measure: Measure, target: MeasureTarget, version: int) -> None:
    if target.version != version:
        raise Conflict(
            f"This target of {measure.reference} was changed by somebody else, or in another window, "
            "after you opened it. Look at what is there now, then make your change again."
        )


def _called(measure: Measure, target: MeasureTarget) -> str:
    """ "target of 90% by 31 March 2027"."""
    by = f" by {target.by:%-d %B %Y}" if target.by else ""
    return f"{str(target.ambition).lower()} of {rules.written(target.figure, measure.unit)}{by}"
