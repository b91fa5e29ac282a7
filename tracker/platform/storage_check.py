"""Whether the store and the database agree: every file that is referred to is there and whole, and nothing else is.

What is remembered of a file while it is compared is some hundred bytes, however large it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Select, exists, select

from tracker.platform import clock, storage
from tracker.platform.db import db

YOUNG = timedelta(days=1)
"""How long a file may be referred to by nothing: what is being uploaded is stored before its row. Our choice."""

ROWS_AT_ONCE = 1_000


@dataclass
class Checked:
    """What was found; sentences for the person who looks after the service."""

    files: int = 0
    young: int = 0
    """Files that nothing refers to yet, and that are left alone."""
    lost: list[str] = field(default_factory=list)
    """What only a backup can bring back: files that are missing or damaged."""
    left_over: list[str] = field(default_factory=list)
    """What belongs to nothing: names in the store."""
    removed: int = 0
    """How many of those were removed."""


def check(*, repair: bool = False, read: bool = True, young: timedelta = YOUNG) -> Checked:
    """Compare the store with every column that holds a key of it.

    ``repair`` removes what belongs to nothing and is older than ``young``. ``read`` reads every file to see that it
    is whole.
    """
    checked, until = Checked(), clock.now() - young
    referred = dict(reversed(list(_referred(db.session.scalars))))
    stored = {one.key: one for one in storage.kept()}
    checked.files = len(stored)
    there = {one.sha256 for one in stored.values()}
    checked.lost += [f"{place} {sha256}: not in the store" for sha256, place in referred.items() if sha256 not in there]
    for one in stored.values():
        if one.sha256 in referred:
            if read and not storage.is_whole(one.sha256):
                checked.lost.append(f"{referred[one.sha256]} {one.sha256}: damaged")
        elif one.written_at > until:
            checked.young += 1
        else:
            checked.left_over.append(one.key)
            if repair:
                storage.remove(one.key)
    _half_written(checked, until, repair=repair)
    checked.removed = len(checked.left_over) if repair else 0
    return checked


def _half_written(checked: Checked, until: datetime, *, repair: bool) -> None:
    for path in storage.half_written():
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) > until:
            checked.young += 1
            continue
        checked.left_over.append(path.name)
        if repair:
            path.unlink(missing_ok=True)


def is_referred_to(sha256: str) -> bool:
    """Whether any row holds this key."""
    return any(db.session.scalar(select(exists().where(column == sha256))) for column in _columns(storage.OF_A_FILE))


def named_files(connection: Connection) -> set[str]:
    """The key of every file that has to be in the store, as this connection sees the database."""
    return {sha256 for sha256, _place in _referred(connection.scalars)}


def _referred(ask: Callable[[Select[Any]], Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Every key that a row holds, and the column that holds it; not those of files taken out on purpose."""
    removed = {sha256 for column in _columns(storage.REMOVED) for sha256 in ask(_keys(column))}
    for column in _columns(storage.OF_A_FILE):
        for sha256 in ask(_keys(column)):
            if sha256 not in removed:
                yield sha256, f"{column.table.name}.{column.name}"


def _keys(column: Column[Any]) -> Select[Any]:
    asked = select(column).where(column.is_not(None), column != "").distinct()
    return asked.execution_options(yield_per=ROWS_AT_ONCE)


def _columns(marked: Mapping[str, bool]) -> list[Column[Any]]:
    return [
        column
        for table in db.metadata.sorted_tables
        for column in table.columns
        if column.info.items() >= marked.items()
    ]
