"""Whether what was aimed at by a day was reached by then, in words. Pure."""

from collections.abc import Sequence
from datetime import date

from tracker.indicators import rules
from tracker.indicators.reading.usual import Figure
from tracker.indicators.rules import Direction, Unit
from tracker.indicators.targets.rules import Aimed


def outcome(target: Aimed, figures: Sequence[Figure], unit: Unit, direction: Direction, today: date) -> str:
    """ "Reached: 86% in March 2026"; "Missed by 2 points: 83% in March 2026"; "7 points to go by 31 March 2027".

    ``figures`` mean what the target was set for, oldest first. What was due is held against the last period that had
    ended by then.
    """
    is_past = target.by is not None and target.by < today
    known = [one for one in figures if target.by is None or one.end <= target.by]
    if not known:
        return "No figure by then" if is_past else "No figure yet"
    last = known[-1]
    away = rules.distance(last.value, target.figure, unit, direction)
    if away is None:
        return ""
    said = f"{rules.written(last.value, unit)} in {last.when}"
    if away.at_target:
        return f"Reached: {said}" if is_past else f"Met now: {said}"
    short = rules.apart(away.apart, unit)
    return f"Missed by {short}: {said}" if is_past else f"{short} to go: {said}"
