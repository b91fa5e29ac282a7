"""Every way an item gives way to others, and how that is undone.

What is owed moves to what stands in its place; what is done, evidence, findings, measures and statements stay with the
item and are shown from there. ``version`` is the one the person saw: if it is no longer the item's, nothing changes.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, update

from tracker.actions.commands.checks import changed_since, require_reason, role_of, standing_of, told_of_the_other
from tracker.actions.models import Action
from tracker.actions.rules import may_close
from tracker.actions.succession import queries, rules
from tracker.actions.succession.models import ActionMove
from tracker.actions.succession.rules import Part
from tracker.improvements import commands as improvements
from tracker.improvements.models import ImprovementItem
from tracker.improvements.rules import ItemState
from tracker.people.models import Person
from tracker.people.rules import Role
from tracker.platform import history
from tracker.platform.db import db
from tracker.platform.errors import NotAllowed, Refused


def merge(item: ImprovementItem, *, into: ImprovementItem, version: int, reason: str, by: Person, on: date) -> None:
    """Make an item a part of another that is open. What it was mapped to is suggested for the other."""
    _require_reason(reason)
    _take_over(item, into, ItemState.MERGED, "merged into", version=version, reason=reason, by=by, on=on)
    improvements.offer_mappings(into, of=item)


def supersede(
    item: ImprovementItem, *, successor: ImprovementItem | None, version: int, reason: str, by: Person, on: date
) -> None:
    """Say that an item no longer stands: another takes its place, or nothing has to."""
    _require_reason(reason)
    if successor is not None:
        verb = "superseded by"
        _take_over(item, successor, ItemState.SUPERSEDED, verb, version=version, reason=reason, by=by, on=on)
        return
    _require_to_end(item, version=version, by=by)
    if why_not := rules.why_not_drop(item.reference, queries.count_open(item)):
        raise Refused(why_not)
    _end(item, ItemState.SUPERSEDED, reason=reason, by=by, on=on)


def split(
    item: ImprovementItem, *, parts: Sequence[Part], version: int, reason: str, by: Person, on: date
) -> list[ImprovementItem]:
    """Make two or more items of one, in its own words. Each part names the actions that go to it."""
    _require_reason(reason)
    _require_to_end(item, version=version, by=by)
    owed = queries.owed(item)
    if why_not := rules.why_not_parts(item.wording, parts, [(action.id, action.reference) for action in owed]):
        raise Refused(why_not)
    _end(item, ItemState.SPLIT, reason=reason, by=by, on=on)
    made = [improvements.add_part(item, title=part.title, wording=part.wording, today=on) for part in parts]
    for part, new in zip(parts, made, strict=True):
        _move([action for action in owed if action.id in part.actions], item, new, reason)
    db.session.expire(item, ["parts"])
    return made


def undo(item: ImprovementItem, *, version: int, by: Person, on: date) -> None:
    """Open an item again that gave way, with the actions that it had. Refused once one of them has been changed.

    The parts of a split item are then superseded by it: their numbers are never used again.
    """
    _lock(item, *item.in_its_place)
    require_may_undo(item, by=by)
    _require_version(item, version)
    moves = queries.moves_from(item)
    was, places = item.state, item.in_its_place
    reason = f"Undone: {item.reference} {queries.standing(item).was}"
    with history.because(reason), told_of_the_other(item.reference):
        for move in moves:
            move.action.item = item
            db.session.delete(move)
        _open_again(item)
    for place in places:
        improvements.withdraw_offer(place, of=item)
        if was is ItemState.SPLIT:
            _end(place, ItemState.SUPERSEDED, reason=f"{item.reference} was put together again", by=by, on=on, to=item)


def require_may_end(item: ImprovementItem, *, by: Person) -> None:
    """Refuse before a form is shown what would be refused whatever is typed."""
    _require_hers(item, by)
    if why_not := rules.why_not_end(queries.standing(item)):
        raise Refused(why_not)


def require_may_undo(item: ImprovementItem, *, by: Person) -> None:
    """Refuse what can no longer be undone, and say what has changed since."""
    _require_hers(item, by)
    if why_not := rules.why_not_undo(queries.standing(item), _changed_since(item, queries.moves_from(item))):
        raise Refused(why_not)


def _take_over(
    item: ImprovementItem,
    into: ImprovementItem,
    state: ItemState,
    verb: str,
    *,
    version: int,
    reason: str,
    by: Person,
    on: date,
) -> None:
    """Let one open item stand in the place of another, with what is owed there."""
    if into.authority_id != item.authority_id:
        raise Refused(f"{item.reference} can only be {verb} an item of its own authority. Choose one of those.")
    _require_to_end(item, into, version=version, by=by)
    if why_not := rules.why_not_into(queries.standing(item), queries.standing(into), verb=verb):
        raise Refused(why_not)
    _require_owner_agrees(item, into, verb, by)
    owed = queries.owed(item)
    _end(item, state, reason=reason, by=by, on=on, to=into)
    _move(owed, item, into, reason)
    _touch(into)
    history.record(into, f"takes the place of {item.reference}", why=reason)


def _end(
    item: ImprovementItem,
    state: ItemState,
    *,
    reason: str,
    by: Person,
    on: date,
    to: ImprovementItem | None = None,
) -> None:
    with history.because(reason), told_of_the_other(item.reference):
        item.state, item.closed_on, item.closed_because = state, on, reason.strip()
        item.closed_by, item.successor = by, to
        db.session.flush()


def _open_again(item: ImprovementItem) -> None:
    item.state, item.closed_on, item.closed_because = ItemState.OPEN, None, ""
    item.closed_by = item.successor = None
    db.session.flush()


def _move(owed: Sequence[Action], item: ImprovementItem, to: ImprovementItem, reason: str) -> None:
    """Actions go with all that was said about them; who has one open is told that it changed meanwhile."""
    with history.because(f"{item.reference} {queries.standing(item).was}: {reason}"):
        for action in owed:
            action.item = to
            with told_of_the_other(action.reference):
                db.session.flush()
    db.session.add_all(
        ActionMove(
            authority_id=item.authority_id, action=action, from_item=item, to_item=to, action_version=action.version
        )
        for action in owed
    )
    db.session.flush()


def _touch(item: ImprovementItem) -> None:
    """Give a locked item a new version: who has it open, perhaps to close it, is told that it changed meanwhile."""
    mine = ImprovementItem.id == item.id
    db.session.execute(update(ImprovementItem).where(mine).values(version=ImprovementItem.version + 1))
    db.session.refresh(item, ["version"])


def _changed_since(item: ImprovementItem, moves: Sequence[ActionMove]) -> list[str]:
    """References of what stands in the way of undoing: changed actions, added ones, places that are no longer open."""
    changed = [
        move.action.reference
        for move in moves
        if move.action.version != move.action_version or move.action.item_id != move.to_item_id
    ]
    if item.state is ItemState.SPLIT:
        changed += [action.reference for action in queries.added_since(item, moves)]
    return changed + [place.reference for place in item.in_its_place if not place.is_open]


def _require_to_end(item: ImprovementItem, *others: ImprovementItem, version: int, by: Person) -> None:
    """Checks with the item and ``others`` held, so that what is found still holds when it is written."""
    _require_hers(item, by)
    _lock(item, *others)
    if why_not := rules.why_not_end(queries.standing(item)):
        raise Refused(why_not)
    _require_version(item, version)


def _lock(*items: ImprovementItem) -> None:
    """Read the items as they are now and hold them, so that two cannot give way to each other at one moment."""
    ids = [item.id for item in items]
    db.session.scalars(
        select(ImprovementItem)
        .where(ImprovementItem.id.in_(ids))
        .order_by(ImprovementItem.id)
        .with_for_update(of=ImprovementItem)
        .execution_options(populate_existing=True)
    ).all()


def _require_version(item: ImprovementItem, version: int) -> None:
    if item.version != version:
        raise changed_since(item.reference)


def _require_reason(reason: str) -> None:
    require_reason(reason, "Say why, so that whoever asks after it can read it.")


def _require_hers(item: ImprovementItem, by: Person) -> None:
    if not may_close(standing_of(by, item.authority), owner=item.owner_id, accountable=item.accountable_id):
        raise NotAllowed(
            f"{item.reference} is not yours. Its owner, the accountable person or a director can merge, split or "
            "supersede it."
        )


def _require_owner_agrees(item: ImprovementItem, into: ImprovementItem, verb: str, by: Person) -> None:
    """Nobody is handed another's actions by a colleague: only her own items, nobody's, or by a director."""
    mine = {into.owner_id, into.accountable_id}
    if role_of(by, item.authority) is Role.DIRECTOR or by.id in mine or into.owner is None:
        return
    raise NotAllowed(
        f"{into.reference} is {into.owner.name}’s, who would have its actions to answer for. "
        f"A director can say that {item.reference} is {verb} it, or choose an item of your own."
    )
