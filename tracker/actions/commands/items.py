"""Closing an improvement item, and opening it again: its actions decide whether it may be."""

from datetime import date

from tracker.actions import queries, rules
from tracker.actions.commands.checks import changed_since, require_reason, standing_of, told_of_the_other
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.people.models import Person
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import NotAllowed, Refused


def close_item(item: ImprovementItem, *, version: int, reason: str, by: Person, on: date) -> None:
    """Say that nothing more is owed for an item. Refused while an action is open."""
    _require_owner(item, by)
    _require_version(item, version)
    if not item.is_open:
        raise Refused(f"{item.reference} was {item.became} on {item.closed_on:%-d %B %Y}.")
    why_not = rules.why_not_close(item.reference, queries.count_open(item))
    if why_not:
        raise Refused(why_not)
    require_reason(reason, "Say why it can be closed, and how you know.")
    with history.because(reason), told_of_the_other(item.reference):
        item.state, item.closed_on, item.closed_because = ItemState.CLOSED, on, reason
        db.session.flush()


def reopen_item(item: ImprovementItem, *, version: int, reason: str, by: Person) -> None:
    _require_owner(item, by)
    _require_version(item, version)
    if item.state is ItemState.OPEN:
        raise Refused(f"{item.reference} is open already.")
    if item.state is not ItemState.CLOSED:
        raise Refused(f"{item.reference} was {item.became}. Undo that on its page, or work with what took its place.")
    require_reason(reason, "Say why it has to be opened again.")
    with history.because(reason), told_of_the_other(item.reference):
        item.state, item.closed_on, item.closed_because = ItemState.OPEN, None, ""
        db.session.flush()


def _require_version(item: ImprovementItem, version: int) -> None:
    if item.version != version:
        raise changed_since(item.reference)


def _require_owner(item: ImprovementItem, by: Person) -> None:
    if not rules.may_close(standing_of(by, item.authority), owner=item.owner_id, accountable=item.accountable_id):
        raise NotAllowed(f"{item.reference} is not yours. Its owner, the accountable person or a director can do this.")
