"""Who changed what, from what, to what, why and from where: written on flush, so that no command can forget it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import BindParameter, Connection, bindparam, event, insert, inspect, select, update
from sqlalchemy.orm import InstanceState, Session

from tracker.platform import clock
from tracker.platform.db import Model, db
from tracker.platform.history.entries import (
    DISPOSED,
    FORGOTTEN,
    FORM,
    NOBODY,
    PLATFORM,
    HistoryEntry,
    HistoryHead,
    hash_of,
    plain,
    seal_of,
    sealed_by_us,
)

TAKEN = "turns that were taken before this flush"


class Head(NamedTuple):
    """The newest entry of a chain, and its seal."""

    sequence: int
    hash: str
    seal: str


Heads = Mapping[UUID, Head]
NO_HEADS: Heads = {}
LONGEST_VALUE = 300
"""Characters of a value that are kept: the trail says what changed, it does not hold documents. Our choice."""


@dataclass(frozen=True)
class Actor:
    id: UUID | None
    name: str


THE_SYSTEM = Actor(None, NOBODY)

_actor: ContextVar[Actor] = ContextVar("actor", default=THE_SYSTEM)
_reason: ContextVar[str] = ContextVar("reason", default="")
_place: ContextVar[str] = ContextVar("place", default="")

# Put together once: every flush runs them.
_OF: BindParameter[UUID] = bindparam("of")
_HEAD = select(HistoryHead.sequence, HistoryHead.hash, HistoryHead.seal).where(HistoryHead.id == _OF).with_for_update()
_ADD_HEAD = insert(HistoryHead)
_MOVE_HEAD = (
    update(HistoryHead)
    .where(HistoryHead.id == _OF)
    .values(sequence=bindparam("to"), hash=bindparam("newest"), seal=bindparam("sealed"))
)
_ADD = insert(HistoryEntry)


@contextmanager
def acting(actor_id: UUID | None, name: str) -> Iterator[None]:
    """Everything flushed inside was done by this person."""
    token = _actor.set(Actor(actor_id, name))
    try:
        yield
    finally:
        _actor.reset(token)


def act_as(actor_id: UUID | None, name: str) -> None:
    """As ``acting``, for the rest of this request."""
    _actor.set(Actor(actor_id, name))


@contextmanager
def because(reason: str) -> Iterator[None]:
    """Everything flushed inside was done for this reason, in the person's own words."""
    token = _reason.set(reason)
    try:
        yield
    finally:
        _reason.reset(token)


def from_where(place: str) -> None:
    """Everything flushed in this request, command or process from now on came from there."""
    _place.set(place)


def actor() -> Actor:
    """Who is acting now."""
    return _actor.get()


def record(thing: Model, what: str, *, why: str = "") -> None:
    """Remember an act that changes no row, such as a download."""
    db.session.flush()
    _append(db.session.connection(), [_entry(thing, what, {}, why or _reason.get())])


def forget(thing: Model, *others: Model) -> None:
    """Blank what the trail holds of some things that are done away with, and record that as an act of the first.

    Who changed which thing, and when, stays; only from what, to what and why is gone. ``faults`` lets a blanked entry
    pass only where a later, whole entry says that its thing was forgotten, so nobody can blank one in silence.
    """
    db.session.flush()
    ids = [thing.id, *(other.id for other in others)]
    db.session.execute(update(HistoryEntry).where(HistoryEntry.thing_id.in_(ids)).values(changes={}, why=""))
    forgotten = {FORGOTTEN: [str(each) for each in ids]}
    _append(db.session.connection(), [_entry(thing, DISPOSED, forgotten, _reason.get())])


def of(thing: Model, *, limit: int = 50) -> Sequence[HistoryEntry]:
    """What has happened to one thing, newest first."""
    return db.session.scalars(
        select(HistoryEntry)
        .where(HistoryEntry.thing_id == thing.id)
        .order_by(HistoryEntry.at.desc(), HistoryEntry.sequence.desc())
        .limit(limit)
    ).all()


def _shown(value: Any) -> Any:
    """A value as the trail keeps it: short text, a number, a truth or nothing."""
    kept = plain(value)
    if isinstance(kept, bool | int | float) or kept is None:
        return kept
    text = kept if isinstance(kept, str) else json.dumps(kept, default=str, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}… ({len(text)} characters)"


def _entry(thing: Model, what: str, changes: dict[str, Any], why: str) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "chain": getattr(thing, "authority_id", None) or PLATFORM,
        "at": clock.now(),
        "actor_id": _actor.get().id,
        "actor_name": _actor.get().name,
        "came_from": _place.get(),
        "thing_kind": thing.__tablename__,
        "thing_id": thing.id,
        "reference": getattr(thing, "reference", ""),
        "what": what,
        "changes": changes,
        "why": why,
        "form": FORM,
    }


def _append(connection: Connection, entries: Sequence[dict[str, Any]], heads: Heads = NO_HEADS) -> None:
    """``heads``: those that this transaction has taken, and that nothing was added to since."""
    for chain in {entry["chain"] for entry in entries}:
        head = heads.get(chain) or _take_head(connection, chain)
        _extend(connection, chain, head, [entry for entry in entries if entry["chain"] == chain])


def _extend(connection: Connection, chain: UUID, head: Head, entries: Sequence[dict[str, Any]]) -> None:
    sequence, newest = head.sequence, head.hash
    for entry in entries:
        sequence += 1
        entry.update(sequence=sequence, previous_hash=newest)
        newest = entry["hash"] = hash_of(entry)
    # A seal that does not hold is left as it is: adding to a chain that was tampered with must not make it look whole.
    sound = sealed_by_us(head.seal, chain, head.sequence, head.hash)
    sealed = seal_of(chain, sequence, newest) if sound else head.seal
    connection.execute(_ADD, list(entries))
    connection.execute(_MOVE_HEAD, {"of": chain, "to": sequence, "newest": newest, "sealed": sealed})


def _take_head(connection: Connection, chain: UUID) -> Head:
    head = connection.execute(_HEAD, {"of": chain}).one_or_none()
    if head is None:
        begun = Head(0, "", seal_of(chain, 0, ""))
        connection.execute(_ADD_HEAD, {"id": chain} | begun._asdict())
        return begun
    return Head(*head)


def take_turn(connection: Connection, chain: UUID) -> None:
    """Wait until nobody else is changing what belongs to this authority; others wait until this transaction ends.

    Adding an entry takes the turn too. Whoever has to read what nobody may change meanwhile takes it first.
    """
    _take_head(connection, chain)


def _changed(state: InstanceState[Any]) -> dict[str, Any]:
    changes = {}
    for column in state.mapper.column_attrs:
        kept = column.columns[0].info.get("history", True) and column.key != "id"
        told = state.attrs[column.key].history
        if kept and told.has_changes():
            before = told.deleted[0] if told.deleted else None
            after = told.added[0] if told.added else None
            if before != after:
                changes[column.key] = [_shown(before), _shown(after)]
    return changes


@event.listens_for(db.session, "before_flush", insert=True)
def take_turns(session: Session, context: object, instances: object) -> None:
    """Take the turn of every authority concerned before a row of its is locked.

    Whoever held a row and then waited for the turn could be waited for by the one whose turn it is: both would wait for
    ever, and PostgreSQL would end one of them.
    """
    concerned = (*session.new, *session.deleted, *(one for one in session.dirty if session.is_modified(one)))
    chains = {_chain(thing) for thing in concerned if isinstance(thing, Model) and thing.__history__}
    session.info[TAKEN] = {chain: _take_head(session.connection(), chain) for chain in sorted(chains, key=str)}


def _chain(thing: Model) -> UUID:
    """A new row may know its authority only as an object."""
    authority = getattr(thing, "authority", None)
    return getattr(thing, "authority_id", None) or (authority and authority.id) or PLATFORM


@event.listens_for(db.session, "after_flush")
def write_down(session: Session, context: object) -> None:
    """Add an entry for every row that this flush added, changed or removed."""
    entries, heads = [], session.info.pop(TAKEN, NO_HEADS)
    for what, things in (("added", session.new), ("changed", session.dirty), ("removed", session.deleted)):
        for thing in things:
            if not isinstance(thing, Model) or not thing.__history__:
                continue
            changes = {} if what == "removed" else _changed(inspect(thing))
            if changes or what != "changed":
                entries.append(_entry(thing, what, changes, _reason.get()))
    if entries:
        _append(session.connection(), entries, heads)
