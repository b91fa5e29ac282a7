"""Chapters of a board report: what moved, how all stands then and now, how far from target, the plan over time."""

from datetime import date
from typing import Literal

from pydantic.dataclasses import dataclass

from reports.parts import CHECKED, KeyFigure, Word
from reports.plan_parts import BurnUp, States, Timeline


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class MovedAction:
    reference: str
    title: str
    item: str
    """"I-9 Pre-proceedings work"."""
    lead: str
    due: date
    status: Word
    says: tuple[str, ...]
    """What has happened to it, in sentences."""
    late: str = ""
    """"23 days late"; empty: it is not."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class MovedGroup:
    """The actions to which one thing happened, as the worst that did."""

    head: str
    """"Newly late"."""
    actions: tuple[MovedAction, ...]
    more: int = 0
    """How many are not printed."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class StandingRow:
    word: str
    now: int
    then: int | None = None
    """None: there is no earlier board."""
    apart: bool = False
    """Set apart from what is done."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class ThenAndNow:
    """How many actions stand in each state, beside how many did at the earlier board."""

    then_head: str
    """"28 September 2026"."""
    now_head: str
    rows: tuple[StandingRow, ...]
    apart: str = ""
    """What is said of those set apart."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class WhatMoved:
    """Exceptions first, then all that moved, then how all stands."""

    chapter: Literal["what-moved"] = "what-moved"
    title: str = "What moved since the last board"
    lede: str = ""
    figures: tuple[KeyFigure, ...] = ()
    """Up to four."""
    groups: tuple[MovedGroup, ...] = ()
    nothing: str = "Nothing has moved."
    """Printed where there are no groups."""
    standing: ThenAndNow | None = None
    """None: there is no action."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class FinishRow:
    reference: str
    title: str
    delivered: str
    """"3 of 8, 1 embedded"."""
    planned_on: date | None
    """None: it has no action yet."""
    expected_on: date | None
    distance: Word
    """"30 days behind"."""
    since: str
    """"14 days later"."""
    furthest: str = ""
    """"one action 55 days behind": what the item's own finish does not tell."""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class HowFar:
    chapter: Literal["how-far"] = "how-far"
    title: str = "How far from target"
    lede: str = ""
    timeline: Timeline | None = None
    """None: no item is open."""
    items: tuple[FinishRow, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True, config=CHECKED)
class OverTime:
    chapter: Literal["over-time"] = "over-time"
    title: str = "The plan over time"
    lede: str = ""
    burn_up: BurnUp
    states: States
    note: str = ""
    """When the next inspection is to be expected, and why then."""
