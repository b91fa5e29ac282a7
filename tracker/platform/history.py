"""Who changed what, from what, to what, and why: written on flush, so that no command can forget it.

Entries are only ever added. Each holds the hash of the one before it in its authority, so an entry that
is altered, removed or moved behind the application's back is found by ``faults``.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    JSON,
    BindParameter,
    Connection,
    UniqueConstraint,
    bindparam,
    event,
    insert,
    inspect,
    select,
    update,
)
from sqlalchemy.orm import InstanceState, Mapped, Session, mapped_column

from tracker.platform import clock
from tracker.platform.db import Model, db

NOBODY = "The system"
DISPOSED = "disposed of"
FORGOTTEN = "forgotten"
"""In the changes of an entry: whose earlier entries were blanked; see ``forget``."""
PLATFORM = UUID(int=0)
"""The chain of rows that belong to no authority, such as people."""
TAKEN = "turns that were taken before this flush"
Heads = Mapping[UUID, tuple[int, str]]
"""Chain to the number and the hash of its newest entry."""
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


class HistoryEntry(Model):
    """One change or one act worth remembering (a download, a sign-off)."""

    __tablename__ = "history_entry"
    __table_args__ = (UniqueConstraint("chain", "sequence"),)
    __history__ = False

    chain: Mapped[UUID]
    """The authority's id, or PLATFORM."""
    sequence: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    thing_kind: Mapped[str]
    thing_id: Mapped[UUID] = mapped_column(index=True)
    reference: Mapped[str]
    what: Mapped[str]
    """``added``, ``changed``, ``removed``, or the act in words: ``downloaded``."""
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Field to [from, to], as text."""
    why: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class HistoryHead(Model):
    """The newest link of each chain; locked while one is added, so that two writers cannot fork it."""

    __tablename__ = "history_head"
    __history__ = False

    sequence: Mapped[int]
    hash: Mapped[str]


# Put together once: every flush runs them.
_OF: BindParameter[UUID] = bindparam("of")
_HEAD = select(HistoryHead.sequence, HistoryHead.hash).where(HistoryHead.id == _OF).with_for_update()
_ADD_HEAD = insert(HistoryHead)
_MOVE_HEAD = update(HistoryHead).where(HistoryHead.id == _OF).values(sequence=bindparam("to"), hash=bindparam("newest"))
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


def chains() -> Sequence[UUID]:
    """Every chain that has an entry."""
    return db.session.scalars(select(HistoryHead.id)).all()


def faults(chain: UUID) -> list[str]:
    """Every place where a chain does not hold, in sentences; empty when it does."""
    found, previous, expected = [], "", 1
    forgotten = _forgotten(chain)
    entries = db.session.scalars(
        select(HistoryEntry).where(HistoryEntry.chain == chain).order_by(HistoryEntry.sequence)
    )
    for entry in entries.yield_per(500):
        if entry.sequence != expected:
            found.append(f"Entry {expected} is missing")
        blanked = not entry.changes and entry.sequence < forgotten.get(str(entry.thing_id), 0)
        if entry.previous_hash != previous or (entry.hash != _hash(_values(entry)) and not blanked):
            found.append(f"Entry {entry.sequence} was altered, or one before it was removed")
        previous, expected = entry.hash, entry.sequence + 1
    head = db.session.get(HistoryHead, chain)
    if head is not None and head.sequence != expected - 1:
        found.append(f"Entries after {expected - 1} are missing: {head.sequence} were written")
    return found


def _forgotten(chain: UUID) -> Mapping[str, int]:
    """Of each thing that was forgotten, the number of the entry that says so; that entry must be whole itself."""
    entries = db.session.scalars(select(HistoryEntry).where(HistoryEntry.chain == chain, HistoryEntry.what == DISPOSED))
    return {
        each: entry.sequence
        for entry in entries
        if entry.hash == _hash(_values(entry))
        for each in entry.changes.get(FORGOTTEN, ())
    }


FIELDS = (
    "id", "chain", "sequence", "at", "actor_id", "actor_name", "thing_kind", "thing_id", "reference", "what",
    "changes", "why", "previous_hash",
)  # fmt: skip


def _values(entry: HistoryEntry) -> dict[str, Any]:
    return {field: getattr(entry, field) for field in FIELDS}


def _hash(values: Mapping[str, Any]) -> str:
    text = json.dumps([_plain(values[field]) for field in FIELDS], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID | date | datetime | Decimal):
        return str(value)
    return value


def _shown(value: Any) -> Any:
    """A value as the trail keeps it: short text, a number, a truth or nothing."""
    plain = _plain(value)
    if isinstance(plain, bool | int | float) or plain is None:
        return plain
    text = plain if isinstance(plain, str) else json.dumps(plain, default=str, ensure_ascii=False)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}… ({len(text)} characters)"


def _entry(thing: Model, what: str, changes: dict[str, Any], why: str) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "chain": getattr(thing, "authority_id", None) or PLATFORM,
        "at": clock.now(),
        "actor_id": _actor.get().id,
        "actor_name": _actor.get().name,
        "thing_kind": thing.__tablename__,
        "thing_id": thing.id,
        "reference": getattr(thing, "reference", ""),
        "what": what,
        "changes": changes,
        "why": why,
    }


def _append(connection: Connection, entries: Sequence[dict[str, Any]], heads: Heads = NO_HEADS) -> None:
    """``heads``: those that this transaction has taken, and that nothing was added to since."""
    for chain in {entry["chain"] for entry in entries}:
        head = heads.get(chain) or _take_head(connection, chain)
        _extend(connection, chain, head, [entry for entry in entries if entry["chain"] == chain])


def _extend(connection: Connection, chain: UUID, head: tuple[int, str], entries: Sequence[dict[str, Any]]) -> None:
    sequence, newest = head
    for entry in entries:
        sequence += 1
        entry.update(sequence=sequence, previous_hash=newest)
        newest = entry["hash"] = _hash(entry)
    connection.execute(_ADD, list(entries))
    connection.execute(_MOVE_HEAD, {"of": chain, "to": sequence, "newest": newest})


def _take_head(connection: Connection, chain: UUID) -> tuple[int, str]:
    head = connection.execute(_HEAD, {"of": chain}).one_or_none()
    if head is None:
        connection.execute(_ADD_HEAD, {"id": chain, "sequence": 0, "hash": ""})
        return 0, ""
    return head.sequence, head.hash


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
