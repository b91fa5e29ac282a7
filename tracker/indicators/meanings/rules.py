"""What a measure counts, in words that can be laid side by side. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Protocol

from tracker.indicators import rules
from tracker.indicators.rules import PERIOD_LABELS, Period, Unit
from tracker.indicators.schema import Definition


class Says(Protocol):
    """A measure as it is now, or as it was before a change."""

    definition: str
    counts: str
    out_of: str
    of_whom: str
    unit: Unit
    basis: str
    period: Period


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What a figure is a figure of. Another one of these is another version of the measure."""

    definition: str
    counts: str = ""
    out_of: str = ""
    of_whom: str = ""
    unit: Unit
    basis: str
    period: Period


@dataclass(frozen=True)
class Difference:
    """One part of what a measure counts, before and after."""

    part: str
    before: str
    after: str


LABELS = {
    "definition": "What it counts",
    "counts": "Above the line",
    "out_of": "Below the line",
    "of_whom": "Those below the line",
    "unit": "Kind of figure",
    "basis": "Basis",
    "period": "One figure covers",
}


def of(thing: Says) -> Counted:
    return Counted(
        definition=thing.definition,
        counts=thing.counts,
        out_of=thing.out_of,
        of_whom=thing.of_whom,
        unit=thing.unit,
        basis=thing.basis,
        period=thing.period,
    )


def differences(before: Counted, after: Counted) -> Sequence[Difference]:
    """What of it changes, in the order of the form."""
    return [
        Difference(label, _words(getattr(before, part)), _words(getattr(after, part)))
        for part, label in LABELS.items()
        if getattr(before, part) != getattr(after, part)
    ]


def _words(value: object) -> str:
    if isinstance(value, Period):
        return PERIOD_LABELS[value]
    return str(value) or "Nothing"


def why_not_from(day: date, counted: Counted, *, today: date, after: date | None) -> str:
    """Why another meaning cannot hold from a day on; empty if it can. ``after``: the day of the change before."""
    if day > today:
        return "A change is said once it holds. Choose a day up to today."
    if after is not None and day <= after:
        return f"What it counts changed on {after:%-d %B %Y} already. Choose a later day."
    if counted.period is Period.DAY:
        return ""
    if counted.period is Period.HALF_YEAR:
        return "" if day.day == 1 else "Half-years begin with a month. Choose the first day of one."
    start = rules.period_start(counted.period, rules.end_of(counted.period, day))
    if start != day:
        return (
            f"The {counted.period} from {start:%-d %B %Y} would be counted in two ways. Choose the first day of a "
            f"{counted.period}."
        )
    return ""


# What the files say ---------------------------------------------------------------------------------------------


def said_by(definition: Definition) -> dict[str, str]:
    """What a shipped definition counts, to be told apart from what a later release says."""
    return said(counted_by(definition))


def counted_by(definition: Definition) -> Counted:
    return Counted(
        definition=definition.definition,
        counts=definition.numerator,
        out_of=definition.denominator,
        of_whom=definition.of_whom,
        unit=definition.unit,
        basis=definition.basis,
        period=definition.period,
    )


def released(now: Counted, shipped: dict[str, str] | None, definition: Definition) -> Counted | None:
    """What the measure would count if it followed the files as they are; None where nothing new is to be decided.

    Only what the files changed since ``shipped`` is taken over: what an authority counts in its own way stays. Where
    nothing was kept of what they said, all but the basis is held against what the measure counts.
    """
    newest = said_by(definition)
    known = shipped if shipped is not None else {**said(now), "basis": newest["basis"]}
    changed = {part for part in LABELS if newest[part] != known.get(part, "")}
    if not changed:
        return None
    after = replace(now, **{part: getattr(counted_by(definition), part) for part in changed})
    return None if after == now else after


def said(counted: Counted) -> dict[str, str]:
    return {one.name: str(getattr(counted, one.name)) for one in fields(counted)}
