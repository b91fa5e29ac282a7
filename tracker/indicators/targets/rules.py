"""Which of a measure's targets a figure is read against, and whether the earlier ones were reached. Pure."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from tracker.indicators.rules import Ambition


class Aimed(Protocol):
    """A figure to reach by a day."""

    ambition: Ambition
    figure: Decimal
    by: date | None
    since: date | None


One = TypeVar("One", bound=Aimed)


def due(targets: Iterable[One], ambition: Ambition, day: date, *, since: date | None) -> One | None:
    """The one to be reached next on ``day``; else the one that holds at all times; else the last that was due.

    Only those set for the same meaning count: ``since`` is the first day of that meaning, None if it never changed.
    """
    ours = [one for one in targets if one.ambition is ambition and one.since == since]
    dated = sorted((one for one in ours if one.by is not None), key=lambda one: one.by or date.max)
    ahead = [one for one in dated if one.by is not None and one.by >= day]
    always = [one for one in ours if one.by is None]
    return next(iter([*ahead[:1], *always, *dated[-1:]]), None)
