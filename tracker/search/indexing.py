"""The index writes itself: what a transaction flushes is noted, and its entries are written before it commits.

One place does it for every room, so that no command can forget it. Entries are read back from the rooms' own rows, by
the same functions that build the whole index, so that both come to the same. Two people who change one thing take
turns: each change writes its authority's history first, whose head is locked until the commit.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, event, exists, insert, inspect, select, update
from sqlalchemy.orm import Session

from tracker.actions.models import Action
from tracker.corpus.words import stems_of
from tracker.evidence.files.models import FileContent
from tracker.evidence.models import Evidence
from tracker.evidence.words.models import FileReading
from tracker.improvements.models import ImprovementItem
from tracker.improvements.models import Mapping as ItemMapping
from tracker.improvements.rules import Decision
from tracker.people.models import Authority
from tracker.platform.db import Model, db
from tracker.search.models import SearchEntry, new_key
from tracker.search.rules import Entry, own_stems
from tracker.search.sources import audits, evidence, file_words, others, plan, week
from tracker.search.sources.source import Ids, Source

SOURCES: tuple[Source, ...] = (
    *plan.SOURCES,
    *evidence.SOURCES,
    *audits.SOURCES,
    *others.SOURCES,
    *week.SOURCES,
)
AT_ONCE = 200
"""Things whose entries are written together."""
PENDING = "search_pending"
FILES = "search_files"
"""Under which a session keeps what it has changed: see ``Pending``; and what is told of files."""

_SOURCE_OF = {source.root: source for source in SOURCES}
_ROOT_OF = {part: (source.root, column) for source in SOURCES for part, column in source.parts.items()}

Pending = defaultdict[type[Any], set[UUID]]
"""What a transaction has changed: ids of roots; under Mapping, ids of items whose places changed; see ``_spread``."""


@event.listens_for(db.session, "after_flush")
def note(session: Session, context: object) -> None:
    """Remember what this flush changed, until the transaction commits."""
    pending: Pending = session.info.setdefault(PENDING, defaultdict(set))
    for thing in (*session.new, *session.dirty, *session.deleted):
        if isinstance(thing, FileContent | FileReading):
            files: list[FileContent | FileReading] = session.info.setdefault(FILES, [])
            files.append(thing)
        for root, root_id in _roots_of(thing):
            pending[root].add(root_id)


@event.listens_for(db.session, "before_commit")
def write_pending(session: Session) -> None:
    session.flush()
    _write_pending(session)


@event.listens_for(db.session, "after_soft_rollback")
def forget(session: Session, previous: Any) -> None:
    """What was taken back whole needs no entry; what only a savepoint held is written as it is now."""
    if previous.parent is None:
        session.info.pop(PENDING, None)
        session.info.pop(FILES, None)


def settle() -> None:
    """Let this transaction find what it has flushed itself. A page that is only read has flushed nothing."""
    _write_pending(db.session())


def rebuild(authority: Authority) -> Iterator[int]:
    """Put right every entry of an authority, some things at a time; how many entries of those were not as they should.

    The edge may commit after each.
    """
    for source in SOURCES:
        yield _remove_lost(source, authority)
        ids = db.session.scalars(
            select(source.root.id).where(source.root.authority_id == authority.id).order_by(source.root.id)
        ).all()
        for some in _some(ids):
            yield _write(source, some)


def _roots_of(thing: object) -> Iterator[tuple[type[Any], UUID]]:
    """The roots that this row is told in, and what else its change moves."""
    model = type(thing)
    if model in _SOURCE_OF:
        yield model, thing.id  # type: ignore[attr-defined]  # every model has one
    if model in _ROOT_OF:
        root, column = _ROOT_OF[model]
        yield root, getattr(thing, column)
    if isinstance(thing, ItemMapping) and _moves(thing):
        yield ItemMapping, thing.item_id
    if isinstance(thing, Action) and _changed(thing, "item_id"):
        yield ItemMapping, thing.item_id


def _moves(tie: ItemMapping) -> bool:
    """Whether an item may now belong elsewhere: most ties are suggestions, and count for nothing."""
    decided = inspect(tie).attrs.decision.history
    return Decision.CONFIRMED in (tie.decision, *(decided.deleted or ()))


def _changed(thing: Model, attribute: str) -> bool:
    told = inspect(thing).attrs[attribute].history
    return bool(told.added and told.deleted)


def _some(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _write_pending(session: Session) -> None:
    while (pending := session.info.pop(PENDING, None)) is not None:
        for told in session.info.pop(FILES, ()):
            pending[Evidence] |= file_words.evidence_of(told)
        _spread(pending)
        for source in SOURCES:
            for some in _some(sorted(pending.get(source.root, ()))):
                _write(source, some)


def _spread(pending: Pending) -> None:
    """Actions stand where their item does, and evidence where what it speaks for does."""
    items = pending.pop(ItemMapping, None)
    if items:
        pending[ImprovementItem] |= items
        pending[Action] |= set(db.session.scalars(select(Action.id).where(Action.item_id.in_(items))))
        pending[Evidence] |= evidence.linked_to_items(items)


# Writing --------------------------------------------------------------------------------------------------------------

_COLUMNS = tuple(field.name for field in fields(Entry))
_WORDS = ("title", "text")
_KEY = ("root_id", "kind", "thing_id", "part")


def _write(source: Source, ids: Ids) -> int:
    """Make the entries of these roots what they should be; how many were not."""
    kept = {tuple(getattr(row, name) for name in _KEY): row for row in _kept(source, ids)}
    added, reworded, moved = [], [], []
    for entry in source.read(ids):
        row = kept.pop(entry.key, None)
        if row is None:
            added.append({"id": uuid4(), "word_key": new_key(entry.authority_id), **_values(entry), **_stems(entry)})
        elif (row.title, row.text) != entry.words:
            reworded.append({"entry": row.id, **_values(entry), **_stems(entry)})
        elif any(getattr(row, name) != getattr(entry, name) for name in _COLUMNS):
            moved.append({"entry": row.id, **_values(entry)})
    _add(added)
    _change(reworded)
    _change(moved)
    _remove([row.id for row in kept.values()])
    return len(added) + len(reworded) + len(moved) + len(kept)


def _kept(source: Source, ids: Ids) -> Iterable[Any]:
    columns = [getattr(SearchEntry, name) for name in ("id", *_COLUMNS)]
    return db.session.execute(
        select(*columns).where(SearchEntry.root_id.in_(ids), SearchEntry.kind.in_(source.kinds))
    ).all()


def _values(entry: Entry) -> dict[str, Any]:
    return {**{name: getattr(entry, name) for name in _COLUMNS}, "year": entry.dated.year if entry.dated else None}


def _stems(entry: Entry) -> dict[str, str]:
    title, text = (own_stems(entry.authority_id, stems_of(words)) for words in entry.words)
    return {"title_stems": title, "stems": text}


def _add(rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.connection().execute(insert(SearchEntry), rows)


def _change(rows: list[dict[str, Any]]) -> None:
    """Rows that name their ``entry``. Where no words are among the columns, the databases leave their index alone."""
    if rows:
        changed = update(SearchEntry).where(SearchEntry.id == bindparam("entry"))
        db.session.connection().execute(changed, rows)


def _remove(ids: list[UUID]) -> None:
    if ids:
        db.session.connection().execute(delete(SearchEntry).where(SearchEntry.id.in_(ids)))


def _remove_lost(source: Source, authority: Authority) -> int:
    """Entries whose row is gone."""
    lost = delete(SearchEntry).where(
        SearchEntry.authority_id == authority.id,
        SearchEntry.kind.in_(source.kinds),
        ~exists().where(source.root.id == SearchEntry.root_id),
    )
    return int(db.session.connection().execute(lost).rowcount)
