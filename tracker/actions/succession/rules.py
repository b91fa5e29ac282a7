"""When an item may give way to others, and why not; pure functions of values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from tracker.actions.rules import OPEN, Status
from tracker.improvements.rules import ItemState, became
from tracker.platform.lists import listed

FEWEST_PARTS, MOST_PARTS = 2, 6
"""Parts that an item may be split into. Our choice: more are a plan, not a split."""

OWED = OPEN | {Status.IMPACT_NOT_EVIDENCED}
"""Actions whose leads still owe something: to deliver, to be signed off, or to show a difference. They move on."""

WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


@dataclass(frozen=True)
class Standing:
    """How an item stands, as far as these rules need it."""

    reference: str
    state: ItemState
    since: date | None = None
    """The day on which it stopped being open."""
    into: Sequence[str] = ()
    """References of what stands in its place."""

    @property
    def was(self) -> str:
        """ "was merged into I-7 on 3 March 2026", or "is open"."""
        if self.since is None:
            return "is open"
        return f"was {became(self.state, self.into)} on {self.since:%-d %B %Y}"


@dataclass(frozen=True)
class Part:
    """What one of the items that an item is split into is to be."""

    title: str
    wording: str
    actions: frozenset[UUID] = field(default_factory=frozenset)
    """Ids of those of its actions that go here."""


def why_not_end(item: Standing) -> str | None:
    """Why an item may not be merged, split or superseded, and what would be accepted; None if it may.

    >>> why_not_end(Standing("I-3", ItemState.CLOSED, date(2026, 3, 3)))
    'I-3 was closed on 3 March 2026. Open it again first if there is work left in it.'
    """
    if item.state is ItemState.OPEN:
        return None
    if item.state is ItemState.CLOSED:
        return f"{item.reference} {item.was}. Open it again first if there is work left in it."
    if not item.into:
        return f"{item.reference} {item.was}. Undo that first if there is work left in it."
    return f"{item.reference} {item.was}. Work with {listed(item.into)} instead."


def why_not_into(item: Standing, into: Standing, *, verb: str) -> str | None:
    """Why ``into`` may not stand in the place of ``item``; None if it may. ``verb`` as in "merged into"."""
    if item.reference == into.reference:
        return f"{item.reference} cannot be {verb} itself. Choose another item."
    if into.state is ItemState.OPEN:
        return None
    if item.reference in into.into:
        return f"{into.reference} {into.was}, so {item.reference} cannot be {verb} it. Choose an item that is open."
    return f"{into.reference} {into.was}, so nothing can be {verb} it. Choose an item that is open."


def why_not_drop(reference: str, open_actions: int) -> str | None:
    """Why nothing may take the place of an item, so that its actions would be left; None if that may be.

    >>> why_not_drop("I-9", 2)
    '2 actions of I-9 are open. Choose the item that takes its place, or deliver or supersede them first.'
    """
    if not open_actions:
        return None
    actions = f"1 action of {reference} is" if open_actions == 1 else f"{open_actions} actions of {reference} are"
    return f"{actions} open. Choose the item that takes its place, or deliver or supersede them first."


def why_not_parts(wording: str, parts: Sequence[Part], owed: Sequence[tuple[UUID, str]]) -> str | None:
    """Why an item may not be split like this; None if it may. ``owed`` are ids and references of its actions."""
    if not FEWEST_PARTS <= len(parts) <= MOST_PARTS:
        return f"Split it into {FEWEST_PARTS} to {MOST_PARTS} items."
    for number, part in enumerate(parts, start=1):
        if why_not := _why_not_part(number, part, wording):
            return why_not
    if len({part.title.casefold() for part in parts}) < len(parts):
        return "Give each part a title of its own."
    return _why_not_places(parts, owed)


def _why_not_part(number: int, part: Part, wording: str) -> str | None:
    if not part.title.strip() or not part.wording.strip():
        return f"Give part {number} a short title and its words."
    added = words_added(part.wording, wording)
    if not added:
        return None
    named = listed([f"“{word}”" for word in added[:3]])
    return (
        f"Part {number}: {named} {'is' if len(added) == 1 else 'are'} not in the item’s own words at that place. "
        "Leave words out, but add none and keep their order."
    )


def _why_not_places(parts: Sequence[Part], owed: Sequence[tuple[UUID, str]]) -> str | None:
    placed = [action for part in parts for action in part.actions]
    lost = [reference for action, reference in owed if placed.count(action) != 1]
    if lost:
        return f"Say to which part {listed(lost)} {'goes' if len(lost) == 1 else 'go'}."
    if len(placed) != len(owed):
        return "Only actions of this item whose leads still owe something can go to a part."
    return None


def words_added(part: str, whole: str) -> list[str]:
    """Words of a part that the whole does not have at that place. Who raised an item is not made to say more.

    >>> words_added("The quality of reviews.", "The quality of plans and reviews"), words_added("Late visits", "Visits")
    ([], ['Late'])
    """
    left = [word.casefold() for word in WORD.findall(whole)]
    added = []
    for word in WORD.findall(part):
        if word.casefold() in left:
            left = left[left.index(word.casefold()) + 1 :]
        else:
            added.append(word)
    return added


def why_not_undo(item: Standing, changed: Sequence[str]) -> str | None:
    """Why an item's giving way can no longer be undone; None if it can. ``changed`` names what has changed since.

    >>> why_not_undo(Standing("I-3", ItemState.OPEN), [])
    'I-3 is open: there is nothing to undo.'
    """
    if item.state in {ItemState.OPEN, ItemState.CLOSED}:
        return f"{item.reference} {item.was}: there is nothing to undo."
    if not changed:
        return None
    have = "has" if len(changed) == 1 else "have"
    return (
        f"{listed(changed)} {have} been changed since {item.reference} {item.was}, so that can no longer be undone. "
        f"Add a new item if there is work left in {item.reference}."
    )
